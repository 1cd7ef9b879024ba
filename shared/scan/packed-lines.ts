/** Lines of a blob while there are many of them in memory: packed, for the packages of one image take a megabyte as objects. */
import { deflateRawSync, inflateRawSync } from "node:zlib";

export class PackedLines<Line extends { readonly key: string }> implements Iterable<Line> {
  readonly #packed = new Map<string, Buffer>();

  /** In place of one with the same key. */
  add(line: Line): void {
    this.#packed.set(line.key, deflateRawSync(JSON.stringify(line), { level: 1 }));
  }

  get(key: string): Line | undefined {
    const packed = this.#packed.get(key);
    return packed && unpacked(packed);
  }

  get size(): number {
    return this.#packed.size;
  }

  /** Each unpacked when it is asked for. */
  *[Symbol.iterator](): Generator<Line> {
    for (const packed of this.#packed.values()) yield unpacked<Line>(packed);
  }
}

function unpacked<Line>(packed: Buffer): Line {
  return JSON.parse(inflateRawSync(packed).toString("utf8")) as Line;
}
