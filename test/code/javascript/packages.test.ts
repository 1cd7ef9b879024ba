import { describe, expect, test } from "vitest";
import { type CodeFile, readCode } from "../../../shared/code/javascript/read-code.ts";
import { wantsFile } from "../../../shared/code/javascript/wanted.ts";
import { operations } from "./reading.ts";

const db = "node_modules/@acme/db";
const manifest = { path: `${db}/package.json`, text: JSON.stringify({ main: "lib/index.js" }) };
const store = {
  path: `${db}/lib/index.js`,
  text: `const { DynamoDBClient, GetItemCommand } = require("@aws-sdk/client-dynamodb"); const wipe = require("./wipe");
    exports.open = (C) => { const c = new DynamoDBClient({}); return { get: () => c.send(new GetItemCommand({ TableName: "orders" })), run: (i) => c.send(new C(i)) }; };`,
};
const unused = {
  path: `${db}/lib/admin.js`,
  text: `const { DynamoDB } = require("@aws-sdk/client-dynamodb"); exports.drop = () => new DynamoDB({}).deleteTable({ TableName: "orders" });`,
};
const handler = {
  path: "index.js",
  text: `const { open } = require("@acme/db"); const { PutItemCommand } = require("@aws-sdk/client-dynamodb");
    exports.handler = () => open(PutItemCommand).run({ TableName: "orders" });`,
};

function read(...files: readonly CodeFile[]) {
  return readCode(files, { handler: "index.handler" });
}

describe("a package of the function's own people in node_modules", () => {
  test("is followed into, and only what is loaded of it counts", () => {
    const summary = read(handler, manifest, store, unused);
    expect(operations(summary)).toEqual(["dynamodb.GetItem", "dynamodb.PutItem"]);
    expect(summary.unread).toEqual([]);
  });

  test("counts for nothing where nobody loads it", () => {
    const other = {
      path: "index.js",
      text: `const { SNS } = require("@aws-sdk/client-sns"); exports.handler = () => new SNS({}).publish({});`,
    };
    expect(operations(read(other, manifest, store, unused))).toEqual(["sns.Publish"]);
    expect(operations(readCode([other, manifest, store, unused], {}))).toEqual(["sns.Publish"]);
  });

  test.each([
    ["what exports say", { exports: { ".": { types: "./a.d.ts", require: "./lib/index.js" } } }],
    ["its index", {}],
    ["its index where its package.json is broken", "{"],
  ])("begins with %s", (_, content) => {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    const begin = "exports" in Object(content) ? store : { ...store, path: `${db}/index.js` };
    expect(operations(read(handler, { path: manifest.path, text }, begin))).toEqual(["dynamodb.GetItem", "dynamodb.PutItem"]);
  });

  test("counts as a whole in a layer, where nobody can be seen to load it", () => {
    const layer = [manifest, store, unused].map(({ path, text }) => ({ path: `nodejs/${path}`, text }));
    expect(operations(readCode(layer, {}))).toEqual(["dynamodb.DeleteTable", "dynamodb.GetItem"]);
  });
});

test("of node_modules only files of such packages are wanted, and where each begins", () => {
  const own = ["node_modules/@acme/db/a.js", "nodejs/node_modules/@acme/db/dist/a.mjs", "node_modules/@acme/db/package.json"];
  expect(own.filter((path) => wantsFile(path, 1000))).toEqual(own);
  const others = [
    "left-pad/index.js",
    "@aws-sdk/client-s3/a.js",
    "@middy/core/a.js",
    "@acme/db/a.d.ts",
    "@acme/db/a.ts",
    "@acme/db/README.md",
  ];
  const nested = "node_modules/@acme/db/node_modules/@acme/other/a.js";
  expect([...others.map((path) => `node_modules/${path}`), nested, "package.json"].filter((path) => wantsFile(path, 1000))).toEqual([]);
  expect(wantsFile("node_modules/@acme/db/a.js", 2_000_000)).toBe(false);
});
