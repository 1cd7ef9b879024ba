/** Members of a large JSON object, read piece by piece: neither its text nor what nobody asked for is ever in memory as a whole. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";

const chunkBytes = 65_536;
const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Those members of the object in gzipped JSON whose names `isWanted` takes. @throws when the bytes are something else */
export async function membersOf(bytes: Uint8Array, isWanted: (name: string) => boolean): Promise<Record<string, unknown>> {
  const unzip = createGunzip({ chunkSize: chunkBytes });
  // an error of the pipe is the iterator's: it ends the loop below
  pipeline(Readable.from([bytes]), unzip).catch(() => undefined);
  const reader = new MemberReader(isWanted);
  for await (const chunk of unzip as AsyncIterable<Buffer>) reader.add(chunk);
  return reader.end();
}

/** Follows braces, brackets and texts; what lies between is parsed by JSON.parse, a list's elements one at a time. */
class MemberReader {
  readonly #isWanted: (name: string) => boolean;
  readonly #members: Record<string, unknown> = {};
  #depth = 0;
  #begun = false;
  #inText = false;
  #escaped = false;
  #name: string | undefined;
  /** The member under way where it is a list. */
  #list: unknown[] | undefined;
  /** What was gathered of the piece under way in chunks before; undefined while it is not wanted. */
  #gathered: Buffer[] | undefined = [];
  /** Where that piece goes on in this chunk. */
  #from = 0;

  constructor(isWanted: (name: string) => boolean) {
    this.#isWanted = isWanted;
  }

  add(chunk: Buffer): void {
    this.#from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (this.#inText) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === backslash) this.#escaped = true;
        else if (byte === quote) this.#inText = false;
      } else if (byte === quote) this.#inText = true;
      else if (byte === openBrace || byte === openBracket) this.#opened(byte, at);
      else if (byte === closeBrace || byte === closeBracket) this.#closed(chunk, at);
      else if (byte === colon && this.#depth === 1) this.#named(chunk, at);
      else if (byte === comma && this.#depth <= 2) this.#separated(chunk, at);
    }
    this.#gathered?.push(chunk.subarray(this.#from));
  }

  end(): Record<string, unknown> {
    if (!this.#begun) throw new SyntaxError("the JSON is no object");
    if (this.#depth !== 0 || this.#inText || this.#name !== undefined) throw new SyntaxError("the JSON object has no end");
    return this.#members;
  }

  #opened(byte: number, at: number): void {
    if (this.#depth === 0 && byte !== openBrace) throw new SyntaxError("the JSON is no object");
    this.#depth += 1;
    this.#begun = true;
    if (this.#depth === 1) this.#begin(at + 1, true);
    else if (this.#depth === 2 && byte === openBracket) {
      this.#list = [];
      this.#begin(at + 1, this.#gathered !== undefined);
    }
  }

  #closed(chunk: Buffer, at: number): void {
    this.#depth -= 1;
    if (this.#depth === 1 && this.#list) this.#element(chunk, at);
    else if (this.#depth === 0) this.#member(chunk, at);
    else if (this.#depth < 0) throw new SyntaxError("the JSON object ends twice");
  }

  #named(chunk: Buffer, at: number): void {
    this.#name = JSON.parse(this.#take(chunk, at));
    this.#begin(at + 1, this.#isWanted(this.#name ?? ""));
  }

  #separated(chunk: Buffer, at: number): void {
    if (this.#depth === 1) this.#member(chunk, at);
    else if (this.#depth === 2 && this.#list) this.#element(chunk, at);
  }

  #element(chunk: Buffer, at: number): void {
    if (!this.#gathered) return;
    const text = this.#take(chunk, at);
    if (text.trim() !== "") this.#list?.push(JSON.parse(text));
    this.#begin(at + 1, true);
  }

  #member(chunk: Buffer, at: number): void {
    if (this.#name !== undefined && this.#gathered) this.#members[this.#name] = this.#list ?? JSON.parse(this.#take(chunk, at));
    this.#name = undefined;
    this.#list = undefined;
    this.#begin(at + 1, true);
  }

  #begin(from: number, wanted: boolean): void {
    this.#from = from;
    this.#gathered = wanted ? [] : undefined;
  }

  #take(chunk: Buffer, to: number): string {
    const before = this.#gathered ?? [];
    const rest = chunk.subarray(Math.min(this.#from, to), to);
    return before.length === 0 ? rest.toString("utf8") : Buffer.concat([...before, rest]).toString("utf8");
  }
}
