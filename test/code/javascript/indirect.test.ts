import { describe, expect, test } from "vitest";
import { readCode } from "../../../shared/code/javascript/read-code.ts";
import { operations } from "./reading.ts";

function read(...texts: readonly string[]) {
  return readCode(
    texts.map((text, n) => ({ path: n === 0 ? "index.js" : `m${n}.js`, text })),
    { handler: "index.handler" },
  );
}

const client = `const sdk = require("@aws-sdk/client-dynamodb"); const d = new sdk.DynamoDB({});`;

describe("a function that is all that a module gives gets what it is called with", () => {
  const factory =
    "module.exports = (sdk) => { const c = new sdk.SNSClient({}); return { tell: () => c.send(new sdk.PublishCommand({})) }; };";
  test.each([
    ["where it is loaded", `const n = require("./m1")(require("@aws-sdk/client-sns")); exports.handler = () => n.tell();`, factory],
    ["by a name", `const make = require("./m1"); exports.handler = () => make(require("@aws-sdk/client-sns")).tell();`, factory],
    [
      "as the default of an ES module",
      `import make from "./m1.js"; import * as sns from "@aws-sdk/client-sns"; export const handler = () => make(sns).tell();`,
      factory,
    ],
    [
      "in a module that esbuild wrapped",
      `var w=(f,m)=>()=>(m||f((m={exports:{}}).exports,m),m.exports);var q=w((e,t)=>{t.exports=s=>{const c=new s.SNSClient({});return{tell:()=>c.send(new s.PublishCommand({}))}}});var n=q()(require("@aws-sdk/client-sns"));exports.handler=()=>n.tell();`,
      "",
    ],
    [
      "in a table of webpack",
      `(()=>{var t={12:e=>{e.exports=s=>{const c=new s.SNSClient({});return{tell:()=>c.send(new s.PublishCommand({}))}}},33:(e,t,n)=>{var r=n(12)(n(40));t.handler=()=>r.tell()},40:e=>{e.exports=require("@aws-sdk/client-sns")}},m={};function o(i){var a=m[i];if(a!==undefined)return a.exports;var r=m[i]={exports:{}};return t[i](r,r.exports,o),r.exports}module.exports=o(33)})();`,
      "",
    ],
  ])("%s", (_, text, other) => {
    expect(operations(read(text, other))).toEqual(["sns.Publish"]);
  });

  test("and not what another module of the kind is called with", () => {
    const summary = read(
      `const { SNS } = require("@aws-sdk/client-sns"); const { SQS } = require("@aws-sdk/client-sqs");
       const a = require("./m1")(new SNS({})); const b = require("./m2")(new SQS({})); exports.handler = () => [a.run(), b.run()];`,
      "module.exports = (c) => ({ run: () => c.publish({}) });",
      "module.exports = (c) => ({ run: () => c.sendMessage({}) });",
    );
    expect(operations(summary)).toEqual(["sns.Publish", "sqs.SendMessage"]);
  });
});

describe("an operation that is one of a few written names", () => {
  test.each([
    ["of a list gone through", "for (const v of ['get', 'put']) exports[v] = (i) => d[v + 'Item'](i);"],
    ["of a list that a method goes through", "['getItem', 'putItem'].forEach((m) => { exports[m] = (i) => d[m](i); });"],
    ["of a table", "const t = { a: 'getItem', b: 'putItem' }; exports.handler = (e) => d[t[e.kind]](e);"],
    ["of a table to which more is put", "const t = { a: 'getItem' }; t.b = 'putItem'; exports.handler = (e) => d[t[e.kind]](e);"],
    ["of the keys of a table", "const t = { getItem: 1, putItem: 2 }; for (const m of Object.keys(t)) exports[m] = (i) => d[m](i);"],
    ["of pairs", "for (const [name, m] of [['a', 'getItem'], ['b', 'putItem']]) exports[name] = (i) => d[m](i);"],
    ["of objects", "exports.handler = () => [{ m: 'getItem' }, { m: 'putItem' }].map(({ m }) => d[m]({}));"],
    ["of commands", "const c = new sdk.DynamoDBClient({}); for (const n of ['GetItem', 'PutItem']) c.send(new sdk[n + 'Command']({}));"],
  ])("is each of them: %s", (_, text) => {
    const summary = read(`${client} ${text}`);
    expect(operations(summary)).toEqual(["dynamodb.GetItem", "dynamodb.PutItem"]);
    expect(summary.unresolved).toEqual([]);
  });

  test.each([
    ["a list that others fill", "exports.handler = (e) => e.names.map((m) => d[m]({}));"],
    ["a list of which a part is not known", "for (const m of ['getItem', process.argv[2]]) d[m]({});"],
    ["a list that holds another one", "exports.handler = (e) => { for (const m of ['getItem', ...e.more]) d[m]({}); };"],
    [
      "a table to which unknown names are put",
      "const t = { a: 'getItem' }; exports.handler = (e) => { t.b = e.op; return d[t[e.kind]](e); };",
    ],
    ["too long a list", `for (const m of [${Array.from({ length: 9 }, (_, n) => `'get${n}'`)}]) d[m]({});`],
  ])("stays open where it is of %s", (_, text) => {
    const summary = read(`${client} ${text}`);
    expect(operations(summary)).toEqual([]);
    expect(summary.unresolved.map(({ what }) => what)).toEqual(["an operation of dynamodb named at run time"]);
  });
});

test.each([
  ["f.apply", "exports.handler = (e) => d.getItem.apply(d, [{ TableName: 'orders' }]);"],
  ["Reflect.apply", "exports.handler = (e) => Reflect.apply(d.getItem, d, [{ TableName: 'orders' }]);"],
  ["Reflect.get", "exports.handler = (e) => Reflect.get(d, 'getItem').call(d, { TableName: 'orders' });"],
  ["Reflect.construct", "exports.handler = (e) => d.send(Reflect.construct(sdk.GetItemCommand, [{ TableName: 'orders' }]));"],
  ["a client that is constructed so", "exports.handler = () => Reflect.construct(sdk.DynamoDB, [{}]).getItem({ TableName: 'orders' });"],
])("a call in other words names its request too: %s", (_, text) => {
  const { calls } = read(`${client} ${text}`);
  expect(calls.map(({ operation, parameters }) => [operation, parameters])).toEqual([
    ["GetItem", [expect.objectContaining({ name: "TableName" })]],
  ]);
});

test("a name that is unknown stays open where it is called in other words", () => {
  expect(read(`${client} exports.handler = (e) => d[e.op].apply(d, [e]);`).unresolved).toHaveLength(1);
});

test("a variable called Reflect is the program's own", () => {
  expect(operations(read(`${client} const Reflect = { apply() {} }; exports.handler = () => Reflect.apply(d.getItem, d, [{}]);`))).toEqual(
    [],
  );
});
