/** The files of a tar as they pass by, with their content for whoever takes it at once. Nothing of it is held, and no name is a path on a disk. */
import { posix } from "node:path";
import { ArtifactRefusedError } from "./refusal.ts";
import { blockBytes, isEmptyBlock, readHeader, readPax, type TarHeader, type TarMore } from "./tar-header.ts";
import { TarPieces } from "./tar-pieces.ts";

/** Holes: a file of which the tar leaves out parts. Other: devices and the like, and what this reader does not know. */
export type TarKind = "file" | "hard link" | "link" | "folder" | "holes" | "other";

export interface TarEntry {
  /** From the root, without a slash before or after it: `var/task/index.js`; "" for the root. */
  readonly name: string;
  readonly kind: TarKind;
  readonly bytes: number;
  /** Of a hard link the name of the file that it is. */
  readonly target?: string;
  /** Its content, once, before the next entry is asked for. */
  content(): AsyncGenerator<Buffer>;
}

/** All of it, for what is small. */
export async function contentOf({ content, bytes }: TarEntry): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of content()) parts.push(part);
  return Buffer.concat(parts, bytes);
}

/** An image has at most 10 GB; one with a few hundred thousand files is large. */
const mostEntries = 1_000_000;
/** Linux has none that are longer. */
const longestName = 4096;
/** Heads that say more of the next file. */
const longestHead = 1024 * 1024;

/** @throws ArtifactRefusedError where it is not a tar, or one that was made to harm */
export async function* tarEntries(pieces: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const tar = new TarPieces(pieces);
  let more: TarMore = {};
  let entries = 0;
  for (let block = await tar.take(blockBytes); block && !isEmptyBlock(block); block = await tar.take(blockBytes)) {
    entries += 1;
    if (entries > mostEntries) throw new ArtifactRefusedError("TarTooManyFiles");
    const header = readHeader(block, more);
    const told = await moreAfter(header, tar);
    if (told) {
      more = { ...more, ...told };
      continue;
    }
    const hasHoles = more.hasHoles ?? header.flag === "S";
    more = {};
    for (let holes = header.moreHoles; holes; holes = (await tar.take(blockBytes))?.[504] === 1);
    yield* entryOf(header, hasHoles, tar);
  }
  await tar.drain();
}

async function* entryOf(header: TarHeader, hasHoles: boolean, tar: TarPieces): AsyncGenerator<TarEntry> {
  const { bytes } = header;
  const kind = hasHoles ? "holes" : kindOf(header);
  let left = bytes;
  const content = async function* () {
    for await (const piece of tar.pass(left)) {
      left -= piece.length;
      yield piece;
    }
  };
  yield { name: nameOf(header.name), kind, bytes, content, ...(kind === "hard link" ? { target: nameOf(header.link) } : {}) };
  await tar.skip(left + filling(bytes));
}

/** What a head of its own says of the next file; undefined where it is one of a file. What one says of all files is nothing that matters here. */
async function moreAfter({ flag, bytes }: TarHeader, tar: TarPieces): Promise<TarMore | undefined> {
  if (!"xXgLK".includes(flag)) return undefined;
  if (bytes > longestHead) throw new ArtifactRefusedError("TarNameTooLong");
  const content = (await tar.take(bytes)) ?? Buffer.alloc(0);
  if (content.length < bytes) throw new ArtifactRefusedError("TarDamaged");
  await tar.skip(filling(bytes));
  if (flag === "g") return {};
  if (flag === "L" || flag === "K") {
    const end = content.indexOf(0);
    const text = content.toString("utf8", 0, end < 0 ? content.length : end);
    return flag === "L" ? { path: text } : { linkpath: text };
  }
  return readPax(content);
}

function filling(bytes: number): number {
  return (blockBytes - (bytes % blockBytes)) % blockBytes;
}

function kindOf({ flag, name }: TarHeader): TarKind {
  if (flag === "0" || flag === "7") return name.endsWith("/") ? "folder" : "file";
  if (flag === "1") return "hard link";
  if (flag === "2") return "link";
  return flag === "5" ? "folder" : "other";
}

/** As it would lie under a root that nothing leads out of. @throws ArtifactRefusedError */
function nameOf(name: string): string {
  if (name.length > longestName) throw new ArtifactRefusedError("TarNameTooLong");
  return posix.normalize(`/${name}`).replace(/^\/+|\/+$/g, "");
}
