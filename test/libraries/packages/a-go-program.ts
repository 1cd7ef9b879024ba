/** A program as the linker of Go lays it out, made byte by byte. */

/** Of its first segment. */
export const usualCodeBytes = 600_000;

function varint(n: number): Buffer {
  return n < 0x80 ? Buffer.from([n]) : Buffer.concat([Buffer.from([(n & 0x7f) | 0x80]), varint(n >> 7)]);
}

function text(value: string | Buffer): Buffer {
  return Buffer.concat([varint(value.length), Buffer.from(value)]);
}

/** An ELF program with one segment of code and one of data, whose start is what the linker of Go writes. */
export function aGoProgram(
  go: string,
  lines: readonly string[],
  { flags = 2, mark = "\xff Go buildinf:", codeBytes: dataAt = usualCodeBytes } = {},
): Buffer {
  const head = Buffer.alloc(dataAt);
  head.writeUInt32BE(0x7f454c46, 0);
  head.set([2, 1, 1], 4);
  head.writeBigUInt64LE(64n, 32);
  head.writeUInt16LE(56, 54);
  head.writeUInt16LE(2, 56);
  for (const [at, permission, offset] of [
    [64, 5, 0],
    [120, 6, dataAt],
  ] as const) {
    head.writeUInt32LE(1, at);
    head.writeUInt32LE(permission, at + 4);
    head.writeBigUInt64LE(BigInt(offset), at + 8);
  }
  // a text in the code that looks like the mark is none
  head.write("\xff Go buildinf:\x08\x02", 4096, "latin1");
  for (let i = 5000; i < dataAt; i += 7) head[i] = (i * 31) & 0xff;
  const info = Buffer.alloc(32);
  info.write(mark, 0, "latin1");
  info.set([8, flags], 14);
  const border = Buffer.alloc(16, 1);
  const modules = lines.length > 0 ? Buffer.concat([border, Buffer.from(`${lines.join("\n")}\n`), border]) : Buffer.alloc(0);
  return Buffer.concat([head, Buffer.alloc(48), info, text(go), text(modules), Buffer.alloc(1000, 3)]);
}
