import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import type { StoredFinding } from "../../../shared/model/finding.ts";
import { pendingFor } from "../../../shared/model/outbox.ts";
import { localTableName } from "../../../shared/store/local-table.ts";
import { account, region } from "../account.ts";
import { aStore } from "../remembered.ts";
import { findings, state } from "./version-1.ts";

async function read(item: object): Promise<StoredFinding> {
  const { store, client } = await aStore();
  await DynamoDBDocumentClient.from(client).send(new PutCommand({ TableName: localTableName, Item: { ...item } }));
  const [finding] = await store.findings(account, [region]);
  if (!finding) throw new Error("the item was not read");
  // and what was read can be written back
  expect(await store.saveFindings([{ finding: { ...finding, version: finding.version + 1 }, previousVersion: finding.version }])).toEqual(
    [],
  );
  return finding;
}

test.each([
  ["told", undefined],
  ["opened", { transition: "opened", urgent: true, baseline: false }],
  ["baseline", { transition: "opened", urgent: false, baseline: true }],
  ["reopened", { transition: "reopened", urgent: true, baseline: false }],
  ["changed", { transition: "changed", urgent: false, baseline: false }],
  ["worsened", { transition: "changed", urgent: true, baseline: false }],
  ["resolved", { transition: "resolved", urgent: false, baseline: false }],
  ["resolvedAndTold", undefined],
] as const)("a finding of version 1 that was %s has the same still to say to sns", async (name, pending) => {
  const finding = await read(findings[name]);
  expect(finding).not.toHaveProperty("pending");
  const derived = pendingFor(finding, "sns", "");
  if (pending) expect(derived).toMatchObject({ ...pending, at: "2026-11-24T03:00:00.000Z" });
  else expect(derived).toBeUndefined();
});

test("a finding of version 1 that no channel was there for is said in the summary of the first", async () => {
  expect(pendingFor(await read(findings.withoutChannel), "sns", "")).toMatchObject({ transition: "opened", baseline: true, urgent: false });
});

test("the account's clock of version 1 is the clock of sns, which was always there", async () => {
  const { store, client } = await aStore();
  await DynamoDBDocumentClient.from(client).send(new PutCommand({ TableName: localTableName, Item: { ...state } }));
  const { baselines, lastDigestAt, singlesSentAt, version } = state;
  const read = await store.state(account);
  expect(read).toEqual({ baselines, channels: { sns: { since: "", lastDigestAt, singlesSentAt } }, version });
  expect((await store.saveState(account, read)).version).toBe(8);
});
