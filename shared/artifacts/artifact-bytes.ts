/** The bytes of one artifact as the zip reader asks for them: what was fetched once is not fetched again. */
import type { RangeReader } from "../aws/byte-ranges.ts";
import { LinkError, type RangedBytes } from "../aws/ranged-get.ts";
import { ArtifactRefusedError } from "./refusal.ts";
import type { ByteSource } from "./zip-directory.ts";

/** @param read ranges of the artifact by its link */
export function artifactBytes(read: RangeReader): ByteSource {
  // the end, or everything: most functions are smaller than what an end is looked for in
  let kept: RangedBytes = { bytes: Buffer.alloc(0), from: 0, total: -1 };
  return {
    async tail(count) {
      kept = await read({ last: count });
      return { bytes: kept.bytes.subarray(Math.max(0, kept.bytes.length - count)), total: kept.total };
    },
    async range(from, to) {
      if (from < 0 || to > kept.total || from >= to) throw new ArtifactRefusedError("ZipDamaged");
      if (from >= kept.from) return kept.bytes.subarray(from - kept.from, to - kept.from);
      const answer = await read({ from, to });
      if (answer.total !== kept.total) throw new LinkError("CodeChanged", "the code was replaced while it was read");
      return answer.from === from ? answer.bytes.subarray(0, to - from) : answer.bytes.subarray(from - answer.from, to - answer.from);
    },
  };
}
