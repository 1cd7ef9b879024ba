/** Reads one batch of artifacts, and keeps what it learns as it goes: killed in between, it goes on with what is not read yet. */
import type { Outcome } from "../artifacts/outcome.ts";
import { type Listed, readArtifacts } from "../artifacts/read-artifacts.ts";
import { CallCount } from "../aws/client-options.ts";
import { type KeptLayer, type KeptList, keptList } from "../libraries/packages/kept-list.ts";
import type { PackageList } from "../model/packages.ts";
import { batchSoFar, keepBatch, wantedOf } from "./code-blobs.ts";
import { keepLock } from "./keep-lock.ts";
import { keepLists, listsSoFar } from "./package-blobs.ts";
import type { CodeBatch } from "./plan-code.ts";
import { isImage, readImageBatch } from "./read-image-batch.ts";
import type { ScanPlan } from "./scan-plan.ts";
import type { Watchdog } from "./watchdog.ts";

/** What is checkpointed of a batch: counts. */
export interface CodeReceipt {
  readonly read: number;
  readonly refused: number;
  readonly failed: number;
  readonly left: number;
  readonly apiCalls: Readonly<Record<string, number>>;
}

/** One step runs within one Lambda invocation of at most 15 minutes; what is not read by then is left for the next scan. */
const readsEndAfterMs = 9 * 60_000;
const keptEveryMs = 10_000;

export async function readCode(watchdog: Watchdog, plan: ScanPlan, { number, from, to }: CodeBatch): Promise<CodeReceipt> {
  const { analyzerFor, packageLister, imageLister, blobs } = watchdog;
  const { account, scanId, at } = plan;
  await keepLock(watchdog, plan);
  const began = performance.now();
  const calls = new CallCount();
  const outcomes = await batchSoFar(blobs, account, scanId, number);
  const lists = await listsSoFar(blobs, account, "packages", scanId, number);
  const layers = await listsSoFar(blobs, account, "image-layers", scanId, number);
  const done = new Set(outcomes.map(({ key }) => key));
  const artifacts = (await wantedOf(blobs, account, scanId, from, to)).filter(({ key }) => !done.has(key));
  let keptAt = began;
  // the lists first: an artifact that counts as read has its list
  const keepAll = async () => {
    if (layers.size > 0) await keepLists(blobs, account, "image-layers", scanId, number, layers);
    if (packageLister) await keepLists(blobs, account, "packages", scanId, number, lists);
    await keepBatch(blobs, account, scanId, number, outcomes);
  };
  const keepOne = async (outcome: Outcome, list?: KeptList) => {
    if (list) lists.add(list);
    outcomes.push(outcome);
    if (performance.now() - keptAt < keptEveryMs) return;
    keptAt = performance.now();
    await keepAll();
  };
  const keep = (outcome: Outcome, listed?: Listed<PackageList>) =>
    keepOne(outcome, listed && keptList(outcome.key, listed.version, listed.inspected));
  const isOutOfTime = () => performance.now() - began > readsEndAfterMs;
  try {
    const reading = { clients: watchdog.clientsFor(calls), now: new Date(at), isOutOfTime };
    const lister = packageLister ? { lister: packageLister } : {};
    const zips = artifacts.filter((one) => !isImage(one));
    if (analyzerFor) await readArtifacts(zips, { ...reading, ...lister, analyzerFor }, keep);
    const noteLayer = (layer: KeptLayer) => layers.add(layer);
    if (imageLister) await readImageBatch(artifacts.filter(isImage), account, { blobs, lister: imageLister, reading, noteLayer }, keepOne);
  } finally {
    await keepAll();
  }
  return { ...countsOf(outcomes), apiCalls: calls.byOperation };
}

function countsOf(outcomes: readonly Outcome[]): Omit<CodeReceipt, "apiCalls"> {
  const counts = { read: 0, refused: 0, failed: 0, left: 0 };
  for (const outcome of outcomes) {
    if ("left" in outcome) counts.left += 1;
    else if ("failure" in outcome) counts.failed += 1;
    else if (outcome.kept.refused) counts.refused += 1;
    else counts.read += 1;
  }
  return counts;
}
