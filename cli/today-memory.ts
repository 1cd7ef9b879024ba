/** What `today` showed, kept beside the scans: so that the next scan can tell what was done. */

import type { Blobs } from "../shared/store/blobs.ts";
import { asMemory, type TodayMemory } from "../shared/today/memory.ts";

const keyOf = (account: string) => `today/${account}.json.gz`;

/** Undefined where nothing was shown yet. */
export async function readToday(blobs: Blobs, account: string): Promise<TodayMemory | undefined> {
  return asMemory(await blobs.get(keyOf(account)));
}

/** Answers why it could not be kept; undefined: it was. Who may only read is shown the list all the same. */
export async function keepToday(blobs: Blobs, account: string, memory: TodayMemory): Promise<string | undefined> {
  try {
    await blobs.put(keyOf(account), memory);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
