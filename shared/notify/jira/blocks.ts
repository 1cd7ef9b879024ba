/** What a ticket says, before it is written as Jira Cloud (ADF) or Data Center (wiki text) want it. */
import type { Row } from "../layout.ts";

/** A finding in the list that a ticket keeps. */
export interface Item {
  readonly id: string;
  /** Resolved, or accepted by a decision. */
  readonly done: boolean;
  /** What stands behind the id. */
  readonly text: string;
}

export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "rows"; readonly rows: readonly Row[] }
  | { readonly kind: "command"; readonly text: string }
  /** The list of findings; `more` of them did not fit. */
  | { readonly kind: "list"; readonly items: readonly Item[]; readonly more: number };

/** Heading of the list, by which it is found again: what people write around it stays theirs. */
export const listHeading = "Findings (Small Target keeps this list)";

/** Jira takes no longer description or comment (jira.text.field.character.limit, the default). Of ADF the whole document is counted, to be on the safe side. */
export const mostCharacters = 32_767;

/** How one kind of Jira writes text. `Rich` is what its API takes. */
export interface Markup<Rich = unknown> {
  write(blocks: readonly Block[]): Rich;
  /** The list that stands in a description; undefined: none does. */
  listIn(description: unknown): readonly Item[] | undefined;
  /** The description with this list in the place of its own, or at its end; everything else as it was. */
  withList(description: unknown, items: readonly Item[], more: number): Rich;
  /** Characters, as they count against the limit. */
  length(text: Rich): number;
}

/** `... and 120 more` under a list that was cut. */
export function moreText(more: number): string {
  return `... and ${more.toLocaleString("en-US")} more`;
}

export const moreLine = /^\.\.\. and [\d,]+ more$/;

const findingLine = /^(F-[0-9A-HJKMNP-TV-Z]{10})\s*(.*)$/s;

/** A line of the list, taken apart. Undefined: it is not ours. */
export function itemOf(line: string, done: boolean): Item | undefined {
  const [, id, text = ""] = findingLine.exec(line.trim()) ?? [];
  return id === undefined ? undefined : { id, done, text: text.trim() };
}
