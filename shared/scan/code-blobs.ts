/**
 * What was learned of artifacts, as it lies in the blob store: one blob of everything known, and one for each batch of a scan, which the next
 * scan folds into it. So a scan that dies loses nothing, and what does not change is read with one request.
 */
import type { KeptArtifact } from "../artifacts/kept-artifact.ts";
import type { Outcome } from "../artifacts/outcome.ts";
import type { WantedArtifact } from "../artifacts/wanted-artifacts.ts";
import { type Blobs, UnreadableBlobError } from "../store/blobs.ts";

/** Of the lines. What another version wrote is not read: then the code is read again. */
const blobVersion = 1;
/** At most so many batches of zips a scan, one step of it each; and one of images after them. */
export const mostZipBatches = 6;
export const mostBatches = mostZipBatches + 1;

export interface Head {
  readonly version: number;
  /** The scan that wrote it. */
  readonly scanId: string;
}

export const folder = (account: string) => `artifacts/${account}`;
const knownKey = (account: string) => `${folder(account)}/known.ndjson.gz`;
const batchKey = (account: string, batch: number) => `${folder(account)}/batch-${batch}.ndjson.gz`;
export const wantedKey = (account: string) => `${folder(account)}/wanted.ndjson.gz`;

/** The lines under `key`, where their head is as meant; none of what is damaged from there on. */
export async function* linesFrom<T>(blobs: Blobs, key: string, isMeant: (head: Head) => boolean): AsyncGenerator<T> {
  let head: Head | undefined;
  try {
    for await (const line of (await blobs.getLines(key)) ?? []) {
      if (head) yield line as T;
      else head = line as Head;
      if (head.version !== blobVersion || !isMeant(head)) return;
    }
  } catch (error) {
    // what is damaged is learned again: the code is still there
    if (!(error instanceof UnreadableBlobError)) throw error;
  }
}

/** Lines after a head that says who wrote them. */
export function put(blobs: Blobs, key: string, scanId: string, lines: Iterable<unknown>): Promise<void> {
  const head: Head = { version: blobVersion, scanId };
  return blobs.putLines(
    key,
    (function* () {
      yield head;
      yield* lines;
    })(),
  );
}

/** Everything that earlier scans learned; `batches` that they left for it to be folded in. */
export async function knownArtifacts(
  blobs: Blobs,
  account: string,
): Promise<{ readonly kept: KeptArtifact[]; readonly batches: KeptArtifact[] }> {
  const kept: KeptArtifact[] = [];
  const batches: KeptArtifact[] = [];
  for await (const line of linesFrom<KeptArtifact>(blobs, knownKey(account), () => true)) kept.push(line);
  for (let batch = 1; batch <= mostBatches; batch += 1) {
    for await (const line of linesFrom<Outcome>(blobs, batchKey(account, batch), () => true)) if ("kept" in line) batches.push(line.kept);
  }
  return { kept, batches };
}

/** Keeps everything that is known; then, and not before, what the batches hold is there twice, and goes. */
export async function keepKnown(
  blobs: Blobs,
  account: string,
  scanId: string,
  kept: Iterable<KeptArtifact>,
  hasBatches: boolean,
): Promise<void> {
  await put(blobs, knownKey(account), scanId, kept);
  for (let batch = 1; hasBatches && batch <= mostBatches; batch += 1) await put(blobs, batchKey(account, batch), scanId, []);
}

export function keepWanted(blobs: Blobs, account: string, scanId: string, wanted: readonly WantedArtifact[]): Promise<void> {
  return put(blobs, wantedKey(account), scanId, wanted);
}

/** The artifacts of one batch, as this scan planned them. */
export async function wantedOf(blobs: Blobs, account: string, scanId: string, from: number, to: number): Promise<WantedArtifact[]> {
  const wanted: WantedArtifact[] = [];
  let at = 0;
  for await (const line of linesFrom<WantedArtifact>(blobs, wantedKey(account), (head) => head.scanId === scanId)) {
    if (at >= from && at < to) wanted.push(line);
    at += 1;
  }
  return wanted;
}

/** What this scan has read of a batch before it was killed. */
export async function batchSoFar(blobs: Blobs, account: string, scanId: string, batch: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for await (const line of linesFrom<Outcome>(blobs, batchKey(account, batch), (head) => head.scanId === scanId)) outcomes.push(line);
  return outcomes;
}

export function keepBatch(blobs: Blobs, account: string, scanId: string, batch: number, outcomes: readonly Outcome[]): Promise<void> {
  return put(blobs, batchKey(account, batch), scanId, outcomes);
}
