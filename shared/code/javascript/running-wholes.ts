/** Where code uses all that a module gives, or all methods of something, without saying their names. */
import type { WholeUse } from "./given-names.ts";
import { bare, type Node, writtenKey } from "./nodes.ts";

/** `require("./a")`, `import("./a")`, and in a bundle `r(12)`, `require_a()`. */
export function isLoading(node: Node): boolean {
  if (node.type === "ImportExpression") return true;
  if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || node.arguments.length > 1) return false;
  const [what] = node.arguments;
  return what
    ? what.type === "Literal" && /^(require|__webpack_require__|\w{1,3})$/.test(node.callee.name)
    : /^(require_|[\w$]{1,3}$)/.test(node.callee.name);
}

/** What compilers and bundlers write around a module, as other names where a minifier was. */
const givesModules = /^(_*import(Star|Default)|_*toESM|_*toCommonJS|_interop\w+|[\w$]{1,3})$/;

/** What a module is loaded by, where it gets a name or is asked for one member: `a = wrapped(require("./a"))`. */
export function loadsIn(around: Node): readonly Node[] {
  const node = bare(around);
  if (node.type === "SequenceExpression") return node.expressions.flatMap(loadsIn);
  if (node.type === "ImportExpression") return [node];
  if (node.type !== "CallExpression") return [];
  const callee = bare(node.callee);
  const called =
    callee.type === "Identifier" ? callee.name : callee.type === "MemberExpression" ? writtenKey(callee.property, callee.computed) : "";
  return [node, ...loadsIn(callee), ...(givesModules.test(called ?? "") ? node.arguments.flatMap((one) => loadsIn(one as Node)) : [])];
}

/** Whether all that is taken has names: not `{ [key]: a } = b`, `{ a, ...others } = b`. */
export function takesByName(pattern: Node): boolean {
  if (pattern.type !== "ObjectPattern") return pattern.type === "Identifier";
  return pattern.properties.every((one) => one.type === "Property" && writtenKey(one.key, one.computed) !== undefined);
}

/** `export * from "./a"`, `module.exports = require("./a")`, and as compilers write it: `__exportStar(require("./a"), exports)`. */
export function handedOn(node: Node, givers: ReadonlySet<string>): Node | undefined {
  if (node.type === "ExportAllDeclaration")
    return { type: "ImportExpression", source: node.source, options: null, start: node.start, end: node.end };
  if (node.type === "ExportDefaultDeclaration") return isLoading(node.declaration) ? node.declaration : undefined;
  if (node.type === "AssignmentExpression") {
    const { left, right } = node;
    const isModule = left.type === "MemberExpression" && writtenKey(left.property, left.computed) === "exports";
    return isModule && isLoading(right) ? right : undefined;
  }
  if (node.type !== "CallExpression" || node.arguments.length !== 2) return undefined;
  const [from, to] = node.arguments;
  return from && to?.type === "Identifier" && givers.has(to.name) && isLoading(from) ? from : undefined;
}

/** Everything of which `o[key]` with an untold key may be a member. */
export function anyOf(node: Node, scope: WholeUse["scope"]): WholeUse {
  return { node, scope, any: true };
}

/** What a name begins with that is put together: `on${type}`, "on" + type; empty: that is not told. */
export function beginningOf(name: Node): string {
  if (name.type === "TemplateLiteral") return name.quasis[0]?.value.cooked ?? "";
  if (name.type === "BinaryExpression" && name.operator === "+") return beginningOf(name.left);
  return name.type === "Literal" && typeof name.value === "string" ? name.value : "";
}
