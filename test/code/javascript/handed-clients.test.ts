import { describe, expect, test } from "vitest";
import { readCode } from "../../../shared/code/javascript/read-code.ts";
import { operations } from "./reading.ts";

const head = `const { DynamoDBClient, GetItemCommand } = require("@aws-sdk/client-dynamodb"); const { S3 } = require("@aws-sdk/client-s3");
  const client = new DynamoDBClient({}); const s3 = new S3({});
`;

function read(text: string) {
  return readCode([{ path: "index.js", text: head + text }], { handler: "index.handler" });
}

const open = (text: string) => read(text).unresolved.map(({ what, client }) => `${client}: ${what}`);
const told = (name: string, client: string) => `${client}: what the package ${name} does with a client of ${client}`;

describe("a client that is handed to a package that nobody knows leaves the need of its service open", () => {
  test.each<[string, string, string[]]>([
    ["a function", `const { wrap } = require("odd"); exports.handler = () => wrap(client).load("1");`, [told("odd", "dynamodb")]],
    ["the package itself", `const odd = require("odd/store"); exports.handler = () => odd(client);`, [told("odd", "dynamodb")]],
    [
      "a constructor, in its settings",
      `import { Store } from "@odd/store"; export const s = new Store({ aws: { client }, bucket: "b" });`,
      [told("@odd/store", "dynamodb")],
    ],
    [
      "something that it made",
      `const odd = require("odd"); const app = odd.create(); app.use([client, s3]);`,
      [told("odd", "dynamodb"), told("odd", "s3")],
    ],
    [
      "the class above",
      `const { Base } = require("odd"); class Orders extends Base { constructor() { super(client); } } exports.o = new Orders();`,
      [told("odd", "dynamodb")],
    ],
    ["a module of a default", `const odd = __importDefault(require("odd")); odd.default.init(client);`, [told("odd", "dynamodb")]],
    [
      "what is loaded late",
      `exports.handler = async () => { const { run } = await import("odd"); return run({ client }); };`,
      [told("odd", "dynamodb")],
    ],
    ["its way of sending, bound", `require("odd").init(client.send.bind(client));`, [told("odd", "dynamodb")]],
    [
      "its way of sending, in a function",
      `require("odd").init({ send: 1 }, (command) => client.send(command));`,
      [told("odd", "dynamodb")],
    ],
    [
      "a package outside of a bundle of webpack",
      `var t = { 7: (e) => { e.exports = require("odd"); } }, n = (i) => { var m = { exports: {} }; t[i](m, m.exports, n); return m.exports; };
      const o = n(7); o.open(client);`,
      [told("odd", "dynamodb")],
    ],
  ])("as an argument of %s", (_, text, what) => {
    expect(open(text)).toEqual(what);
  });
});

describe("nothing is open where a client is handed to", () => {
  test.each([
    ["a tracer", `const { captureAWSv3Client } = require("aws-xray-sdk-core"); const c = captureAWSv3Client(client);`],
    [
      "a tracer of Powertools",
      `const { Tracer } = require("@aws-lambda-powertools/tracer"); const c = new Tracer().captureAWSv3Client(client);`,
    ],
    ["the SDK", `const { DynamoDBDocumentClient } = require("@aws-sdk/lib-dynamodb"); const c = DynamoDBDocumentClient.from(client);`],
    ["a container", `const { container } = require("tsyringe"); container.register("db", { useValue: client }); const c = client;`],
    [
      "a middleware",
      `const middy = require("@middy/core"); const c = client; middy(() => 1).use({ before: (request) => { request.internal.client = client; } });`,
    ],
    ["a function of the program", `const wrap = (c) => c; const c = wrap(client);`],
    ["a method of a list or a map", `const list = []; list.push(client); const c = client; new Map().set("a", client);`],
    [
      "a client of version 2 by its own module",
      `const c = client; const ses = new (require("aws-sdk/clients/ses"))(); require("util").promisify(ses.sendEmail.bind(ses));`,
    ],
    ["Node itself", `const { promisify } = require("util"); const c = client; promisify(s3);`],
  ])("%s", (_, text) => {
    const summary = read(`${text} exports.handler = () => c.send(new GetItemCommand({ TableName: "orders" }));`);
    expect(operations(summary)).toEqual(["dynamodb.GetItem"]);
    expect(summary.unresolved).toEqual([]);
  });

  test("a package that has nothing to do with the SDK and gets what only sends commands", () => {
    const manifest = { path: "node_modules/odd/package.json", text: `{ "homepage": "https://odd.example" }` };
    const handing = (what: string) => ({ path: "index.js", text: `${head} require("odd").set(${what}); exports.handler = () => 1;` });
    expect(readCode([handing("client"), manifest], {}).unresolved).toEqual([]);
    expect(readCode([handing("s3"), manifest], {}).unresolved).toHaveLength(1);
    expect(readCode([handing("client")], {}).unresolved).toHaveLength(1);
  });

  test("a package that is read", () => {
    const store = {
      path: "node_modules/odd/index.js",
      text: `exports.wrap = (c) => ({ load: () => c.getObject({ Bucket: "b", Key: "k" }) });`,
    };
    const text = `${head} const { wrap } = require("odd"); exports.handler = () => wrap(s3).load();`;
    const { unresolved } = readCode(
      [
        { path: "index.js", text },
        { ...store, text: `// AWS\n${store.text}` },
      ],
      { handler: "index.handler" },
    );
    expect(unresolved).toEqual([]);
  });
});
