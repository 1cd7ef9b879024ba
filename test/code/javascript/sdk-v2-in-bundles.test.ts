// The shapes in which bundlers leave version 2 of the SDK, shortened to what tells; checked against bundles made with aws-sdk 2.1693.
import { describe, expect, test } from "vitest";
import { withoutModels } from "../../../shared/code/javascript/models-of-v2.ts";
import { analyzerFor } from "../../../shared/scan/analyzers.ts";
import { operations, parameters, read } from "./reading.ts";

type Bundle = (modules: Readonly<Record<string, string>>, program: string) => string;

/** Modules of the SDK; `$name` loads one, `$exports` is what a module gives. */
const sdk = {
  core: `var A = { util: $util, Service: {}, apiLoader: { services: {} } }; $exports = A; A.S = process.env.AWS_NODEJS_CONNECTION_REUSE_ENABLED;`,
  util: `$exports = { inherit: function () {} };`,
  request: `var A = $core; A.Response = A.util.inherit({ nextPage: function () { return this.request.service.makeRequest(this.operation, {}); } });`,
  upload: `var A = $core; A.S3.ManagedUpload = A.util.inherit({ start: function () { this.service.createMultipartUpload({}); } });`,
  parser: `var A = $core, shape = A.Model.Shape; P.prototype.parse = function (x) { new A.S3().parseString(x); };`,
  credentials: `var A = $core, sts = $sts; A.ChainableTemporaryCredentials = A.util.inherit({ load: function () { new sts().assumeRole({}); } });`,
  ...Object.fromEntries(
    ["S3", "SNS", "STS", "DynamoDB"].map((name) => {
      const id = name.toLowerCase();
      return [
        id,
        `var A = $core, s = A.apiLoader; s.services["${id}"] = {}; A.${name} = A.Service.defineService("${id}", ["2006-03-01"]); $exports = A.${name};`,
      ];
    }),
  ),
};

const written = (text: string, load: (name: string) => string, given: string) =>
  text.replaceAll("$exports", given).replaceAll(/\$(\w+)/g, (_, name: string) => load(name));

const esbuild: Bundle = (modules, program) => {
  const load = (name: string) => `require_${name}()`;
  const wrapped = Object.entries(modules).map(
    ([name, text]) => `var require_${name} = __commonJS({ "${name}.js"(exports, module) { ${written(text, load, "module.exports")} } });`,
  );
  return `var __commonJS = (cb, mod) => function () { return mod || (0, cb[Object.keys(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports; };
    ${wrapped.join("\n")}\n${written(program, load, "module.exports")}`;
};

const webpack: Bundle = (modules, program) => {
  const ids = Object.keys(modules);
  const load = (name: string) => `n(${ids.indexOf(name) + 7})`;
  const table = Object.values(modules).map((text, i) => `${i + 7}: (e, t, n) => { ${written(text, load, "e.exports")} }`);
  // as long as such a bundle is at least, in one function
  return `(() => { var t = { ${table.join(",\n")} }, m = {}; function n(i) { var o = m[i] = { exports: {} }; return t[i].call(o.exports, o, o.exports, n), o.exports; }
    ${written(program, load, "module.exports")}; ${"/* ".padEnd(160_000, "x")} */ })();`;
};

const rollup: Bundle = (modules, program) => {
  const load = (name: string) => `require_${name}()`;
  const wrapped = Object.entries(modules).map(
    ([name, text]) =>
      `var has_${name}, it_${name}; function require_${name}() { if (has_${name}) return it_${name}; has_${name} = 1; ${written(text, load, `it_${name}`)} return it_${name}; }`,
  );
  return `${wrapped.join("\n")}\n${written(program, load, "module.exports")}`;
};

