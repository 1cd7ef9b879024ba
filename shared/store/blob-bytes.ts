/** JSON as gzipped bytes and back, and keys that stay where they belong. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createGunzip, createGzip, gunzip } from "node:zlib";

const decompress = promisify(gunzip);

/** So deep a value is taken apart; below, its parts are small. */
const piecesDepth = 3;
/** Pieces are gathered to about this many characters before they are compressed. */
const chunkCharacters = 65_536;

/** The JSON text of `value` in pieces. */
export function* jsonPieces(value: unknown, depth = 0): Generator<string> {
  if (depth === piecesDepth || typeof value !== "object" || value === null || "toJSON" in value) {
    yield JSON.stringify(value) ?? "null";
    return;
  }
  const isList = Array.isArray(value);
  let separator = isList ? "[" : "{";
  for (const [key, member] of isList ? value.entries() : Object.entries(value)) {
    // JSON leaves such members out of an object
    if (!isList && (member === undefined || typeof member === "function")) continue;
    yield isList ? separator : `${separator}${JSON.stringify(key)}:`;
    yield* jsonPieces(member, depth + 1);
    separator = ",";
  }
  yield separator === "," ? (isList ? "]" : "}") : isList ? "[]" : "{}";
}

/** The text of `pieces`, gzipped. */
export async function compressed(pieces: Iterable<string>): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  await pipeline(Readable.from(gathered(pieces)), createGzip(), async (bytes: AsyncIterable<Buffer>) => {
    for await (const part of bytes) parts.push(part);
  });
  return Buffer.concat(parts);
}

function* gathered(pieces: Iterable<string>): Generator<Buffer> {
  let some: string[] = [];
  let characters = 0;
  for (const piece of pieces) {
    some.push(piece);
    characters += piece.length;
    if (characters < chunkCharacters) continue;
    yield Buffer.from(some.join(""));
    some = [];
    characters = 0;
  }
  if (some.length > 0) yield Buffer.from(some.join(""));
}

/** The value in gzipped JSON. @throws when the bytes are something else */
export async function jsonOf(bytes: Uint8Array): Promise<unknown> {
  return JSON.parse((await decompress(bytes)).toString("utf8"));
}

/** The values of gzipped lines of JSON, one at a time. @throws when the bytes are something else, or end too early */
export async function* linesOf(bytes: Uint8Array): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let begun: string[] = [];
  const unzip = createGunzip();
  // an error of the pipe is the iterator's: it ends the loop below
  pipeline(Readable.from([bytes]), unzip).catch(() => undefined);
  for await (const chunk of unzip as AsyncIterable<Buffer>) {
    const [first = "", ...more] = decoder.decode(chunk, { stream: true }).split("\n");
    begun.push(first);
    for (const next of more) {
      yield JSON.parse(begun.join(""));
      begun = [next];
    }
  }
  if (begun.join("") !== "") throw new Error("the last line has no end");
}

/** Throws unless `key` is a relative path of plain names: letters, digits, `.`, `_`, `-`, `=` and `+`, none of them `.` or `..`. */
export function checkKey(key: string): void {
  const names = key.split("/");
  if (key.length > 900 || !names.every((name) => /^[\w.=+-]+$/.test(name) && !/^\.+$/.test(name))) {
    throw new RangeError(`"${key}" is not a blob key: it takes names of letters, digits and . _ - = + with / between them.`);
  }
}
