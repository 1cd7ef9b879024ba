import { describe, expect, test } from "vitest";
import { readCode } from "../../../shared/code/python/read-code.ts";
import { operationsOf } from "./a-program.ts";

/** Names of SQS's operations that count, however weakly. */
async function counted(files: Readonly<Record<string, string>>, handler = "app.handler"): Promise<string[]> {
  const { calls } = await readCode(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    { handler },
  );
  return [...new Set(calls.map(({ operation, confidence }) => (confidence === "low" ? `${operation}, weakly` : operation)))].toSorted();
}

const queue = `import boto3\nqueue = boto3.client("sqs")\n`;
const helpers = `${queue}
def push(text): queue.send_message(QueueUrl="q", MessageBody=text)
def drop(): queue.purge_queue(QueueUrl="q")
class Box:
    def peek(self): queue.receive_message(QueueUrl="q")
    def empty(self): queue.delete_queue(QueueUrl="q")
    def __enter__(self): queue.list_queues()
`;

describe("nobody can come to", () => {
  test("a handler beside the one that Lambda calls, and what only it needs", async () => {
    const app = `import helpers\ndef handler(event, context): helpers.push("a")\ndef nightly(event, context): helpers.drop()\n`;
    expect(await counted({ "app.py": app, "helpers.py": helpers })).toEqual(["SendMessage"]);
    expect(await counted({ "app.py": app, "helpers.py": helpers }, "app.nightly")).toEqual(["PurgeQueue"]);
  });

  test.each(["from helpers import drop, push, Box", "from helpers import *", "import helpers"])(
    "what is only imported: %s",
    async (line) => {
      const app = `${line}\ndrop = None\ndef handler(event, context):\n    return log(drop=1)\n${queue}queue.tag_queue(QueueUrl="q")\n`;
      expect(await counted({ "app.py": app, "helpers.py": helpers })).not.toContain("DeleteQueue");
      expect(await counted({ "app.py": app, "helpers.py": helpers })).not.toContain("SendMessage");
    },
  );

  test("methods that nobody names, behind decorators that only call them", async () => {
    const app = `${queue}import functools, backoff
class Shelf:
    @staticmethod
    def one(): queue.send_message(QueueUrl="q")
    @backoff.on_exception(backoff.expo, Exception)
    def two(self): queue.purge_queue(QueueUrl="q")
    @functools.lru_cache(maxsize=1)
    def three(self): queue.list_queues()
def handler(event, context): Shelf.one()
`;
    expect(await counted({ "app.py": app })).toEqual(["SendMessage"]);
  });

  test("what only a function names that nobody can come to, nor is its need open", async () => {
    const app = `${queue}
def handler(event, context): queue.list_queues()
def nightly(name): clean(name)
def clean(name): boto3.client(name).anything()
`;
    const { calls, unresolved } = await readCode([{ path: "app.py", text: app }], { handler: "app.handler" });
    expect([calls.length, unresolved]).toEqual([1, []]);
  });
});

describe("somebody may come to", () => {
  const app = (more: string, body = "pass") =>
    `${queue}import odd, helpers\n${more}\ndef handler(event, context):\n    queue.list_queues()\n    ${body}\n`;
  const reached = async (text: string) =>
    (await counted({ "app.py": text, "helpers.py": helpers })).filter((name) => name !== "ListQueues");

  test.each([
    ["its name stands in a text", `odd.go(helpers, "drop")`, ["PurgeQueue"]],
    ["its name stands in the way that frameworks write it", `odd.route("/", to="helpers:drop")`, ["PurgeQueue"]],
    ["its name is said of something unknown", `odd.find("box").empty()`, ["DeleteQueue"]],
    ["another name of it is said", `from helpers import drop as away\n    odd.later(away)`, ["PurgeQueue"]],
    [
      "it stands in a dictionary of which one is taken",
      `{"a": helpers.push, "b": helpers.drop}[event["kind"]]("x")`,
      ["PurgeQueue", "SendMessage"],
    ],
  ])("what the handler does not call, where %s", async (_, line, operations) => {
    expect(await reached(app("", line))).toEqual(operations);
  });

  test("whatever there is, where names are put together from all that a module has", async () => {
    expect(await reached(app("", "vars(helpers)[event['do']](1)"))).toEqual(["DeleteQueue", "PurgeQueue", "ReceiveMessage", "SendMessage"]);
  });

  test.each([
    `getattr(odd.thing(), "do_" + event["do"])()`,
    `odd.operator.send()\n    import operator\n    operator.methodcaller(event["do"])(odd.thing())`,
  ])("whatever there is, where a name that could not be told is looked up in something unknown: %s", async (line) => {
    expect(await reached(app("", line))).toEqual(["DeleteQueue", "PurgeQueue", "ReceiveMessage", "SendMessage"]);
  });

  test("what a module does that a setting names, and what that names in its turn", async () => {
    const files = {
      "app.py": `import odd\nodd.configure("site.settings")\ndef handler(event, context): return odd.serve(event)\n`,
      "site/settings.py": `VIEWS = ["site.views.show", "site.none"]\n`,
      "site/views.py": `import helpers\ndef show(request): helpers.push("a")\ndef hidden(request): helpers.drop()\n`,
      "site/other.py": `${queue}queue.tag_queue(QueueUrl="q")\n`,
      "helpers.py": helpers,
    };
    expect(await counted(files)).toEqual(["SendMessage"]);
  });

  test("what a decorator makes known, and what that calls", async () => {
    expect(await reached(app(`@odd.route("/")\ndef shown(): helpers.drop()`))).toEqual(["PurgeQueue"]);
  });

  test("methods of a class that continues somebody's class", async () => {
    expect(await reached(app(`class Job(odd.Job):\n    def on_message(self): helpers.drop()`, "odd.run(Job)"))).toEqual(["PurgeQueue"]);
  });
});

