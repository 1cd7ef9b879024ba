/** What was found in an artifact until now, within its limits. */
import { cleanText } from "../model/plain-text.ts";
import type { FoundFile, Inspector } from "./inspector.ts";
import { ArtifactRefusedError } from "./refusal.ts";

/** Of large files together. */
const mostPieceBytes = 768 * 1024 * 1024;
const mostNames = 400_000;
const mostUnread = 50;

export interface Collected {
  names: { path: string; bytes: number }[];
  files: FoundFile[];
  folders: Set<string>;
  digests: { path: string; digest: string }[];
  unread: { file: string; why: string }[];
  archives: number;
  contentBytes: number;
  archiveBytes: number;
  pieceBytes: number;
}

export function nothingFound(): Collected {
  const none = { archives: 0, contentBytes: 0, archiveBytes: 0, pieceBytes: 0 };
  return { names: [], files: [], folders: new Set(), digests: [], unread: [], ...none };
}

/** What a large file tells. @param pieces of it, asked for where it is read at all */
export async function digestPieces(
  found: Collected,
  inspector: Pick<Inspector<unknown>, "digest">,
  { path, bytes }: { readonly path: string; readonly bytes: number },
  pieces: () => AsyncIterable<Buffer>,
): Promise<void> {
  if (found.pieceBytes + bytes > mostPieceBytes) return note(found, path, "more than 768 MB of large files in one artifact are not read");
  found.pieceBytes += bytes;
  const digest = await inspector.digest(path, pieces());
  if (digest !== undefined) found.digests.push({ path, digest });
}

export function noteName(found: Collected, path: string, bytes: number): void {
  found.names.push({ path, bytes });
  if (found.names.length > mostNames) throw new ArtifactRefusedError("ZipTooManyFiles");
}

export function noteTooLarge(found: Collected, path: string, bytes: number): void {
  note(found, path, `${Math.ceil(bytes / 1024 / 1024)} MB: no list of packages is so large, and it is not read`);
}

export function note(found: Collected, path: string, why: string): void {
  if (found.unread.length < mostUnread) found.unread.push({ file: cleanText(path, 300), why: cleanText(why, 300) });
}
