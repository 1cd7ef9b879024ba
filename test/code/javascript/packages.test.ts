import { describe, expect, test } from "vitest";
import { wantsMore } from "../../../shared/code/javascript/more-packages.ts";
import { packagesAmong } from "../../../shared/code/javascript/packages.ts";
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

test("nothing of node_modules is wanted before it is known what is loaded", () => {
  const paths = ["node_modules/left-pad/index.js", "node_modules/@acme/db/a.js", "nodejs/node_modules/db/package.json", "package.json"];
  expect(paths.filter((path) => wantsFile(path, 1000))).toEqual([]);
  expect(wantsFile("src/index.js", 1000)).toBe(true);
});

/** What is read of a zip with these files, in the order in which it is asked for. */
async function wanted(files: Readonly<Record<string, string>>, given = ["index.js"]): Promise<string[]> {
  const below = async (folders: readonly string[]) =>
    Object.entries(files).flatMap(([path, text]) =>
      folders.some((one) => path.startsWith(`${one}/`)) ? [{ path, bytes: text.length }] : [],
    );
  const known = given.map((path) => ({ path, text: files[path] ?? "" }));
  for (let before = -1; before !== known.length; ) {
    before = known.length;
    for (const path of await wantsMore(known, below))
      if (!known.some((one) => one.path === path)) known.push({ path, text: files[path] ?? "" });
  }
  return known.slice(given.length).map(({ path }) => path.replace("node_modules/", ""));
}

const long = `const { S3 } = require("@aws-sdk/client-s3");${" ".repeat(100_000)}`;
const far = `${long}${" ".repeat(2_000_000)}`;
const published = { repository: "github:others/tool", main: "lib/a.js" };
const asking = JSON.stringify({ ...published, peerDependencies: { "@aws-sdk/client-s3": "^3" } });

describe("of packages in node_modules is read", () => {
  test.each<[string, string, Record<string, string>, string[]]>([
    ["a small one without a package.json", "lib", { "lib/index.js": "1", "lib/README.md": "", "lib/a.d.ts": "1" }, ["lib/index.js"]],
    ["a small one in one go", "lib", { "lib/package.json": "{}", "lib/index.js": "1" }, ["lib/package.json", "lib/index.js"]],
    [
      "a large one that says nothing of where it is published",
      "lib",
      { "lib/package.json": "{}", "lib/a.js": long },
      ["lib/package.json", "lib/a.js"],
    ],
    ["a large published one that uses the SDK", "lib", { "lib/package.json": asking, "lib/a.js": long }, ["lib/package.json", "lib/a.js"]],
    [
      "of one that is too large the folder in which it begins",
      "lib",
      { "lib/package.json": asking, "lib/lib/a.js": long, "lib/umd/a.js": far },
      ["lib/package.json", "lib/lib/a.js"],
    ],
    ["what it begins with of several packages under one scope", "@a/lib", { "@a/lib/i.js": "1", "@a/spare/i.js": "1" }, ["@a/lib/i.js"]],
    ["sources where nothing was made of them", "lib", { "lib/src/a.ts": "1", "lib/src/a.test.ts": "1" }, ["lib/src/a.ts"]],
    [
      "what a package loads, beside it and within it",
      "a",
      { "a/i.js": 'require("b");require("c")', "a/node_modules/b/i.js": "1", "c/i.js": "1", "d/i.js": "1" },
      ["a/i.js", "a/node_modules/b/i.js", "c/i.js"].map((path) => path.replace("node_modules/", "")),
    ],
  ])("%s", async (_, name, files, paths) => {
    const inFolder = Object.fromEntries(Object.entries(files).map(([path, text]) => [`node_modules/${path}`, text]));
    expect((await wanted({ "index.js": `require("${name}")`, ...inFolder })).map((path) => path.replace("node_modules/", ""))).toEqual(
      paths,
    );
  });

  test.each<[string, string, Record<string, string>, string[]]>([
    [
      "a large published one that says nothing of the SDK",
      "lib",
      { "lib/package.json": JSON.stringify(published), "lib/lib/a.js": long },
      ["lib/package.json"],
    ],
    ["one that is too large whatever it is", "lib", { "lib/package.json": asking, "lib/lib/a.js": far }, ["lib/package.json"]],
    ["one that everybody knows", "axios", { "axios/package.json": "{}", "axios/i.js": "1" }, []],
    ["one of a scope that everybody knows", "@middy/core", { "@middy/core/i.js": "1" }, []],
    ["one that is known to ask AWS", "dynamoose", { "dynamoose/i.js": "1" }, []],
    ["one that nobody loads", "other", { "lib/i.js": "1" }, []],
  ])("no code of %s", async (_, name, files, paths) => {
    const inFolder = Object.fromEntries(Object.entries(files).map(([path, text]) => [`node_modules/${path}`, text]));
    expect(await wanted({ "index.js": `require("${name}")`, ...inFolder })).toEqual(paths);
  });

  test("of a layer whatever may ask AWS, since others load it", async () => {
    const files = {
      "nodejs/node_modules/lib/i.js": "1",
      "nodejs/node_modules/axios/i.js": "1",
      "nodejs/node_modules/lib/node_modules/x/i.js": "1",
    };
    expect(await wanted(files, [])).toContain("nodejs/lib/i.js");
    expect(await wanted(files, [])).not.toContain("nodejs/axios/i.js");
  });
});

