/** What decisions about findings make of their workflow in Security Hub. Pure. */
import type { PendingFinding } from "../../model/finding.ts";
import { cleanText } from "../../model/plain-text.ts";

/** BatchUpdateFindings takes no more at once (API reference). */
const mostFindings = 100;

/** Findings whose workflow becomes the same, for the same reason. */
export interface WorkflowChange {
  readonly status: "SUPPRESSED" | "NEW";
  readonly note: string;
  readonly by: string;
  readonly ids: readonly string[];
}

/**
 * A decision that holds a finding suppresses it in the hub, and its end makes it new again. Everything else about the workflow is the
 * business of the hub's users.
 */
export function workflowChanges(findings: readonly PendingFinding[], channel: string, now: Date): WorkflowChange[] {
  const changes = findings.flatMap((finding) => changeOf(finding, channel, now) ?? []);
  return [...Map.groupBy(changes, ({ status, note, by }) => JSON.stringify([status, note, by])).values()].flatMap((same) => {
    const [first] = same;
    const ids = same.flatMap((one) => one.ids);
    return first ? chunks(ids, mostFindings).map((part) => ({ ...first, ids: part })) : [];
  });
}

function changeOf(finding: PendingFinding, channel: string, now: Date): WorkflowChange | undefined {
  const { id, status, acknowledged, released, told } = finding;
  if (status === "SUPPRESSED") {
    const until = acknowledged ? ` until ${acknowledged.until.slice(0, 10)}` : "";
    const why = acknowledged ? `: ${acknowledged.reason}, ${cleanText(acknowledged.comment, 300)}` : "";
    return { status: "SUPPRESSED", note: cleanText(`Accepted${until}${why}`, 512), by: by(acknowledged?.by), ids: [id] };
  }
  const wasHeld = told?.[channel]?.status === "suppressed";
  if (!wasHeld || status === "RESOLVED") return undefined;
  const why = released ? ` (${released.why})` : "";
  return {
    status: "NEW",
    note: `The decision about it ended on ${now.toISOString().slice(0, 10)}${why}: it is open again`,
    by: by(released?.by),
    ids: [id],
  };
}

function by(who: string | undefined): string {
  return who === undefined ? "Small Target" : `Small Target, for ${cleanText(who, 400) || "somebody"}`;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
