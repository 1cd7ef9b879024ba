/** The forms in which code gives others something under a name, so that it waits until somebody says that name. */
import { pairsOf } from "./bundled-modules.ts";
import { bare, isClass, isFunction, type Node, writtenKey } from "./nodes.ts";
import { definePattern } from "./patterns.ts";

/** Methods that others call without writing their names. */
export const calledByAll = /^(constructor|toString|toJSON|valueOf|then|next|return|throw|inspect|handleEvent)$/;

export interface Giving {
  /** `ofFile`: by the file itself, not by a module inside of it. */
  readonly named: readonly { readonly name: string; readonly value: Node; readonly ofFile: boolean }[];
  /** What happens where it stands. */
  readonly others: readonly Node[];
  /** The name that stands for all of it. */
  readonly list?: string;
  /** The file gives what a module inside of it does, by names that are not told here. */
  readonly whole?: true;
}

/** What a statement or expression gives by name; undefined: it is something else. */
export function givenByModule(node: Node, givers: ReadonlySet<string>): Giving | undefined {
  switch (node.type) {
    case "ExportNamedDeclaration":
      return exported(node);
    case "ExportDefaultDeclaration": {
      const { declaration } = node;
      // `export default require_app()` gives what that module inside the bundle does
      if (declaration.type === "CallExpression" && declaration.arguments.length === 0)
        return { named: [], others: [declaration], whole: true };
      return { named: [{ name: "default", value: declaration as Node, ofFile: true }], others: [] };
    }
    case "AssignmentExpression":
      return node.operator === "=" ? assigned(node.left, node.right, givers) : undefined;
    case "CallExpression":
      return listedBy(node, givers);
    default:
      return undefined;
  }
}

function exported(node: Extract<Node, { type: "ExportNamedDeclaration" }>): Giving {
  const named: { name: string; value: Node; ofFile: boolean }[] = [];
  const { declaration } = node;
  for (const { local, exported } of node.specifiers) {
    // what another file gives under the name `local` is said by saying that
    const value = node.source ? says(nameOfPart(local)) : (local as Node);
    named.push({ name: nameOfPart(exported), value, ofFile: true });
  }
  const names = !declaration
    ? []
    : declaration.type === "VariableDeclaration"
      ? declaration.declarations.map(({ id }) => id)
      : [declaration.id];
  const give = (name: string) =>
    named.push({ name, value: { type: "Identifier", name, start: node.start, end: node.start }, ofFile: true });
  for (const id of names) if (id) definePattern(id, undefined, give);
  return { named, others: declaration ? [declaration] : [] };
}

export function says(name: string): Node {
  return { type: "Literal", value: name, raw: "", start: 0, end: 0 };
}

/** `exports.a = b`, `module.exports = { a, b }`, `A.prototype.b = function () {}` and, in a module inside a bundle, `e.a = b`. */
function assigned(left: Node, right: Node, givers: ReadonlySet<string>): Giving | undefined {
  const value = bare(right);
  if (left.type !== "MemberExpression") return undefined;
  const name = writtenKey(left.property, left.computed);
  const ofFile = isExports(left.object);
  if (name === undefined) return undefined;
  // `module.exports = __toCommonJS(all)` gives what `all` lists
  if (name === "exports" && isNamedModule(left.object) && value.type === "CallExpression" && value.arguments.every(isName))
    return { named: [], others: [value.callee], ...(value.arguments.length === 0 ? { whole: true } : {}) };
  if (name === "exports" && left.object.type === "Identifier" && value.type === "ObjectExpression") return ofObject(value, left.object);
  const isPrototype = left.object.type === "MemberExpression" && writtenKey(left.object.property, left.object.computed) === "prototype";
  const isInner = isGiver(left.object, givers);
  // `exports.a = exports.b = void 0`
  if (ofFile && value.type === "AssignmentExpression") return undefined;
  const waits = isFunction(value) || isClass(value) || ((ofFile || isInner) && value.type === "Identifier");
  return waits && (ofFile || isInner || isPrototype) ? { named: [{ name, value, ofFile }], others: [] } : undefined;
}

/** `e`, `e.exports` of a module inside a bundle. */
function isGiver(node: Node, givers: ReadonlySet<string>): boolean {
  if (node.type === "Identifier") return givers.has(node.name);
  return node.type === "MemberExpression" && isNamed(node, "exports") && isGiver(node.object, givers);
}

/** `exports`, `module.exports` */
export function isExports(node: Node): boolean {
  if (node.type === "Identifier") return node.name === "exports";
  return node.type === "MemberExpression" && node.object.type === "Identifier" && node.object.name === "module" && isNamed(node, "exports");
}

