/** Owners that people set by hand. */
import { cleanText } from "../model/plain-text.ts";
import type { Look } from "./look.ts";
import { textTable } from "./text-table.ts";
import { typeWord } from "./type-words.ts";

export interface OverrideRow {
  readonly arn: string;
  readonly team: string;
  /** Whether the last scan knows the resource. */
  readonly seen: boolean;
  readonly type?: string;
  readonly name?: string;
}

/** The page as lines. */
export function overridesPage(rows: readonly OverrideRow[], look: Look): string[] {
  if (rows.length === 0) return [`No owner was set by hand: ${look.command} own RESOURCE TEAM`];
  return textTable(
    rows,
    [
      { head: "OWNER", cell: ({ team }) => cleanText(team, 60) },
      { head: "TYPE", cell: ({ type, seen }) => (seen && type ? typeWord(type) : "not in the last scan"), drop: 1 },
      { head: "RESOURCE", cell: ({ arn }) => cleanText(arn, 300), flexible: true },
    ],
    look,
  );
}
