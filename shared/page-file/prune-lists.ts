/** What goes with each function that is called unused, in the words of `smalltarget prune`. Pure. */
import type { Network } from "../graph/network.ts";
import { saysUnused } from "../model/account-numbers.ts";
import type { FunctionFacts } from "../model/document.ts";
import { isOpen } from "../model/document-finding.ts";
import { type PruneDocument, pruneSetOf } from "../prune/prune.ts";
import { pruneScript } from "../prune/prune-script.ts";
import { blockerText, itemText, stayText } from "../report/prune-page.ts";
import { count } from "../report/quantities.ts";

/** What goes with a function, as lines that people read. */
export interface PagePrune {
  readonly functionArn: string;
  readonly goes: readonly string[];
  readonly stays: readonly string[];
  readonly inTheWay: readonly string[];
  readonly unseen: readonly string[];
  /** Empty while something stands in the way. */
  readonly phases: readonly PagePrunePhase[];
}

export interface PagePrunePhase {
  readonly title: string;
  readonly steps: readonly { readonly what: string; readonly commands: readonly string[]; readonly undo?: readonly string[] }[];
}

/** A list of each would take minutes for an account of thousands: the command makes the others. */
export const mostPruned = 200;
/** Two rounds of whatever happens weekly, as the command has it. */
const quietDays = 14;

/** The functions that a finding calls unused: those longest quiet first. */
export function unusedFunctions({ functions, findings }: PruneDocument): FunctionFacts[] {
  const unused = new Set(findings.filter((finding) => isOpen(finding) && saysUnused(finding)).map(({ resource }) => resource.arn));
  return functions
    .filter(({ arn }) => unused.has(arn))
    .toSorted((a, b) => (b.lastInvocation.quietDays ?? 0) - (a.lastInvocation.quietDays ?? 0) || (a.name < b.name ? -1 : 1));
}

/** What to show of one function's end. */
export function pruneOf(document: PruneDocument, subject: FunctionFacts, network: Network): PagePrune {
  const set = pruneSetOf(document, subject, network);
  const script = set.blockers.length === 0 ? pruneScript(set, quietDays, document.scan.startedAt) : undefined;
  return {
    functionArn: subject.arn,
    goes: set.items.map((item) => `${itemText(item)}${item.note ? `: ${item.note}` : ""}`),
    stays: set.stays.map(stayText),
    inTheWay: set.blockers.map(blockerText),
    unseen: set.unseen,
    phases: script
      ? [
          { title: "Now: all of it can be undone", steps: script.now },
          { title: `After ${count(quietDays, "quiet day")}: see that nothing missed it`, steps: script.check },
          { title: "Then, for good, in this order", steps: script.deletes },
        ]
      : [],
  };
}
