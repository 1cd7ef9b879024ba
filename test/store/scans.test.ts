import { DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { localTableName } from "../../shared/store/local-table.ts";
import type { ScanItem } from "../../shared/store/store.ts";
import { StoreConflictError } from "../../shared/store/store.ts";
import { account } from "./account.ts";
import { aStore } from "./remembered.ts";

function aScan(traits: Partial<ScanItem> = {}): ScanItem {
  return {
    id: "S-1",
    account,
    startedAt: "2026-11-24T03:00:00.000Z",
    outcome: "running",
    complete: false,
    functions: 41,
    openFindings: 27,
    apiCalls: 214,
    incomplete: [{ collector: "functions", region: "ap-southeast-2", status: "denied", code: "AccessDeniedException" }],
    ...traits,
  };
}

test("a scan is written when it begins, and again when it ends", async () => {
  const { store, client } = await aStore();
  await store.saveScan(aScan());
  expect(await store.scans(account, 5)).toEqual([aScan()]);
  const done = aScan({ outcome: "done", finishedAt: "2026-11-24T03:01:00.000Z", documentKey: "scans/S-1/document.json.gz" });
  await store.saveScan(done);
  expect(await store.scans(account, 5)).toEqual([done]);
  const { Items } = await DynamoDBDocumentClient.from(client).send(
    new QueryCommand({
      TableName: localTableName,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": `SCAN#${account}` },
    }),
  );
  expect(Items?.map(({ expiresAt }) => expiresAt)).toEqual([Date.parse("2027-12-29T03:00:00.000Z") / 1000]);
});

test("scans come newest first, as many as asked for, and of one account", async () => {
  const { store } = await aStore();
  for (const day of ["20", "22", "21"]) await store.saveScan(aScan({ id: `S-${day}`, startedAt: `2026-11-${day}T03:00:00.000Z` }));
  await store.saveScan(aScan({ id: "S-other", account: "444455556666" }));
  expect((await store.scans(account, 2)).map(({ id }) => id)).toEqual(["S-22", "S-21"]);
  expect((await store.scans(account, 10)).map(({ id }) => id)).toEqual(["S-22", "S-21", "S-20"]);
});

test("two replays that begin at the same frozen moment are two scans", async () => {
  const { store } = await aStore();
  await store.saveScan(aScan());
  await store.saveScan(aScan({ id: "S-2" }));
  expect(await store.scans(account, 10)).toHaveLength(2);
});

test("an account begins with nothing, and its state counts its writes", async () => {
  const { store } = await aStore();
  const first = await store.state(account);
  expect(first).toEqual({ baselines: {}, channels: {}, version: 0 });
  const state = {
    ...first,
    baselines: { "eu-west-1|lambda/timing-out": "2026-11-24T03:00:00.000Z" },
    channels: { sns: { since: "2026-11-24T03:00:00.000Z", lastDigestAt: "2026-11-24T03:00:00.000Z", singlesSentAt: [] } },
  };
  expect(await store.saveState(account, state)).toEqual({ ...state, version: 1 });
  const later = await store.saveState(account, { ...state, version: 1, channels: {} });
  expect(later.version).toBe(2);
  expect(await store.state(account)).toEqual(later);
});

test("a state that somebody else wrote in the meantime is not overwritten", async () => {
  const { store } = await aStore();
  const stale = await store.state(account);
  const written = await store.saveState(account, stale);
  const overwriting = store.saveState(account, { ...stale, channels: {} });
  await expect(overwriting).rejects.toThrow(StoreConflictError);
  await expect(overwriting).rejects.toThrow(/111122223333 is no longer at version 0/);
  await store.saveState(account, written);
  await expect(store.saveState(account, written)).rejects.toThrow(StoreConflictError);
  expect((await store.state(account)).version).toBe(2);
});
