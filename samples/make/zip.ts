/** A zip archive of one stored file, always the same bytes for the same text: CodeSha256 must not change from one making to the next. */
import { crc32 } from "node:zlib";

export function zipOf(fileName: string, text: string): Uint8Array {
  const name = Buffer.from(fileName);
  const body = Buffer.from(text);
  const entry = Buffer.alloc(26);
  entry.writeUInt16LE(20, 0); // version needed; flags and method stay 0: stored
  entry.writeUInt16LE(0x21, 8); // 1 January 1980, the first day that a zip knows
  entry.writeUInt32LE(crc32(body), 10);
  entry.writeUInt32LE(body.length, 14);
  entry.writeUInt32LE(body.length, 18);
  entry.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), entry, name, body]);
  const listed = Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), entry, Buffer.alloc(14), name]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, listed, end]);
}
