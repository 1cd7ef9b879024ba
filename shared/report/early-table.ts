/** The functions of one Region while a scan is still reading: what is sure already, and no verdict. */
import type { EarlyFacts, EarlyFunctions } from "../model/early-functions.ts";
import { cleanText } from "../model/plain-text.ts";
import { dateText } from "../wording/words.ts";
import { longestText } from "./function-text.ts";
import type { Look } from "./look.ts";
import { count } from "./quantities.ts";
import { type Column, textTable } from "./text-table.ts";

/** Title, head and at most `most` lines, those with the least room in their timeout first. */
export function earlyTable(
  known: Pick<EarlyFunctions, "region" | "complete">,
  functions: readonly EarlyFacts[],
  most: number,
  look: Look,
): string[] {
  const { region, complete } = known;
  const facts = functions.toSorted((a, b) => shareOf(b) - shareOf(a) || (a.name < b.name ? -1 : 1));
  const shown = facts.slice(0, most);
  const more = facts.length - shown.length;
  return [
    `${look.paint.bold(region)}   ${count(facts.length, "function")}${complete ? "" : " (not all could be listed)"}, still reading what starts them, and the inventory`,
    ...textTable(shown, columns, look),
    ...(more > 0 ? [`... ${more} more, at the end: ${look.command} functions --all`] : []),
  ];
}

const columns: readonly Column<EarlyFacts>[] = [
  { head: "FUNCTION", cell: ({ name }) => cleanText(name, 140), flexible: true },
  { head: "LAST USED, SO FAR", cell: lastUsedSoFar },
  { head: "TIMEOUT", cell: ({ timeoutSeconds }) => `${timeoutSeconds} s`, align: "right" },
  { head: "LONGEST RUN", cell: longestText, align: "right" },
];

/** A run that was seen stays seen; that none was seen is not known before the other Regions and the role are read. */
function lastUsedSoFar({ lastInvocation: { state, at } }: EarlyFacts): string {
  if (state === "invoked" && at) return dateText(at);
  return state === "none-seen" ? "not seen yet" : "unknown";
}

function shareOf({ duration, timeoutSeconds }: EarlyFacts): number {
  return (duration.longestMs ?? -1) / (timeoutSeconds * 1000);
}
