/** What an expression may hold. Parts that are calls may be calls of AWS: every part is read. */
import { argumentsOf } from "./arguments.ts";
import { assignTo } from "./assignment.ts";
import { comprehension, pair } from "./comprehensions.ts";
import type { Interpreter } from "./interpreter.ts";
import { lookUp } from "./scope.ts";
import { sliced, subscripted } from "./subscripts.ts";
import type { SyntaxNode } from "./syntax.ts";
import { concatenated, orElse, percentFormatted, stringOf } from "./texts.ts";
import { typeHinted } from "./type-hints.ts";
import {
  dict,
  elements,
  entriesOf,
  external,
  type FunctionValue,
  isAbsent,
  join,
  list,
  literal,
  none,
  type Scope,
  unknown,
  type Values,
} from "./values.ts";

type Reader = (node: SyntaxNode, scope: Scope, interpreter: Interpreter) => Values;

/** Values of one expression; `assignment` is one too. */
export function evaluateExpression(node: SyntaxNode, scope: Scope, interpreter: Interpreter): Values {
  const reader = readers[node.type];
  if (reader) return reader(node, scope, interpreter);
  for (const child of node.children) interpreter.evaluate(child, scope);
  return [unknown];
}

const firstChild: Reader = (node, scope, interpreter) => {
  const [child, ...more] = node.children;
  for (const other of more) interpreter.evaluate(other, scope);
  return child ? interpreter.evaluate(child, scope) : [unknown];
};

const sequence: Reader = (node, scope, interpreter) => {
  const items: Values[] = [];
  let rest: Values = [];
  for (const child of node.children) {
    if (child.type === "list_splat") rest = join(rest, elements(firstChild(child, scope, interpreter)));
    else items.push(interpreter.evaluate(child, scope));
  }
  return [list(items, rest)];
};

function dictionary(node: SyntaxNode, scope: Scope, interpreter: Interpreter): Values {
  const entries = new Map<string, Values>();
  let rest: Values = [];
  for (const child of node.children) {
    if (child.type === "pair") {
      const { names, values } = pair(child, scope, interpreter);
      for (const name of names) entries.set(name, values);
      if (names.length === 0) rest = join(rest, values);
    } else {
      const more = firstChild(child, scope, interpreter);
      for (const [name, values] of entriesOf(more.filter((value) => value.kind === "dict")))
        entries.set(name, over(entries.get(name), values));
      rest = join(rest, ...more.map((value) => (value.kind === "dict" ? value.rest : [unknown])));
    }
  }
  return [dict(entries, rest)];
}

/** What an entry is after others were put over it; where these may not have it, it stays. */
function over(before: Values | undefined, after: Values): Values {
  return before && after.some(isAbsent)
    ? join(
        before,
        after.filter((value) => !isAbsent(value)),
      )
    : after;
}

/** Long sums nest to the left, one level a `+`. */
function sum(node: SyntaxNode, scope: Scope, interpreter: Interpreter): Values {
  const pieces: SyntaxNode[] = [];
  let at: SyntaxNode | undefined = node;
  while (at?.type === "binary_operator" && at.child("operator")?.type === "+") {
    const right = at.child("right");
    if (right) pieces.push(right);
    at = at.child("left");
  }
  if (at) pieces.push(at);
  const values = pieces.reverse().map((piece) => interpreter.evaluate(piece, scope));
  if (!values.flat().some(({ kind }) => kind === "list")) return concatenated(values);
  return [list([], join(...values.map(elements)))];
}

function binary(node: SyntaxNode, scope: Scope, interpreter: Interpreter): Values {
  const operator = node.child("operator")?.type;
  if (operator === "+") return sum(node, scope, interpreter);
  const sides = ["left", "right"].map((role) => {
    const side = node.child(role);
    return side ? interpreter.evaluate(side, scope) : [];
  });
  const [left = [], right = []] = sides;
  if (operator === "%") return percentFormatted(left, right);
  if (operator === "|" && left[0]?.kind === "dict") return mergedDicts([...left, ...right]);
  return [unknown];
}

function mergedDicts(values: Values): Values {
  const dicts = values.filter((value) => value.kind === "dict");
  return [dict(new Map(dicts.flatMap(({ entries }) => [...entries])), join(...dicts.map(({ rest }) => rest)))];
}

