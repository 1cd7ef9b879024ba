import { expect, test } from "vitest";
import { readCode } from "../../../shared/code/javascript/read-code.ts";
import { wantsFile } from "../../../shared/code/javascript/wanted.ts";
import { weightOf } from "../../../shared/code/javascript/weight.ts";
import { operations, read } from "./reading.ts";

test("what is no JavaScript is said to be unread, with the rest read", () => {
  const good = `const { S3Client, GetObjectCommand } = require("@aws-sdk/client-s3"); exports.handler = () => new S3Client().send(new GetObjectCommand({ Bucket: "b" }));`;
  const summary = readCode(
    [
      { path: "broken.js", text: "function (" },
      { path: "page.js", text: "<!doctype html><html></html>" },
      { path: "index.js", text: good },
    ],
    {},
  );
  expect(operations(summary)).toEqual(["s3.GetObject"]);
  expect(summary.unread.map(({ file }) => file)).toEqual(["broken.js", "page.js"]);
  expect(summary.files).toBe(1);
});

test("nesting without end is unread, and no crash", () => {
  const depth = 60_000;
  expect(read(`${"[".repeat(depth)}${"]".repeat(depth)}`).unread).toEqual([{ file: "index.mjs", why: "nested too deeply" }]);
  expect(read(`x = ${"a+".repeat(depth)}a`).calls).toEqual([]);
});

test("names that objects of the reader have themselves are names like others", () => {
  const summary = read(`
    import { __proto__, constructor, toString } from "@aws-lambda-powertools/parameters/ssm";
    const o = { __proto__: null, constructor: 1 };
    __proto__(); constructor(); toString(o.__proto__, o["constructor"]);`);
  expect(summary.calls).toEqual([]);
  expect(summary.unread).toEqual([]);
});

test("what defines itself by itself ends", () => {
  expect(
    read(`import "@aws-sdk/client-s3"; let a = b, b = a; function f() { return f(); } const c = f(a).send(new b.X()); c.d = c; c.d.e();`)
      .calls,
  ).toEqual([]);
});

test("a file that the handler never loads does not count, or weakly where something is loaded by a name of run time", () => {
  const other = { path: "other.js", text: `const s3 = require("@aws-sdk/client-s3"); new s3.ListBucketsCommand({});` };
  expect(readCode([{ path: "index.js", text: `exports.handler = () => 1;` }, other], { handler: "index.handler" }).calls).toEqual([]);
  const open = readCode([{ path: "index.js", text: `exports.handler = (event) => require("./" + event.name).run();` }, other], {
    handler: "index.handler",
  });
  expect(open.calls.map(({ operation, confidence }) => [operation, confidence])).toEqual([["ListBuckets", "low"]]);
});

test("code of packages, tests and declarations of types is not wanted", () => {
  expect(["index.mjs", "src/a.ts", "lib/b.cjs"].every((path) => wantsFile(path, 1000))).toBe(true);
  expect(["node_modules/a/index.js", "a.d.ts", "a.test.ts", "__tests__/a.js", "a.json", "a.py"].some((path) => wantsFile(path, 1000))).toBe(
    false,
  );
  expect(wantsFile("index.js", 12_000_001)).toBe(false);
});

test("minified code weighs twice, but for bundles with the SDK inside, of which most is not looked at", () => {
  const line = "a.b(c);";
  expect(weightOf(`${line}\n`.repeat(100))).toBe(800);
  expect(weightOf(line.repeat(100))).toBe(1400);
  expect(weightOf("a.middlewareStack;b.resolveMiddleware();".repeat(10))).toBe(400);
  expect(weightOf(`process.env.AWS_NODEJS_CONNECTION_REUSE_ENABLED;${line.repeat(100)}`)).toBe(748);
});

test("an SDK of version 2 in a bundle, and modules left as texts for eval, are said not to be followed", () => {
  const call = `const { S3Client, GetObjectCommand } = require("@aws-sdk/client-s3"); new S3Client().send(new GetObjectCommand({ Bucket: "b" }));`;
  const bundled = read(`${call} if (process.env.AWS_NODEJS_CONNECTION_REUSE_ENABLED) agent();`);
  expect(operations(bundled)).toEqual(["s3.GetObject"]);
  expect(bundled.unresolved.map(({ what }) => what)).toEqual(["what is called through version 2 of the SDK that is bundled in"]);
  const texts = read(`eval("module.exports = 1;\\n//# sourceURL=webpack://shop/./src/index.js?");`);
  expect(texts.unread.map(({ why }) => why)).toEqual(["its modules are texts for eval (webpack's development mode)"]);
  expect(read(call).unresolved).toEqual([]);
});

test("marks of version 2 of the SDK, one behind the other, are not looked around without end", { timeout: 20_000 }, () => {
  const program = `const AWS = require("aws-sdk"); exports.handler = () => new AWS.S3().listBuckets(); x("AWS_NODEJS_CONNECTION_REUSE_ENABLED");`;
  expect(operations(read(`${program}${"a.apiLoader;".repeat(250_000)}`))).toEqual(["s3.ListBuckets"]);
});
