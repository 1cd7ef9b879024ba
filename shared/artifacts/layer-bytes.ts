/**
 * A layer of an image as it passes by: fetched in ranges, proven by its digest, unpacked some at a time. Of a layer nothing can be read out of its
 * order, so that all of it is fetched, once.
 */
import { createHash } from "node:crypto";
import type { RangeReader } from "../aws/byte-ranges.ts";
import type { LayerPlace } from "./image-manifest.ts";
import { ArtifactRefusedError } from "./refusal.ts";
import { unpackedLayer } from "./unpacked-layer.ts";

const fetchedBytes = 1024 * 1024;

/**
 * The tar in it. It is proven only when its last piece has been taken: what was learned before counts for nothing until then.
 * @throws ArtifactRefusedError, and what `read` throws
 */
export async function* layerBytes(read: RangeReader, layer: LayerPlace): AsyncGenerator<Buffer> {
  const fetched = new Fetched(read, layer);
  yield* unpackedLayer(fetched.all());
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
    return piece;
  }

  async *all(): AsyncGenerator<Buffer> {
    for (let piece = await this.next(); piece.length > 0; piece = await this.next()) yield piece;
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
