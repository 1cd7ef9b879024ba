/**
 * A syntax tree whose functions are parsed when somebody looks into them: of a bundle with the SDK inside, most are never looked into. The
 * parser passes over their bodies, from brace to brace, and parses a body where its statements are asked for.
 */
import { type Options, Parser, type Statement, type Program as Tree } from "acorn";
import type { Braces } from "./brace-pairs.ts";
import { bracesIn } from "./braces.ts";

/** Shorter bodies are parsed at once. */
const shortest = 100;

/** What acorn's parser is made of, as far as it is used here (8.19). */
interface Inner {
  readonly input: string;
  readonly start: number;
  pos: number;
  next(): void;
  nextToken(): void;
  parse(): Tree;
  enterScope(flags: number): void;
  parseStatement(context: null): Statement;
  parseBlock(createsScope?: boolean, node?: unknown, exitStrict?: boolean): unknown;
  parseFunctionBody(node: { body: unknown; async: boolean; generator?: boolean }, ...rest: boolean[]): void;
}
const InnerParser = Parser as unknown as new (options: Options, input: string) => Inner;
/** Acorn's flags of a scope: in a function in which `super` may be asked and called; asynchronous; a generator. */
const flags = { function: 2 + 64 + 128, async: 4, generator: 8 } as const;

/** A body turned out not to be what its braces and its file promised: the file has to be parsed as a whole. */
export class BodyError extends Error {}

/** Parses a text of which most functions may never be asked for. @throws SyntaxError, and later, where a body is asked for, `BodyError` */
export function parseLazily(text: string, options: Options): Tree {
  const braces = bracesIn(text);
  if (!braces) throw new BodyError("the braces cannot be told");
  // what a class declares is not known in its methods
  return new LazyParser({ ...options, checkPrivateFields: false }, text, braces).parse();
}

class LazyParser extends InnerParser {
  readonly #options: Options;
  readonly #braces: Braces;
  /** The body that has been passed over: where it ends. */
  #passed: number | undefined;
  #isBody = false;

  constructor(options: Options, text: string, braces: Braces) {
    super(options, text);
    this.#options = options;
    this.#braces = braces;
  }

  override parseFunctionBody(node: { body: unknown; async: boolean; generator?: boolean }, ...rest: boolean[]): void {
    const { start } = this;
    this.#isBody = this.input[start] === "{";
    super.parseFunctionBody(node, ...rest);
    const end = this.#passed;
    this.#passed = undefined;
    if (end === undefined) return;
    const scope = flags.function | (node.async ? flags.async : 0) | (node.generator ? flags.generator : 0);
    const read = () => new LazyParser(this.#options, this.input, this.#braces).statements(start, end, scope);
    node.body = new UnreadBody(start, end + 1, read);
  }

  override parseBlock(...given: [createsScope?: boolean, node?: unknown, exitStrict?: boolean]): unknown {
    const end = this.#isBody ? this.#braces.closing(this.start) : undefined;
    this.#isBody = false;
    if (end === undefined || end - this.start < shortest) return super.parseBlock(...given);
    this.pos = end;
    this.next();
    this.next();
    this.#passed = end;
    return { type: "BlockStatement", body: [] };
  }

  /** Those between two braces. */
  statements(start: number, end: number, scope: number): Statement[] {
    try {
      this.pos = start;
      this.enterScope(scope);
      this.nextToken();
      this.next();
      const statements: Statement[] = [];
      while (this.start < end) statements.push(this.parseStatement(null));
      if (this.start === end) return statements;
    } catch (error) {
      throw new BodyError("a body cannot be parsed by itself", { cause: error });
    }
    throw new BodyError("a body does not end where its brace closes");
  }
}

/** A block whose statements are parsed when they are asked for; directives are not marked in it. */
class UnreadBody {
  readonly type = "BlockStatement";
  readonly start: number;
  readonly end: number;
  #read: (() => Statement[]) | undefined;
  #body: Statement[] = [];

  constructor(start: number, end: number, read: () => Statement[]) {
    this.start = start;
    this.end = end;
    this.#read = read;
  }

  get body(): Statement[] {
    const read = this.#read;
    this.#read = undefined;
    if (read) this.#body = read();
    return this.#body;
  }
}
