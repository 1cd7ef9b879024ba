import { expect, test } from "vitest";
import type { CodeSummary } from "../../../shared/model/code.ts";
import { codeNeed } from "../../../shared/permissions/need-code.ts";
import { anywhere, noEnvironment } from "../../../shared/permissions/need-request.ts";
import { read } from "./reading.ts";

const imports = `
  import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
  import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
  import { BatchWriteCommand, DynamoDBDocumentClient, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
  const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const put = (order) => ({ Put: { TableName: "orders", Item: order } });
  function take(id) { return { Delete: { TableName: "stock", Key: { id } } }; }`;

const shortened = (arn: string) => arn.replace(/^arn:.*?(table|event-bus)\//, "");
const needed = (summary: CodeSummary) =>
  codeNeed(summary, { environment: noEnvironment, place: anywhere, source: "code" })
    .needs.map(({ action, resources }) => `${action.replace(/^\w+:/, "")} ${resources.map(shortened).join(" ")}`)
    .toSorted();

const both = ["DeleteItem stock", "PutItem orders"];

test.each<[string, string, readonly string[]]>([
  ["made by functions", "const items = [put(1), take(2)];", both],
  ["of another list", "const items = event.map((one) => put(one));", ["PutItem orders"]],
  ["by a function with a name", "const items = event.map(put);", ["PutItem orders"]],
  ["several of each", "const items = event.flatMap((one) => [put(one), take(one)]).filter(Boolean);", both],
  ["joined", "const items = [put(1)].concat(event.map((one) => take(one)));", both],
  ["spread", "const items = [...event.map((one) => put(one)), take(2)];", both],
  ["put in one by one", "const items = []; for (const one of event) items.push(put(one)); items.push(take(2));", both],
  ["put in at once", "const items = []; items.push(...event.map((one) => put(one)), take(2));", both],
])("the writes of a transaction whose list is %s are told, each with its table", (_, list, expected) => {
  const program = `${imports}\nexport const handler = async (event) => { ${list} await db.send(new TransactWriteCommand({ TransactItems: items })); };`;
  expect(needed(read(program))).toEqual(expected);
});

test("the writes that a class gathers are told", () => {
  const program = `${imports}
    class Work {
      items = [];
      add(order) { this.items.push(put(order)); return this; }
      take(id) { this.items.push(take(id)); return this; }
      commit() { return db.send(new TransactWriteCommand({ TransactItems: this.items })); }
    }
    export const handler = (event) => new Work().add(event).take(1).commit();`;
  expect(needed(read(program))).toEqual(both);
});

const any = ["ConditionCheckItem *", "DeleteItem *", "PutItem *", "UpdateItem *"];

test.each<[string, string]>([
  ["spread", "const items = [put(1), ...event.more];"],
  ["put in", "const items = [put(1)]; items.push(event.more);"],
  ["joined", "const items = [put(1)].concat(event.more);"],
  ["of a function that is not told", "const items = [put(1), event.make()];"],
])("a list that also holds what is not told, %s, may write anything", (_, list) => {
  const program = `${imports}\nexport const handler = async (event) => { ${list} await db.send(new TransactWriteCommand({ TransactItems: items })); };`;
  expect(needed(read(program))).toEqual([...any, "PutItem orders"].toSorted());
});

test("tables of a batch that get their name when it is put together are told", () => {
  const program = `${imports}
    export const handler = async (event) => {
      const requests = {};
      requests.orders = event.map((one) => ({ PutRequest: { Item: one } }));
      requests[process.env.STOCK] = [];
      await db.send(new BatchWriteCommand({ RequestItems: requests }));
    };`;
  expect(needed(read(program))).toEqual([`BatchWriteItem ${noEnvironment.unknown("STOCK")} orders`]);
});

test("the bus of events made of a list is told, and is not the default one", () => {
  const program = `${imports}
    export const handler = (event) =>
      new EventBridgeClient({}).send(new PutEventsCommand({ Entries: event.map((one) => ({ EventBusName: "shop", Detail: one })) }));`;
  expect(needed(read(program))).toEqual(["PutEvents shop"]);
});

test.each<[string, string]>([
  ["spread", "let items = []; for (const one of event) items = [...items, put(one)];"],
  ["joined", "let items = []; for (const one of event) items = items.concat(put(one));"],
  [
    "kept in a map",
    "const held = new Map(); for (const one of event) held.set(1, [...(held.get(1) ?? []), put(one)]); const items = held.get(1);",
  ],
  ["put into itself", "const items = [put(1)]; items.push(...items);"],
])("a list that holds what it held before, %s, ends", (_, list) => {
  const program = `${imports}\nexport const handler = async (event) => { ${list} await db.send(new TransactWriteCommand({ TransactItems: items })); };`;
  const summary = read(program);
  expect(summary.unread).toEqual([]);
  expect(needed(summary)).toContain("PutItem orders");
});

test("names of a list that holds itself end, too", () => {
  const program = `import { SSMClient, GetParametersCommand } from "@aws-sdk/client-ssm";
    export const handler = (event) => { let names = ["/a"]; names = [...names, "/b"]; return new SSMClient({}).send(new GetParametersCommand({ Names: names })); };`;
  expect(read(program).calls.map(({ operation }) => operation)).toContain("GetParameters");
});
