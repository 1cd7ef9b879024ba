/**
 * Where the braces of a text of JavaScript close, found without parsing it: bodies of functions that nobody asks about are passed over. What
 * a `/` begins is told by what stands before it, which says it nearly always; where it does not, and where brackets do not match, nothing is said.
 */

import { Braces } from "./brace-pairs.ts";
import { code, endOfRegularExpression, endOfTemplatePart, endOfText } from "./token-ends.ts";

/** Keywords behind which a value begins: there `/` begins a regular expression and `{` an object. */
const beforeValues = new Set([
  "return",
  "typeof",
  "case",
  "in",
  "instanceof",
  "new",
  "void",
  "delete",
  "throw",
  "yield",
  "await",
  "default",
]);
/** Keywords behind which a statement begins. */
const beforeStatements = new Set(["do", "else"]);
/** Keywords whose parentheses a statement follows. */
const beforeConditions = new Set(["if", "while", "for", "with"]);

/** What may come behind a token. unsure: behind the `}` of an object or of a block, whichever it is. */
type Next = "statement" | "value" | "operator" | "value or statement" | "unsure";

interface Open {
  readonly closedBy: number;
  /** Of a brace: its place in the list. */
  readonly index: number;
  /** What may come behind the one that closes it. */
  readonly then: Next | "template";
}

/** 1: stands in names, numbers and keywords. Every letter beyond ASCII does. */
const inWords = Uint8Array.from({ length: 128 }, (_, at) => (/[\w$#@\\]/.test(String.fromCharCode(at)) ? 1 : 0));

/**
 * The braces of a text; undefined: they cannot be told, or it is no JavaScript.
 * @param from where a bracket opens: then those up to where that one closes
 */
export function bracesIn(text: string, from?: number): Braces | undefined {
  return new Scan(text, from ?? 0).run(from !== undefined);
}

class Scan {
  readonly #text: string;
  readonly #braces = new Braces();
  readonly #open: Open[] = [];
  #at: number;
  #next: Next = "statement";
  /** Whether the last token is a keyword whose parentheses a statement follows. */
  #condition = false;

  constructor(text: string, from: number) {
    this.#text = text;
    this.#at = from;
    if (from === 0 && text.startsWith("#!")) this.#skipTo("\n", 0);
  }

  run(onlyFirst: boolean): Braces | undefined {
    const text = this.#text;
    while (this.#at < text.length) {
      const character = text.charCodeAt(this.#at);
      if (character >= 128 || inWords[character] === 1) this.#word(character);
      else if (character > 32 && !this.#token(character)) return undefined;
      else if (character <= 32) this.#at++;
      else if (onlyFirst && this.#open.length === 0) break;
    }
    return this.#open.length === 0 ? this.#braces : undefined;
  }

  /** Names, numbers and keywords. */
  #word(first: number): void {
    const text = this.#text;
    const start = this.#at;
    const isNumber = first >= 48 && first <= 57;
    let character = first;
    do character = text.charCodeAt(++this.#at);
    while (character >= 128 || inWords[character] === 1 || (isNumber && character === code.dot));
    const length = this.#at - start;
    const previous = this.#condition;
    this.#condition = false;
    this.#next = "operator";
    if (length < 2 || length > 10 || first < 97 || first > 121 || text.charCodeAt(start - 1) === code.dot) return;
    const word = text.slice(start, this.#at);
    if (beforeValues.has(word)) this.#next = "value";
    else if (beforeStatements.has(word)) this.#next = "statement";
    this.#condition = beforeConditions.has(word) || (previous && word === "await");
  }

  /** Anything but words; false: it cannot be told what it is. */
  #token(character: number): boolean {
    const condition = this.#condition;
    this.#condition = false;
    switch (character) {
      case code.quote:
      case code.apostrophe:
        return this.#ended(endOfText(this.#text, this.#at));
      case code.backtick:
        return this.#template();
      case code.slash:
        return this.#slash();
      case code.open:
        return this.#opens(code.close, condition ? "statement" : "operator", "value");
      case code.openSquare:
        return this.#opens(code.closeSquare, "operator", "value");
      case code.openBrace:
        return this.#brace();
      case code.close:
      case code.closeSquare:
      case code.closeBrace:
        return this.#closes(character);
      default:
        this.#operator(character);
        return true;
    }
  }

  #operator(character: number): void {
    const follows = this.#text.charCodeAt(++this.#at);
    // `a++ / b`: what comes behind is what came before
    if ((character === code.plus || character === code.minus) && follows === character) this.#at++;
    else if (character === code.equals && follows === code.greater) {
      this.#at++;
      this.#next = "statement";
    } else if (character === code.semicolon) this.#next = "statement";
    else this.#next = character === code.colon ? "value or statement" : "value";
  }

  #opens(closedBy: number, then: Open["then"], next: Next, index = -1): boolean {
    this.#open.push({ closedBy, index, then });
    this.#next = next;
    this.#at++;
    return true;
  }

  #brace(): boolean {
    const then = this.#next === "value" ? "operator" : this.#next === "value or statement" ? "unsure" : "statement";
    return this.#opens(code.closeBrace, then, "statement", this.#braces.open(this.#at));
  }

  #closes(character: number): boolean {
    const open = this.#open.pop();
    if (open?.closedBy !== character) return false;
    if (open.index >= 0) this.#braces.close(open.index, this.#at);
    if (open.then === "template") return this.#template();
    this.#next = open.then;
    this.#at++;
    return true;
  }

  #slash(): boolean {
    const follows = this.#text.charCodeAt(this.#at + 1);
    if (follows === code.slash) return this.#skipTo("\n", 2);
    if (follows === code.star) return this.#skipTo("*/", 2);
    if (this.#next === "unsure") return false;
    if (this.#next !== "operator") return this.#ended(endOfRegularExpression(this.#text, this.#at));
    this.#at++;
    this.#next = "value";
    return true;
  }

  /** Behind the next `end`; what comes behind that is what came before. */
  #skipTo(end: string, from: number): boolean {
    const found = this.#text.indexOf(end, this.#at + from);
    this.#at = found < 0 ? this.#text.length : found + end.length;
    return true;
  }

  /** From behind the first letter, which is a backtick or the `}` of a part, to the next part or the end. */
  #template(): boolean {
    const end = endOfTemplatePart(this.#text, this.#at);
    if (end === undefined || this.#text.charCodeAt(end) === code.backtick) return this.#ended(end);
    this.#at = end + 1;
    return this.#opens(code.closeBrace, "template", "value");
  }

  #ended(at: number | undefined): boolean {
    if (at === undefined) return false;
    this.#at = at + 1;
    this.#next = "operator";
    return true;
  }
}