describe("a package in node_modules without a scope", () => {
  const get = `const { DynamoDBClient, GetItemCommand } = require("@aws-sdk/client-dynamodb");
    exports.get = () => new DynamoDBClient().send(new GetItemCommand({ TableName: "orders" }));`;
  const index = { path: "index.js", text: `const { get } = require("orders-lib"); exports.handler = () => get();` };

  test("is followed into, also through one that names nothing of AWS", () => {
    const files = [
      { path: "index.js", text: `const a = require("a"); exports.handler = () => a();` },
      { path: "node_modules/a/index.js", text: `const { get } = require("orders-lib/sub"); module.exports = () => get();` },
      { path: "node_modules/orders-lib/package.json", text: `{ "exports": { "./*": { "import": "./e/*.mjs", "require": "./r/*.js" } } }` },
      { path: "node_modules/orders-lib/r/sub.js", text: get },
    ];
    expect(operations(read(...files))).toEqual(["dynamodb.GetItem"]);
  });

  test("that others publish is weaker evidence", () => {
    const package_ = { path: "node_modules/orders-lib/package.json", text: `{ "homepage": "https://orders.example" }` };
    const code = { path: "node_modules/orders-lib/index.js", text: get };
    expect(read(index, code).calls.map(({ confidence }) => confidence)).toEqual(["high"]);
    expect(read(index, code, package_).calls.map(({ confidence }) => confidence)).toEqual(["medium"]);
  });

  test.each<[string, object, string | undefined, string[]]>([
    [
      "could not be read and uses the SDK",
      { ...published, dependencies: { "aws-sdk": "2" } },
      undefined,
      ["what the package orders-lib asks for"],
    ],
    ["could not be read and may be of the own people", {}, undefined, ["what the package orders-lib asks for"]],
    [
      "uses the SDK in a way that is not understood",
      published,
      `const { S3 } = require("@aws-sdk/client-s3"); exports.get = () => run(S3);`,
      ["what the package orders-lib asks for"],
    ],
    ["was only tested with the SDK", { ...published, devDependencies: { "aws-sdk": "2" } }, undefined, []],
    ["has nothing to do with it", published, undefined, []],
    ["has only a word of it", published, `exports.get = () => process.env.AWS_REGION;`, []],
  ])("that %s leaves the need open or does not", (_, manifest, code, open) => {
    const files = [index, { path: "node_modules/orders-lib/package.json", text: JSON.stringify(manifest) }];
    const more = code === undefined ? [] : [{ path: "node_modules/orders-lib/lib/a.js", text: code }];
    expect(read(...files, ...more).unresolved.map(({ what }) => what)).toEqual(open);
  });
});

describe("code that was made to be costly", () => {
  test("by naming more packages, deeper than anybody loads, is not looked behind", async () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `require("p${i}")`).join("\n");
    const asked = wantsMore([{ path: `${"a/".repeat(2000)}index.js`, text }], async () => []);
    await expect(asked).rejects.toThrow("it names more packages than anybody loads");
  });

  test("by many names and as many folders is looked behind all the same", { timeout: 20_000 }, async () => {
    const text = Array.from({ length: 60_000 }, (_, i) => `require("p${i}")`).join("\n");
    const listed = Array.from({ length: 50_000 }, (_, i) => ({ path: `node_modules/p${i + 20_000}/x.js`, bytes: 10 }));
    const wanted = await wantsMore([{ path: "a/b/c/d/index.js", text }], async () => listed);
    expect(wanted).toHaveLength(40_000);
  });

  test("by packages that load each other in a row is gone through in a time that grows with their number", { timeout: 20_000 }, () => {
    const files = Array.from({ length: 8000 }, (_, i) => [
      { path: `node_modules/p${i}/package.json`, text: "{}" },
      { path: `node_modules/p${i}/index.js`, text: `require("${i === 7999 ? "@aws-sdk/client-s3" : `p${i + 1}`}");${"x = 1;".repeat(40)}` },
    ]);
    expect(packagesAmong(files.flat()).files).toHaveLength(8000);
  });
});
