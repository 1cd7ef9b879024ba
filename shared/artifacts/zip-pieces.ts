/** One file of a zip, unpacked some at a time: for what is too large to be held. */
import { Readable } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import type { ByteSource } from "./byte-source.ts";
import { ArtifactRefusedError } from "./refusal.ts";
import { throughUnpacker } from "./through-unpacker.ts";
import type { ZipEntry } from "./zip-directory.ts";
import { contentStart, requireOrdinary, requireSameHeader } from "./zip-files.ts";

const fetchedBytes = 2 * 1024 * 1024;
const inflatedBytes = 256 * 1024;
const longestHeader = 30 + 2 * 0xffff;

/** Never more than the list says. @throws ArtifactRefusedError as soon as it is not what it says; at its end where only then it shows */
export async function* unpackInPieces(source: ByteSource, entry: ZipEntry): AsyncGenerator<Buffer> {
  requireOrdinary(entry);
  const { name, method, bytes, start, end, packedBytes, crc } = entry;
  const header = await source.range(start, Math.min(end, start + longestHeader));
  requireSameHeader(entry, header);
  const from = start + contentStart(entry, header);
  if (from + packedBytes > end) throw new ArtifactRefusedError("ZipOverlap", name);
  // one range ahead of what is unpacked; by itself a stream of objects takes sixteen
  const packed = Readable.from(rangesOf(source, from, from + packedBytes), { highWaterMark: 1 });
  let unpacked = 0;
  let sum = 0;
  try {
    for await (const piece of method === 0 ? packed : throughUnpacker(packed, createInflateRaw({ chunkSize: inflatedBytes }))) {
      unpacked += (piece as Buffer).length;
      if (unpacked > bytes) throw new ArtifactRefusedError("ZipLyingSize", name);
      sum = crc32(piece as Buffer, sum);
      yield piece as Buffer;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith("Z_")) throw new ArtifactRefusedError("ZipDamaged", name);
    throw error;
  } finally {
    packed.destroy();
  }
  if (unpacked !== bytes) throw new ArtifactRefusedError("ZipLyingSize", name);
  if (sum !== crc) throw new ArtifactRefusedError("ZipDamaged", name);
}

async function* rangesOf(source: ByteSource, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to; at += fetchedBytes) yield await source.range(at, Math.min(to, at + fetchedBytes));
}
