/** What is different between two scans of an account. Pure. */
import type { FunctionFacts, ScanDocument } from "../model/document.ts";
import { severityRank } from "../model/finding.ts";
import type { PageChanges } from "./page-data.ts";

/** What of an earlier scan is compared. */
export interface EarlierDocument extends Pick<ScanDocument, "scan"> {
  readonly functions: readonly Pick<FunctionFacts, "arn" | "name" | "region">[];
  readonly findings: readonly PageChanges["cleared"][number][];
}

/** @param earlier absent: there is none, and nothing is said of changes */
export function changesSince(earlier: EarlierDocument | undefined, now: EarlierDocument): PageChanges {
  if (!earlier) return { opened: [], worsened: [], eased: [], cleared: [], newFunctions: [], goneFunctions: [] };
  const before = new Map(earlier.findings.map((finding) => [finding.id, finding]));
  const after = new Set(now.findings.map(({ id }) => id));
  const moved = (graver: boolean) =>
    now.findings.flatMap(({ id, severity }) => {
      const from = before.get(id)?.severity;
      if (from === undefined || from === severity) return [];
      return severityRank(severity) < severityRank(from) === graver ? [{ id, from }] : [];
    });
  const looked = new Set(now.scan.regions);
  return {
    since: { id: earlier.scan.id, at: earlier.scan.startedAt },
    opened: now.findings.filter(({ id }) => !before.has(id)).map(({ id }) => id),
    worsened: moved(true),
    eased: moved(false),
    // what lies in Regions that this scan did not look at is not cleared
    cleared: earlier.findings
      .filter(({ id, resource: { region } }) => !after.has(id) && (region === "global" || looked.has(region)))
      .map(briefly),
    newFunctions: namesBeyond(now, earlier, new Set(earlier.scan.regions)),
    goneFunctions: namesBeyond(earlier, now, looked),
  };
}

function briefly({ id, rule, severity, title, resource }: EarlierDocument["findings"][number]): PageChanges["cleared"][number] {
  return { id, rule, severity, title, resource };
}

/** `NAME in REGION` of functions that the one document has and the other, which looked there, has not. */
function namesBeyond(one: EarlierDocument, other: EarlierDocument, looked: ReadonlySet<string>): string[] {
  const known = new Set(other.functions.map(({ arn }) => arn));
  return one.functions.filter(({ arn, region }) => !known.has(arn) && looked.has(region)).map(({ name, region }) => `${name} in ${region}`);
}
