import { describe, expect, test } from "vitest";
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

describe("a name that AWS takes where none is given", () => {
  const sdk = `
    import { EventBridgeClient, PutEventsCommand, PutRuleCommand } from "@aws-sdk/client-eventbridge";
    import { CreateScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
    import { AthenaClient, StartQueryExecutionCommand } from "@aws-sdk/client-athena";
    const bus = new EventBridgeClient({}); const plans = new SchedulerClient({}); const query = new AthenaClient({});
    const entry = { Source: "shop", DetailType: "sold", Detail: "{}" };`;
  const asked = (call: string) => needed(read(`${sdk}\nexport const handler = async (event) => { ${call} };`));

  test.each<[string, string, string]>([
    ["is taken for events", "await bus.send(new PutEventsCommand({ Entries: [entry, { ...entry }] }));", "PutEvents default"],
    [
      "is taken for what a function makes",
      "const made = () => entry; await bus.send(new PutEventsCommand({ Entries: event.map(made) }));",
      "PutEvents default",
    ],
    ["is taken for a query", 'await query.send(new StartQueryExecutionCommand({ QueryString: "x" }));', "StartQueryExecution primary"],
    [
      "is not, where the request says another",
      "await bus.send(new PutEventsCommand({ Entries: [{ ...entry, EventBusName: event.bus }] }));",
      "PutEvents *",
    ],
    ["is not, where nothing is known of the request", "await bus.send(new PutEventsCommand(event));", "PutEvents *"],
    ["is not, where arguments are spread", "await bus.send(new PutEventsCommand(...event));", "PutEvents *"],
    ["is not, where nothing is known of the list", "await bus.send(new PutEventsCommand({ Entries: event.entries }));", "PutEvents *"],
    ["is not, where one of the list is unknown", "await bus.send(new PutEventsCommand({ Entries: [entry, event.last] }));", "PutEvents *"],
    [
      "is not, where unknown members are joined",
      "await bus.send(new PutEventsCommand({ Entries: [{ ...event, ...entry }] }));",
      "PutEvents *",
    ],
    [
      "is not, where a member is named at run time",
      "const one = { ...entry }; one[event.key] = 1; await bus.send(new PutEventsCommand({ Entries: [one] }));",
      "PutEvents *",
    ],
    [
      "is not, for a query with settings of the caller's",
      "await query.send(new StartQueryExecutionCommand({ ...event, QueryString: 'x' }));",
      "StartQueryExecution *",
    ],
  ])("%s", (_, call, expected) => {
    expect(asked(call).map((one) => one.replace(/arn:.*\//, ""))).toContain(expected);
  });

  test("leaves rules of any bus, and schedules of any group, where the name is not told", () => {
    expect(asked('await bus.send(new PutRuleCommand({ Name: "nightly", EventBusName: event.bus }));')).toEqual([
      "PutRule arn:aws:events:*:*:rule/*/nightly arn:aws:events:*:*:rule/nightly",
    ]);
    const [plan] = asked('await plans.send(new CreateScheduleCommand({ Name: "n", GroupName: event.group }));');
    expect(plan).toBe("CreateSchedule arn:aws:scheduler:*:*:schedule/*/n");
  });
});
