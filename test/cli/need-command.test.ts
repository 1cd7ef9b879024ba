import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { buildProgram } from "../../cli/program.ts";
import type { OfflineNeed } from "../../shared/permissions/need-offline.ts";
import { aZip } from "../artifacts/a-zip.ts";
import { captureOutput } from "./captured-output.ts";
import { aFolder } from "./run-command.ts";

const folder = aFolder();
const printed = captureOutput();
afterAll(() => folder.remove());

/** Writes files under a folder of their own; answers its path. */
function written(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder.path, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return join(folder.path, name);
}

async function need(...args: string[]): Promise<OfflineNeed> {
  await buildProgram().parseAsync(["need", ...args, "--output", "json"], { from: "user" });
  return JSON.parse(printed.out) as OfflineNeed;
}

const orders = `import { DynamoDBClient, GetItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
const client = new DynamoDBClient({});
export const handler = async (event) => {
  await client.send(new GetItemCommand({ TableName: process.env.TABLE, Key: { id: { S: event.id } } }));
  await client.send(new GetItemCommand({ TableName: "stock", Key: { id: { S: event.id } } }));
  return client.send(new QueryCommand({ TableName: "orders", IndexName: "byDate" }));
};
`;
const python = `import boto3
queue = boto3.client("sqs")
def handler(event, context):
    queue.send_message(QueueUrl="https://sqs.eu-west-1.amazonaws.com/111122223333/jobs", MessageBody="x")
`;
const table = "arn:aws:dynamodb:*:*:table/";
const variable = (name: string) => `\${env:${name}}`;

/** A function with two packages of its own workspace, and one that it does not load. */
const workspace = {
  "index.mjs": `import { orders } from "@acme/orders";\nexport const handler = () => orders("a");`,
  "node_modules/@acme/orders/package.json": `{ "exports": "./src/index.js" }`,
  "node_modules/@acme/orders/src/index.js": `import { topic } from "@acme/topics";\n${orders}export const orders = (id) => handler({ id }).then(topic);`,
  "node_modules/@acme/topics/index.js": `import { log } from "audit-lib";\nimport { SNS } from "@aws-sdk/client-sns";\nexport const topic = () => log("a") && new SNS({}).publish({ TopicArn: "arn:aws:sns:eu-west-1:111122223333:a" });`,
  "node_modules/audit-lib/lib/index.js": `const { Firehose } = require("@aws-sdk/client-firehose");\nexports.log = (Record) => new Firehose({}).putRecord({ DeliveryStreamName: "audit", Record });`,
  "node_modules/audit-lib/package.json": `{ "main": "./lib/index.js", "devDependencies": { "vitest": "5" } }`,
  "node_modules/@acme/spare/index.js": `import { SQS } from "@aws-sdk/client-sqs";\nexport const purge = () => new SQS({}).purgeQueue({});`,
};

