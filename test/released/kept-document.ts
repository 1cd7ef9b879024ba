/** The document that a released version left. */
import { join } from "node:path";
import type { ScanDocument } from "../../shared/model/document.ts";
import { getDocument } from "../../shared/store/document-blob.ts";
import { FolderBlobs } from "../../shared/store/folder-blobs.ts";

export async function kept(version: number): Promise<ScanDocument> {
  const document = await getDocument(new FolderBlobs(join(import.meta.dirname, String(version))), "scans/sample.json.gz");
  if (!document) throw new Error(`version ${version} left no document`);
  return document;
}
