/** A zip archive of stored files, always the same bytes for the same texts: CodeSha256 must not change from one making to the next. */
import { crc32 } from "node:zlib";

/** @param files texts by path */
export function zipOf(files: Readonly<Record<string, string>>): Uint8Array {
  const locals: Buffer[] = [];
  const listed: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path);
    const body = Buffer.from(text);
    const entry = Buffer.alloc(26);
    entry.writeUInt16LE(20, 0); // version needed; flags and method stay 0: stored
    entry.writeUInt16LE(0x21, 8); // 1 January 1980, the first day that a zip knows
    entry.writeUInt32LE(crc32(body), 10);
    entry.writeUInt32LE(body.length, 14);
    entry.writeUInt32LE(body.length, 18);
    entry.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), entry, name, body]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    locals.push(local);
    listed.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), entry, rest, name]));
    offset += local.length;
  }
  const list = Buffer.concat(listed);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(listed.length, 8);
  end.writeUInt16LE(listed.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, list, end]);
}
