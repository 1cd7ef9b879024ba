import type { SyntaxNode } from "./syntax.ts";

/** Ordinary programs stay far below. */
const mostSteps = 3_000_000;
const deepest = 600;

/** How much is done to read a program: what nests too deeply or takes too many steps is left out. */
export class Effort {
  /** Why the reading of the program ended early. */
  cutShort: string | undefined;
  depth = 0;
  #steps = 0;

  /** One step, within those that are under way. @returns undefined where it was not done */
  deeper<T>(node: SyntaxNode, go: () => T): T | undefined {
    if (this.depth > deepest) this.cutShort ??= `it nests too deeply at ${node.at}`;
    if (++this.#steps > mostSteps) this.cutShort ??= "it takes too long to follow";
    if (this.depth > deepest || this.#steps > mostSteps) return undefined;
    this.depth++;
    try {
      return go();
    } finally {
      this.depth--;
    }
  }
}
