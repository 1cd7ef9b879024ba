/** Bytes that pass by once, some at a time, as a tar is read: so many, all up to there, or none of them. */
import { ArtifactRefusedError } from "./refusal.ts";

export class TarPieces {
  readonly #pieces: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(pieces: AsyncIterable<Buffer>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Exactly `count` bytes, which are held; undefined where everything is over before the first. @throws ArtifactRefusedError where it is over later */
  async take(count: number): Promise<Buffer | undefined> {
    const parts: Buffer[] = [];
    let missing = count;
    while (missing > 0) {
      const part = await this.#next(missing);
      if (!part && missing === count) return undefined;
      if (!part) throw new ArtifactRefusedError("TarDamaged");
      parts.push(part);
      missing -= part.length;
    }
    return parts.length === 1 ? parts[0] : Buffer.concat(parts, count);
  }

  /** The next `count` bytes as they come. @throws ArtifactRefusedError where it is over before */
  async *pass(count: number): AsyncGenerator<Buffer> {
    for (let missing = count; missing > 0; ) {
      const part = await this.#next(missing);
      if (!part) throw new ArtifactRefusedError("TarDamaged");
      missing -= part.length;
      yield part;
    }
  }

  async skip(count: number): Promise<void> {
    let missing = count;
    while (missing > 0) {
      const part = await this.#next(missing);
      if (!part) throw new ArtifactRefusedError("TarDamaged");
      missing -= part.length;
    }
  }

  /** Lets everything pass that is left. */
  async drain(): Promise<void> {
    this.#held = Buffer.alloc(0);
    while (!(await this.#pieces.next()).done);
  }

  /** At most `most` bytes; undefined at the end. */
  async #next(most: number): Promise<Buffer | undefined> {
    while (this.#held.length === 0) {
      const { value, done } = await this.#pieces.next();
      if (done) return undefined;
      this.#held = value;
    }
    const part = this.#held.subarray(0, most);
    this.#held = this.#held.subarray(part.length);
    return part;
  }
}
