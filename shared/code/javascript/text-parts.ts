/** Pieces of texts: what is the environment, and texts behind one another. */
import type { CodeText, CodeTextPart } from "../../model/code.ts";
import { type Node, writtenKey } from "./nodes.ts";
import { lookUp, type Scope } from "./scopes.ts";

/** More texts than this for one expression are as good as none. */
export const maximumTexts = 8;

export const unknown: readonly CodeText[] = [[{ unknown: true }]];

/** `process.env`, `import.meta.env` is none; also under another name. */
export function isEnvironment(node: Node, scope: Scope): boolean {
  if (node.type === "MemberExpression") {
    const { object } = node;
    return (
      writtenKey(node.property, node.computed) === "env" &&
      object.type === "Identifier" &&
      (object.name === "process" || object.name === "process$1")
    );
  }
  if (node.type !== "Identifier") return false;
  const definitions = lookUp(scope, node.name) ?? [];
  return definitions.some(
    (definition) =>
      (definition.kind === "value" &&
        definition.path.length === 0 &&
        definition.node.type === "MemberExpression" &&
        isEnvironment(definition.node, definition.scope)) ||
      (definition.kind === "import" && definition.name === "env" && /^(node:)?process$/.test(definition.source)),
  );
}

/** Every text of the first with every text of the second behind it. */
export function joined(left: readonly CodeText[], right: readonly CodeText[]): readonly CodeText[] {
  if (left.length * right.length > maximumTexts) return unknown;
  return left.flatMap((one) => right.map((other) => merged([...one, ...other])));
}

function merged(parts: readonly CodeTextPart[]): CodeText {
  const text: CodeTextPart[] = [];
  for (const part of parts) {
    const last = text.at(-1);
    if ("text" in part && part.text === "") continue;
    if (last && "text" in last && "text" in part) text[text.length - 1] = { text: last.text + part.text };
    else if (!(last && "unknown" in last && "unknown" in part)) text.push(part);
  }
  return text;
}
