/** Blobs as files of a folder, for the local store. */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { checkKey, fromBytes, toBytes } from "./blob-bytes.ts";
import type { Blobs } from "./blobs.ts";

export class FolderBlobs implements Blobs {
  readonly #folder: string;

  /** `folder` is made when the first blob is stored. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(key: string, value: unknown): Promise<void> {
    checkKey(key);
    const path = join(this.#folder, key);
    const bytes = await toBytes(key, value);
    // a reader, or a crash, meets the old file or the new one, never half of one
    const unfinished = `${path}.${randomUUID()}.tmp`;
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(unfinished, bytes, { flush: true });
      await rename(unfinished, path);
    } catch (cause) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`Blob "${key}" could not be written to ${this.#folder} (${why}): check the folder's permissions and free space.`, {
        cause,
      });
    }
  }

  async get(key: string): Promise<unknown> {
    checkKey(key);
    let bytes: Uint8Array;
    try {
      bytes = await readFile(join(this.#folder, key));
    } catch (cause) {
      if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`Blob "${key}" could not be read from ${this.#folder} (${why}): check the folder's permissions.`, { cause });
    }
    return await fromBytes(key, this.#folder, bytes);
  }
}
