/** Yesterday's snapshot, or this scan's, as today's program understands it. */
import { Description } from "../describe/services/describe-part.ts";
import type { RegionSnapshot } from "../model/snapshot.ts";
import type { Blobs } from "../store/blobs.ts";
import { getRegion } from "../store/region-blob.ts";

/** The Region that lies under `key`, described; undefined when there is none. @throws UnreadableBlobError */
export function readRegion(blobs: Blobs, key: string): Promise<RegionSnapshot | undefined> {
  return getRegion(blobs, key, (service, asked) => new Description(service, asked));
}
