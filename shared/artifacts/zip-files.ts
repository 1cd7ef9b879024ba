/** The content of some files of a zip: neighbours in one range, each unpacked in memory up to what it says it is, and not a byte further. */
import { crc32, inflateRawSync } from "node:zlib";
import type { ByteSource } from "./byte-source.ts";
import { ArtifactRefusedError } from "./refusal.ts";
import type { ZipEntry } from "./zip-directory.ts";

/** How much of one artifact is unpacked. */
export interface UnpackLimits {
  readonly fileBytes: number;
  readonly totalBytes: number;
}

/** The largest bundles that people deploy have a few megabytes; what is larger is data. */
export const usualLimits: UnpackLimits = { fileBytes: 12 * 1024 * 1024, totalBytes: 32 * 1024 * 1024 };

export type ReadFile =
  | { readonly entry: ZipEntry; readonly content: Buffer }
  /** It was left alone; why, in words. */
  | { readonly entry: ZipEntry; readonly unread: string };

const localHeaderBytes = 30;
const localSignature = 0x04034b50;
const [stored, deflated] = [0, 8];
const most32 = 0xffffffff;
const describedLater = 0x08;
/** A request costs about as much as this many bytes. */
const longestGap = 32 * 1024;
const longestRun = 8 * 1024 * 1024;
/** What a local header may hold beyond what the list says of it, and a descriptor after the content. */
const slackBytes = 1024;
/** Deflate reaches 1,032 to 1; source texts stay below 20. */
const absurdRatio = 200;
const smallBytes = 1024 * 1024;
/** zlib takes no less. */
const leastChunkBytes = 64;

/** Reads `entries` in the order of their bytes. @throws ArtifactRefusedError as soon as one of them is not what it says */
export async function* readFiles(source: ByteSource, entries: readonly ZipEntry[], limits = usualLimits): AsyncGenerator<ReadFile> {
  const chosen: ZipEntry[] = [];
  let total = 0;
  for (const entry of entries.toSorted((a, b) => a.start - b.start)) {
    requireOrdinary(entry);
    const fits = entry.bytes <= limits.fileBytes && total + entry.bytes <= limits.totalBytes;
    if (fits) {
      total += entry.bytes;
      chosen.push(entry);
    } else yield { entry, unread: whyLeft(entry, limits) };
  }
  for (const run of runsOf(chosen)) {
    const from = run[0]?.start ?? 0;
    const bytes = await source.range(from, fetchEnd(run.at(-1) as ZipEntry));
    for (const entry of run) yield { entry, content: unpack(entry, await whole(source, entry, bytes, from)) };
  }
}

/** @throws ArtifactRefusedError where it cannot be unpacked, or should not */
export function requireOrdinary({ name, encrypted, method, bytes, packedBytes }: ZipEntry): void {
  if (encrypted) throw new ArtifactRefusedError("ZipEncrypted", name);
  if (method !== stored && method !== deflated) throw new ArtifactRefusedError("ZipUnknownMethod", name);
  if (method === stored && bytes !== packedBytes) throw new ArtifactRefusedError("ZipLyingSize", name);
  requireNoBomb({ name, bytes, packedBytes });
}

/** @throws ArtifactRefusedError where it unpacks to what nobody could have written */
export function requireNoBomb({ name, bytes, packedBytes }: Pick<ZipEntry, "name" | "bytes" | "packedBytes">): void {
  if (bytes > smallBytes && bytes > absurdRatio * packedBytes) throw new ArtifactRefusedError("ZipBomb", name);
}

function whyLeft({ bytes }: ZipEntry, { fileBytes, totalBytes }: UnpackLimits): string {
  const mb = (n: number) => `${Math.ceil(n / 1024 / 1024)} MB`;
  return bytes > fileBytes
    ? `${mb(bytes)}, and files of more than ${mb(fileBytes)} are not read`
    : `more than ${mb(totalBytes)} of code in one zip are not read`;
}

/** Neighbours that are cheaper to fetch at once, with what lies between them. */
function runsOf(entries: readonly ZipEntry[]): ZipEntry[][] {
  const runs: ZipEntry[][] = [];
  for (const entry of entries) {
    const run = runs.at(-1);
    const [first, last] = [run?.[0], run?.at(-1)];
    if (run && first && last && entry.start - fetchEnd(last) <= longestGap && fetchEnd(entry) - first.start <= longestRun) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

function fetchEnd({ name, start, end, packedBytes }: ZipEntry): number {
  return Math.min(end, start + localHeaderBytes + Buffer.byteLength(name) + packedBytes + slackBytes);
}

/** Header and content of `entry` as `bytes` from `from` on hold them; asked for again where its header is longer than any is. */
async function whole(source: ByteSource, entry: ZipEntry, bytes: Buffer, from: number): Promise<Buffer> {
  const own = bytes.subarray(entry.start - from, fetchEnd(entry) - from);
  const needed = contentStart(entry, own) + entry.packedBytes;
  if (needed > entry.end - entry.start) throw new ArtifactRefusedError("ZipOverlap", entry.name);
  return needed <= own.length ? own : source.range(entry.start, entry.start + needed);
}

/** Where the content begins, counted from its local header. */
export function contentStart({ name }: ZipEntry, own: Buffer): number {
  if (own.length < localHeaderBytes || own.readUInt32LE(0) !== localSignature) throw new ArtifactRefusedError("ZipDamaged", name);
  return localHeaderBytes + own.readUInt16LE(26) + own.readUInt16LE(28);
}

function unpack(entry: ZipEntry, own: Buffer): Buffer {
  const { name, method, bytes, packedBytes, crc } = entry;
  requireSameHeader(entry, own);
  const start = contentStart(entry, own);
  const packed = own.subarray(start, start + packedBytes);
  const content = method === stored ? packed : inflate(packed, bytes, name);
  if (content.length !== bytes) throw new ArtifactRefusedError("ZipLyingSize", name);
  if (crc32(content) !== crc) throw new ArtifactRefusedError("ZipDamaged", name);
  return content;
}

/** The local header says again what the list says; two readings of one zip are a way to hide something. */
export function requireSameHeader({ name, method, bytes, packedBytes }: ZipEntry, own: Buffer): void {
  const [flags, localMethod, nameBytes] = [6, 8, 26].map((at) => own.readUInt16LE(at)) as [number, number, number];
  const localName = own.toString("utf8", localHeaderBytes, localHeaderBytes + nameBytes);
  if ((flags & 1) !== 0) throw new ArtifactRefusedError("ZipEncrypted", name);
  if (localMethod !== method || localName !== name) throw new ArtifactRefusedError("ZipDamaged", name);
  const [localPacked, localBytes] = [own.readUInt32LE(18), own.readUInt32LE(22)];
  const isTold = (flags & describedLater) === 0 && localPacked !== most32 && localBytes !== most32;
  if (isTold && (localPacked !== packedBytes || localBytes !== bytes)) throw new ArtifactRefusedError("ZipLyingSize", name);
}

function inflate(packed: Buffer, bytes: number, name: string): Buffer {
  try {
    // in one piece: by itself it takes 16 KB at a time, keeps as many for ten bytes, and copies what is larger once more
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes), chunkSize: Math.max(leastChunkBytes, bytes + 1) });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ArtifactRefusedError(code === "ERR_BUFFER_TOO_LARGE" ? "ZipLyingSize" : "ZipDamaged", name);
  }
}
