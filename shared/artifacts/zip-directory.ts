/**
 * The list of files at the end of a zip, read by byte ranges (APPNOTE 6.3.10 of PKWARE, sections 4.3 to 4.5). Everything in it is a claim of
 * whoever made the zip: names are never paths on a disk, and no number is trusted before it fits the others.
 */
import type { ByteSource } from "./byte-source.ts";
import { ArtifactRefusedError } from "./refusal.ts";
import type { Room } from "./room.ts";
import { findList, type ListPlace, most32, sizeAt } from "./zip-end.ts";

export interface ZipEntry {
  readonly name: string;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly crc: number;
  readonly method: number;
  readonly encrypted: boolean;
  /** Where its local header begins, counted from the first byte of the artifact. */
  readonly start: number;
  /** No byte from here on belongs to it. */
  readonly end: number;
}

export interface ZipDirectory {
  /** Those that were asked for, in the order of the zip. */
  readonly wanted: readonly ZipEntry[];
  readonly files: number;
  /** Of the list itself, packed as it is. */
  readonly bytes: number;
}

const entryBytes = 46;
const entrySignature = 0x02014b50;
const localHeaderBytes = 30;
const zip64Extra = 0x0001;

const mostDirectoryBytes = 64 * 1024 * 1024;
/** Of an artifact. */
const usualMostFiles = 200_000;

/** Reads the list, in `room`. @throws ArtifactRefusedError */
export async function readDirectory(
  source: ByteSource,
  wants: (entry: ZipEntry) => boolean,
  room: Room,
  mostFiles = usualMostFiles,
): Promise<ZipDirectory> {
  const { place, tail, total } = await findList(source);
  if (place.bytes > mostDirectoryBytes) throw new ArtifactRefusedError("ZipDirectoryTooLarge");
  if (place.files > mostFiles) throw new ArtifactRefusedError("ZipTooManyFiles");
  if (place.files * entryBytes > place.bytes) throw new ArtifactRefusedError("ZipDamaged");
  const from = place.start - (total - tail.length);
  if (from >= 0) return parseList(tail.subarray(from, from + place.bytes), place, wants);
  // the list, and what is made of it
  return room.use(2 * place.bytes, async () => parseList(await source.range(place.start, place.start + place.bytes), place, wants));
}

function parseList(list: Buffer, { start, files, prefix }: ListPlace, wants: (entry: ZipEntry) => boolean): ZipDirectory {
  const wanted: ZipEntry[] = [];
  const starts = new Float64Array(files);
  const leastEnds = new Map<number, number>();
  let at = 0;
  for (let i = 0; i < files; i += 1) {
    const entry = parseEntry(list, at, prefix);
    at = entry.next;
    const end = entry.start + localHeaderBytes + entry.nameBytes + entry.packedBytes;
    if (end > start) throw new ArtifactRefusedError("ZipDamaged", entry.name);
    if (leastEnds.has(entry.start)) throw new ArtifactRefusedError("ZipOverlap", entry.name);
    leastEnds.set(entry.start, end);
    starts[i] = entry.start;
    if (!entry.name.endsWith("/") && wants(entry)) wanted.push(entry);
  }
  if (at !== list.length) throw new ArtifactRefusedError("ZipDamaged");
  const nextOf = nextStarts(starts.sort(), leastEnds, start);
  return { wanted: wanted.map((entry) => ({ ...entry, end: nextOf.get(entry.start) ?? start })), files, bytes: list.length };
}

/** By the start of each file that of the next one, or of the list. */
function nextStarts(starts: Float64Array, leastEnds: ReadonlyMap<number, number>, listStart: number): Map<number, number> {
  const next = new Map<number, number>();
  for (const [i, start] of starts.entries()) {
    const following = starts[i + 1] ?? listStart;
    if ((leastEnds.get(start) ?? 0) > following) throw new ArtifactRefusedError("ZipOverlap");
    next.set(start, following);
  }
  return next;
}

function parseEntry(list: Buffer, at: number, prefix: number): ZipEntry & { nameBytes: number; next: number } {
  if (at + entryBytes > list.length || list.readUInt32LE(at) !== entrySignature) throw new ArtifactRefusedError("ZipDamaged");
  const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => list.readUInt16LE(at + offset)) as [number, number, number];
  const nameAt = at + entryBytes;
  const next = nameAt + nameBytes + extraBytes + commentBytes;
  if (next > list.length) throw new ArtifactRefusedError("ZipDamaged");
  // names of other code pages become unlike what they were, and are shown so
  const name = list.toString("utf8", nameAt, nameAt + nameBytes);
  const [packed, unpacked, offset] = [20, 24, 42].map((member) => list.readUInt32LE(at + member)) as [number, number, number];
  const extra = list.subarray(nameAt + nameBytes, nameAt + nameBytes + extraBytes);
  // in this order, and only those that are marked as too large
  const large = longSizes(extra, [unpacked, packed, offset], name);
  const flags = list.readUInt16LE(at + 8);
  return {
    name,
    nameBytes,
    next,
    encrypted: (flags & 0x2041) !== 0,
    method: list.readUInt16LE(at + 10),
    crc: list.readUInt32LE(at + 16),
    bytes: large[0] ?? unpacked,
    packedBytes: large[1] ?? packed,
    start: prefix + (large[2] ?? offset),
    end: 0,
  };
}

/** The zip64 values for those of `sizes` that do not fit into 32 bits. */
function longSizes(extra: Buffer, sizes: readonly number[], name: string): (number | undefined)[] {
  if (!sizes.includes(most32)) return [];
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === zip64Extra && end <= extra.length) {
      let value = at + 4;
      return sizes.map((size) => {
        if (size !== most32) return undefined;
        if (value + 8 > end) throw new ArtifactRefusedError("ZipDamaged", name);
        value += 8;
        return sizeAt(extra, value - 8);
      });
    }
    at = end;
  }
  return [];
}
