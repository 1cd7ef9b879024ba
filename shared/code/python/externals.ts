/** Calls of packages that are not the function's own: boto3 itself, and what Python programs use to put calls together. */
import { argument, handedOver, without } from "./arguments.ts";
import { superOf } from "./classes.ts";
import { callWhatIsHandedOver, clientsHandedOver, handsOver, objectsHandedOver } from "./hand-over.ts";
import type { Interpreter } from "./interpreter.ts";
import { type Caller, iterables } from "./iterables.ts";
import { callLibrary, isLibraryClass, unreadLibrary } from "./libraries.ts";
import { makeClient, makeSession } from "./sessions.ts";
import { signs } from "./signed.ts";
import type { SyntaxNode } from "./syntax.ts";
import { environmentText, literalsOf } from "./texts.ts";
import {
  type Arguments,
  join,
  keyOf,
  keyOfArguments,
  list,
  literal,
  noArguments,
  type Scope,
  unknown,
  unknownOf,
  type Values,
} from "./values.ts";

/** What of Python looks at a function that it is given, or writes its name down, and calls it not. */
const looks =
  /^(functools\.wraps|(inspect|logging|warnings)\..*|builtins\.(callable|hasattr|hash|id|isinstance|issubclass|print|repr|type))$/;

export function callExternal(path: string, given: Arguments, at: SyntaxNode, scope: Scope, interpreter: Interpreter): Values {
  const own = callers[path];
  if (namedElsewhere.test(path) || (django.test(path) && !interpreter.isSaid("DJANGO_SETTINGS_MODULE"))) interpreter.importsAnything();
  // a text that is told is a name that is said
  if (loadsFile.test(path) || (!own && loads.test(path) && !literalsOf(given.positional[0] ?? []).whole)) interpreter.importsAnything();
  if (own) return own(given, at, scope, interpreter);
  if (/^(boto3|aioboto3)(\.session)?\.(client|resource)$/.test(path))
    return makeClient(path.endsWith("client"), given, false, at, interpreter);
  if (/^(boto3|aioboto3|botocore|aiobotocore)(\.session)?\.(Session|AioSession|get_session)$/.test(path))
    return [makeSession(given, interpreter)];
  const called = callLibrary(path, undefined, given, given, at, interpreter);
  if (isLibraryClass(path)) return [{ kind: "made", path, given, key: `made ${path}(${keyOfArguments(given)})` }];
  if (called) return called;
  if (signs(path, given, at, interpreter)) return [unknownOf("builtins")];
  const what = unreadLibrary(path, given);
  if (what !== undefined) interpreter.recorder.unresolved(what, at.at);
  else clientsHandedOver(path, given, at, interpreter);
  if (looks.test(path)) return [unknownOf(path.split(".")[0] ?? path)];
  objectsHandedOver(path.split(".")[0], given, interpreter);
  callWhatIsHandedOver(given, at, scope, interpreter);
  return join((given.positional[0] ?? []).filter(handsOver), [unknownOf(path.split(".")[0] ?? path)]);
}

const first: Caller = (given) => given.positional[0] ?? [unknown];
/** The first argument is called with those behind it. */
const runs: Caller = (given, at, scope, interpreter) =>
  join(interpreter.call(given.positional[0] ?? [], without(given, 1), at, scope), [unknown]);
const thread: Caller = (given, at, scope, interpreter) => {
  const [args] = given.named.get("args") ?? [];
  const [more] = given.named.get("kwargs") ?? [];
  const target = argument(given, 1, "target");
  interpreter.call(
    target,
    { positional: args?.kind === "list" ? args.items : [], named: more?.kind === "dict" ? more.entries : new Map(), more: false },
    at,
    scope,
  );
  return [unknown];
};
/** `x: Any = field(default_factory=make)` */
const declared: Caller = (given, at, scope, interpreter) => {
  const values = join(given.named.get("default") ?? [], interpreter.call(given.named.get("default_factory") ?? [], noArguments, at, scope));
  // what somebody gives instead is known where the object is made
  return values.length > 0 ? values : [unknown];
};
const environment: Caller = (given) => environmentText(argument(given, 0, "key"), argument(given, 1, "default"));
const imported: Caller = (given, _, scope, interpreter) => {
  const { texts, whole } = literalsOf(argument(given, 0, "name"));
  if (!whole) interpreter.importsAnything();
  return join(...texts.map((name) => interpreter.importModule(name, scope)), whole ? [] : [unknown]);
};
/** Modules that are found by a name, or run out of a file, by somebody's function: `import_string("orders.save")`. */
const loads = /(^|\.)(import_string|import_from_string|import_object|import_module|symbol_by_name|locate|resolve_name|run_module)$/;
const loadsFile = /^(importlib\.(util\.spec_from_file_location|machinery\.SourceFileLoader)|imp\.load_source|runpy\.run_path)$/;

