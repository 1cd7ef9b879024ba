import { describe, expect, test } from "vitest";
import { readCode } from "../../../shared/code/javascript/read-code.ts";

function open(text: string, path = "index.js", handler?: string) {
  const { unresolved } = readCode([{ path, text }], handler ? { handler } : {});
  return unresolved.map(({ what }) => what);
}

describe("a published package that asks AWS itself", () => {
  test.each([
    ["is required", `const m = require("dynamoose"); exports.handler = () => m.model("User", {}).get("1");`, "dynamoose"],
    ["is imported", `import { Entity } from "electrodb"; export const handler = () => new Entity({}).get({}).go();`, "electrodb"],
    ["is of a scope", `import { Table } from "@typedorm/core"; export const handler = () => new Table({});`, "@typedorm/core"],
    [
      "is loaded by a path in it",
      `const { Table } = require("dynamodb-toolbox/table"); exports.handler = () => Table;`,
      "dynamodb-toolbox",
    ],
    ["is loaded late", `exports.handler = async () => (await import("sqs-consumer")).Consumer.create({});`, "sqs-consumer"],
    [
      "is of a family",
      `const S = require("@dazn/lambda-powertools-sqs-client"); exports.handler = () => S;`,
      "@dazn/lambda-powertools-sqs-client",
    ],
    ["lies outside of a bundle", `var r=(i=>{throw i}),n=require("dynamoose");exports.handler=()=>n.model("a",{}).get(1);`, "dynamoose"],
  ])("makes the need not wholly known where it %s", (_, text, name) => {
    expect(open(text)).toEqual([`what the package ${name} asks for`]);
  });

  test("is told once, beside the calls that are known", () => {
    const text = `import d from "dynamoose"; import { Item } from "dynamoose/dist/Item"; import { SNS } from "@aws-sdk/client-sns";
      export const handler = () => new SNS({}).publish({ Message: d.model("a", Item) });`;
    const { calls, unresolved } = readCode([{ path: "index.mjs", text }], { handler: "index.handler" });
    expect(calls.map(({ operation }) => operation)).toEqual(["Publish"]);
    expect(unresolved).toEqual([{ what: "what the package dynamoose asks for", at: "index.mjs:1" }]);
  });

  test("leaves nothing open where only a text or a comment names it, or a file that nobody loads", () => {
    expect(open(`// once "dynamoose"\nexports.handler = () => console.log("dynamoose");`)).toEqual([]);
    const files = [
      { path: "index.js", text: `const { SNS } = require("@aws-sdk/client-sns"); exports.handler = () => new SNS({}).publish({});` },
      { path: "old.js", text: `require("dynamoose");` },
    ];
    expect(readCode(files, { handler: "index.handler" }).unresolved).toEqual([]);
  });

  test("is no package whose name only begins like it", () => {
    expect(open(`require("dynamoose-logger"); require("./dynamoose"); exports.handler = () => 1;`)).toEqual([]);
  });

  test.each([
    [`const { SES } = require("@aws-sdk/client-ses"); const t = require("nodemailer").createTransport({ SES: { ses: new SES({}) } });`, 1],
    [`const { SNS } = require("@aws-sdk/client-sns"); const t = require("nodemailer").createTransport({ host: "mail.example" });`, 0],
  ])("is nodemailer where it sends by SES: %s", (text, count) => {
    expect(open(`${text} exports.handler = () => t.sendMail({});`)).toHaveLength(count);
  });
});
