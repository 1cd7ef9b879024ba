/** A layer of an image unpacked as it passes by, and never more of it than an image may have. */
import { Readable, type Transform } from "node:stream";
import { constants, createGunzip, createZstdDecompress } from "node:zlib";
import { ArtifactRefusedError } from "./refusal.ts";
import { throughUnpacker } from "./through-unpacker.ts";
import { zstdFrames } from "./zstd-frames.ts";

const unpackedBytes = 64 * 1024;
/** Lambda runs images of up to 10 GB unpacked (Lambda developer guide, quotas); tar fills blocks beside. */
const mostUnpackedBytes = 11 * 1024 * 1024 * 1024;
/** Texts pack to a twentieth, and little of a layer is text. */
const absurdRatio = 200;
const smallBytes = 256 * 1024 * 1024;
/** Of zstd, as a power of two: 64 MB are held to unpack it; more only its last level wants. */
const largestWindow = 26;
const markBytes = 4;

/** The tar in it. How it is packed its first bytes tell, not what the manifest calls it. @throws ArtifactRefusedError, and what `packed` throws */
export async function* unpackedLayer(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const passing = new Passing(packed);
  const mark = await passing.begin();
  let unpacked = 0;
  for await (const piece of unpack(mark, passing.all())) {
    unpacked += piece.length;
    if (unpacked > mostUnpackedBytes) throw new ArtifactRefusedError("LayerTooLarge");
    if (unpacked > smallBytes && unpacked > absurdRatio * passing.bytes) throw new ArtifactRefusedError("LayerBomb");
    yield piece;
  }
}

/** What passes, counted; its beginning may be looked at before. */
class Passing {
  readonly #pieces: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);
  bytes = 0;

  constructor(pieces: AsyncIterable<Buffer>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  async begin(): Promise<Buffer> {
    while (this.#held.length < markBytes) {
      const { value, done } = await this.#pieces.next();
      if (done) break;
      this.#held = Buffer.concat([this.#held, value]);
    }
    return this.#held;
  }

  async *all(): AsyncGenerator<Buffer> {
    this.bytes = this.#held.length;
    if (this.#held.length > 0) yield this.#held;
    for (let next = await this.#pieces.next(); !next.done; next = await this.#pieces.next()) {
      this.bytes += next.value.length;
      yield next.value;
    }
  }
}

function unpack(mark: Buffer, packed: AsyncGenerator<Buffer>): AsyncIterable<Buffer> {
  if (mark.length < markBytes) return packed;
  if (mark.readUInt16BE(0) === 0x1f8b) return through(packed, createGunzip({ chunkSize: unpackedBytes }));
  if (mark.readUInt32BE(0) !== 0x28b52ffd) return packed;
  const params = { [constants.ZSTD_d_windowLogMax]: largestWindow };
  return through(zstdFrames(packed), createZstdDecompress({ chunkSize: unpackedBytes, params }));
}

async function* through(packed: AsyncGenerator<Buffer>, unpacker: Transform): AsyncGenerator<Buffer> {
  const source = Readable.from(packed, { highWaterMark: 1 });
  try {
    for await (const piece of throughUnpacker(source, unpacker)) yield piece as Buffer;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (/^(?:Z_|ZSTD_)/.test(code) || code === "ERR_BUFFER_TOO_LARGE") throw new ArtifactRefusedError("LayerDamaged");
    throw error;
  } finally {
    source.destroy();
    unpacker.destroy();
  }
}
