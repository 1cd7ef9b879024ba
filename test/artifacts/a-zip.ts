/** Zips made byte by byte, right ones and every kind of wrong ones. */
import { crc32, deflateRawSync } from "node:zlib";
import type { ByteSource } from "../../shared/artifacts/byte-source.ts";

export interface FileInZip {
  readonly name: string;
  readonly content: string | Buffer;
  /** Absent: deflated. */
  readonly stored?: boolean;
  /** Sizes and checksum stand behind the content, as writers of streams do it. */
  readonly describedLater?: boolean;
  readonly zip64?: boolean;
  /** What the list says instead of the truth. */
  readonly lies?: Partial<Record<"bytes" | "packedBytes" | "crc" | "method" | "flags" | "start", number>> & { readonly localName?: string };
  /** Bytes between this file and the next. */
  readonly gap?: number;
  /** Length of the extra field of its local header. */
  readonly localExtra?: number;
}

export interface ZipShape {
  readonly comment?: Buffer;
  readonly prefix?: Buffer;
  readonly zip64?: boolean;
  /** What the end record says instead of the truth. */
  readonly end?: Partial<Record<"files" | "bytes" | "offset" | "disk", number>>;
}

export function aZip(
  files: readonly FileInZip[],
  { comment = Buffer.alloc(0), prefix = Buffer.alloc(0), zip64, end = {} }: ZipShape = {},
): Buffer {
  const locals: Buffer[] = [];
  const listed: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const local = localOf(file);
    listed.push(listedOf(file, at));
    locals.push(local, Buffer.alloc(file.gap ?? 0));
    at += local.length + (file.gap ?? 0);
  }
  const list = Buffer.concat(listed);
  const truth = { files: files.length, bytes: list.length, offset: at, disk: 0, ...end };
  const long = zip64 ? zip64End(truth, prefix.length + at + list.length) : Buffer.alloc(0);
  return Buffer.concat([
    prefix,
    ...locals,
    list,
    long,
    endOf(zip64 ? { files: 0xffff, bytes: 0xffffffff, offset: 0xffffffff, disk: 0 } : truth, comment),
  ]);
}

function facts({ content, stored, lies = {} }: FileInZip) {
  const raw = Buffer.from(content);
  const packed = stored ? raw : deflateRawSync(raw);
  return { raw, packed, method: stored ? 0 : 8, crc: crc32(raw), bytes: raw.length, packedBytes: packed.length, ...lies };
}

function localOf(file: FileInZip): Buffer {
  const { packed, method, crc, bytes, packedBytes } = facts(file);
  const name = Buffer.from(file.lies?.localName ?? file.name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE((file.lies?.flags ?? 0) | (file.describedLater ? 8 : 0), 6);
  header.writeUInt16LE(method, 8);
  if (!file.describedLater) {
    header.writeUInt32LE(crc, 14);
    header.writeUInt32LE(file.zip64 ? 0xffffffff : packedBytes, 18);
    header.writeUInt32LE(file.zip64 ? 0xffffffff : bytes, 22);
  }
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(file.localExtra ?? 0, 28);
  const descriptor = Buffer.alloc(file.describedLater ? 16 : 0);
  if (file.describedLater) {
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(crc, 4);
    descriptor.writeUInt32LE(packedBytes, 8);
    descriptor.writeUInt32LE(bytes, 12);
  }
  return Buffer.concat([header, name, Buffer.alloc(file.localExtra ?? 0), packed, descriptor]);
}

function listedOf(file: FileInZip, at: number): Buffer {
  const { method, crc, bytes, packedBytes } = facts(file);
  const start = file.lies?.start ?? at;
  const name = Buffer.from(file.name);
  const long = Buffer.alloc(file.zip64 ? 28 : 0);
  if (file.zip64) {
    long.writeUInt16LE(1, 0);
    long.writeUInt16LE(24, 2);
    for (const [i, value] of [bytes, packedBytes, start].entries()) long.writeBigUInt64LE(BigInt(value), 4 + 8 * i);
  }
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE((file.lies?.flags ?? 0) | (file.describedLater ? 8 : 0), 8);
  entry.writeUInt16LE(method, 10);
  entry.writeUInt32LE(crc, 16);
  entry.writeUInt32LE(file.zip64 ? 0xffffffff : packedBytes, 20);
  entry.writeUInt32LE(file.zip64 ? 0xffffffff : bytes, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt16LE(long.length, 30);
  entry.writeUInt32LE(file.zip64 ? 0xffffffff : start, 42);
  return Buffer.concat([entry, name, long]);
}

function zip64End({ files, bytes, offset }: { files: number; bytes: number; offset: number }, at: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  for (const [where, value] of [
    [24, files],
    [32, files],
    [40, bytes],
    [48, offset],
  ] as const)
    record.writeBigUInt64LE(BigInt(value), where);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(at), 56 + 8);
  record.writeUInt32LE(1, 56 + 16);
  return record;
}

function endOf({ files, bytes, offset, disk }: { files: number; bytes: number; offset: number; disk: number }, comment: Buffer): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(disk, 4);
  record.writeUInt16LE(files, 8);
  record.writeUInt16LE(files, 10);
  record.writeUInt32LE(bytes, 12);
  record.writeUInt32LE(offset, 16);
  record.writeUInt16LE(comment.length, 20);
  return Buffer.concat([record, comment]);
}

/** A zip in memory as a source of bytes that notes what was asked of it. */
export function sourceOf(zip: Buffer): ByteSource & { readonly asked: [number, number][] } {
  const asked: [number, number][] = [];
  return {
    asked,
    async tail(count) {
      asked.push([Math.max(0, zip.length - count), zip.length]);
      return { bytes: zip.subarray(Math.max(0, zip.length - count)), total: zip.length };
    },
    async range(from, to) {
      asked.push([from, to]);
      return zip.subarray(from, to);
    },
  };
}