describe("somebody else may come to", () => {
  const files = (lines: string, more: Readonly<Record<string, string>> = {}) => ({
    "app.py": `${queue}import odd, helpers\n${lines}`,
    "helpers.py": helpers,
    ...more,
  });
  const reached = async (lines: string, more?: Readonly<Record<string, string>>) =>
    (await counted(files(lines, more))).filter((name) => name !== "ListQueues");
  const handler = `def handler(event, context):\n    queue.list_queues()\n    return app(event)\n`;

  test.each([
    ["an object that a framework is given", `app = odd.App()\napp.add_route("/", Shop())`],
    ["one in a list of them", `app = odd.App(plugins=[Shop()])`],
    ["one deep in settings", `settings = {"plugins": {"shop": [Shop()]}}\napp = odd.App(**settings)`],
    ["a class that it is given", `app = odd.App()\napp.mount(Shop)`],
    ["one that is put into it", `app = odd.App()\napp.shop = Shop()`],
    ["one that is put among what it has", `app = odd.App()\napp.shops["a"] = Shop()`],
  ])("methods that nobody names, not those that are private: %s", async (_, lines) => {
    const shop = `class Counter:\n    def on_get(self): helpers.push("x")\nclass Shop(Counter):\n    def on_post(self): helpers.drop()\n    def _off(self): Box().empty()\n`;
    expect(await reached(`${shop}${lines}\n${handler}`)).toEqual(["PurgeQueue", "SendMessage"]);
  });

  test.each([
    ["Python is given it: what it calls of a file", `import csv\ncsv.writer(Shop())`, ["PurgeQueue"]],
    ["somebody only writes it down", `odd.logger().info("made %s", Shop())`, []],
    ["nobody is given it", `shop = Shop()`, []],
  ])("a method of an object where %s", async (_, lines, operations) => {
    const shop = `class Shop:\n    def write(self, text): helpers.drop()\n    def on_get(self): helpers.push("x")\n`;
    expect(await reached(`${shop}${lines}\napp = odd.App()\n${handler}`)).toEqual(operations);
  });

  test("methods of a class that a text of settings names", async () => {
    const more = {
      "site/settings.py": `MIDDLEWARE = ["site.audit.Audit"]\n`,
      "site/audit.py": `import helpers\nclass Audit:\n    def process_exception(self, request): helpers.drop()\nclass Other:\n    def process_view(self): helpers.push("x")\n`,
    };
    expect(await reached(`app = odd.configure("site.settings")\n${handler}`, more)).toEqual(["PurgeQueue"]);
  });

  test.each(["odd.make_base()", "odd.Handler[str]", "odd.Base"])("methods of a class that continues %s", async (base) => {
    const job = `class Job(${base}):\n    def on_message(self): helpers.drop()\napp = odd.run()\n`;
    expect(await reached(`${job}${handler}`)).toEqual(["PurgeQueue"]);
  });

  test.each(["Generic[T]", "Base[T]", "collections.namedtuple('Pair', 'a b')"])(
    "not methods of a class that continues %s",
    async (base) => {
      const job = `import collections\nfrom typing import Generic, TypeVar\nT = TypeVar("T")\nclass Base(Generic[T]): pass\nclass Job(${base}):\n    def on_message(self): helpers.drop()\napp = odd.run()\n`;
      expect(await reached(`${job}${handler}`)).toEqual([]);
    },
  );

  test.each([
    "app.on_get = lambda event: helpers.drop()",
    'app.routes["/"] = lambda event: helpers.drop()',
    "list.sort([], key=lambda x: helpers.drop())",
  ])("a function without a name that running code writes: %s", async (line) => {
    expect(await reached(`app = odd.App()\n${line}\n${handler}`)).toEqual(["PurgeQueue"]);
  });

  test("methods of classes above, where a name is put together at run time", async () => {
    const shop = `class Shop:
    def do(self, what): return getattr(self, "do_" + what)()
class Corner(Shop):
    def do_drop(self): helpers.drop()
class Last(Corner):
    pass
def handler(event, context):
    queue.list_queues()
    Last().do(event["do"])
`;
    expect(await reached(shop)).toEqual(["PurgeQueue"]);
  });

  test("any method, where Python's own way of looking one up is asked by name", async () => {
    const shop = `class Shop:\n    def do_drop(self): helpers.drop()\ndef handler(event, context): Shop().__getattribute__("do_" + event["do"])()\n`;
    expect(await reached(shop)).toContain("PurgeQueue");
  });

  test.each([
    `from pydoc import locate\napp = locate(odd.setting("x"))`,
    `from werkzeug.utils import import_string\napp = import_string("tasks." + odd.setting("x"))`,
    `import runpy\napp = odd.App()\nrunpy.run_path("tasks/clean.py")`,
    `import importlib.util\nspec = importlib.util.spec_from_file_location("clean", "tasks/clean.py")\napp = importlib.util.module_from_spec(spec)`,
    `app = odd.finder().find_spec("clean").loader.load_module("clean")`,
  ])("modules that are loaded otherwise than by an import: %s", async (lines) => {
    expect(await reached(`${lines}\n${handler}`, { "tasks/clean.py": `${queue}queue.purge_queue(QueueUrl="q")\n` })).toContain(
      "PurgeQueue",
    );
  });

  test.each([
    `import connexion\napp = connexion.FlaskApp("x")\napp.add_api("api.yaml")`,
    `from django.core.wsgi import get_wsgi_application\napp = get_wsgi_application()`,
    `from zappa.handler import lambda_handler\napp = lambda_handler("x")`,
  ])("whatever there is, where a file or a variable that is not among the code names what is called: %s", async (lines) => {
    const more = { "site/views.py": `import helpers\ndef show(request): helpers.drop()\n` };
    expect(await reached(`${lines}\n${handler}`, more)).toContain("PurgeQueue");
  });

  test("only what settings name, where the code itself says which these are", async () => {
    const more = {
      "site/settings.py": `URLS = "site.urls"\n`,
      "site/urls.py": "",
      "site/views.py": `import helpers\ndef show(request): helpers.drop()\n`,
    };
    const lines = `import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ["DJANGO_SETTINGS_MODULE"] = "site.settings"\napp = get_wsgi_application()`;
    expect(await reached(`${lines}\n${handler}`, more)).toEqual([]);
  });

  test("modules below a package whose list names them, where all of it is imported", async () => {
    const more = {
      "jobs/__init__.py": `__all__ = ["clean"]\n`,
      "jobs/clean.py": `import helpers\ndef main(): helpers.drop()\n`,
      "jobs/other.py": `import helpers\nhelpers.push("x")\n`,
    };
    expect(await reached(`from jobs import *\ndef app(event): return clean.main()\n${handler}`, more)).toEqual(["PurgeQueue"]);
  });

  test("what a text does that is run as code, which is left open", async () => {
    const [path, text] = [
      "app.py",
      `${queue}def drop(): queue.purge_queue(QueueUrl="q")\ndef handler(event, context):\n    queue.list_queues()\n    eval("drop()")\n    eval("1 + 2")\n`,
    ];
    const { unresolved } = await readCode([{ path, text }], { handler: "app.handler" });
    expect(unresolved.map(({ at }) => at)).toEqual(["app.py:6"]);
  });
});

test("where nothing of what the handler can come to asks for anything, all counts, weakly", async () => {
  const files = { "app.py": `import helpers\ndef handler(event, context): pass\n`, "helpers.py": helpers };
  const all = await counted(files);
  expect(all).toEqual(["DeleteQueue", "ListQueues", "PurgeQueue", "ReceiveMessage", "SendMessage"].map((name) => `${name}, weakly`));
});

test("without a handler all counts", async () => {
  const { length } = operationsOf(await readCode([{ path: "helpers.py", text: helpers }], {}));
  expect(length).toBe(5);
});
