/**
 * The head of one file of a tar: POSIX ustar and pax (IEEE 1003.1, "pax interchange format"), and what GNU tar and older ones write. Everything in
 * it is a claim of whoever made the tar. Where tools read it differently, it is read as Go's archive/tar does, by which images are unpacked.
 */
import { ArtifactRefusedError } from "./refusal.ts";

export const blockBytes = 512;

export interface TarHeader {
  readonly name: string;
  readonly link: string;
  /** Of what follows, without what fills the last block. */
  readonly bytes: number;
  readonly flag: string;
  /** Of GNU's old way to write files with holes: another list of holes follows. */
  readonly moreHoles: boolean;
}

/** What heads of their own said of the file that comes next. */
export interface TarMore {
  readonly path?: string;
  readonly linkpath?: string;
  readonly size?: string;
  readonly hasHoles?: true;
}

/** Links, devices and folders have no content, whatever their size says. */
const withoutContent = /^[1-6]$/;

export function isEmptyBlock(block: Buffer): boolean {
  return block.every((byte) => byte === 0);
}

/** @throws ArtifactRefusedError */
export function readHeader(block: Buffer, { path, linkpath, size }: TarMore): TarHeader {
  if (!isSumRight(block)) throw new ArtifactRefusedError("TarDamaged");
  const flag = block[156] === 0 ? "0" : String.fromCharCode(block[156] ?? 0);
  const isUstar = block.toString("latin1", 257, 263) === "ustar\0";
  const prefix = isUstar ? textAt(block, 345, 155) : "";
  const short = textAt(block, 0, 100);
  const bytes = size === undefined ? numberAt(block, 124, 12) : decimal(size);
  return {
    name: path ?? (prefix === "" ? short : `${prefix}/${short}`),
    link: linkpath ?? textAt(block, 157, 100),
    bytes: withoutContent.test(flag) ? 0 : bytes,
    flag,
    moreHoles: flag === "S" && block[482] === 1,
  };
}

/** The records of a pax head, `LENGTH KEY=VALUE` and a line's end each; those that matter here. @throws ArtifactRefusedError */
export function readPax(content: Buffer): TarMore {
  const values = new Map<string, string>();
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at);
    const length = decimal(content.toString("latin1", at, space < 0 ? at : space));
    const end = at + length;
    const equals = content.indexOf(0x3d, space);
    if (end > content.length || equals < 0 || equals >= end || content[end - 1] !== 0x0a) throw new ArtifactRefusedError("TarDamaged");
    values.set(content.toString("utf8", space + 1, equals), content.toString("utf8", equals + 1, end - 1));
    at = end;
  }
  const [path, linkpath, size] = [values.get("GNU.sparse.name") ?? values.get("path"), values.get("linkpath"), values.get("size")];
  return {
    ...(path ? { path } : {}),
    ...(linkpath ? { linkpath } : {}),
    ...(size ? { size } : {}),
    ...([...values.keys()].some((key) => key.startsWith("GNU.sparse.")) ? { hasHoles: true as const } : {}),
  };
}

/** Up to the first zero. */
export function textAt(block: Buffer, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end < 0 ? length : end);
}

/** Of all bytes, those of the sum itself as spaces; some old ones added them as signed. */
function isSumRight(block: Buffer): boolean {
  const said = numberAt(block, 148, 8);
  let [plain, signed] = [0, 0];
  for (let i = 0; i < blockBytes; i += 1) {
    const byte = i >= 148 && i < 156 ? 0x20 : (block[i] ?? 0);
    plain += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  return said === plain || said === signed;
}

/** Octal digits; or where the first bit is set, binary (GNU), for what is larger. @throws ArtifactRefusedError */
function numberAt(block: Buffer, at: number, length: number): number {
  if (((block[at] ?? 0) & 0x80) !== 0) {
    const field = Buffer.from(block.subarray(at, at + length));
    field[0] = (field[0] ?? 0) & 0x7f;
    const value = field.reduce((sum, byte) => sum * 256 + byte, 0);
    if (!Number.isSafeInteger(value)) throw new ArtifactRefusedError("TarDamaged");
    return value;
  }
  const text = textAt(block, at, length).trim();
  if (!/^[0-7]*$/.test(text)) throw new ArtifactRefusedError("TarDamaged");
  return text === "" ? 0 : Number.parseInt(text, 8);
}

function decimal(text: string): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new ArtifactRefusedError("TarDamaged");
  return value;
}
