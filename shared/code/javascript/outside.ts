/** What classes of a program have to do with others, and what is made by something that is not in the program. */
import type { Evaluation } from "./evaluation.ts";
import { bare, type ClassNode, type Node } from "./nodes.ts";
import { lookUp, type Scope } from "./scopes.ts";

/** The classes in the program that a class extends. */
export function above(evaluation: Evaluation, node: ClassNode, found = new Set<ClassNode>()): ReadonlySet<ClassNode> {
  const scope = evaluation.program.scopeOf.get(node);
  if (!node.superClass || !scope) return found;
  for (const value of evaluation.of(node.superClass, scope)) {
    if (value.kind !== "class" || found.has(value.node)) continue;
    found.add(value.node);
    above(evaluation, value.node, found);
  }
  return found;
}

/** Collections of the language, which call nothing that is put into them. */
const collections = /^(Map|Set|Array|WeakMap|WeakSet|Headers|FormData|URLSearchParams)$/;

/** Whether a name stands for what something outside of the program makes: `rules.add(new Rule())` of `new Engine()` calls methods of the rule. */
export function isMadeElsewhere(evaluation: Evaluation, node: Node, scope: Scope): boolean {
  if (node.type !== "Identifier") return false;
  return (lookUp(scope, node.name) ?? []).some((one) => {
    const made = one.kind === "value" && one.path.length === 0 ? bare(one.node) : undefined;
    if (made?.type !== "NewExpression" && made?.type !== "CallExpression") return false;
    const { callee } = made;
    if (callee.type === "Identifier" && collections.test(callee.name)) return false;
    return evaluation.of(callee, scope).every(({ kind }) => kind === "package");
  });
}
