/**
 * The package lists of artifacts as they lie in the blob store, beside what was learned of their code: some blobs of all that is known, and
 * one for each batch of a scan, which the next scan folds into them. Only what has something new in it is written again.
 */
import { createHash } from "node:crypto";
import type { KeptList } from "../libraries/packages/kept-list.ts";
import type { Blobs } from "../store/blobs.ts";
import { folder, linesFrom, mostBatches, put } from "./code-blobs.ts";

/** So that one of them fits into memory: of 10,000 artifacts with a hundred packages each it has 60,000. */
const shards = Array.from({ length: 16 }, (_, i) => i.toString(16));

const shardOf = (key: string) => createHash("sha256").update(key).digest("hex").slice(0, 1);
const shardKey = (account: string, shard: string) => `${folder(account)}/packages-${shard}.ndjson.gz`;
const batchKey = (account: string, batch: number) => `${folder(account)}/packages-batch-${batch}.ndjson.gz`;

/** What this scan has listed of a batch before it was killed. */
export async function listsSoFar(blobs: Blobs, account: string, scanId: string, batch: number): Promise<KeptList[]> {
  const lists: KeptList[] = [];
  for await (const line of linesFrom<KeptList>(blobs, batchKey(account, batch), (head) => head.scanId === scanId)) lists.push(line);
  return lists;
}

export function keepLists(blobs: Blobs, account: string, scanId: string, batch: number, lists: readonly KeptList[]): Promise<void> {
  return put(blobs, batchKey(account, batch), scanId, lists);
}

/** Every list once, the newest of each artifact; never more than those of a shard are in memory. */
export async function* allLists(blobs: Blobs, account: string): AsyncGenerator<KeptList> {
  const newer = new Set<string>();
  for await (const list of batchLists(blobs, account)) {
    if (!newer.has(list.key)) yield list;
    newer.add(list.key);
  }
  for (const shard of shards) {
    for await (const list of linesFrom<KeptList>(blobs, shardKey(account, shard), () => true)) if (!newer.has(list.key)) yield list;
  }
}

/** The list of one artifact; undefined where there is none. */
export async function listOf(blobs: Blobs, account: string, key: string): Promise<KeptList | undefined> {
  for await (const list of batchLists(blobs, account)) if (list.key === key) return list;
  for await (const list of linesFrom<KeptList>(blobs, shardKey(account, shardOf(key)), () => true)) if (list.key === key) return list;
  return undefined;
}

async function* batchLists(blobs: Blobs, account: string): AsyncGenerator<KeptList> {
  for (let batch = 1; batch <= mostBatches; batch += 1) yield* linesFrom<KeptList>(blobs, batchKey(account, batch), () => true);
}

/**
 * Folds the batches of the last scan into what is known, and drops the lists of what is gone: then, and not before, the batches go.
 * @returns by artifact the version of the readers that listed it
 */
export async function foldLists(
  blobs: Blobs,
  account: string,
  scanId: string,
  isKept: (key: string) => boolean,
): Promise<ReadonlyMap<string, number>> {
  const fresh = new Map<string, Map<string, KeptList>>();
  for await (const list of batchLists(blobs, account)) {
    const shard = shardOf(list.key);
    const lists = fresh.get(shard) ?? new Map<string, KeptList>();
    fresh.set(shard, lists.set(list.key, list));
  }
  const versions = new Map<string, number>();
  for (const shard of shards) {
    const lists = new Map<string, KeptList>();
    let dropped = 0;
    for await (const list of linesFrom<KeptList>(blobs, shardKey(account, shard), () => true)) {
      if (isKept(list.key)) lists.set(list.key, list);
      else dropped += 1;
    }
    const more = fresh.get(shard) ?? new Map<string, KeptList>();
    for (const [key, list] of more) lists.set(key, list);
    if (more.size > 0 || dropped > 0) await put(blobs, shardKey(account, shard), scanId, lists.values());
    for (const [key, { version }] of lists) versions.set(key, version);
  }
  if (fresh.size > 0) for (let batch = 1; batch <= mostBatches; batch += 1) await put(blobs, batchKey(account, batch), scanId, []);
  return versions;
}
