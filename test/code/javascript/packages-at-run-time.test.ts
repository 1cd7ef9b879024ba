import { describe, expect, test } from "vitest";
import { readCode } from "../../../shared/code/javascript/read-code.ts";

const open = (files: Readonly<Record<string, string>>, handler = "index.handler") =>
  readCode(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    { handler },
  ).unresolved.map(({ what, at }) => `${at}: ${what}`);
const loaded = (at: string) => `${at}: a package of the SDK named at run time`;

describe("a package of the SDK that is named at run time leaves the need open", () => {
  test.each([
    [
      "required by a template",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the program that is read
      "exports.handler = ({ area, verb, input }) => { const kit = require(`@aws-sdk/client-${area}`); const [C] = Object.values(kit).filter((one) => one.name.endsWith('Client')); return new C({}).send(new kit[verb](input)); };",
    ],
    [
      "imported by a sum",
      `exports.handler = async (e) => { const kit = await import("@aws-sdk/client-" + e.area); return Reflect.construct(kit[e.verb], [e.input]); };`,
    ],
    [
      "of the second version",
      `exports.handler = (e) => { const Kit = require("aws-sdk/clients/" + e.area); return new Kit()[e.verb](e.input).promise(); };`,
    ],
    [
      "kept in an object in between",
      `class Errand { constructor(area) { this.kit = "@aws-sdk/client-".concat(area); } run(verb, input) { const kit = require(this.kit); return ask(kit, verb, input); } }
      const ask = (kit, verb, input) => Object.values(kit)[0].prototype.send.call({}, kit[verb], input);
      exports.handler = (e) => new Errand(e.area).run(e.verb, e.input);`,
    ],
  ])("%s", (_, text) => {
    const [first = "", ...others] = open({ "index.js": text });
    expect(others.filter((one) => !/named at run time/.test(one))).toEqual([]);
    expect(first).toMatch(/^index\.js:\d+: .*named at run time$/);
  });

  test("in another file of the program than that which begins its name", () => {
    const files = {
      "index.js": `const { load } = require("./load"); exports.handler = (e) => load("@aws-sdk/client-" + e.area);`,
      "load.js": "exports.load = (name) => require(name);",
    };
    expect(open(files)).toEqual([loaded("load.js:1")]);
  });
});

describe("nothing is open where", () => {
  test.each([
    [
      "something else is loaded by a name of run time",
      `const { S3Client } = require("@aws-sdk/client-s3"); const s3 = new S3Client({}); exports.handler = (e) => require("./views/" + e.view).render(s3.config);`,
    ],
    [
      "such a name is only looked at",
      `const ours = (name) => !name.startsWith("@aws-sdk/"); exports.handler = (e) => e.dependencies.filter(ours);`,
    ],
  ])("%s", (_, text) => {
    expect(open({ "index.js": text })).toEqual([]);
  });

  test("a package of others loads a plugin, while the program looks at names of the SDK's packages", () => {
    const files = {
      "index.js": `const view = require("view"); exports.handler = (e) => view(e.name.replace("@aws-sdk/", ""));`,
      "node_modules/view/package.json": `{ "name": "view", "main": "index.js" }`,
      "node_modules/view/index.js": `const AWS = "AWS"; module.exports = (engine) => require(engine)(AWS);`,
    };
    expect(open(files)).toEqual([]);
  });
});
