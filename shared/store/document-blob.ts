/** The document of a scan, as it lies in the blob store. */
import { documentSchemaVersion, type ScanDocument } from "../model/document.ts";
import { type Blobs, UnreadableBlobError } from "./blobs.ts";

/** Undefined when there is none. @throws UnreadableBlobError when another version wrote it, or it is no document */
export async function getDocument(blobs: Blobs, key: string): Promise<ScanDocument | undefined> {
  const document = await blobs.get(key);
  if (document === undefined) return undefined;
  const { schemaVersion } = (document ?? {}) as Partial<ScanDocument>;
  if (schemaVersion !== documentSchemaVersion) throw UnreadableBlobError.ofVersion(key, schemaVersion, documentSchemaVersion);
  return document as ScanDocument;
}

/** Only some parts of the document: of a large account the rest is never in memory. @throws UnreadableBlobError like getDocument */
export async function getDocumentParts<P extends keyof ScanDocument>(
  blobs: Blobs,
  key: string,
  parts: readonly P[],
): Promise<Pick<ScanDocument, P> | undefined> {
  const document: Partial<ScanDocument> | undefined = await blobs.getMembers(key, ["schemaVersion", ...parts]);
  if (document === undefined) return undefined;
  const { schemaVersion } = document;
  if (schemaVersion !== documentSchemaVersion) throw UnreadableBlobError.ofVersion(key, schemaVersion, documentSchemaVersion);
  return document as Pick<ScanDocument, P>;
}
