/** Destructuring: which part of a value each name gets. */
import type { Pattern } from "acorn";
import type { FunctionNode, Node } from "./nodes.ts";
import { writtenKey } from "./nodes.ts";
import type { Definition, Scope, Step } from "./scopes.ts";

/** What is taken apart: a value, or what a function is called with; undefined: something of which nothing is known. */
type Taken =
  | { readonly node: Node; readonly scope: Scope; readonly path?: readonly Step[] }
  | { readonly fn: FunctionNode; readonly index: number; readonly scope: Scope };

/** Tells every name of a pattern with its definition. `silent`: a name alone says nothing (`let a;`), but is there. */
export function definePattern(
  pattern: Pattern,
  taken: Taken | undefined,
  define: (name: string, definition: Definition) => void,
  silent = false,
): void {
  const walk = (part: Pattern, path: readonly Step[]): void => {
    switch (part.type) {
      case "Identifier":
        if (!taken) {
          if (!silent || part === pattern) define(part.name, { kind: "unknown" });
        } else if ("fn" in taken) define(part.name, { kind: "parameter", ...taken, path });
        else define(part.name, { kind: "value", node: taken.node, scope: taken.scope, path: [...(taken.path ?? []), ...path] });
        return;
      case "AssignmentPattern":
        walk(part.left, path);
        if (part.left.type === "Identifier" && taken)
          define(part.left.name, { kind: "value", node: part.right, scope: taken.scope, path: [] });
        return;
      case "ObjectPattern":
        for (const property of part.properties) {
          if (property.type === "RestElement") walk(property.argument, path);
          else walk(property.value, [...path, writtenKey(property.key, property.computed) ?? true]);
        }
        return;
      case "ArrayPattern":
        for (const [index, element] of part.elements.entries()) if (element) walk(element, [...path, String(index)]);
        return;
      case "RestElement":
        walk(part.argument, [...path, true]);
        return;
      default:
        return;
    }
  };
  walk(pattern, []);
}

/** What stands in a pattern besides names: what is taken where there is nothing, and keys that are worked out. */
export function expressionsIn(pattern: Pattern): readonly Node[] {
  switch (pattern.type) {
    case "AssignmentPattern":
      return [...expressionsIn(pattern.left), pattern.right];
    case "ObjectPattern":
      return pattern.properties.flatMap((one) =>
        one.type === "RestElement"
          ? expressionsIn(one.argument)
          : [...(one.computed ? [one.key as Node] : []), ...expressionsIn(one.value)],
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((one) => (one ? expressionsIn(one) : []));
    case "RestElement":
      return expressionsIn(pattern.argument);
    default:
      return [];
  }
}

/** The names of the members that a pattern takes. */
export function keysIn(pattern: Pattern): readonly string[] {
  if (pattern.type === "AssignmentPattern") return keysIn(pattern.left);
  if (pattern.type !== "ObjectPattern") return [];
  return pattern.properties.flatMap((one) =>
    one.type === "RestElement" ? [] : [writtenKey(one.key, one.computed) ?? "", ...keysIn(one.value)],
  );
}
