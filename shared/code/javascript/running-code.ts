/** Which parts of a program can run, from the function that Lambda calls. */
import type { Evaluation } from "./evaluation.ts";
import type { WholeUse } from "./given-names.ts";
import { bare, type ClassNode, type Node, writtenKey } from "./nodes.ts";
import { above, isMadeElsewhere } from "./outside.ts";
import type { Call, Creation } from "./program.ts";
import { resolveModule } from "./resolve.ts";
import { Running } from "./running.ts";
import { decoratedBy, isExports } from "./running-forms.ts";
import { givenBy, namesOf } from "./running-names.ts";
import { SaidNames } from "./said-names.ts";
import { type Definition, lookUp, type Module, type Scope } from "./scopes.ts";
import type { Value } from "./values.ts";

/** What calls nothing that it is given. */
const harmless = /^(console|JSON|Promise|Object|Array|String|Number|Boolean|Error|Buffer|Math|Date|Symbol)$/;
/** Classes of the language that call no method of those that extend them by a name of their own. */
const plainParents = /^(Error|TypeError|RangeError|Object|Array|Map|Set|WeakMap|Promise)$/;
const mostRounds = 8;
const deepestAlias = 5;

/**
 * Whether what stands in a scope can run; undefined: it cannot be told, so all of it counts. Files are those that count.
 *
 * @param handler the name of the function that Lambda calls, as the last part of `src/app.handler`; undefined: what the files give that no other loads
 */
export function runningCode(
  evaluation: Evaluation,
  modules: readonly Module[],
  handler: string | undefined,
): ((scope: Scope) => boolean) | undefined {
  const { program } = evaluation;
  const said = new SaidNames();
  const running = new Running(
    program,
    said,
    (node) => isForeign(evaluation, node, new Set()),
    (node, scope) => objectsOf(evaluation, node, scope),
  );
  const loaded = new Set(modules.flatMap((module) => [...module.sources].map((source) => resolveModule(program, source, module.path))));
  const first = modules.filter((module) => !loaded.has(module));
  for (const module of modules) running.load(module, handler === undefined && first.includes(module));
  // what a bundler's own code uses as a whole, its table of modules among it, is looked into before it is asked who gives the handler
  if (!settled(evaluation, running)) return undefined;
  const names = handler === undefined ? namesOfAll(running, first) : handler.split(".");
  if (!names?.[0] || (handler !== undefined && !isGiven(running, modules, names[0]))) return undefined;
  for (const name of names) said.sayMember(name);
  said.drain();
  return settled(evaluation, running) ? (scope) => said.runs(scope) : undefined;
}

/** Opens what is to be opened until there is no more of it. @returns whether an end came */
function settled(evaluation: Evaluation, running: Running): boolean {
  for (let round = 0; round < mostRounds; round++) if (!openOthers(evaluation, running)) return true;
  return false;
}

/** What the files give that no other loads; undefined: one of them gives something of which the names are not told. */
function namesOfAll({ given }: Running, first: readonly Module[]): readonly string[] | undefined {
  const names = first.map((module) => given.ofFile(module));
  return names.some((one) => one.length === 0) ? undefined : names.flat();
}

function isGiven({ given }: Running, modules: readonly Module[], handler: string): boolean {
  return given.has(handler) || modules.some(({ exported }) => exported.has(handler));
}

/** Opens what may be called without its name being said: what others are given, and members named at run time. @returns whether there was more */
function openOthers(evaluation: Evaluation, running: Running): boolean {
  const { calls, creations } = evaluation.program;
  const before = running.names.held.size;
  if (before === 0) return false;
  let opened = false;
  for (const call of [...calls, ...creations]) {
    if (!running.names.runs(call.scope)) continue;
    if (isAnyMember(evaluation, call)) running.names.openAll();
    for (const given of givenAway(evaluation, call)) opened = running.names.open(given) || opened;
  }
  const uses = running.wholeUses;
  running.wholeUses = [];
  for (const use of uses) opened = openWhole(evaluation, running, use) || opened;
  // what such a module gives may only be told once its function was looked into
  for (const module of running.wholeModules) for (const name of namesOf(evaluation, running, module)) running.say(name);
  running.names.drain();
  return opened || running.wholeUses.length > 0 || running.names.held.size < before;
}

