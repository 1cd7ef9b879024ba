import { assignTo } from "./assignment.ts";
import type { Interpreter } from "./interpreter.ts";
import type { SyntaxNode } from "./syntax.ts";
import { literalsOf } from "./texts.ts";
import { dict, join, list, type Scope, unknown, type Values } from "./values.ts";

const mostTurns = 12;
/** Inside of more loops than this, a comprehension is gone through once. */
const deepest = 3;

/** `[f(x) for x in y]`, `{k: v for k in y}` */
export function comprehension(node: SyntaxNode, scope: Scope, interpreter: Interpreter): Values {
  const body = node.child("body");
  if (!body) return [unknown];
  const each = turnsOf(node, scope, interpreter);
  scope.loops += 1;
  const turns = each.map((turn) => {
    turn();
    if (body.type === "pair") return pair(body, scope, interpreter);
    return { names: [], values: interpreter.evaluate(body, scope) };
  });
  scope.loops -= 1;
  const all = join(...turns.map(({ values }) => values));
  if (body.type !== "pair") return [turns.length > 1 ? list(turns.map(({ values }) => values)) : list([], all)];
  const entries = turns.flatMap(({ names, values }) => names.map((name) => [name, values] as const));
  return [dict(new Map(entries), entries.length > 0 ? [] : all)];
}

/** One turn for each item where a comprehension runs over a list that is written out, so that each keeps its own; else one for all. */
function turnsOf(node: SyntaxNode, scope: Scope, interpreter: Interpreter): (() => void)[] {
  const clauses = node.children.filter(({ role }) => role !== "body");
  const [clause] = clauses;
  const [left, right] = [clause?.child("left"), clause?.child("right")];
  if (clauses.length === 1 && left && right && scope.loops < deepest) {
    const [over, ...others] = interpreter.evaluate(right, scope);
    if (over?.kind === "list" && others.length === 0 && over.rest.length === 0 && over.items.length <= mostTurns) {
      return over.items.map((item) => () => assignTo(left, item, scope, interpreter));
    }
  }
  return [
    () => {
      for (const one of clauses) interpreter.evaluate(one, scope);
    },
  ];
}

/** One entry of a dictionary: the keys that are known, and what they hold. */
export function pair(node: SyntaxNode, scope: Scope, interpreter: Interpreter): { names: readonly string[]; values: Values } {
  const [key, value] = [node.child("key"), node.child("value")];
  const keys = key ? interpreter.evaluate(key, scope) : [];
  // a key that the environment has a part in is kept as JSON (request.ts reads it)
  const built = keys.flatMap((one) =>
    one.kind === "text" && !one.parts.every((part) => "text" in part) ? [`\u0000${JSON.stringify(one.parts)}`] : [],
  );
  return { names: [...literalsOf(keys).texts, ...built], values: value ? interpreter.evaluate(value, scope) : [unknown] };
}
