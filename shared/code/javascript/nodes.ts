/** The syntax tree: names for acorn's types, and which members of a node are nodes. */
import type { AnyNode } from "acorn";

export type Node = AnyNode;
export type FunctionNode = Extract<AnyNode, { type: "FunctionDeclaration" | "FunctionExpression" | "ArrowFunctionExpression" }>;
export type ClassNode = Extract<AnyNode, { type: "ClassDeclaration" | "ClassExpression" }>;

/** Members that hold nodes, in the order in which they stand in the text, by type of node. A type that is not listed holds none. */
export const childKeys: Readonly<Record<string, readonly string[]>> = {
  Program: ["body"],
  ExpressionStatement: ["expression"],
  BlockStatement: ["body"],
  StaticBlock: ["body"],
  WithStatement: ["object", "body"],
  ReturnStatement: ["argument"],
  LabeledStatement: ["body"],
  IfStatement: ["test", "consequent", "alternate"],
  SwitchStatement: ["discriminant", "cases"],
  SwitchCase: ["test", "consequent"],
  ThrowStatement: ["argument"],
  TryStatement: ["block", "handler", "finalizer"],
  CatchClause: ["param", "body"],
  WhileStatement: ["test", "body"],
  DoWhileStatement: ["body", "test"],
  ForStatement: ["init", "test", "update", "body"],
  ForInStatement: ["left", "right", "body"],
  ForOfStatement: ["left", "right", "body"],
  VariableDeclaration: ["declarations"],
  VariableDeclarator: ["id", "init"],
  FunctionDeclaration: ["params", "body"],
  FunctionExpression: ["params", "body"],
  ArrowFunctionExpression: ["params", "body"],
  ClassDeclaration: ["superClass", "body"],
  ClassExpression: ["superClass", "body"],
  ClassBody: ["body"],
  MethodDefinition: ["key", "value"],
  PropertyDefinition: ["key", "value"],
  ArrayExpression: ["elements"],
  ObjectExpression: ["properties"],
  Property: ["key", "value"],
  UnaryExpression: ["argument"],
  UpdateExpression: ["argument"],
  BinaryExpression: ["left", "right"],
  AssignmentExpression: ["left", "right"],
  LogicalExpression: ["left", "right"],
  MemberExpression: ["object", "property"],
  ConditionalExpression: ["test", "consequent", "alternate"],
  CallExpression: ["callee", "arguments"],
  NewExpression: ["callee", "arguments"],
  SequenceExpression: ["expressions"],
  YieldExpression: ["argument"],
  AwaitExpression: ["argument"],
  SpreadElement: ["argument"],
  TemplateLiteral: ["expressions"],
  TaggedTemplateExpression: ["tag", "quasi"],
  ObjectPattern: ["properties"],
  ArrayPattern: ["elements"],
  RestElement: ["argument"],
  AssignmentPattern: ["left", "right"],
  ParenthesizedExpression: ["expression"],
  ChainExpression: ["expression"],
  ImportExpression: ["source"],
  ExportNamedDeclaration: ["declaration"],
  ExportDefaultDeclaration: ["declaration"],
};

export function isFunction(node: Node): node is FunctionNode {
  return node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression";
}

export function isClass(node: Node): node is ClassNode {
  return node.type === "ClassDeclaration" || node.type === "ClassExpression";
}

/** What brackets, `await` and optional chains stand around; of a sequence, as in `(0, m.f)()`, the last. */
export function bare(node: Node): Node {
  let inner = node;
  for (;;) {
    if (inner.type === "ParenthesizedExpression" || inner.type === "ChainExpression") inner = inner.expression;
    else if (inner.type === "AwaitExpression") inner = inner.argument;
    else if (inner.type === "SequenceExpression") inner = inner.expressions.at(-1) as Node;
    else return inner;
  }
}

/** The name of a member or key that is written out: `a.b`, `a["b"]`, `{ b: 1 }`, `{ "b": 1 }`, `a.#b`, which is another one than `a.b`. */
export function writtenKey(key: Node, computed: boolean): string | undefined {
  if (key.type === "PrivateIdentifier") return `#${key.name}`;
  if (!computed && key.type === "Identifier") return key.name;
  if (key.type === "Literal" && (typeof key.value === "string" || typeof key.value === "number")) return String(key.value);
  if (key.type === "TemplateLiteral" && key.expressions.length === 0) return key.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** The functions and classes that a position of a tree is in, from inside to outside. */
export function bodiesAround(tree: Node, position: number): readonly (FunctionNode | ClassNode)[] {
  const around: (FunctionNode | ClassNode)[] = [];
  for (let at: Node | undefined = tree; at; at = childAt(at, position)) if (isFunction(at) || isClass(at)) around.unshift(at);
  return around;
}

/** The outermost function or class that a position is in and that is shorter than this. */
export function outermostAround(tree: Node, position: number, shorter: number): FunctionNode | ClassNode | undefined {
  for (let at: Node | undefined = tree; at; at = childAt(at, position))
    if ((isFunction(at) || isClass(at)) && at.end - at.start < shorter) return at;
  return undefined;
}

function childAt(node: Node, position: number): Node | undefined {
  const fields = node as unknown as Record<string, Node | readonly (Node | null)[] | null | undefined>;
  const holds = (child: Node | null | undefined) => child && child.start <= position && position < child.end;
  for (const key of childKeys[node.type] ?? []) {
    const child = fields[key];
    const found = Array.isArray(child) ? child.find(holds) : holds(child as Node) ? (child as Node) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Whether a part of a node is a name that is written out, not one that stands for something. */
export function isWrittenName(node: Node, part: string): boolean {
  return (part === "key" || part === "property") && "computed" in node && !node.computed;
}

/** The last name of what is called: `f`, `a.f`; of what `f()` returns: `f()`. */
export function lastName(callee: Node): string | undefined {
  if (callee.type === "Identifier") return callee.name;
  if (callee.type === "CallExpression") {
    const inner = lastName(bare(callee.callee));
    return inner === undefined ? undefined : `${inner}()`;
  }
  return callee.type === "MemberExpression" ? writtenKey(callee.property, callee.computed) : undefined;
}
