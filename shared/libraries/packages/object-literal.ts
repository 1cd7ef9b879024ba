/** Object literals of texts and numbers, as bundlers write the content of JSON files: read, never run. */

const longest = 64 * 1024;
const deepest = 12;

/**
 * The members of the literal that begins at `text[at]`; undefined where something else than plain values stands in it. Of members
 * that are no texts only the names are kept.
 */
export function literalAt(text: string, at: number): ReadonlyMap<string, string | undefined> | undefined {
  const reader = new LiteralReader(text.slice(at, at + longest));
  return reader.object(0);
}

const word = /[\w$.+-]+|!0|!1/y;
const space = /\s*/y;

class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  object(depth: number): Map<string, string | undefined> | undefined {
    if (depth > deepest || !this.#take("{")) return undefined;
    const members = new Map<string, string | undefined>();
    while (!this.#take("}")) {
      const key = this.string() ?? this.#word();
      if (key === undefined || !this.#take(":")) return undefined;
      const value = this.#value(depth);
      if (!value) return undefined;
      members.set(key, value.text);
      if (!this.#take(",") && !this.#peek("}")) return undefined;
    }
    return members;
  }

  #value(depth: number): { readonly text?: string } | undefined {
    const text = this.string();
    if (text !== undefined) return { text };
    if (this.#peek("{")) return this.object(depth + 1) && {};
    if (this.#peek("[")) return this.#list(depth + 1) ? {} : undefined;
    return this.#word() === undefined ? undefined : {};
  }

  #list(depth: number): boolean {
    if (depth > deepest || !this.#take("[")) return false;
    while (!this.#take("]")) {
      if (!this.#value(depth)) return false;
      if (!this.#take(",") && !this.#peek("]")) return false;
    }
    return true;
  }

  /** Escapes are kept as they are: what is compared has none. */
  string(): string | undefined {
    this.#skip();
    const quote = this.#text[this.#at] ?? "";
    if (!/["'`]/.test(quote)) return undefined;
    for (let end = this.#at + 1; end < this.#text.length; end += 1) {
      const sign = this.#text[end];
      if (sign === "\\") end += 1;
      else if (sign === quote) {
        const found = this.#text.slice(this.#at + 1, end);
        this.#at = end + 1;
        return found;
      }
    }
    return undefined;
  }

  #word(): string | undefined {
    this.#skip();
    word.lastIndex = this.#at;
    const found = word.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #take(sign: string): boolean {
    if (!this.#peek(sign)) return false;
    this.#at += 1;
    return true;
  }

  #peek(sign: string): boolean {
    this.#skip();
    return this.#text[this.#at] === sign;
  }

  #skip(): void {
    space.lastIndex = this.#at;
    this.#at += space.exec(this.#text)?.[0].length ?? 0;
  }
}
