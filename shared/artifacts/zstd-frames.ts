/**
 * The frames of what zstd packed (RFC 8878, 3.1), each ending with a piece: the unpacker of Node.js passes over whatever follows a frame in the
 * same piece. Tools that let a layer be read in parts (zstd:chunked) write a frame for each file, and lists for themselves in frames to be skipped.
 */
import { ArtifactRefusedError } from "./refusal.ts";
import { TarPieces } from "./tar-pieces.ts";

const frameMark = 0xfd2fb528;
/** The last four bits are anything. */
const skippedMark = 0x184d2a50;
const dictionaryBytes = [0, 1, 2, 4];
const contentSizeBytes = [0, 2, 4, 8];

/** @throws ArtifactRefusedError */
export async function* zstdFrames(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const bytes = new TarPieces(packed);
  for (let mark = await bytes.take(4); mark; mark = await bytes.take(4)) {
    const value = mark.readUInt32LE(0);
    if (value === frameMark) {
      yield mark;
      yield* frame(bytes);
    } else if ((value & ~0xf) >>> 0 === skippedMark) await bytes.skip((await some(bytes, 4)).readUInt32LE(0));
    else throw new ArtifactRefusedError("LayerDamaged");
  }
}

/** Its head, its blocks up to the last one, and where the head says so a sum. */
async function* frame(bytes: TarPieces): AsyncGenerator<Buffer> {
  const told = await some(bytes, 1);
  yield told;
  const flags = told[0] ?? 0;
  const isSingle = (flags & 0x20) !== 0;
  const sizeBytes = contentSizeBytes[flags >> 6] || Number(isSingle);
  yield* bytes.pass(Number(!isSingle) + (dictionaryBytes[flags & 3] ?? 0) + sizeBytes);
  for (let isLast = false; !isLast; ) {
    const head = await some(bytes, 3);
    yield head;
    const block = head.readUIntLE(0, 3);
    isLast = (block & 1) !== 0;
    // one byte that is repeated so many times
    yield* bytes.pass(((block >> 1) & 3) === 1 ? 1 : block >> 3);
  }
  if ((flags & 4) !== 0) yield* bytes.pass(4);
}

async function some(bytes: TarPieces, count: number): Promise<Buffer> {
  const taken = await bytes.take(count);
  if (!taken) throw new ArtifactRefusedError("LayerDamaged");
  return taken;
}
