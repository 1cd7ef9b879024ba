/** Packages and what is known of them, for people. Pure. */
import type { CheckedPurl } from "../libraries/advisories/check-purls.ts";
import { cleanText } from "../model/plain-text.ts";
import type { Look } from "./look.ts";
import { count } from "./quantities.ts";
import { textTable } from "./text-table.ts";

/** A row for each package that something is known of or that could not be told; then how many there are. */
export function checkedPage(checked: readonly CheckedPurl[], look: Look): string[] {
  const told = checked.filter(({ ids }) => ids === null || ids.length > 0);
  const holed = checked.filter(({ ids }) => ids !== null && ids.length > 0).length;
  const unknown = checked.filter(({ ids }) => ids === null).length;
  const table = textTable(
    told,
    [
      { head: "PACKAGE", cell: ({ purl }) => cleanText(purl, 300) },
      { head: "SEVERITY", cell: ({ severity, ids }) => severity ?? (ids === null ? "unknown" : ""), drop: 2 },
      { head: "UPGRADE TO", cell: upgrade },
      { head: "ADVISORIES", cell: ({ ids, unknown: why }) => cleanText(ids?.join(" ") ?? why ?? "", 2000), flexible: true, drop: 1 },
    ],
    look,
  );
  const sum = `${count(checked.length, "package")}: ${holed} with known holes, ${unknown} that could not be told.`;
  return [...(told.length > 0 ? [...table, ""] : []), sum];
}

function upgrade({ ids, fixed, majorJump, malicious }: CheckedPurl): string {
  if (ids === null) return "?";
  if (fixed === null) return malicious ? "remove it" : "none yet";
  return `${cleanText(fixed)}${majorJump ? " (major jump)" : ""}`;
}
