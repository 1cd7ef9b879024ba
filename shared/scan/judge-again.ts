/** The last scan's snapshots put to today's rules and settings. Nothing is asked of AWS, and nothing is written. */
import { codeCollector } from "../artifacts/function-code.ts";
import { assess } from "../assess.ts";
import type { DocumentFinding, ScanDocument } from "../model/document.ts";
import type { Finding } from "../model/finding.ts";
import { globalRegion, type RegionSnapshot, type Snapshot } from "../model/snapshot.ts";
import { catalogue } from "../rules/catalogue.ts";
import type { Settings } from "../settings.ts";
import { type Blobs, UnreadableBlobError } from "../store/blobs.ts";
import { regionKey } from "../store/region-blob.ts";
import type { Store } from "../store/store.ts";
import { analyzerFor } from "./code-analyzers.ts";
import { readRegion } from "./read-region.ts";
import { withCode } from "./with-code.ts";

/** What the next scan would find if nothing in the account changed. */
export interface Rejudged {
  readonly findings: readonly DocumentFinding[];
  /** Ids of findings that the scan did not have. */
  readonly opened: readonly string[];
  /** Ids of findings that have another severity or another verdict now. */
  readonly changed: readonly string[];
  /** Findings of the scan that today's rules no longer make, though they looked. */
  readonly gone: readonly DocumentFinding[];
  /** How many findings of the scan nothing can be said about now. */
  readonly unknown: number;
}

/** @throws UnreadableBlobError when a snapshot is gone or of a version that this one does not know */
export async function judgeAgain(
  { store, blobs }: { readonly store: Store; readonly blobs: Blobs },
  document: ScanDocument,
  settings: Settings,
): Promise<Rejudged> {
  const snapshot = await withKnownCode(blobs, document, await snapshotOf(blobs, document));
  const assessment = assess(snapshot, catalogue, settings, await store.ownerOverrides(snapshot.account));
  const before = new Map(document.findings.map((finding) => [finding.id, finding]));
  // what alone keeps a finding open opens none
  const hits = assessment.findings.filter(({ id, continuesOnly }) => !continuesOnly || before.has(id));
  const found = new Set(hits.map(({ id }) => id));
  const looks = document.findings.filter(({ id }) => !found.has(id)).map((finding) => ({ finding, look: assessment.look(finding) }));
  const findings = hits.map((finding) => toDocumentFinding(finding, before.get(finding.id), snapshot.at));
  return {
    findings,
    opened: findings.filter(({ id }) => !before.has(id)).map(({ id }) => id),
    changed: findings.filter((finding) => differs(finding, before.get(finding.id))).map(({ id }) => id),
    gone: looks.filter(({ look }) => look === "clear").map(({ finding }) => finding),
    unknown: looks.filter(({ look }) => look !== "clear").length,
  };
}

/** What is known of the code today; nothing where the scan was told not to look at it. */
function withKnownCode(blobs: Blobs, { scan, coverage }: ScanDocument, snapshot: Snapshot): Promise<Snapshot> {
  const isOff = coverage.some(({ collector, status }) => collector === codeCollector && status === "disabled");
  return withCode(snapshot, scan.id, { blobs, ...(isOff ? {} : { analyzerFor }) });
}

async function snapshotOf(blobs: Blobs, { scan, coverage }: ScanDocument): Promise<Snapshot> {
  const regions: RegionSnapshot[] = [];
  for (const region of [globalRegion, ...scan.regions]) {
    const key = regionKey(scan.account, region);
    const snapshot = await readRegion(blobs, key);
    if (snapshot) regions.push(snapshot);
    // scans of single Regions had no account-wide part once
    else if (region !== globalRegion) {
      throw new UnreadableBlobError(`the snapshot of ${region} (${key}) is not in this store: scan again, then it can be judged`);
    }
  }
  const { account, partition, regionSource, startedAt } = scan;
  const accountCoverage = coverage.filter(({ collector }) => collector === "regions");
  return { account, partition, regionSource, at: startedAt, accountCoverage, regions };
}

function toDocumentFinding(finding: Finding, known: DocumentFinding | undefined, at: string): DocumentFinding {
  const { id, rule, severity, confidence, resource, title, evidence, remediation, owner, references } = finding;
  const { status = "NEW", firstSeenAt = at, changedAt = at } = known ?? {};
  return { id, rule, severity, status, confidence, resource, title, evidence, remediation, owner, firstSeenAt, changedAt, references };
}

/** The material key is not in the document: what a person reads stands for it. */
function differs({ severity, title }: DocumentFinding, known: DocumentFinding | undefined): boolean {
  return known !== undefined && (known.severity !== severity || known.title !== title);
}