const readers: Readonly<Record<string, Reader>> = {
  identifier: (node, scope) => lookUp(node.text, scope) ?? [external(`builtins.${node.text}`)],
  none: () => [none],
  integer: (node) => [literal(node.text)],
  string: (node, scope, interpreter) => stringOf(node, (inner) => interpreter.evaluate(inner, scope)),
  concatenated_string: (node, scope, interpreter) => stringOf(node, (inner) => interpreter.evaluate(inner, scope)),
  attribute: (node, scope, interpreter) => attributeOf(node, scope, interpreter, false),
  call: (node, scope, interpreter) => {
    const callee = node.child("function");
    const given = argumentsOf(node.child("arguments"), scope, interpreter);
    if (!callee) return [unknown];
    const values = callee.type === "attribute" ? attributeOf(callee, scope, interpreter, true) : interpreter.evaluate(callee, scope);
    return interpreter.call(values, given, node, scope);
  },
  subscript: (node, scope, interpreter) => {
    const [of, ...indexes] = [...node.all("value"), ...node.all("subscript")].map((part) => interpreter.evaluate(part, scope));
    if (node.child("subscript")?.type === "slice") return sliced(of ?? []);
    return subscripted(of ?? [], indexes[0] ?? [unknown]);
  },
  list: sequence,
  tuple: sequence,
  set: sequence,
  expression_list: sequence,
  pattern_list: sequence,
  dictionary,
  list_comprehension: comprehension,
  set_comprehension: comprehension,
  generator_expression: comprehension,
  dictionary_comprehension: comprehension,
  for_in_clause: (node, scope, interpreter) => {
    const [left, right] = [node.child("left"), node.child("right")];
    const values = right ? interpreter.evaluate(right, scope) : [];
    if (left) assignTo(left, elements(values), scope, interpreter);
    return values;
  },
  conditional_expression: (node, scope, interpreter) => {
    const [one = [], , other = []] = node.children.map((child) => interpreter.evaluate(child, scope));
    return join(one, other);
  },
  boolean_operator: (node, scope, interpreter) => {
    const [left = [], right = []] = node.children
      .filter(({ role }) => role !== "operator")
      .map((side) => interpreter.evaluate(side, scope));
    return node.child("operator")?.type === "or" ? orElse(left, right) : right;
  },
  binary_operator: binary,
  parenthesized_expression: firstChild,
  await: firstChild,
  type: firstChild,
  yield: (node, scope, interpreter) => {
    const values = firstChild(node, scope, interpreter);
    scope.returned = join(scope.returned, node.text.startsWith("yield from") ? values : [list([], values)]);
    return [unknown];
  },
  named_expression: (node, scope, interpreter) => {
    const [name, value] = [node.child("name"), node.child("value")];
    const values = value ? interpreter.evaluate(value, scope) : [unknown];
    if (name) assignTo(name, values, scope, interpreter);
    return values;
  },
  lambda: (node, scope, interpreter) => {
    const value: FunctionValue = { kind: "function", key: `lambda ${node.at}:${node.start} in ${scope.key}`, node, scope };
    interpreter.defineFunction(value);
    return [value];
  },
  assignment: (node, scope, interpreter) => {
    const [left, type, right] = [node.child("left"), node.child("type"), node.child("right")];
    if (!right && !type) return [unknown];
    const given = right ? interpreter.evaluate(right, scope) : [unknown];
    const values =
      type && given.every(({ kind }) => kind === "unknown" || kind === "none") ? join(given, typeHinted(type, scope, interpreter)) : given;
    if (left && (right || values.length > 1)) assignTo(left, values, scope, interpreter);
    return values;
  },
  augmented_assignment: (node, scope, interpreter) => {
    const [left, right] = [node.child("left"), node.child("right")];
    if (!left || !right) return [unknown];
    const [before, more] = [interpreter.evaluate(left, scope), interpreter.evaluate(right, scope)];
    const lists = before.some(({ kind }) => kind === "list");
    const added = node.child("operator")?.type === "+=" && !lists ? concatenated([before, more]) : join(before, more);
    assignTo(left, lists ? [list([], join(elements(before), elements(more)))] : added, scope, interpreter);
    return [unknown];
  },
};

function attributeOf(node: SyntaxNode, scope: Scope, interpreter: Interpreter, calling: boolean): Values {
  const [object, name] = [node.child("object"), node.child("attribute")];
  return object && name ? interpreter.attribute(interpreter.evaluate(object, scope), name.text, node, calling) : [unknown];
}