describe("need", () => {
  test("reads a file: one row an action, with all resources and where each is called", async () => {
    const { actions, unresolved } = await need(join(written("file", { "orders.mjs": orders }), "orders.mjs"));
    expect(actions).toEqual([
      {
        action: "dynamodb:GetItem",
        resources: [`${table}${variable("TABLE")}`, `${table}stock`],
        source: "code: GetItem at orders.mjs:4; code: GetItem at orders.mjs:5",
        confidence: "high",
      },
      { action: "dynamodb:Query", resources: [`${table}orders/index/byDate`], source: "code: Query at orders.mjs:6", confidence: "high" },
    ]);
    expect(unresolved).toEqual([]);
  });

  test.each(["folder", "zip"])(
    "goes into packages of the own people that code of a %s loads, and into those that these load",
    async (kind) => {
      const path = written("workspace", workspace);
      const zip = `${path}.zip`;
      writeFileSync(zip, aZip(Object.entries(workspace).map(([name, content]) => ({ name, content: Buffer.from(content) }))));
      const { actions } = await need(kind === "zip" ? zip : path);
      expect(actions.map(({ action }) => action)).toEqual(["dynamodb:GetItem", "dynamodb:Query", "firehose:PutRecord", "sns:Publish"]);
    },
  );

  test("finds packages of a workspace in node_modules above the folder, also where they are links to where they are written", async () => {
    const root = written("monorepo", {
      "packages/api/index.mjs": `import { orders } from "orders-lib";\nexport const handler = () => orders("a");`,
      "packages/orders/src/index.ts": `${orders}export const orders = (id: string) => handler({ id });`,
      "packages/orders/package.json": `{ "main": "dist/index.js", "dependencies": { "@aws-sdk/client-dynamodb": "^3" } }`,
      "node_modules/readme.md": "",
    });
    symlinkSync(join(root, "packages/orders"), join(root, "node_modules/orders-lib"));
    const { actions, unresolved } = await need(join(root, "packages/api"));
    expect(actions.map(({ action }) => action)).toEqual(["dynamodb:GetItem", "dynamodb:Query"]);
    expect(unresolved).toEqual([]);
  });

  test("goes into packages that package.json names by their folder, and says which of the workspace are not there", async () => {
    const root = written("named", {
      "api/package.json": `{ "dependencies": { "orders-lib": "file:../orders", "gone-lib": "workspace:*", "axios": "^1", "unused-lib": "link:../nowhere" } }`,
      "api/index.mjs": `import { orders } from "orders-lib"; import "gone-lib"; import "axios";\nexport const handler = () => orders("a");`,
      "orders/index.mjs": `${orders}export const orders = (id) => handler({ id });`,
      "orders/package.json": `{ "exports": "./index.mjs" }`,
    });
    const { actions, unresolved } = await need(join(root, "api"));
    expect(actions.map(({ action }) => action)).toEqual(["dynamodb:GetItem", "dynamodb:Query"]);
    expect(unresolved).toEqual(["what the package gone-lib asks for, which is not installed here, at index.mjs:1"]);
  });

  test("goes into packages beside a file that is named alone", async () => {
    const { actions } = await need(join(written("alone", workspace), "index.mjs"));
    expect(actions.map(({ action }) => action)).toContain("firehose:PutRecord");
  });

  test("leaves open what a package asks for that is too large to be read", async () => {
    const path = written("large", {
      "index.js": `const { store } = require("s3-anything");\nexports.handler = () => store();`,
      "node_modules/s3-anything/package.json": `{ "repository": "x/y", "dependencies": { "@aws-sdk/client-s3": "^3" } }`,
      "node_modules/s3-anything/index.js": `const { S3 } = require("@aws-sdk/client-s3");${" ".repeat(2_500_000)}`,
    });
    expect(await need(path)).toEqual({ actions: [], unresolved: ["what the package s3-anything asks for at index.js:1"] });
  });

  test("reads a folder in both languages, without tests and what others wrote", async () => {
    const path = written("both", {
      "src/orders.mjs": orders,
      "app.py": python,
      "src/orders.test.mjs": orders.replaceAll("GetItem", "DeleteItem"),
      "node_modules/x/index.js": orders.replaceAll("GetItem", "PutItem"),
    });
    const { actions } = await need(path);
    expect(actions.map(({ action }) => action)).toEqual(["dynamodb:GetItem", "dynamodb:Query", "sqs:SendMessage"]);
    expect(actions[2]?.resources).toEqual(["arn:aws:sqs:eu-west-1:111122223333:jobs"]);
  });

  test("takes an empty file in a folder for what it is", async () => {
    const content = `import boto3\ndef handler(event, context):\n    boto3.client("sns").publish(TopicArn="arn:aws:sns:eu-west-1:111122223333:a")\n`;
    const path = written("empty", { "src/__init__.py": "", "src/app.py": content });
    const { actions, unresolved } = await need(path, "--runtime", "python3.13");
    expect([actions.map(({ action }) => action), unresolved]).toEqual([["sns:Publish"], []]);
  });

  test("takes an empty file in a zip for what it is: nothing that could not be read", async () => {
    const content = `import boto3\ndef handler(event, context):\n    boto3.client("sns").publish(TopicArn="arn:aws:sns:eu-west-1:111122223333:a")\n`;
    const files = [
      { name: "src/__init__.py", content: Buffer.alloc(0) },
      { name: "src/app.py", content: Buffer.from(content) },
    ];
    writeFileSync(join(folder.path, "empty.zip"), aZip(files));
    const { actions, unresolved } = await need(join(folder.path, "empty.zip"), "--runtime", "python3.13");
    expect([actions.map(({ action }) => action), unresolved]).toEqual([["sns:Publish"], []]);
  });

  test("reads a zip as it is deployed", async () => {
    writeFileSync(join(folder.path, "code.zip"), aZip([{ name: "orders.mjs", content: Buffer.from(orders) }]));
    const { actions } = await need(join(folder.path, "code.zip"), "--runtime", "nodejs24.x");
    expect(actions.map(({ action }) => action)).toEqual(["dynamodb:GetItem", "dynamodb:Query"]);
  });

  test("says what it cannot tell, and shows a page", async () => {
    const path = written("dynamic", {
      "index.mjs": `import * as s3 from "@aws-sdk/client-s3";\nconst client = new s3.S3Client({});\nexport const handler = (event) => client[event.method]({ Bucket: "b" });\nexport const other = () => client.send(new s3["Inve" + "ntedCommand"]({}));\n`,
    });
    await buildProgram().parseAsync(["need", path], { from: "user" });
    expect(printed.out).toMatch(/COULD NOT BE TOLD: more may be needed than is listed\n {2}\S/);
  });

  test.each([
    ["what is not there", () => join(folder.path, "nothing"), [], /there is no .*nothing/],
    ["what holds no code", () => written("texts", { "readme.md": "# hello" }), [], /there is no code in .*texts that can be read/],
    [
      "a runtime that nobody reads",
      () => written("java", { "index.mjs": orders }),
      ["--runtime", "java21"],
      /runtime java21 cannot be read/,
    ],
    ["a zip that is none", () => join(written("broken", { "code.zip": "not a zip" }), "code.zip"), [], /code\.zip cannot be read: /],
  ])("refuses %s", async (_, path, args, message) => {
    await expect(need(path(), ...args)).rejects.toThrow(message);
  });
});

describe("code that is too large to be read leaves the need open", () => {
  const huge = `// ${"x".repeat(13_000_000)}`;
  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ["beside code that was read", { "index.mjs": orders, "vendor.js": huge }, ["dynamodb:GetItem", "dynamodb:Query"]],
    ["where there is nothing else", { "vendor.js": huge }, []],
  ])("%s", async (name, files, actions) => {
    const answer = await need(written(`huge ${name}`, files));
    expect(answer.actions.map(({ action }) => action)).toEqual(actions);
    expect(answer.unresolved).toEqual([`vendor.js could not be read: ${huge.length} bytes, which is not read`]);
  });
});
