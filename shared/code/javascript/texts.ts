/** The texts that expressions are put together to. */
import type { CodeText } from "../../model/code.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Node } from "./nodes.ts";
import type { Scope } from "./scopes.ts";
import { TextReader } from "./text-reader.ts";

/** Every text that an expression can be. */
export function textsOf(evaluation: Evaluation, node: Node, scope: Scope): readonly CodeText[] {
  return new TextReader(evaluation).of(node, scope, 0);
}

/** The same, where all can be told from the code alone; empty otherwise. */
export function constantTexts(evaluation: Evaluation, node: Node, scope: Scope): readonly string[] {
  const texts = textsOf(evaluation, node, scope);
  const constant = texts.map((text) =>
    text.every((part) => "text" in part) ? text.map((part) => ("text" in part ? part.text : "")).join("") : undefined,
  );
  return constant.every((text) => text !== undefined) ? constant : [];
}
