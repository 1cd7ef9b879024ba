/** The bytes of one artifact as its readers ask for them: what was fetched once is not fetched again. */
import type { RangeReader } from "../aws/byte-ranges.ts";
import { LinkError, type RangedBytes } from "../aws/ranged-get.ts";
import type { ByteSource } from "./byte-source.ts";
import { ArtifactRefusedError } from "./refusal.ts";

/** Packed, the code that is read of one artifact is less; what is fetched beyond that is asked for by one reader only. */
const mostKeptBytes = 8 * 1024 * 1024;
/** A request costs about as much as this many bytes: kept ones between two that are missing are fetched with them. */
const shortestSpared = 32 * 1024;

interface Kept {
  readonly from: number;
  readonly bytes: Buffer;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** @param read ranges of the artifact by its link */
export function artifactBytes(read: RangeReader): ByteSource {
  // the end, or everything: most functions are smaller than what an end is looked for in
  let end: RangedBytes = { bytes: Buffer.alloc(0), from: 0, total: -1 };
  let kept: readonly Kept[] = [];
  const fetch = async ({ from, to }: Span): Promise<Kept> => {
    const answer = await read({ from, to });
    if (answer.total !== end.total) throw new LinkError("CodeChanged", "the code was replaced while it was read");
    const bytes = answer.bytes.subarray(from - answer.from, to - answer.from);
    return { from, bytes };
  };
  return {
    async tail(count) {
      if (end.total < 0 || end.bytes.length < Math.min(count, end.total)) end = await read({ last: count });
      return { bytes: end.bytes.subarray(Math.max(0, end.bytes.length - count)), total: end.total };
    },
    async range(from, to) {
      if (from < 0 || to > end.total || from >= to) throw new ArtifactRefusedError("ZipDamaged");
      const known = [...kept, end];
      const whole = known.find((one) => from >= one.from && to <= one.from + one.bytes.length);
      if (whole) return whole.bytes.subarray(from - whole.from, to - whole.from);
      const fetched: Kept[] = [];
      for (const span of missingIn({ from, to }, known)) fetched.push(await fetch(span));
      kept = within(mostKeptBytes, [...kept, ...fetched]);
      return assembled({ from, to }, [...known, ...fetched]);
    },
  };
}

/** What nobody has of a span, in as few pieces as pay. */
function missingIn({ from, to }: Span, known: readonly Kept[]): Span[] {
  const missing: Span[] = [];
  let at = from;
  const add = (span: Span) => {
    const last = missing.at(-1);
    if (last && span.from - last.to < shortestSpared) missing[missing.length - 1] = { from: last.from, to: span.to };
    else missing.push(span);
  };
  for (const { from: start, bytes } of known.toSorted((a, b) => a.from - b.from)) {
    const stop = start + bytes.length;
    if (stop <= at || start >= to) continue;
    if (start > at) add({ from: at, to: start });
    at = stop;
  }
  if (at < to) add({ from: at, to });
  return missing;
}

function assembled({ from, to }: Span, pieces: readonly Kept[]): Buffer {
  const [only] = pieces.filter((one) => from >= one.from && to <= one.from + one.bytes.length);
  if (only) return only.bytes.subarray(from - only.from, to - only.from);
  const bytes = Buffer.alloc(to - from);
  for (const piece of pieces) {
    const start = Math.max(from, piece.from);
    const stop = Math.min(to, piece.from + piece.bytes.length);
    if (start < stop) piece.bytes.copy(bytes, start - from, start - piece.from, stop - piece.from);
  }
  return bytes;
}

/** The newest of them that fit. */
function within(most: number, all: readonly Kept[]): Kept[] {
  let total = 0;
  const fits = all.toReversed().filter(({ bytes }) => {
    total += bytes.length;
    return total <= most;
  });
  return fits.toReversed();
}
