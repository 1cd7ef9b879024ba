/** What is different between two scans of an account. Pure. */
import type { DocumentFinding, FunctionFacts, ScanDocument } from "../model/document.ts";
import { severityRank } from "../model/finding.ts";

/** A scan, and when it began. ISO 8601. */
export interface ScanAt {
  readonly id: string;
  readonly at: string;
}

/** Between two scans. */
export interface PageChanges {
  /** Absent: there is no earlier scan to compare with. */
  readonly since?: ScanAt;
  /** Kept scans before this one, newest first: each can be compared with. */
  readonly kept: readonly ScanAt[];
  /** Ids of findings of this scan. */
  readonly opened: readonly string[];
  readonly worsened: readonly { readonly id: string; readonly from: string }[];
  readonly eased: readonly { readonly id: string; readonly from: string }[];
  /** Of the earlier scan: they are not in this one. */
  readonly cleared: readonly Pick<DocumentFinding, "id" | "rule" | "severity" | "title" | "resource">[];
  readonly newFunctions: readonly string[];
  readonly goneFunctions: readonly string[];
}

/** What of an earlier scan is compared. */
export interface EarlierDocument extends Pick<ScanDocument, "scan"> {
  readonly functions: readonly Pick<FunctionFacts, "arn" | "name" | "region">[];
  readonly findings: readonly PageChanges["cleared"][number][];
}

/**
 * @param earlier absent: there is none, and nothing is said of changes
 * @param kept scans before it, newest first
 */
export function changesSince(earlier: EarlierDocument | undefined, now: EarlierDocument, kept: PageChanges["kept"] = []): PageChanges {
  if (!earlier) return { kept, opened: [], worsened: [], eased: [], cleared: [], newFunctions: [], goneFunctions: [] };
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
    kept,
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