/** `{ ...handlers }`, `Object.values(handlers)`, `handlers[key]`: what is used as a whole may be called by any of its names. */
function openWhole(evaluation: Evaluation, running: Running, { node, scope, any }: WholeUse, depth = 0): boolean {
  const definitions = node.type === "Identifier" ? (lookUp(scope, node.name) ?? []) : [];
  let opened = false;
  // `exports[key]`, `module.exports[key]`
  const itself = !any ? [] : isExports(node) ? running.given.within(scope.module) : givenBy(running, node, scope);
  const listed = node.type === "Identifier" ? running.given.listed(node.name, scope.module) : [];
  for (const name of [...itself, ...listed]) running.say(name);
  for (const one of definitions) {
    if (one.kind !== "value") continue;
    if (one.node.type === "ObjectExpression") opened = running.names.open(one.node) || opened;
    // another name for the same
    if (one.node.type === "Identifier" && depth < deepestAlias) opened = openWhole(evaluation, running, one, depth + 1) || opened;
  }
  if (!any && node.type === "Identifier" && !definitions.some(mayLoad)) return opened;
  for (const value of evaluation.of(node, scope)) {
    if (value.kind === "module" || value.kind === "bundled") running.wholeModules.add(value);
    if (value.kind === "object") opened = running.names.open(value.node) || opened;
    if (any && (value.kind === "instance" || value.kind === "class")) opened = openRelated(evaluation, running, value.node) || opened;
  }
  return opened;
}

/** A member of an instance, or of `this` in a class, may be one of those that it extends, or that extend it. */
function openRelated(evaluation: Evaluation, running: Running, node: ClassNode): boolean {
  let opened = running.names.open(node);
  for (const one of [...above(evaluation, node), ...[...running.extending].filter((cls) => above(evaluation, cls).has(node))])
    opened = running.names.open(one) || opened;
  return opened;
}

/** Whether a name may stand for all that a module gives: `import * as a`, `a = require("./a")`, `a = r(12)`. */
function mayLoad(definition: Definition): boolean {
  if (definition.kind === "import") return true;
  if (definition.kind !== "value" || definition.path.length > 0) return false;
  const value = bare(definition.node);
  if (value.type === "ImportExpression") return true;
  return (
    value.type === "CallExpression" &&
    value.arguments.length < 3 &&
    value.arguments.every(({ type }) => /^(Literal|CallExpression)$/.test(type))
  );
}

/** `service[method]()` of something whose methods wait for their names. */
function isAnyMember(evaluation: Evaluation, { node, scope }: Call | Creation): boolean {
  const callee = bare(node.callee);
  if (callee.type !== "MemberExpression" || !callee.computed || writtenKey(callee.property, true) !== undefined) return false;
  if (evaluation.keys(callee.property, scope).length > 0) return false;
  return evaluation.of(callee.object, scope).some(({ kind }) => /^(module|bundled|class|instance)$/.test(kind));
}

/** Classes of what is handed to functions that are not in the program, which may call any of their methods. */
function givenAway(evaluation: Evaluation, { node, scope }: Call | Creation): readonly ClassNode[] {
  const callee = bare(node.callee);
  if (isHarmless(evaluation, callee, scope)) return [];
  const given = node.arguments.filter((one) => /^(Identifier|NewExpression|ThisExpression|MemberExpression)$/.test(one.type));
  if (given.length === 0) return [];
  const values = evaluation.of(callee, scope);
  if (values.some(isKnown) || decoratedBy(node) !== undefined) return [];
  return given.flatMap((one) =>
    evaluation.of(one as Node, scope).flatMap((value) => (value.kind === "instance" || value.kind === "class" ? [value.node] : [])),
  );
}

/** What is called is in the program, or is known not to call its arguments. */
function isKnown(value: Value): boolean {
  return !["package", "object", "map", "list", "instance", "module"].includes(value.kind);
}

function isHarmless(evaluation: Evaluation, callee: Node, scope: Scope): boolean {
  if (callee.type !== "MemberExpression") return callee.type === "Super";
  const name = writtenKey(callee.property, callee.computed) ?? "";
  if (/^(bind|call|apply)$/.test(name)) return true;
  if (/^(push|set|add)$/.test(name)) return !isMadeElsewhere(evaluation, callee.object, scope);
  return callee.object.type === "Identifier" && harmless.test(callee.object.name) && !lookUp(scope, callee.object.name);
}

function objectsOf(evaluation: Evaluation, node: Node, scope: Scope): readonly Node[] {
  return evaluation.of(node, scope).flatMap((value) => (value.kind === "object" ? [value.node] : []));
}

/** A class that extends something of which the methods are not in the program. */
function isForeign(evaluation: Evaluation, node: ClassNode, seen: Set<ClassNode>): boolean {
  if (!node.superClass || seen.has(node)) return false;
  seen.add(node);
  const scope = evaluation.program.scopeOf.get(node);
  const above = bare(node.superClass);
  if (!scope) return true;
  if (above.type === "Identifier" && plainParents.test(above.name) && !lookUp(scope, above.name)) return false;
  const parents = evaluation.of(node.superClass, scope);
  if (parents.length === 0) return true;
  return parents.some((value) => value.kind !== "clientClass" && (value.kind !== "class" || isForeign(evaluation, value.node, seen)));
}
