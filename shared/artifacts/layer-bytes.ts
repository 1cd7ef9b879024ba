/**
 * A layer of an image as it passes by: fetched in ranges, proven by its digest, unpacked some at a time. Of a layer nothing can be read out of its
 * order, so that all of it is fetched, once.
 */
import { createHash } from "node:crypto";
import { Readable, type Transform } from "node:stream";
import { constants, createGunzip, createZstdDecompress } from "node:zlib";
import type { RangeReader } from "../aws/byte-ranges.ts";
import type { LayerPlace } from "./image-manifest.ts";
import { ArtifactRefusedError } from "./refusal.ts";

const fetchedBytes = 1024 * 1024;
const unpackedBytes = 64 * 1024;
/** Lambda runs images of up to 10 GB unpacked (Lambda developer guide, quotas); tar fills blocks beside. */
const mostUnpackedBytes = 11 * 1024 * 1024 * 1024;
/** Texts pack to a twentieth, and little of a layer is text. */
const absurdRatio = 200;
const smallBytes = 256 * 1024 * 1024;
/** Of zstd, as a power of two: 64 MB are held to unpack it; more only its last level wants. */
const largestWindow = 26;

/**
 * The tar in it. It is proven only when its last piece has been taken: what was learned before counts for nothing until then.
 * @throws ArtifactRefusedError, and what `read` throws
 */
export async function* layerBytes(read: RangeReader, layer: LayerPlace): AsyncGenerator<Buffer> {
  const fetched = new Fetched(read, layer);
  const first = await fetched.next();
  let unpacked = 0;
  for await (const piece of unpack(first, fetched)) {
    unpacked += piece.length;
    if (unpacked > mostUnpackedBytes) throw new ArtifactRefusedError("LayerTooLarge");
    if (unpacked > smallBytes && unpacked > absurdRatio * fetched.bytes) throw new ArtifactRefusedError("LayerBomb");
    yield piece;
  }
  await fetched.prove();
}

/** The packed bytes, one range ahead of whoever takes them. */
class Fetched {
  readonly #read: RangeReader;
  readonly #layer: LayerPlace;
  readonly #hash = createHash("sha256");
  #ahead: Promise<Buffer> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #asked = 0;
  bytes = 0;

  constructor(read: RangeReader, layer: LayerPlace) {
    this.#read = read;
    this.#layer = layer;
    this.#ask();
  }

  /** Nothing at the end. One after the other, whoever asks: an unpacker that has ended may still be waiting for one. */
  next(): Promise<Buffer> {
    const piece = this.#turn.then(() => this.#take());
    this.#turn = piece.catch(() => undefined);
    return piece;
  }

  async #take(): Promise<Buffer> {
    const piece = (await this.#ahead) ?? Buffer.alloc(0);
    this.#ahead = undefined;
    this.#ask();
    this.#hash.update(piece);
    this.bytes += piece.length;
    return piece;
  }

  async *rest(first: Buffer): AsyncGenerator<Buffer> {
    for (let piece = first; piece.length > 0; piece = await this.next()) yield piece;
  }

  /** Takes what the unpacker left, and compares. @throws ArtifactRefusedError */
  async prove(): Promise<void> {
    while ((await this.next()).length > 0);
    if (`sha256:${this.#hash.digest("hex")}` !== this.#layer.digest) throw new ArtifactRefusedError("LayerDigest");
  }

  #ask(): void {
    const { bytes } = this.#layer;
    if (this.#asked >= bytes) return;
    const [from, to] = [this.#asked, Math.min(bytes, this.#asked + fetchedBytes)];
    this.#asked = to;
    this.#ahead = this.#read({ from, to }).then((answer) => {
      if (answer.total !== bytes) throw new ArtifactRefusedError("LayerLyingSize");
      return answer.bytes.subarray(from - answer.from, to - answer.from);
    });
    // whoever takes it hears of it; who takes no more need not
    this.#ahead.catch(() => undefined);
  }
}

/** By the first bytes, not by what the manifest calls it. */
function unpack(first: Buffer, fetched: Fetched): AsyncIterable<Buffer> {
  const packed = fetched.rest(first);
  if (first.length < 4) return packed;
  if (first.readUInt16BE(0) === 0x1f8b) return through(packed, createGunzip({ chunkSize: unpackedBytes }));
  if (first.readUInt32BE(0) !== 0x28b52ffd) return packed;
  const params = { [constants.ZSTD_d_windowLogMax]: largestWindow };
  return through(packed, createZstdDecompress({ chunkSize: unpackedBytes, params }));
}

async function* through(packed: AsyncGenerator<Buffer>, unpacker: Transform): AsyncGenerator<Buffer> {
  const source = Readable.from(packed, { highWaterMark: 1 });
  source.on("error", (error) => unpacker.destroy(error));
  unpacker.on("close", () => source.destroy());
  try {
    for await (const piece of source.pipe(unpacker)) yield piece as Buffer;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (/^(?:Z_|ZSTD_)/.test(code) || code === "ERR_BUFFER_TOO_LARGE") throw new ArtifactRefusedError("LayerDamaged");
    throw error;
  } finally {
    source.destroy();
    unpacker.destroy();
  }
}