/** They call functions that a file names which is no Python: of an API's description, of a deployment's settings. */
const namedElsewhere = /^(connexion\.(\w+\.)*\w*App|zappa\.handler\.\w+)$/;
/** A variable of the environment names the settings, with which everything begins. */
const django = /^django\.(setup|core\.(wsgi|asgi)\.get_[aw]sgi_application)$/;

const executed: Caller = (given, at, _, interpreter) => {
  const { texts, whole } = literalsOf(argument(given, 0, "source"));
  if (!whole || texts.some((code) => /boto|client|import|\w\s*\(/.test(code)))
    interpreter.recorder.unresolved("code that is put together at run time", at.at);
  return [unknown];
};

/** `getattr(client, name)` */
const attributeByName: Caller = (given, at, _, interpreter) => {
  const [of = [], name = [], otherwise = []] = given.positional;
  const { texts, whole } = literalsOf(name);
  const found = texts.map((one) => interpreter.attribute(of, one, at, true));
  const aws = of.find(
    ({ kind, ...value }) => kind === "client" || kind === "resource" || kind === "session" || ("path" in value && value.path === "boto3"),
  );
  if (!whole && aws) {
    const whose = aws.kind === "client" || aws.kind === "resource" ? aws.service : "boto3";
    interpreter.recorder.unresolved(`an operation of ${whose} whose name is put together at run time`, at.at);
  }
  if (!whole && (of.length === 0 || of.some(({ kind }) => kind === "unknown"))) interpreter.namesAnything();
  return join(...found, whole ? [] : interpreter.functionsOf(of), otherwise, [unknown]);
};

/** `methodcaller("send")`: a text is a name that is said, whatever it is. */
const methodByName: Caller = (given, _, __, interpreter) => {
  if (!literalsOf(given.positional[0] ?? []).whole) interpreter.namesAnything();
  return [unknown];
};

const commands: Caller = (given, at, scope, interpreter) => {
  const words = handedOver(given).flatMap((value) => literalsOf([value]).texts);
  if (words.some((word) => /^(\/\S*\/)?aws(\s|$)/.test(word))) interpreter.recorder.unresolved("the aws command", at.at);
  callWhatIsHandedOver(given, at, scope, interpreter);
  return [unknown];
};

const callers: Readonly<Record<string, Caller>> = {
  "os.getenv": environment,
  "os.environ.get": environment,
  "os.environ.setdefault": environment,
  "os.environ.pop": environment,
  "os.environ.__getitem__": environment,
  "os.system": commands,
  "os.popen": commands,
  "subprocess.run": commands,
  "subprocess.call": commands,
  "subprocess.check_call": commands,
  "subprocess.check_output": commands,
  "subprocess.Popen": commands,
  "builtins.getattr": attributeByName,
  "operator.methodcaller": methodByName,
  "operator.attrgetter": methodByName,
  "builtins.exec": executed,
  "builtins.eval": executed,
  "builtins.__import__": imported,
  "importlib.import_module": imported,
  "builtins.super": (_, __, scope, interpreter) => superOf(scope.self, scope.inClass, interpreter),
  "builtins.str": first,
  ...iterables,
  "json.loads": (given) => {
    const answers = argument(given, 0, "s").filter(({ kind }) => kind === "answer");
    return answers.length > 0 ? answers : [unknown];
  },
  "functools.partial": (given) => {
    const callee = given.positional[0] ?? [];
    const rest = without(given, 1);
    return [{ kind: "partial", callee, given: rest, key: `partial ${keyOf(callee)}(${keyOfArguments(rest)})` }];
  },
  "functools.lru_cache": first,
  "functools.cache": first,
  "contextlib.contextmanager": first,
  "contextlib.closing": first,
  "contextlib.asynccontextmanager": first,
  "copy.copy": first,
  "copy.deepcopy": first,
  "typing.cast": (given) => given.positional[1] ?? [unknown],
  "asyncio.run": first,
  "asyncio.wait_for": first,
  "asyncio.shield": first,
  "asyncio.create_task": first,
  "asyncio.ensure_future": first,
  "asyncio.gather": (given) => [list(given.positional)],
  "asyncio.to_thread": runs,
  "anyio.to_thread.run_sync": runs,
  "asgiref.sync.sync_to_async": first,
  "threading.Thread": thread,
  "multiprocessing.Process": thread,
  "multiprocessing.Pool": () => [unknown],
  "threading.Timer": (given, at, scope, interpreter) =>
    interpreter.call(given.positional[1] ?? [], { positional: [], named: new Map(), more: true }, at, scope),
  "dataclasses.field": declared,
  "pydantic.Field": declared,
  "os.path.join": (given) => joinedPath(given),
};

function joinedPath({ positional }: Arguments): Values {
  const { texts, whole } = literalsOf(positional.flat());
  return whole ? [literal(texts.join("/"))] : [unknown];
}
