/** The packages of an account for its page. */
import type { ListedPackages } from "../page-file/package-lines.ts";
import { allPostings } from "../scan/posting-blob.ts";
import { type Blobs, UnreadableBlobError } from "../store/blobs.ts";

/**
 * What the last scan that listed packages left; undefined where none has.
 * @returns a text where another version wrote it or it is damaged: a page without packages says why, and is a page
 */
export async function packagesOf(blobs: Blobs, account: string): Promise<ListedPackages | string | undefined> {
  try {
    return await allPostings(blobs, account);
  } catch (error) {
    if (error instanceof UnreadableBlobError) return error.message;
    throw error;
  }
}
