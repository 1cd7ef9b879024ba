/** Which code is read in this scan: what is not known yet, each artifact once, riskiest functions first. */
import { type KeptArtifact, merged, refusalOf } from "../artifacts/kept-artifact.ts";
import { artifactsOf, riskiestFirst, unknownArtifacts, type ZipOwner } from "../artifacts/wanted-artifacts.ts";
import { Description } from "../describe/services/describe-part.ts";
import { graphOf } from "../graph/graph.ts";
import { dayMs } from "../model/day.ts";
import type { ExposureLevel } from "../model/graph.ts";
import { type FunctionConfiguration, globalRegion, type RegionSnapshot, type Snapshot } from "../model/snapshot.ts";
import { type DescribeService, getRegion } from "../store/region-blob.ts";
import { keepKnown, keepWanted, knownArtifacts, mostBatches, mostZipBatches } from "./code-blobs.ts";
import type { RegionReceipt } from "./collect-and-keep.ts";
import { type ImageFunction, imageFunctions, imagesOf, unknownImages } from "./images-in-use.ts";
import { keepLock } from "./keep-lock.ts";
import { foldLists } from "./package-blobs.ts";
import { publishedZips } from "./published-zips.ts";
import type { ScanPlan } from "./scan-plan.ts";
import { snapshotOf } from "./snapshot-of.ts";
import type { Watchdog } from "./watchdog.ts";

/** Part of the list of artifacts that one step reads. */
export interface CodeBatch {
  readonly number: number;
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/** What is checkpointed of the plan. */
export interface CodePlan {
  readonly batches: readonly CodeBatch[];
  /** Artifacts of which nothing is known yet, also those that no batch of this scan reads. */
  readonly unknown: number;
}

/** Read by one step where each takes a second and some are read at once; a step that is not that quick leaves the rest. */
const artifactsPerBatch = 500;
/** Their manifests are asked for, one request each; of their layers as much is read as there is time for. */
const imagesPerScan = 500;
/** What no scan has met for so long is forgotten. */
const keptDays = 30;
const notedAgainDays = 7;

export async function planCode(watchdog: Watchdog, plan: ScanPlan, receipts: readonly RegionReceipt[]): Promise<CodePlan> {
  const { analyzerFor, packageLister, imageLister, blobs } = watchdog;
  if (!analyzerFor) return { batches: [], unknown: 0 };
  await keepLock(watchdog, plan);
  const functions: FunctionConfiguration[] = [];
  const versions: ZipOwner[] = [];
  const images: ImageFunction[] = [];
  for (const { region, snapshotKey } of receipts) {
    const snapshot = region === globalRegion ? undefined : await getRegion(blobs, snapshotKey, describeArtifacts);
    functions.push(...(snapshot?.functions.items ?? []));
    versions.push(...(snapshot ? publishedZips(snapshot) : []));
    images.push(...(snapshot ? imageFunctions({ account: plan.account, regions: [snapshot] }).values() : []));
  }
  const zips = [...functions, ...versions].flatMap((f) => artifactsOf(f).map(({ key }) => key));
  const there = new Set([...zips, ...images.flatMap((one) => imagesOf(one).flatMap((placed) => ("key" in placed ? [placed.key] : [])))]);
  const kept = await foldBatches(watchdog, plan, there);
  const listedBy =
    packageLister && (await foldLists(blobs, plan.account, "packages", plan.scanId, (key) => kept.has(key) || there.has(key)));
  const isUnlisted = (key: string) => listedBy?.get(key) !== packageLister?.version;
  const unknown = unknownArtifacts(functions, versions, { analyzerFor, kept, ...(packageLister ? { isUnlisted } : {}) });
  const isUnknown = (key: string) => !refusalOf(kept.get(key)) && listedBy?.get(key) !== imageLister?.version;
  const unread = packageLister && imageLister ? unknownImages(images, isUnknown) : [];
  if (unknown.length + unread.length === 0) return { batches: [], unknown: 0 };
  const riskOf = risksIn(await snapshotOf(blobs, plan, receipts));
  const wanted = riskiestFirst(unknown, riskOf).slice(0, mostZipBatches * artifactsPerBatch);
  const wantedImages = riskiestFirst(unread, riskOf).slice(0, imagesPerScan);
  await keepWanted(blobs, plan.account, plan.scanId, [...wanted, ...wantedImages]);
  // before this scan reads others: what the last one read of layers would be lost
  if (wantedImages.length > 0) await foldLists(blobs, plan.account, "image-layers", plan.scanId, (key) => kept.has(key));
  const last = { number: mostBatches, from: wanted.length, to: wanted.length + wantedImages.length };
  return { batches: [...batchesOf(wanted.length), ...(wantedImages.length > 0 ? [last] : [])], unknown: unknown.length + unread.length };
}

/** Of all that was answered only what tells of versions and images is described here. */
const describeArtifacts: DescribeService = (service, asked) =>
  service === "lambda-access" || service === "ecr"
    ? new Description(service, asked)
    : { rowsOf: () => [], coverageOf: (answered) => answered };

/** Everything that is known, after what the batches of the last scan learned was added and what is long gone was dropped. */
async function foldBatches(
  { blobs }: Watchdog,
  { account, scanId, at }: ScanPlan,
  there: ReadonlySet<string>,
): Promise<Map<string, KeptArtifact>> {
  const { kept, batches } = await knownArtifacts(blobs, account);
  const known = new Map(kept.map((one) => [one.key, one]));
  for (const one of batches) known.set(one.key, merged(known.get(one.key), one));
  // what images are made of is there as long as they are
  const isMet = new Set([...there, ...[...known.values()].flatMap(({ key, layers = [] }) => (there.has(key) ? layers : []))]);
  const ageDays = ({ seenAt }: KeptArtifact) => (Date.parse(at) - Date.parse(seenAt)) / dayMs;
  let changed = batches.length > 0;
  for (const [key, one] of known) {
    const isThere = isMet.has(key);
    if (ageDays(one) < (isThere ? notedAgainDays : keptDays)) continue;
    changed = true;
    if (isThere) known.set(key, { ...one, seenAt: at });
    else known.delete(key);
  }
  if (changed) await keepKnown(blobs, account, scanId, known.values(), batches.length > 0);
  return known;
}

function batchesOf(artifacts: number): CodeBatch[] {
  return Array.from({ length: Math.ceil(artifacts / artifactsPerBatch) }, (_, i) => ({
    number: i + 1,
    from: i * artifactsPerBatch,
    to: Math.min(artifacts, (i + 1) * artifactsPerBatch),
  }));
}

const openness: Readonly<Record<ExposureLevel, number>> = {
  "internet-anonymous": 4,
  "internet-authenticated": 3,
  "cross-account": 2,
  internal: 1,
  none: 0,
  unknown: 1,
};
/** More than there are days since 1970. */
const perLevel = 100_000;

/** Exposed before hidden, and among equals used lately before quiet. */
function risksIn(snapshot: Snapshot): (arn: string) => number {
  const graph = graphOf(snapshot);
  const lastDays = new Map(snapshot.regions.flatMap(usedDays));
  return (arn) => {
    const { level, indirectLevel = level } = graph.exposure(arn);
    return Math.max(openness[level], openness[indirectLevel]) * perLevel + (lastDays.get(arn) ?? 0);
  };
}

function usedDays({ usage }: RegionSnapshot): (readonly [string, number])[] {
  return usage.items.map(({ arn, ledger }) => [arn, ledger.lastActiveDay ?? 0] as const);
}
