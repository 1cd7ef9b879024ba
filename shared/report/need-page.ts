/** What code needs of AWS, for people. Pure. */
import { cleanText } from "../model/plain-text.ts";
import type { Look } from "./look.ts";
import { textTable } from "./text-table.ts";
import { wrap } from "./wide-text.ts";

interface Row {
  readonly action: string;
  readonly resources: readonly string[];
  readonly source: string;
  readonly confidence: string;
}

/** A row for each resource; then what could not be told. */
export function needPage(
  { actions, unresolved }: { readonly actions: readonly Row[]; readonly unresolved: readonly string[] },
  look: Look,
): string[] {
  const rows = actions.flatMap((one) => one.resources.map((resource, n) => ({ ...one, resource, first: n === 0 })));
  const table = textTable(
    rows,
    [
      { head: "ACTION", cell: ({ action, first }) => (first ? cleanText(action) : "") },
      { head: "RESOURCE", cell: ({ resource }) => cleanText(resource, 500), flexible: true },
      { head: "CONFIDENCE", cell: ({ confidence, first }) => (first ? confidence : ""), drop: 2 },
      { head: "FROM", cell: ({ source, first }) => (first ? cleanText(source, 300) : ""), flexible: true, drop: 1 },
    ],
    look,
  );
  return [
    ...(actions.length > 0 ? table : ["no call to AWS was found"]),
    ...(unresolved.length > 0
      ? [
          "",
          look.paint.bold("COULD NOT BE TOLD: more may be needed than is listed"),
          ...unresolved.flatMap((one) => wrap(cleanText(one, 600), look.width - 2, "  ").map((line) => `  ${line}`)),
        ]
      : []),
  ];
}
