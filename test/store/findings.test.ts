import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { DynamodbStore } from "../../shared/store/dynamodb-store.ts";
import { findingKey } from "../../shared/store/keys.ts";
import { localTableName } from "../../shared/store/local-table.ts";
import { currentSchemaVersion } from "../../shared/store/migrations.ts";
import { ForeignTableError } from "../../shared/store/store.ts";
import { account, region } from "./account.ts";
import { aFinding, aStore, remember } from "./remembered.ts";

const names = (findings: readonly { readonly resource: { readonly name: string } }[]) => findings.map(({ resource }) => resource.name);

async function rawItem(client: Parameters<typeof DynamoDBDocumentClient.from>[0], finding = aFinding()) {
  const documents = DynamoDBDocumentClient.from(client);
  return (await documents.send(new GetCommand({ TableName: localTableName, Key: { ...findingKey(finding) } }))).Item;
}

test("a finding comes back as it went", async () => {
  const { store } = await aStore();
  const sns = { status: "open", severity: "LOW", materialDigest: "d", at: "2026-11-24T03:00:00.000Z", version: 1, message: "M-1" } as const;
  const told = { sns, chat: { ...sns, memory: "thread 1" } };
  const findings = [
    aFinding({ sub: "live", told, baseline: true, clearSince: "2026-11-23T03:00:00.000Z", continuesOnly: true }),
    aFinding({ name: "bare", owner: {}, evidence: {}, references: [], remediation: { text: "", commands: [] } }),
    aFinding({ name: "名前 ❤️ 'quoted' \"too\" <b>\u202e", title: "", materialKey: "" }),
    aFinding({ in: "global", name: account }),
  ];
  await remember(store, ...findings);
  const read = await store.findings(account, [region, "global", region, "us-east-1"]);
  expect(read.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([...findings].sort((a, b) => (a.id < b.id ? -1 : 1)));
});

test("an item shows what it is about without any decoding", async () => {
  const { store, client } = await aStore();
  await remember(store, aFinding());
  expect(await rawItem(client)).toMatchObject({
    kind: "finding",
    schemaVersion: currentSchemaVersion,
    rule: "lambda/timeout-too-tight",
    severity: "HIGH",
    status: "NEW",
    team: "payments",
    env: "prod",
    resourceName: "orders-api",
    account,
    region,
    day: "2026-11-24",
  });
});

test("only resolved findings expire, 400 days after they were resolved", async () => {
  const { store, client } = await aStore();
  await remember(store, aFinding());
  expect(await rawItem(client)).not.toHaveProperty("expiresAt");
  const resolved = aFinding({ status: "RESOLVED", resolvedAt: "2026-11-25T00:00:00.000Z", version: 2 });
  await store.saveFindings([{ finding: resolved, previousVersion: 1 }]);
  expect((await rawItem(client))?.expiresAt).toBe(Date.parse("2027-12-30T00:00:00.000Z") / 1000);
});

test("open findings come gravest first, then newest first, and of one account only", async () => {
  const { store } = await aStore();
  await remember(
    store,
    aFinding({ name: "old-high", changedAt: "2026-11-01T00:00:00.000Z" }),
    aFinding({ name: "new-high" }),
    aFinding({ name: "low", severity: "LOW" }),
    aFinding({ name: "critical", severity: "CRITICAL", in: "us-east-1" }),
    aFinding({ name: "resolved", status: "RESOLVED", resolvedAt: "2026-11-24T03:00:00.000Z" }),
    aFinding({ name: "suppressed", severity: "MEDIUM", status: "SUPPRESSED" }),
    aFinding({ name: "foreign", of: "444455556666" }),
  );
  expect(names(await store.openFindings(account))).toEqual(["critical", "new-high", "old-high", "suppressed", "low"]);
});

test("a finding is found by its id, and nothing by another", async () => {
  const { store } = await aStore();
  await remember(store, aFinding(), aFinding({ name: "other" }));
  expect(await store.findingById(aFinding().id)).toEqual(aFinding());
  expect(await store.findingById("F-0000000000")).toBeUndefined();
  expect(await store.findingById("")).toBeUndefined();
});

test("a team sees its open findings, newest change first", async () => {
  const { store } = await aStore();
  await remember(
    store,
    aFinding({ name: "older", severity: "CRITICAL", changedAt: "2026-11-01T00:00:00.000Z" }),
    aFinding({ name: "newer", severity: "LOW" }),
    aFinding({ name: "resolved", status: "RESOLVED" }),
    aFinding({ name: "of-core", owner: { team: "core" } }),
    aFinding({ name: "of-nobody", owner: { team: "" } }),
  );
  expect(names(await store.findingsOfTeam("payments"))).toEqual(["newer", "older"]);
  expect(await store.findingsOfTeam("")).toEqual([]);
  expect(await store.findingsOfTeam("nobody")).toEqual([]);
});

test("findings changed since a day come oldest first, the resolved ones too", async () => {
  const { store } = await aStore();
  await remember(
    store,
    aFinding({ name: "before", changedAt: "2026-11-19T23:59:59.999Z" }),
    aFinding({ name: "first", severity: "LOW", changedAt: "2026-11-20T00:00:00.000Z" }),
    aFinding({ name: "second", status: "RESOLVED", changedAt: "2026-11-22T00:00:00.000Z" }),
  );
  expect(names(await store.findingsChangedSince("2026-11-20"))).toEqual(["first", "second"]);
  expect(names(await store.findingsChangedSince(""))).toEqual(["before", "first", "second"]);
  expect(await store.findingsChangedSince("2027-01-01")).toEqual([]);
});

test("a finding too large for DynamoDB is stored with its evidence cut short", async () => {
  const { store } = await aStore();
  const names = Array.from({ length: 20_000 }, (_, i) => `arn:aws:iam::111122223333:role/some-long-name-${i}`);
  await remember(store, aFinding({ evidence: { names, longestMs: 12 } }));
  const [stored] = await store.findings(account, [region]);
  expect(stored?.evidence).toMatchObject({ longestMs: 12, truncated: ["names: 5000 of 20000"] });
});

test("a Region with more findings than one page holds is read to its end", async () => {
  const { store } = await aStore();
  const filler = "x".repeat(30_000);
  const findings = Array.from({ length: 60 }, (_, i) => aFinding({ name: `fn-${i}`, evidence: { filler } }));
  await remember(store, ...findings);
  expect(await store.findings(account, [region])).toHaveLength(60);
  expect(await store.openFindings(account)).toHaveLength(60);
});

test("items of an older version are read as if they were new", async () => {
  const { store, client } = await aStore();
  await remember(store, aFinding());
  const documents = DynamoDBDocumentClient.from(client);
  const renamed = { ...(await rawItem(client)), schemaVersion: 1, headline: "worded by version 1", title: undefined };
  await documents.send(new PutCommand({ TableName: localTableName, Item: JSON.parse(JSON.stringify(renamed)) }));
  const later = new DynamodbStore(client, localTableName, {
    migrations: [
      ({ headline, ...rest }) => ({ ...rest, title: headline }),
      (item) => ({ ...item, title: `${item.title}, read by version 3` }),
    ],
  });
  expect((await later.findings(account, [region]))[0]?.title).toBe("worded by version 1, read by version 3");
});

test("an item that a newer version wrote, or that somebody damaged, is refused by name", async () => {
  const { store, client } = await aStore();
  await remember(store, aFinding());
  const documents = DynamoDBDocumentClient.from(client);
  const Key = { ...findingKey(aFinding()) };
  const set = (name: string, value: unknown) =>
    documents.send(
      new UpdateCommand({
        TableName: localTableName,
        Key,
        UpdateExpression: "SET #name = :value",
        ExpressionAttributeNames: { "#name": name },
        ExpressionAttributeValues: { ":value": value },
      }),
    );
  await set("materialKey", 5);
  await expect(store.findings(account, [region])).rejects.toThrow(/FINDING#lambda#orders-api#lambda\/timeout-too-tight has no materialKey/);
  await set("schemaVersion", currentSchemaVersion + 1);
  await expect(store.findings(account, [region])).rejects.toThrow(ForeignTableError);
});
