import { describe, expect, test } from "vitest";
import { operations, parameters, read } from "./reading.ts";

describe("commands of SDK v3", () => {
  test("count where they are created, also renamed, held in classes and loaded the older way", () => {
    const summary = read(`
      import { DynamoDBClient as Db, GetItemCommand as Get } from "@aws-sdk/client-dynamodb";
      const sqs = require("@aws-sdk/client-sqs");
      class Orders {
        constructor() { this.db = new Db({}); }
        get(id) { return this.db.send(new Get({ TableName: process.env.TABLE, Key: { id } })); }
        tell(body) { return new sqs.SQSClient({}).send(new sqs.SendMessageCommand({ QueueUrl: process.env["QUEUE_URL"], MessageBody: body })); }
      }
      export const handler = (event) => new Orders().get(event.id);`);
    expect(operations(summary)).toEqual(["dynamodb.GetItem", "sqs.SendMessage"]);
    expect(parameters(summary)).toEqual(["Key=*", "MessageBody=*", "QueueUrl=$QUEUE_URL", "TableName=$TABLE"]);
    expect(summary.calls.map(({ at }) => at)).toEqual(["index.mjs:6", "index.mjs:7"]);
  });

  test("do not count where they are only imported", () => {
    expect(
      operations(
        read(
          `import { GetItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb"; export const handler = () => new DynamoDBClient({});`,
        ),
      ),
    ).toEqual([]);
  });

  test("of lib-dynamodb are called as the API calls the operation", () => {
    const summary = read(`
      import { BatchWriteCommand, DynamoDBDocument, DynamoDBDocumentClient, TransactGetCommand } from "@aws-sdk/lib-dynamodb";
      const db = DynamoDBDocumentClient.from(client);
      await db.send(new BatchWriteCommand({ RequestItems: { orders: [], [process.env.AUDIT]: [] } }));
      await db.send(new TransactGetCommand({ TransactItems: [{ Get: { TableName: "stock", Key: {} } }] }));
      await DynamoDBDocument.from(client).delete({ TableName: "old" });`);
    expect(operations(summary)).toEqual(["dynamodb.BatchWriteItem", "dynamodb.DeleteItem", "dynamodb.TransactGetItems"]);
    expect(parameters(summary).filter((one) => one.startsWith("TableName"))).toEqual([
      "TableName=$AUDIT",
      "TableName=old",
      "TableName=orders",
      "TableName=stock",
    ]);
  });
});

test("a middleware asks when it is made, however its module is loaded", () => {
  const asked = ["secretsmanager.GetSecretValue", "ssm.GetParameters"];
  const use = (ssm: string, secrets: string) =>
    `exports.handler = middy(async () => {}).use(${ssm}({ fetchData: { url: "/url" } })).use(${secrets}({ fetchData: { key: "key" } }));`;
  const plain = `const ssm = require("@middy/ssm"); const secrets = require("@middy/secrets-manager"); ${use("ssm", "secrets")}`;
  const compiled = `const __toESM = (module) => module;
    const __importDefault = (this && this.__importDefault) || function (module) { return module.__esModule ? module : { default: module }; };
    const ssm = __importDefault(require("@middy/ssm")), secrets = __toESM(require("@middy/secrets-manager"));
    ${use("(0, ssm.default)", "(0, secrets.default)")}`;
  for (const text of [plain, compiled]) expect(operations(read(text))).toEqual(asked);
  expect(operations(read(`const ssm = require("@middy/ssm"); exports.handler = () => ssm;`))).toEqual([]);
});
