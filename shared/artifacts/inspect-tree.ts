/**
 * What an artifact holds, from the names of its files and the content of some: of archives in it, too, and of files too large to be held.
 * Two rounds of reading at most: what the first tells may make the second small.
 */
import { type Collected, digestPieces, note, noteName, noteTooLarge, nothingFound } from "./collected.ts";
import { bytesInMemory, type FileTree, type TreeFile, zipTree } from "./file-tree.ts";
import type { Inspector, Wish } from "./inspector.ts";
import { ArtifactRefusedError } from "./refusal.ts";
import { Room } from "./room.ts";
import { usualLimits } from "./zip-files.ts";

/** Archives in the artifact, and archives in those. */
const deepest = 2;
/** Archives are unpacked one after the other and not kept. */
const archiveLimits = { fileBytes: 64 * 1024 * 1024, totalBytes: 384 * 1024 * 1024 };
const mostArchives = 2_000;
const mostFolders = 100_000;

/** @throws ArtifactRefusedError where the artifact itself cannot be read; what lies in it and cannot is told as unread */
export async function inspectTree<F extends TreeFile, Summary>(tree: FileTree<F>, inspector: Inspector<Summary>): Promise<Summary> {
  const found = nothingFound();
  const listed = await collect(tree, inspector, found, "", 0);
  const missing = inspector.missing(found);
  if (missing.size > 0) {
    const later = listed.filter(({ name }) => missing.has(name));
    await readContents(tree, later, found, "");
  }
  return inspector.read(found);
}

/** What of an inspector it takes to look, before anything is made of what was found. */
type Looking = Pick<Inspector<unknown>, "wishOf" | "digest">;

async function collect<F extends TreeFile>(
  tree: FileTree<F>,
  inspector: Looking,
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
      noteTooLarge(found, prefix + file.name, file.bytes);
      return false;
    }
    noteName(found, prefix + file.name, file.bytes);
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

async function readPieces<F extends TreeFile>(
  tree: FileTree<F>,
  file: F,
  inspector: Looking,
  found: Collected,
  prefix: string,
): Promise<void> {
  await digestPieces(found, inspector, { path: prefix + file.name, bytes: file.bytes }, () => tree.pieces(file));
}

interface Within {
  readonly inspector: Looking;
  readonly found: Collected;
  readonly prefix: string;
  readonly depth: number;
}

async function openArchives<F extends TreeFile>(tree: FileTree<F>, files: readonly F[], within: Within): Promise<void> {
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
    await openArchive(found, inspector, path, file.content, depth);
  }
}

async function openArchive(found: Collected, inspector: Looking, path: string, content: Buffer, depth: number): Promise<void> {
  try {
    await collect(zipTree(bytesInMemory(content), new Room(archiveLimits.fileBytes)), inspector, found, `${path}!/`, depth + 1);
  } catch (error) {
    if (!(error instanceof ArtifactRefusedError)) throw error;
    note(found, path, error.message);
  }
}

/** An archive that lies in the artifact itself, in as much of it as there is still room for. @param content asked for where there is */
export async function lookIntoArchive(
  found: Collected,
  inspector: Looking,
  { path, bytes }: { readonly path: string; readonly bytes: number },
  content: () => Promise<Buffer>,
): Promise<void> {
  found.archives += 1;
  if (found.archives > mostArchives) return note(found, path, "more than 2,000 archives are not opened");
  if (bytes > archiveLimits.fileBytes || found.archiveBytes + bytes > archiveLimits.totalBytes)
    return note(found, path, `${Math.ceil(bytes / 1024 / 1024)} MB: archives of more than 64 MB, or 384 MB in all, are not opened`);
  found.archiveBytes += bytes;
  await openArchive(found, inspector, path, await content(), 0);
}
