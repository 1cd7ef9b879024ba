/** Runs the statements of docs/queries.md as a person would paste them, and the store itself, on AWS's own emulator. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DynamoDBClient, ExecuteStatementCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ExecuteStatementCommand as ExecuteDocumentStatement } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DynamodbStore } from "../../shared/store/dynamodb-store.ts";
import { openTable, tableDefinition } from "../../shared/store/table.ts";
import { account, region } from "./account.ts";
import { startDynamodbLocal } from "./dynamodb-local.ts";
import { aFinding, anEntry, remember } from "./remembered.ts";

const tableName = "SmallTarget-Table4F2A";

/** The statements under each heading, as a shell hands them to the AWS CLI. */
function cookbook(): Map<string, string[]> {
  const page = readFileSync(join(import.meta.dirname, "../../docs/queries.md"), "utf8");
  const sections = page.split(/^## /m).slice(1);
  const recipes = sections.map((section): [string, string[]] => {
    const commands = [...section.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block]) => block).join("\n");
    const said = execFileSync("sh", ["-c", `aws() { printf '%s\\0' "$4"; }\n${commands}`], { env: { TABLE: tableName }, encoding: "utf8" });
    return [section.split("\n", 1)[0] ?? "", said.split("\0").slice(0, -1)];
  });
  return new Map(recipes.filter(([, statements]) => statements.length > 0));
}

const recipes = cookbook();
const statements = [...recipes.values()].flat();

test("the cookbook answers the questions it promises", () => {
  expect([...recipes].map(([question, { length }]) => [question, length])).toEqual([
    ["What is open and critical?", 1],
    ["What is mine?", 1],
    ["What changed since a day?", 2],
    ["What do we know about one function?", 2],
    ["Which functions are quiet, and for how long?", 1],
    ["Everything one rule found, and one finding by its id", 2],
  ]);
});

test.each(statements)("pins the partition key of what it reads: %s", (statement) => {
  const from = statement.match(/ FROM "(?<table>[^"]+)"(?:\."(?<index>[^"]+)")? WHERE "?(?<key>\w+)"? (?:=|IN) /)?.groups;
  expect(from?.table).toBe(tableName);
  const index = tableDefinition.indexes.find(({ name }) => name === from?.index);
  expect(from?.key).toBe(from?.index ? index?.partitionKey : tableDefinition.partitionKey);
});

const local = await startDynamodbLocal();

describe.runIf(local)("on DynamoDB Local", () => {
  // where there is none the block is read all the same, and skipped
  const client = local?.client ?? new DynamoDBClient({});
  const store = new DynamodbStore(client, tableName);
  const orders = aFinding();
  const findings = [
    orders,
    aFinding({ rule: "lambda/timing-out", severity: "CRITICAL" }),
    aFinding({ name: "old-critical", severity: "CRITICAL", changedAt: "2026-10-01T03:00:00.000Z", owner: { team: "core" } }),
    aFinding({ name: "resolved", severity: "CRITICAL", status: "RESOLVED", changedAt: "2026-11-22T03:00:00.000Z" }),
    aFinding({ name: "orders-api-v2", severity: "LOW", changedAt: "2026-11-20T00:00:00.000Z", owner: {} }),
  ];

  beforeAll(async () => {
    await openTable(client, tableName, { create: true });
    await remember(store, ...findings);
    const { lastActiveDay, firstActiveDay, ...never } = anEntry({ name: "never" });
    const { readFromDay, ...unread } = { ...never, name: "unread", arn: "unread" };
    const entries = [anEntry(), anEntry({ name: "quiet", lastActiveDay: 20_200 }), never, unread];
    await store.saveLedger(account, region, entries, "2026-11-24T02:00:00.000Z");
    // what a scan of the table would have to wade through
    const filler = Array.from({ length: 400 }, (_, i) =>
      anEntry({ name: `fn-${i}`, region: "us-east-1", days: Buffer.alloc(3000).toString("base64") }),
    );
    await store.saveLedger(account, "us-east-1", filler, undefined);
  });
  afterAll(() => local?.stop());

  async function answers(statement: string): Promise<unknown[]> {
    const { Items } = await DynamoDBDocumentClient.from(client).send(new ExecuteDocumentStatement({ Statement: statement }));
    return (Items ?? []).map(({ resourceName, resourceArn }) => resourceName ?? resourceArn);
  }

  test.each<[string, string[][]]>([
    ["What is open and critical?", [["old-critical", "orders-api"]]],
    ["What is mine?", [["orders-api", "orders-api"]]],
    [
      "What changed since a day?",
      [
        ["orders-api-v2", "resolved", "orders-api", "orders-api"],
        ["orders-api", "orders-api", "resolved"],
      ],
    ],
    ["What do we know about one function?", [[orders.resource.arn], ["orders-api", "orders-api"]]],
    ["Which functions are quiet, and for how long?", [["never", "quiet"]]],
    ["Everything one rule found, and one finding by its id", [["old-critical", "resolved", "orders-api", "orders-api-v2"], ["orders-api"]]],
  ])("%s", async (question, expected) => {
    const found = await Promise.all((recipes.get(question) ?? []).map(answers));
    // across several partitions DynamoDB promises no order
    const arranged = (names: unknown[]) => (question === "What changed since a day?" ? names.toSorted() : names);
    expect(found.map(arranged)).toEqual(expected.map(arranged));
  });

  /** True when everything was found among the first `looks` items that DynamoDB looked at. A scan meets the filler first. */
  async function endsWithin(looks: number, statement: string): Promise<boolean> {
    return (await client.send(new ExecuteStatementCommand({ Statement: statement, Limit: looks }))).NextToken === undefined;
  }

  test.each(statements)("reads no more than its answer: %s", async (statement) => {
    expect(await endsWithin(10, statement)).toBe(true);
  });

  test("a statement that pins no partition key is found out", async () => {
    expect(await endsWithin(10, `SELECT * FROM "${tableName}" WHERE resourceName = 'orders-api'`)).toBe(false);
    expect(await endsWithin(10, `SELECT * FROM "${tableName}"."byLastUse" WHERE lastUsedAt < '2026-08-26'`)).toBe(false);
  });

  test("the store reads the same there as on dynalite", async () => {
    expect((await store.findings(account, [region])).toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
      findings.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
    expect((await store.openFindings(account)).map(({ severity }) => severity)).toEqual(["CRITICAL", "CRITICAL", "HIGH", "LOW"]);
    expect(await store.findingById(orders.id)).toEqual(orders);
    expect(await store.findingsOfTeam("payments")).toHaveLength(2);
    expect(await store.findingsChangedSince("2026-11-20")).toHaveLength(4);
    expect((await store.ledger(account, region)).entries.get(anEntry().arn)).toEqual(anEntry());
    expect(await store.saveFindings([{ finding: orders, previousVersion: undefined }])).toHaveLength(1);
    expect(await store.acquireLock(account, "S-1", 60)).toBe("acquired");
    expect(await store.acquireLock(account, "S-2", 60)).toMatchObject({ scanId: "S-1" });
    expect(await store.renewLock(account, "S-2", 60)).toBe(false);
    const state = await store.saveState(account, await store.state(account));
    expect(await store.state(account)).toEqual(state);
  });
});
