/**
 * The package lists of artifacts as they lie in the blob store, beside what was learned of their code: some blobs of all that is known, and
 * one for each batch of a scan, which the next scan folds into them. Only what has something new in it is written again. What is in layers of
 * images lies apart, in the same way: it is needed only when an image is new.
 */
import { createHash } from "node:crypto";
import type { KeptLayer, KeptList } from "../libraries/packages/kept-list.ts";
import type { Blobs } from "../store/blobs.ts";
import { folder, linesFrom, mostBatches, put } from "./code-blobs.ts";
import { PackedLines } from "./packed-lines.ts";

interface Lines {
  readonly packages: KeptList;
  readonly "image-layers": KeptLayer;
}
/** What lies in lines of its own. */
export type Place = keyof Lines;

/** So that one of them fits into memory: of 10,000 artifacts with a hundred packages each it has 60,000. */
const shards = Array.from({ length: 16 }, (_, i) => i.toString(16));

const shardOf = (key: string) => createHash("sha256").update(key).digest("hex").slice(0, 1);
const shardKey = (account: string, place: Place, shard: string) => `${folder(account)}/${place}-${shard}.ndjson.gz`;
const batchKey = (account: string, place: Place, batch: number) => `${folder(account)}/${place}-batch-${batch}.ndjson.gz`;

/** What this scan has listed of a batch before it was killed. */
export async function listsSoFar<P extends Place>(
  blobs: Blobs,
  account: string,
  place: P,
  scanId: string,
  batch: number,
): Promise<PackedLines<Lines[P]>> {
  const lists = new PackedLines<Lines[P]>();
  for await (const line of linesFrom<Lines[P]>(blobs, batchKey(account, place, batch), (head) => head.scanId === scanId)) lists.add(line);
  return lists;
}

export function keepLists<P extends Place>(
  blobs: Blobs,
  account: string,
  place: P,
  scanId: string,
  batch: number,
  lists: Iterable<Lines[P]>,
): Promise<void> {
  return put(blobs, batchKey(account, place, batch), scanId, lists);
}

/** Every list once, the newest of each artifact; never more than those of a shard are in memory. */
export async function* allLists<P extends Place>(blobs: Blobs, account: string, place: P): AsyncGenerator<Lines[P]> {
  const newer = new Set<string>();
  for await (const list of batchLists(blobs, account, place)) {
    if (!newer.has(list.key)) yield list;
    newer.add(list.key);
  }
  for (const shard of shards) {
    for await (const list of linesFrom<Lines[P]>(blobs, shardKey(account, place, shard), () => true)) if (!newer.has(list.key)) yield list;
  }
}

/** The list of one artifact; undefined where there is none. */
export async function listOf(blobs: Blobs, account: string, key: string): Promise<KeptList | undefined> {
  for await (const list of batchLists(blobs, account, "packages")) if (list.key === key) return list;
  for await (const list of linesFrom<KeptList>(blobs, shardKey(account, "packages", shardOf(key)), () => true))
    if (list.key === key) return list;
  return undefined;
}

async function* batchLists<P extends Place>(blobs: Blobs, account: string, place: P): AsyncGenerator<Lines[P]> {
  for (let batch = 1; batch <= mostBatches; batch += 1) yield* linesFrom<Lines[P]>(blobs, batchKey(account, place, batch), () => true);
}

/**
 * Folds the batches of the last scan into what is known, and drops the lists of what is gone: then, and not before, the batches go.
 * @returns by artifact the version of the readers that listed it
 */
export async function foldLists<P extends Place>(
  blobs: Blobs,
  account: string,
  place: P,
  scanId: string,
  isKept: (key: string) => boolean,
): Promise<ReadonlyMap<string, number>> {
  const fresh = new Map<string, PackedLines<Lines[P]>>();
  let batched = 0;
  for await (const list of batchLists(blobs, account, place)) {
    batched += 1;
    if (!isKept(list.key)) continue;
    const shard = shardOf(list.key);
    const lists = fresh.get(shard) ?? new PackedLines<Lines[P]>();
    fresh.set(shard, lists);
    lists.add(list);
  }
  const versions = new Map<string, number>();
  for (const shard of shards) {
    const lists = new Map<string, Lines[P]>();
    let dropped = 0;
    for await (const list of linesFrom<Lines[P]>(blobs, shardKey(account, place, shard), () => true)) {
      if (isKept(list.key)) lists.set(list.key, list);
      else dropped += 1;
    }
    const more = fresh.get(shard);
    for (const list of more ?? []) lists.set(list.key, list);
    if (more || dropped > 0) await put(blobs, shardKey(account, place, shard), scanId, lists.values());
    for (const [key, { version }] of lists) versions.set(key, version);
  }
  if (batched > 0) for (let batch = 1; batch <= mostBatches; batch += 1) await put(blobs, batchKey(account, place, batch), scanId, []);
  return versions;
}
