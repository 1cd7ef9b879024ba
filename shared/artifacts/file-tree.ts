/** The files of an artifact, wherever they lie: in a zip read by ranges, in an archive within one, in a folder. */
import type { ByteSource } from "./byte-source.ts";
import type { Room } from "./room.ts";
import { readDirectory, type ZipEntry } from "./zip-directory.ts";
import { type ReadFile, readFiles, type UnpackLimits } from "./zip-files.ts";
import { unpackInPieces } from "./zip-pieces.ts";

/** A file as the list of files has it. */
export interface TreeFile {
  readonly name: string;
  /** Unpacked. */
  readonly bytes: number;
}

export type TreeContent<F extends TreeFile> =
  | { readonly entry: F; readonly content: Buffer }
  /** It was left alone; why, in words. */
  | { readonly entry: F; readonly unread: string };

export interface FileTree<F extends TreeFile = TreeFile> {
  /** Those of which `wants` says yes. */
  list(wants: (file: F) => boolean): Promise<readonly F[]>;
  contents(files: readonly F[], limits: UnpackLimits): AsyncIterable<TreeContent<F>>;
  /** One file, however large, some at a time; whoever has seen enough stops. */
  pieces(file: F): AsyncIterable<Buffer>;
}

/** @throws ArtifactRefusedError from each of its members */
export function zipTree(source: ByteSource, room: Room): FileTree<ZipEntry> {
  return { ...zipContents(source), list: async (wants) => (await readDirectory(source, wants, room)).wanted };
}

/** A zip whose list of files somebody has read already. @param listed of them, at least those that anybody will want */
export function listedTree(source: ByteSource, listed: readonly ZipEntry[]): FileTree<ZipEntry> {
  return { ...zipContents(source), list: async (wants) => listed.filter(wants) };
}

function zipContents(source: ByteSource): Omit<FileTree<ZipEntry>, "list"> {
  return {
    contents: (files, limits): AsyncGenerator<ReadFile> => readFiles(source, files, limits),
    pieces: (file) => unpackInPieces(source, file),
  };
}

/** An archive that was unpacked from another one. */
export function bytesInMemory(bytes: Buffer): ByteSource {
  return {
    tail: async (count) => ({ bytes: bytes.subarray(Math.max(0, bytes.length - count)), total: bytes.length }),
    range: async (from, to) => bytes.subarray(from, to),
  };
}
