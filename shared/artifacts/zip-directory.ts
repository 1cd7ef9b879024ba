/**
 * The list of files at the end of a zip, read by byte ranges (APPNOTE 6.3.10 of PKWARE, sections 4.3 to 4.5). Everything in it is a claim of
 * whoever made the zip: names are never paths on a disk, and no number is trusted before it fits the others.
 */
import { ArtifactRefusedError } from "./refusal.ts";
import type { Room } from "./room.ts";

/** The bytes of one artifact, some at a time. */
export interface ByteSource {
  /** The last `count` bytes, or all where there are fewer, and how many there are in all. */
  tail(count: number): Promise<{ readonly bytes: Buffer; readonly total: number }>;
  /** The bytes from `from` up to, not including, `to`. */
  range(from: number, to: number): Promise<Buffer>;
}

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
}

const endBytes = 22;
const endSignature = 0x06054b50;
const longestComment = 0xffff;
const locatorBytes = 20;
const locatorSignature = 0x07064b50;
const zip64EndBytes = 56;
const zip64EndSignature = 0x06064b50;
const entryBytes = 46;
const entrySignature = 0x02014b50;
const localHeaderBytes = 30;
const zip64Extra = 0x0001;
const [most16, most32] = [0xffff, 0xffffffff];

const mostDirectoryBytes = 64 * 1024 * 1024;
/** Of an artifact. */
const usualMostFiles = 200_000;

/** Where the list lies. */
interface Place {
  readonly start: number;
  readonly bytes: number;
  readonly files: number;
  /** What stands before the zip: offsets in it count from there. */
  readonly prefix: number;
}

/** Reads the list, in `room`. @throws ArtifactRefusedError */
export async function readDirectory(
  source: ByteSource,
  wants: (entry: ZipEntry) => boolean,
  room: Room,
  mostFiles = usualMostFiles,
): Promise<ZipDirectory> {
  const { bytes: tail, total } = await source.tail(endBytes + longestComment);
  const place = await findPlace(source, tail, total);
  if (place.bytes > mostDirectoryBytes) throw new ArtifactRefusedError("ZipDirectoryTooLarge");
  if (place.files > mostFiles) throw new ArtifactRefusedError("ZipTooManyFiles");
  if (place.files * entryBytes > place.bytes) throw new ArtifactRefusedError("ZipDamaged");
  const from = place.start - (total - tail.length);
  if (from >= 0) return parseList(tail.subarray(from, from + place.bytes), place, wants);
  // the list, and what is made of it
  return room.use(2 * place.bytes, async () => parseList(await source.range(place.start, place.start + place.bytes), place, wants));
}

async function findPlace(source: ByteSource, tail: Buffer, total: number): Promise<Place> {
  const before = total - tail.length;
  const found: Place[] = [];
  for (let at = tail.length - endBytes; at >= 0; at -= 1) {
    // the signature may stand in the comment: the record is the one whose comment ends where the zip ends
    if (tail.readUInt32LE(at) !== endSignature || at + endBytes + tail.readUInt16LE(at + 20) !== tail.length) continue;
    const place = await placeBefore(source, tail, at, before);
    if (place) found.push(place);
  }
  const [first, second] = found;
  if (!first) throw new ArtifactRefusedError("ZipWithoutEnd");
  if (second) throw new ArtifactRefusedError("ZipAmbiguous");
  return first;
}

/** What the record at `at` says; undefined where it cannot be one. */
async function placeBefore(source: ByteSource, tail: Buffer, at: number, before: number): Promise<Place | undefined> {
  const [disk, listDisk, filesHere, files] = [4, 6, 8, 10].map((offset) => tail.readUInt16LE(at + offset)) as [
    number,
    number,
    number,
    number,
  ];
  const [bytes, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  if (files === most16 || bytes === most32 || offset === most32) {
    const place = await zip64Place(source, tail, at, before);
    if (place) return place;
  }
  if (disk !== 0 || listDisk !== 0 || filesHere !== files) throw new ArtifactRefusedError("ZipInPieces");
  return placeOf({ bytes, offset, files, end: before + at });
}

async function zip64Place(source: ByteSource, tail: Buffer, at: number, before: number): Promise<Place | undefined> {
  const locatorAt = at - locatorBytes;
  if (locatorAt < 0 || tail.readUInt32LE(locatorAt) !== locatorSignature) return undefined;
  const claimed = sizeAt(tail, locatorAt + 8);
  // with bytes before the zip it lies that much later: then it is looked for where it is without extensible data
  for (const start of [claimed, before + locatorAt - zip64EndBytes]) {
    if (start < 0 || start + zip64EndBytes > before + locatorAt) continue;
    const record =
      start >= before ? tail.subarray(start - before, start - before + zip64EndBytes) : await source.range(start, start + zip64EndBytes);
    if (record.readUInt32LE(0) !== zip64EndSignature) continue;
    if (record.readUInt32LE(16) !== 0 || record.readUInt32LE(20) !== 0) throw new ArtifactRefusedError("ZipInPieces");
    return placeOf({ files: sizeAt(record, 32), bytes: sizeAt(record, 40), offset: sizeAt(record, 48), end: start });
  }
  return undefined;
}

function placeOf({ bytes, offset, files, end }: { bytes: number; offset: number; files: number; end: number }): Place | undefined {
  const prefix = end - bytes - offset;
  return prefix < 0 ? undefined : { start: end - bytes, bytes, files, prefix };
}

function parseList(list: Buffer, { start, files, prefix }: Place, wants: (entry: ZipEntry) => boolean): ZipDirectory {
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
  return { wanted: wanted.map((entry) => ({ ...entry, end: nextOf.get(entry.start) ?? start })), files };
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

/** An eight-byte size. One that no artifact has is as good as infinite. */
function sizeAt(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}
