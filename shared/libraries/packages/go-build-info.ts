/**
 * What the Go linker writes into a program: its own version and every module in it (package debug/buildinfo of Go; the format of 1.18 and
 * later, in which the texts stand behind the mark). The program is told in pieces and never held.
 */

const mark = Buffer.from("\xff Go buildinf:", "latin1");
const headBytes = 32;
/** Bit of the flags: the texts stand right here, not behind pointers. */
const inline = 2;
const longestInfo = 8 * 1024 * 1024;
/** The head of a program and its list of segments are shorter. */
const elfHeadBytes = 4096;
const elfMark = 0x7f454c46;
const [loaded, writable, executable] = [1, 2, 1];

export interface GoBuildInfo {
  /** As the linker has it: `go1.22.3`, `devel go1.24-abc`. */
  readonly go: string;
  /** Lines of `path`, `mod`, `dep`, `=>` and `build`, members parted by tabs. */
  readonly modules: string;
}

/** other: a program, but none of Go from 1.18 on; none: no 64-bit ELF program at all. */
export async function goBuildInfo(pieces: AsyncIterable<Buffer>): Promise<GoBuildInfo | "other" | "none"> {
  // bytes from `from` on that may still matter
  let held: Buffer = Buffer.alloc(0);
  let from = 0;
  let dataStart: number | undefined;
  for await (const piece of pieces) {
    held = held.length === 0 ? piece : Buffer.concat([held, piece]);
    if (dataStart === undefined) {
      if (held.length < elfHeadBytes) continue;
      dataStart = firstWritable(held);
      if (dataStart === undefined) return isProgram(held) ? "other" : "none";
    }
    if (from + held.length <= dataStart) {
      from += held.length;
      held = Buffer.alloc(0);
      continue;
    }
    const at = held.indexOf(mark, Math.max(0, dataStart - from));
    if (at < 0) {
      // the mark may begin in this piece
      const cut = Math.max(0, held.length - mark.length);
      from += cut;
      held = held.subarray(cut);
      continue;
    }
    from += at;
    held = held.subarray(at);
    const info = infoAt(held);
    if (info !== "more") return info ?? "other";
    if (held.length > longestInfo) return "other";
  }
  return dataStart === undefined ? "none" : "other";
}

function isProgram(head: Buffer): boolean {
  return head.readUInt32BE(0) === elfMark && head[4] === 2 && head[5] === 1;
}

/** Where the first writable segment begins in the file: its start has the mark. Undefined of what is no 64-bit little-endian ELF. */
function firstWritable(head: Buffer): number | undefined {
  if (!isProgram(head)) return undefined;
  const [table, size, count] = [Number(head.readBigUInt64LE(32)), head.readUInt16LE(54), head.readUInt16LE(56)];
  for (let i = 0; i < count; i += 1) {
    const at = table + i * size;
    if (size < 56 || at + 56 > head.length) return undefined;
    const [type, flags] = [head.readUInt32LE(at), head.readUInt32LE(at + 4)];
    if (type === loaded && (flags & writable) !== 0 && (flags & executable) === 0) return Number(head.readBigUInt64LE(at + 8));
  }
  return undefined;
}

function infoAt(held: Buffer): GoBuildInfo | "more" | undefined {
  if (held.length < headBytes) return "more";
  if (((held[15] ?? 0) & inline) === 0) return undefined;
  const go = textAt(held, headBytes);
  if (typeof go === "string") return go === "more" ? "more" : undefined;
  const modules = textAt(held, go.end);
  if (typeof modules === "string") return modules === "more" ? "more" : undefined;
  // between two marks of 16 bytes each
  const own =
    modules.bytes.length > 33 && modules.bytes[modules.bytes.length - 17] === 10 ? modules.bytes.subarray(16, -16) : Buffer.alloc(0);
  return { go: go.bytes.toString("utf8"), modules: own.toString("utf8") };
}

/** A text behind its length, which has seven bits a byte. */
function textAt(held: Buffer, start: number): { readonly bytes: Buffer; readonly end: number } | "more" | "none" {
  let length = 0;
  for (let i = 0; i < 5; i += 1) {
    const byte = held[start + i];
    if (byte === undefined) return "more";
    length += (byte & 0x7f) * 2 ** (7 * i);
    if (byte >= 0x80) continue;
    const from = start + i + 1;
    if (length > longestInfo) return "none";
    return from + length > held.length ? "more" : { bytes: held.subarray(from, from + length), end: from + length };
  }
  return "none";
}
