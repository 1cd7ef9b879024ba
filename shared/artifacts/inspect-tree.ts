/**
 * What an artifact holds, from the names of its files and the content of some: of archives in it, too, and of files too large to be held.
 * Two rounds of reading at most: what the first tells may make the second small.
 */
import { cleanText } from "../model/plain-text.ts";
import { bytesInMemory, type FileTree, type TreeFile, zipTree } from "./file-tree.ts";
import { ArtifactRefusedError } from "./refusal.ts";
import { Room } from "./room.ts";
import { usualLimits } from "./zip-files.ts";

/**
 * name: its name tells something, and its content may later; folder: only where it lies; too large: its content would tell something, and is not
 * read; archive: it is a zip, of which what is in it is asked again.
 */
export type Wish = "name" | "folder" | "content" | "too large" | "pieces" | "archive";

export interface FoundFile {
  /** `!` stands between an archive and what lies in it: `lib/app.jar!/META-INF/MANIFEST.MF`. */
  readonly path: string;
  readonly content: Buffer;
}

export interface Found {
  readonly names: readonly { readonly path: string; readonly bytes: number }[];
  readonly files: readonly FoundFile[];
  /** In which there are files of which nothing else was wanted. */
  readonly folders: ReadonlySet<string>;
  /** What was told of files that were read in pieces. */
  readonly digests: readonly { readonly path: string; readonly digest: string }[];
  /** Files that were wanted and could not be had, with why. */
  readonly unread: readonly { readonly file: string; readonly why: string }[];
}

export interface Inspector<Summary> {
  /** Asked of every name before anything is fetched. */
  wishOf(path: string, bytes: number): Wish | undefined;
  /** What a large file tells, from its pieces: it stops taking them when it knows. */
  digest(path: string, pieces: AsyncIterable<Buffer>): Promise<string | undefined>;
  /** Names whose content is wanted after all, now that the first files are known. */
  missing(found: Found): ReadonlySet<string>;
  read(found: Found): Summary;
}

/** Archives in the artifact, and archives in those. */
const deepest = 2;
/** Archives are unpacked one after the other and not kept. */
const archiveLimits = { fileBytes: 64 * 1024 * 1024, totalBytes: 384 * 1024 * 1024 };
const mostArchives = 2_000;
/** Of large files together. */
const mostPieceBytes = 768 * 1024 * 1024;
const mostNames = 400_000;
const mostFolders = 100_000;
const mostUnread = 50;

interface Collected {
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

/** @throws ArtifactRefusedError where the artifact itself cannot be read; what lies in it and cannot is told as unread */
export async function inspectTree<F extends TreeFile, Summary>(tree: FileTree<F>, inspector: Inspector<Summary>): Promise<Summary> {
  const none = { archives: 0, contentBytes: 0, archiveBytes: 0, pieceBytes: 0 };
  const found: Collected = { names: [], files: [], folders: new Set(), digests: [], unread: [], ...none };
  const listed = await collect(tree, inspector, found, "", 0);
  const missing = inspector.missing(found);
  if (missing.size > 0) {
    const later = listed.filter(({ name }) => missing.has(name));
    await readContents(tree, later, found, "");
  }
  return inspector.read(found);
}

async function collect<F extends TreeFile, Summary>(
  tree: FileTree<F>,
  inspector: Inspector<Summary>,
  found: Collected,
  prefix: string,
  depth: number,
): Promise<readonly F[]> {
  const wishes = new Map<Wish, F[]>();
  const listed = await tree.list((file) => {
    const wish = inspector.wishOf(prefix + file.name, file.bytes);
    if (wish === undefined) return false;
    if (wish === "folder") {
      const end = file.name.lastIndexOf("/");
      if (found.folders.size < mostFolders) found.folders.add(prefix + file.name.slice(0, Math.max(0, end)));
      return false;
    }
    if (wish === "too large") {
      note(found, prefix + file.name, `${Math.ceil(file.bytes / 1024 / 1024)} MB: no list of packages is so large, and it is not read`);
      return false;
    }
    found.names.push({ path: prefix + file.name, bytes: file.bytes });
    if (found.names.length > mostNames) throw new ArtifactRefusedError("ZipTooManyFiles");
    return true;
  });
  for (const file of listed) {
    const wish = inspector.wishOf(prefix + file.name, file.bytes) ?? "name";
    const group = wishes.get(wish);
    if (group) group.push(file);
    else wishes.set(wish, [file]);
  }
  await readContents(tree, wishes.get("content") ?? [], found, prefix);
  for (const file of wishes.get("pieces") ?? []) await readPieces(tree, file, inspector, found, prefix);
  await openArchives(tree, wishes.get("archive") ?? [], { inspector, found, prefix, depth });
  return listed;
}

async function readContents<F extends TreeFile>(tree: FileTree<F>, files: readonly F[], found: Collected, prefix: string): Promise<void> {
  if (files.length === 0) return;
  const limits = { ...usualLimits, totalBytes: usualLimits.totalBytes - found.contentBytes };
  for await (const file of tree.contents(files, limits)) {
    const path = prefix + file.entry.name;
    if ("unread" in file) note(found, path, file.unread);
    else {
      found.contentBytes += file.content.length;
      found.files.push({ path, content: file.content });
    }
  }
}

async function readPieces<F extends TreeFile, Summary>(
  tree: FileTree<F>,
  file: F,
  inspector: Inspector<Summary>,
  found: Collected,
  prefix: string,
): Promise<void> {
  const path = prefix + file.name;
  if (found.pieceBytes + file.bytes > mostPieceBytes)
    return note(found, path, "more than 768 MB of large files in one artifact are not read");
  found.pieceBytes += file.bytes;
  const digest = await inspector.digest(path, tree.pieces(file));
  if (digest !== undefined) found.digests.push({ path, digest });
}

interface Within<Summary> {
  readonly inspector: Inspector<Summary>;
  readonly found: Collected;
  readonly prefix: string;
  readonly depth: number;
}

async function openArchives<F extends TreeFile, Summary>(tree: FileTree<F>, files: readonly F[], within: Within<Summary>): Promise<void> {
  const { inspector, found, prefix, depth } = within;
  if (files.length === 0) return;
  if (depth >= deepest) {
    for (const { name } of files) note(found, prefix + name, "archives are not opened deeper than two levels");
    return;
  }
  const fit = files.slice(0, Math.max(0, mostArchives - found.archives));
  found.archives += fit.length;
  for (const { name } of files.slice(fit.length)) note(found, prefix + name, "more than 2,000 archives are not opened");
  const limits = { ...archiveLimits, totalBytes: archiveLimits.totalBytes - found.archiveBytes };
  for await (const file of tree.contents(fit, limits)) {
    const path = prefix + file.entry.name;
    if ("unread" in file) {
      note(found, path, file.unread);
      continue;
    }
    found.archiveBytes += file.content.length;
    try {
      await collect(zipTree(bytesInMemory(file.content), new Room(archiveLimits.fileBytes)), inspector, found, `${path}!/`, depth + 1);
    } catch (error) {
      if (!(error instanceof ArtifactRefusedError)) throw error;
      note(found, path, error.message);
    }
  }
}

function note(found: Collected, path: string, why: string): void {
  if (found.unread.length < mostUnread) found.unread.push({ file: cleanText(path, 300), why: cleanText(why, 300) });
}
