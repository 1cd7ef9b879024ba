import { DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { toFunctionItem } from "../../shared/store/function-item.ts";
import { functionKey } from "../../shared/store/keys.ts";
import { localTableName } from "../../shared/store/local-table.ts";
import { account, region } from "./account.ts";
import { refused, withFault } from "./faults.ts";
import { aFinding, anEntry, aStore, remember } from "./remembered.ts";

const readUntil = "2026-11-24T02:00:00.000Z";

test("a Region that was never read has an empty ledger", async () => {
  const { store } = await aStore();
  expect(await store.ledger(account, region)).toEqual({ region, entries: new Map() });
});

test("entries come back as they went, by ARN, and findings do not get among them", async () => {
  const { store } = await aStore();
  const bare = { ...anEntry({ name: "Bare_1" }), days: "" };
  const full = anEntry({
    goneAt: "2026-11-22T03:00:00.000Z",
    recreatedAt: "2026-11-23T03:00:00.000Z",
    stalledAt: "2026-11-23T03:00:00.000Z",
    switchedOffSince: "2026-11-23T03:00:00.000Z",
    codeSha256: "abc=",
    codeChangedDay: 20_600,
  });
  const odd = anEntry({ name: "odd", days: "not base64!" });
  await remember(store, aFinding());
  await store.saveLedger(account, region, [bare, full, odd], readUntil);
  expect(await store.ledger(account, region)).toEqual({
    region,
    readUntil,
    entries: new Map([bare, full, odd].map((entry) => [entry.arn, entry])),
  });
  expect((await store.ledger(account, "eu-west-2")).entries.size).toBe(0);
});

test("packed days are stored as bytes, beside attributes that a person can read", async () => {
  const { store, client } = await aStore();
  await store.saveLedger(account, region, [anEntry()], undefined);
  const documents = DynamoDBDocumentClient.from(client);
  const { Item } = await documents.send(
    new GetCommand({ TableName: localTableName, Key: { ...functionKey(account, region, "orders-api") } }),
  );
  expect(Item?.days).toEqual(new Uint8Array([1, 2, 3, 250]));
  expect(Item).toMatchObject({ kind: "function", resourceName: "orders-api", timeoutSeconds: 10, lastUsedAt: "2026-11-23", account });
});

test("functions are indexed by last use: never seen first, unknown last, gone not at all", async () => {
  const { store, client } = await aStore();
  const { lastActiveDay, firstActiveDay, ...quiet } = anEntry({ name: "never" });
  const { readFromDay, ...unread } = { ...quiet, name: "unread" };
  await store.saveLedger(
    account,
    region,
    [anEntry(), anEntry({ name: "old", lastActiveDay: 20_200 }), quiet, unread, anEntry({ name: "gone", goneAt: readUntil })],
    readUntil,
  );
  const { Items } = await DynamoDBDocumentClient.from(client).send(
    new QueryCommand({
      TableName: localTableName,
      IndexName: "byLastUse",
      KeyConditionExpression: "account = :account",
      ExpressionAttributeValues: { ":account": account },
    }),
  );
  expect(Items?.map((item) => [item.resourceName, item.lastUsedAt])).toEqual([
    ["never", "0000-00-00"],
    ["old", "2025-04-22"],
    ["orders-api", "2026-11-23"],
    ["unread", "unknown"],
  ]);
});

test("thousands of entries, many pages long, come back whole", async () => {
  const { store } = await aStore();
  const days = Buffer.alloc(2500, 7).toString("base64");
  const entries = Array.from({ length: 1000 }, (_, i) => anEntry({ name: `fn-${i}`, days }));
  await store.saveLedger(account, region, entries, readUntil);
  const ledger = await store.ledger(account, region);
  expect(ledger.entries.size).toBe(1000);
  expect(ledger.entries.get(entries[737]?.arn ?? "")).toEqual(entries[737]);
  expect(ledger.readUntil).toBe(readUntil);
});

test("what DynamoDB leaves out of a batch is sent again", async () => {
  const { store, client } = await aStore();
  const entries = [1, 2, 3, 4, 5].map((i) => anEntry({ name: `fn-${i}` }));
  const sizes: number[] = [];
  withFault(client, "BatchWriteItemCommand", async (send, count, request) => {
    const items: unknown[] = JSON.parse(new TextDecoder().decode(request.body)).RequestItems[localTableName];
    sizes.push(items.length);
    // the first two requests lose all but two, as under a throttle
    const left = count <= 2 ? items.splice(2) : [];
    request.body = new TextEncoder().encode(JSON.stringify({ RequestItems: { [localTableName]: items } }));
    request.headers["content-length"] = String(request.body.length);
    const { response, output } = await send();
    const leftOut = entries.slice(entries.length - left.length).map((entry) => ({ PutRequest: { Item: toFunctionItem(account, entry) } }));
    return { response, output: { ...output, UnprocessedItems: leftOut.length > 0 ? { [localTableName]: leftOut } : {} } };
  });
  await store.saveLedger(account, region, entries, readUntil);
  expect(sizes).toEqual([5, 3, 1]);
  expect((await store.ledger(account, region)).entries.size).toBe(5);
});

test("the same function twice in one write counts once, the later one", async () => {
  const { store } = await aStore();
  await store.saveLedger(account, region, [anEntry({ lastActiveDay: 1 }), anEntry({ lastActiveDay: 2 })], readUntil);
  expect([...(await store.ledger(account, region)).entries.values()].map(({ lastActiveDay }) => lastActiveDay)).toEqual([2]);
});

test("writing entries without a time leaves the Region's time as it was", async () => {
  const { store } = await aStore();
  await store.saveLedger(account, region, [], readUntil);
  await store.saveLedger(account, region, [anEntry()], undefined);
  expect(await store.ledger(account, region)).toMatchObject({ readUntil, entries: new Map([[anEntry().arn, anEntry()]]) });
});

test("a crash between writes leaves the Region as read no further than before", async () => {
  const { store, client } = await aStore();
  await store.saveLedger(account, region, [anEntry()], "2026-11-23T02:00:00.000Z");
  withFault(client, "BatchWriteItemCommand", async (send, count) => {
    if (count === 2) throw refused();
    return await send();
  });
  const entries = Array.from({ length: 200 }, (_, i) => anEntry({ name: `fn-${i}` }));
  await expect(store.saveLedger(account, region, entries, readUntil)).rejects.toThrow("not today");
  expect((await store.ledger(account, region)).readUntil).toBe("2026-11-23T02:00:00.000Z");
  await store.saveLedger(account, region, entries, readUntil);
  expect((await store.ledger(account, region)).entries.size).toBe(201);
  expect((await store.ledger(account, region)).readUntil).toBe(readUntil);
});
