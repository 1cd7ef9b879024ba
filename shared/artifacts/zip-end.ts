/** Where a zip's list of files lies, as the records at the end of the zip say. Sections 4.3.14 to 4.3.16 of PKWARE's APPNOTE 6.3.10. */
import type { ByteSource } from "./byte-source.ts";
import { ArtifactRefusedError } from "./refusal.ts";

const endBytes = 22;
const endSignature = 0x06054b50;
const longestComment = 0xffff;
const locatorBytes = 20;
const locatorSignature = 0x07064b50;
const zip64EndBytes = 56;
const zip64EndSignature = 0x06064b50;
const most16 = 0xffff;
/** A size that stands elsewhere, since it does not fit into 32 bits. */
export const most32 = 0xffffffff;

/** Where the list lies. */
export interface ListPlace {
  readonly start: number;
  readonly bytes: number;
  readonly files: number;
  /** What stands before the zip: offsets in it count from there. */
  readonly prefix: number;
}

/** Finds the list, with the bytes at the end that were read for it. @throws ArtifactRefusedError */
export async function findList(source: ByteSource): Promise<{ readonly place: ListPlace; readonly tail: Buffer; readonly total: number }> {
  const { bytes: tail, total } = await source.tail(endBytes + longestComment);
  return { place: await findPlace(source, tail, total), tail, total };
}

async function findPlace(source: ByteSource, tail: Buffer, total: number): Promise<ListPlace> {
  const before = total - tail.length;
  const found: ListPlace[] = [];
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
async function placeBefore(source: ByteSource, tail: Buffer, at: number, before: number): Promise<ListPlace | undefined> {
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

async function zip64Place(source: ByteSource, tail: Buffer, at: number, before: number): Promise<ListPlace | undefined> {
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

function placeOf({ bytes, offset, files, end }: { bytes: number; offset: number; files: number; end: number }): ListPlace | undefined {
  const prefix = end - bytes - offset;
  return prefix < 0 ? undefined : { start: end - bytes, bytes, files, prefix };
}

/** An eight-byte size. One that no artifact has is as good as infinite. */
export function sizeAt(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}