describe.each<[string, Bundle]>([
  ["esbuild", esbuild],
  ["webpack", webpack],
  ["rollup", rollup],
])("version 2 of the SDK in a bundle of %s", (_, bundle) => {
  test("is read by what the program calls of it, and not by what it calls of itself", () => {
    const notify = `var S = $sns, s = new S(); $exports = { notify: (m) => s.publish({ TopicArn: process.env.TOPIC, Message: m }).promise() };`;
    const program = `var B = $s3, s3 = new B(), { notify } = $notify, db = new ($dynamodb).DocumentClient();
      module.exports.handler = async (e) => { await s3.putObject({ Bucket: "a", Key: "b" }).promise(); db.get({ TableName: "orders" }, () => notify(e)); };`;
    const summary = read(bundle({ ...sdk, notify }, program), "index.js");
    expect(operations(summary)).toEqual(["dynamodb.GetItem", "s3.PutObject", "sns.Publish"]);
    expect(parameters(summary)).toEqual(["Bucket=a", "Key=b", "Message=*", "TableName=orders", "TopicArn=$TOPIC"]);
    expect(summary.unresolved).toEqual([]);
  });

  test("leaves the need of a service open of which no call is found, and of all where none is found", () => {
    const some = read(bundle(sdk, `var B = $s3; new B().listBuckets(); run($sns);`), "index.js");
    expect(some.unresolved.map(({ client }) => client).toSorted()).toEqual(["dynamodb", "sns"]);
    const none = read(bundle(sdk, `run($s3);`), "index.js");
    expect(none.unresolved).toEqual([{ what: "what is called through version 2 of the SDK that is bundled in", at: "index.js:1" }]);
  });
});

describe("what version 2 of the SDK knows of services", () => {
  const sdkInside = `process.env.AWS_NODEJS_CONNECTION_REUSE_ENABLED;`;
  const model = `{"version":"2.0","metadata":{"apiVersion":"2012-08-10","endpointPrefix":"it's"},"operations":{"Get":{"input":{"a":["}"]}}}}`;

  test.each([
    ["an object", `module.exports = ${model.replaceAll(",", ",\n")};`, `module.exports = {\n\n\n};`],
    ["an object of a minifier", `e.exports={version:"2.0",metadata:{a:"b"},shapes:{A:{type:"list"}}}})`, `e.exports={}})`],
    ["a text", `e.exports=JSON.parse('${model.replace("'", "\\'")}')`, `e.exports=JSON.parse('{}')`],
    ["a text behind a note", `x = /*#__PURE__*/JSON.parse(\`{"pagination":{}}\`)`, `x = /*#__PURE__*/JSON.parse(\`{}\`)`],
    ["pages", `var a={pagination:{List:{limit_key:"Max"}}},b=1;`, `var a={},b=1;`],
    ["what can be waited for", `e.exports={version:2,waiters:{Exists:{delay:20}}}`, `e.exports={}`],
  ])("is left out as %s", (_, text, expected) => {
    expect(withoutModels(sdkInside + text)).toBe(sdkInside + expected);
    expect(withoutModels(text)).toBe(text);
  });

  test.each([
    ["does something", `e.exports={version:2,waiters:{wait:function(){return s3.getObject()}}};`],
    ["does something in a method", `e.exports={pagination:{next(s3) { return s3.getObject(); }}};`],
    ["calls something", `e.exports={version:"2.0",metadata:await s3.getObject(params).promise()};`],
    ["is somebody else's", `const settings = { pagination: { size: 10 }, table: "orders", job: "deleteItem" };`],
    ["does not end", `e.exports={pagination:{`],
    ["is a text that does not end", `e.exports=JSON.parse('{"pagination":{}}\\'`],
  ])("is left where it is where it %s", (_, text) => {
    expect(withoutModels(sdkInside + text)).toBe(sdkInside + text);
  });

  test("is looked for in no time where a text only looks like it", () => {
    const begins = `={version:"2.0",metadata:`.repeat(20_000);
    const started = performance.now();
    for (const text of [begins, `${begins}does()${"}".repeat(20_000)}`]) expect(withoutModels(sdkInside + text)).toBe(sdkInside + text);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test("does not count where so much code is read and no more, and keeps the rest from being read no longer", async () => {
    const text = esbuild(
      { ...sdk, model: `module.exports = { version: "2.0", metadata: { a: "${"a".repeat(4_000_000)}" }, operations: { } }` },
      `var B = $s3; module.exports.handler = () => new B().putObject({ Bucket: "a" }, () => $model);`,
    );
    const analyzer = analyzerFor("nodejs24.x");
    expect(analyzer?.wantsFile("index.js", 11_900_000)).toBe(true);
    const summary = await analyzer?.read([{ path: "index.js", text }], {});
    expect(summary).toMatchObject({ calls: [{ client: "s3", operation: "PutObject" }], unread: [] });
  });
});
