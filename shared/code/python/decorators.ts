import { handsOver } from "./hand-over.ts";
import type { Interpreter } from "./interpreter.ts";
import type { SyntaxNode } from "./syntax.ts";
import type { Scope, Value, Values } from "./values.ts";

const written = new WeakMap<SyntaxNode, readonly string[]>();

/** What stands above a function, as written without the arguments: `property`, `app.get`. */
export function decoratorsOf(definition: SyntaxNode): readonly string[] {
  return written.get(definition) ?? [];
}

/** What a name is after its decorators: one of our own may put another function in the place; others keep it as it is. */
export function decorated(value: Value, decorators: readonly SyntaxNode[], scope: Scope, interpreter: Interpreter): Values {
  if (value.kind === "function" || value.kind === "class") {
    written.set(
      value.node,
      decorators.map((decorator) =>
        decorator.text
          .replace(/^@\s*/, "")
          .replace(/\([\s\S]*$/, "")
          .trim(),
      ),
    );
  }
  let values: Values = [value];
  for (const decorator of decorators.toReversed()) {
    const [expression] = decorator.children;
    if (!expression) continue;
    const own = interpreter.evaluate(expression, scope).filter(({ kind }) => kind === "function");
    if (own.length === 0) continue;
    const answer = interpreter.call(own, { positional: [values], named: new Map(), more: false }, decorator, scope);
    const callable = answer.filter(handsOver);
    if (callable.length > 0) values = callable;
  }
  return values;
}
