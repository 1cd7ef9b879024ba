/** The last scan's snapshots put to today's rules and settings. Nothing is asked of AWS, and nothing is written. */
import { assess } from "../assess.ts";
import { asFarAsSeen } from "../model/concluded-from.ts";
import type { DocumentFinding, ScanDocument } from "../model/document.ts";
import { documentFinding } from "../model/document-finding.ts";
import type { Finding } from "../model/finding.ts";
import { catalogue } from "../rules/catalogue.ts";
import type { Settings } from "../settings.ts";
import type { Blobs } from "../store/blobs.ts";
import type { Store } from "../store/store.ts";
import type { PackageSources } from "./artifact-fates.ts";
import { librariesAgain, snapshotAgain } from "./snapshot-again.ts";

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
  { store, blobs, advisories }: { readonly store: Store; readonly blobs: Blobs; readonly advisories?: PackageSources["advisories"] },
  document: ScanDocument,
  settings: Settings,
): Promise<Rejudged> {
  const snapshot = await librariesAgain(blobs, document, await snapshotAgain(blobs, document), advisories);
  const assessment = assess(snapshot, catalogue, settings, await store.ownerOverrides(snapshot.account));
  const before = new Map(document.findings.map((finding) => [finding.id, finding]));
  // what alone keeps a finding open opens none
  const hits = asFarAsSeen(assessment.findings, document.findings).filter(({ id, continuesOnly }) => !continuesOnly || before.has(id));
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

function toDocumentFinding(finding: Finding, known: DocumentFinding | undefined, at: string): DocumentFinding {
  return documentFinding(finding, known ?? { ...finding, status: "NEW", firstSeenAt: at, changedAt: at });
}

/** The material key is not in the document: what a person reads stands for it. */
function differs({ severity, title }: DocumentFinding, known: DocumentFinding | undefined): boolean {
  return known !== undefined && (known.severity !== severity || known.title !== title);
}
