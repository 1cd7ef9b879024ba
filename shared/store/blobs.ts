/**
 * Large results by key: snapshots of Regions, scan documents, read caches. Gzipped JSON, or gzipped lines of JSON where the whole would
 * be too much at once. Written and compressed piece by piece: no text of the whole is ever in memory. Two places: a folder and S3.
 */
import { checkKey, compressed, jsonOf, jsonPieces, linesOf } from "./blob-bytes.ts";
import { membersOf } from "./json-members.ts";

/** What is stored cannot be understood: damaged, or written by a version of Small Target that this one does not know. */
export class UnreadableBlobError extends Error {
  override readonly name = "UnreadableBlobError";

  static damaged(key: string, place: string, cause: unknown): UnreadableBlobError {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new UnreadableBlobError(`Blob "${key}" in ${place} is damaged (${why}): delete it and run the scan again.`, { cause });
  }

  /** @param known the newest format that this version reads */
  static ofVersion(key: string, version: unknown, known: number): UnreadableBlobError {
    return new UnreadableBlobError(
      `Blob "${key}" has format ${String(version)}, and this version of Small Target reads up to ${known}: ` +
        "use the version that wrote it, or run the scan again with this one.",
    );
  }
}

export abstract class Blobs {
  /** Where they are, in words. */
  protected abstract readonly place: string;

  /** Stores `bytes`, replacing what was there, atomically. @param contentType gzip where it is not given */
  protected abstract write(key: string, bytes: Uint8Array, contentType?: string): Promise<void>;

  /** Undefined when there is nothing. */
  protected abstract read(key: string): Promise<Uint8Array | undefined>;

  /** Stores `value` under `key` (e.g. `scans/2026-11-24T03-00-00Z.json.gz`), replacing what was there, atomically. */
  async put(key: string, value: unknown): Promise<void> {
    checkKey(key);
    if (value === undefined || typeof value === "function" || typeof value === "symbol") {
      throw new TypeError(`Blob "${key}" cannot be stored: its value has no JSON form.`);
    }
    await this.write(key, await compressed(jsonPieces(value)));
  }

  /** The value, or undefined when there is none. Throws when it cannot be read or is not what put wrote. */
  async get(key: string): Promise<unknown> {
    checkKey(key);
    const bytes = await this.read(key);
    if (bytes === undefined) return undefined;
    try {
      return await jsonOf(bytes);
    } catch (cause) {
      throw UnreadableBlobError.damaged(key, this.place, cause);
    }
  }

  /** Like get, of an object only the members named: neither its text nor the rest is in memory as a whole. */
  async getMembers(key: string, names: readonly string[]): Promise<Readonly<Record<string, unknown>> | undefined> {
    checkKey(key);
    const bytes = await this.read(key);
    if (bytes === undefined) return undefined;
    try {
      return await membersOf(bytes, (name) => names.includes(name));
    } catch (cause) {
      throw UnreadableBlobError.damaged(key, this.place, cause);
    }
  }

  /** Stores a line for each of `values`, like put. */
  async putLines(key: string, values: Iterable<unknown>): Promise<void> {
    checkKey(key);
    await this.write(key, await compressed(textLines(values)));
  }

  /** Stores `bytes` as they are, for people who open them: a page. */
  async putBytes(key: string, bytes: Uint8Array, contentType: string): Promise<void> {
    checkKey(key);
    await this.write(key, bytes, contentType);
  }

  /** What putBytes stored, or undefined when there is nothing. */
  async getBytes(key: string): Promise<Uint8Array | undefined> {
    checkKey(key);
    return this.read(key);
  }

  /** The values that putLines stored, one after the other; undefined when there are none. Throws like get, also on the way. */
  async getLines(key: string): Promise<AsyncIterable<unknown> | undefined> {
    checkKey(key);
    const bytes = await this.read(key);
    return bytes && this.#lines(key, bytes);
  }

  async *#lines(key: string, bytes: Uint8Array): AsyncGenerator<unknown> {
    try {
      yield* linesOf(bytes);
    } catch (cause) {
      throw UnreadableBlobError.damaged(key, this.place, cause);
    }
  }
}

function* textLines(values: Iterable<unknown>): Generator<string> {
  for (const value of values) yield `${JSON.stringify(value)}\n`;
}
