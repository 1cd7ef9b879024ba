/** Blobs as files of a folder, for the local store. */
import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Blobs } from "./blobs.ts";
import { makeFolder } from "./make-folder.ts";

export class FolderBlobs extends Blobs {
  protected readonly place: string;

  /** `folder` is made when the first blob is stored. */
  constructor(folder: string) {
    super();
    this.place = folder;
  }

  protected async write(key: string, bytes: Uint8Array): Promise<void> {
    const path = join(this.place, key);
    // a reader, or a crash, meets the old file or the new one, never half of one
    const unfinished = `${path}.${randomUUID()}.tmp`;
    try {
      await makeFolder(dirname(path));
      await writeFile(unfinished, bytes, { flush: true });
      await rename(unfinished, path);
    } catch (cause) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`Blob "${key}" could not be written to ${this.place} (${why}): check the folder's permissions and free space.`, {
        cause,
      });
    }
  }

  protected async read(key: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.place, key));
    } catch (cause) {
      if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`Blob "${key}" could not be read from ${this.place} (${why}): check the folder's permissions.`, { cause });
    }
  }
}
