import { type Options, parse } from "acorn";
import { describe, expect, test } from "vitest";
import { BodyError, parseLazily } from "../../../shared/code/javascript/bodies.ts";
import { bracesIn } from "../../../shared/code/javascript/braces.ts";
import { operations, read } from "./reading.ts";

const options: Options = { ecmaVersion: "latest", sourceType: "module" };

/** Something to make a body longer than those that are parsed at once. */
const long = `const filled = ["${"a".repeat(120)}"];`;

/** A tree with everything in it, as plain objects. */
function plain(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(plain);
  if (typeof node !== "object" || node === null || node instanceof RegExp) return node;
  const { type } = node as { type?: string };
  const fields = type === "BlockStatement" ? ["type", "start", "end", "body"] : Object.keys(node);
  return Object.fromEntries(fields.map((key) => [key, plain((node as Record<string, unknown>)[key])]));
}

describe("braces", () => {
  /** Where the first brace closes. */
  const closing = (text: string) => bracesIn(text)?.closing(text.indexOf("{"));

  test.each([
    ["in a text, a template and a comment", `{ a('}', "{", \`}\${{ b: \`{\` }.b}{\`); /* } */ } // }`],
    ["in a regular expression behind what begins a value", "{ a = /[/}]{/g; return /}/ }"],
    ["in a regular expression behind a condition or a block", "{ if (a) /}/.test(b); { } /}/.test(b) }"],
    ["behind a division by what ends a value", `{ a / b; c[0] / 2; (d) / \`\${2}\` / a++ / 1. / "a" }`],
    ["behind keywords that are names of members", "{ a.return / 2; b.if(c) / 2 }"],
  ])("are not taken for others %s", (_, text) => {
    expect(closing(text)).toBe(text.replace(/ \/\/.*/, "").length - 1);
  });

  test("are told of those that open there only", () => {
    expect(bracesIn("({ a: [{}] })")?.closing(0)).toBeUndefined();
    expect(bracesIn("({ a: [{}] })")?.closing(7)).toBe(8);
  });

  test.each([
    ["do not match", "{ (} )"],
    ["do not close", "{ {}"],
    ["stand before what may be a division or a regular expression", "{ case 1: {} /}/ }"],
    ["are in a text that does not end", "{ '} "],
  ])("are not told where they %s", (_, text) => {
    expect(bracesIn(text)).toBeUndefined();
  });
});

describe("a tree whose functions are parsed when they are asked for", () => {
  test("is the tree that is parsed at once", () => {
    const text = `
      import a from "a";
      export const b = async (x, { y = 1 } = {}) => { ${long} for await (const z of x) await z; label: while (y) { break label; } };
      function* c() { ${long} yield* c(); return new.target; }
      class D extends a { #e = 1; static { ${long} } constructor() { ${long} super(); this.#e = /}/.exec("{"); }
        async f() { ${long} const g = () => { ${long} return super.f(this.#e); }; return g; } get h() { return 1; } }
      export default { i() { ${long} return super.i; }, j: function j() { ${long} if (D) { ${long} } else try { a() } catch { b } } };`;
    expect(plain(parseLazily(text, options))).toEqual(plain(parse(text, options)));
  });

  test("says where a body is asked for that it is none", () => {
    const text = `function a() { ${long} } function b() { ${long} const = 1; }`;
    const [a, b] = parseLazily(text, options).body as unknown as { body: { body: unknown[] } }[];
    expect(a?.body.body).toHaveLength(1);
    expect(() => b?.body.body).toThrow(BodyError);
  });
});

describe("a bundle with the SDK inside", () => {
  const sdk = `class K { static classBuilder() {} } var c = make({}, "AmazonSQS", "SQSClient", p);
    var Q = class extends Base { constructor(e) { super(e); this.middlewareStack.use(p(this.config)); } };
    var S = class extends c(x, y, "SendMessage", z) {};`;

  test("with a body that cannot be parsed is unread", () => {
    const { unread, calls } = read(`${sdk} exports.handler = () => { ${long} new Q({}).send(new S({})); const = 1; }`);
    expect(unread).toEqual([{ file: "index.mjs", why: expect.stringMatching(/^Unexpected token/) }]);
    expect(calls).toEqual([]);
  });

  test("in the older kind of code is read", () => {
    const text = `${sdk} exports.handler = function () { ${long} with (Math) max(0777); return new Q({}).send(new S({})); };`;
    expect(read(text)).toMatchObject({ unread: [], calls: [{ client: "sqs", operation: "SendMessage" }] });
  });

  test("whose braces cannot be told is read", () => {
    const text = `${sdk} switch (1) { case 1: {} /}/.test("}"); } exports.handler = () => { ${long} return new Q({}).send(new S({})); };`;
    expect(operations(read(text))).toEqual(["sqs.SendMessage"]);
  });
});