function isNamedModule(node: Node): boolean {
  return node.type === "Identifier" && node.name === "module";
}

function isName(node: Node): boolean {
  return node.type === "Identifier";
}

function isNamed(node: Extract<Node, { type: "MemberExpression" }>, name: string): boolean {
  return writtenKey(node.property, node.computed) === name;
}

function ofObject(list: Extract<Node, { type: "ObjectExpression" }>, module: Node): Giving {
  const named: { name: string; value: Node; ofFile: boolean }[] = [];
  const others: Node[] = [];
  const ofFile = module.type === "Identifier" && module.name === "module";
  for (const one of list.properties) {
    const name = one.type === "Property" && one.kind === "init" ? writtenKey(one.key, one.computed) : undefined;
    const value = one.type === "Property" ? bare(one.value) : undefined;
    if (name !== undefined && value && (value.type === "Identifier" || isFunction(value) || isClass(value)))
      named.push({ name, value, ofFile });
    else others.push(one);
  }
  return { named, others };
}

/**
 * `__export(all, { a: () => b })`, `r.d(all, { a: () => b })`, `r.d(all, ["a", () => b])`, and `Object.defineProperty(exports, "a", { get: () => b.a })`.
 */
function listedBy(
  { callee, arguments: given }: Extract<Node, { type: "CallExpression" }>,
  givers: ReadonlySet<string>,
): Giving | undefined {
  const [of, second, third] = given;
  if (!of || !second || of.type === "SpreadElement") return undefined;
  if (third?.type === "ObjectExpression" && second.type === "Literal" && (isExports(of) || isGiver(of, givers))) {
    const getter = third.properties.find((one) => one.type === "Property" && writtenKey(one.key, one.computed) === "get");
    if (getter?.type !== "Property" || !isFunction(getter.value)) return undefined;
    return { named: [{ name: String(second.value), value: getter.value, ofFile: true }], others: [callee] };
  }
  if (given.length !== 2) return undefined;
  if (second.type === "ObjectExpression" && second.properties.length > 0) {
    const named = second.properties.flatMap((one) => {
      const name = one.type === "Property" && isPlainGetter(one.value) ? writtenKey(one.key, one.computed) : undefined;
      return name === undefined || one.type !== "Property" ? [] : [{ name, value: bodyOf(one.value), ofFile: true }];
    });
    return named.length === second.properties.length ? { named, others: [callee], ...listOf(of) } : undefined;
  }
  const pairs = second.type === "ArrayExpression" ? pairsOf(second) : [];
  if (pairs.length === 0) return undefined;
  return { named: pairs.map(({ key, value }) => ({ name: key, value: bodyOf(value), ofFile: true })), others: [callee], ...listOf(of) };
}

function listOf(of: Node): { list?: string } {
  return of.type === "Identifier" ? { list: of.name } : {};
}

/** `() => a` */
function isPlainGetter(node: Node): boolean {
  if (node.type !== "ArrowFunctionExpression" || node.params.length > 0) return false;
  return node.body.type === "Identifier" || node.body.type === "MemberExpression";
}

function bodyOf(getter: Node): Node {
  return isPlainGetter(getter) && getter.type === "ArrowFunctionExpression" ? getter.body : getter;
}

/** The name under which a member of a class is found; undefined: it is worked out when the class is made. */
export function heldKey(member: Node): string | undefined {
  if (member.type !== "MethodDefinition" && member.type !== "PropertyDefinition") return undefined;
  return writtenKey(member.key, member.computed);
}

/** Methods, and functions that an instance holds: they do nothing until they are called. */
export function heldMember(member: Node): Node | undefined {
  if (member.type === "MethodDefinition") return member.value;
  const value = member.type === "PropertyDefinition" && member.value ? bare(member.value) : undefined;
  return value && isFunction(value) ? value : undefined;
}

export function nameOfPart(node: Node): string {
  return node.type === "Identifier" ? node.name : node.type === "Literal" ? String(node.value) : "";
}

/** The name of the class in `__decorate([...], A.prototype, "b", null)` and `__decorate([...], A)`, in which compilers write decorators. */
export function decoratedBy(node: Node): string | undefined {
  if (node.type !== "CallExpression" || node.callee.type === "MemberExpression") return undefined;
  const [decorators, of] = node.arguments;
  if (decorators?.type !== "ArrayExpression" || !of) return undefined;
  const cls = of.type === "MemberExpression" && isNamed(of, "prototype") ? of.object : of;
  return cls.type === "Identifier" ? cls.name : undefined;
}

/** Whether such a call stands for decorators of the class itself. */
export function decoratesClass(node: Node): boolean {
  return node.type === "CallExpression" && node.arguments[1]?.type === "Identifier";
}
