/** A store on a table of its own, and things to remember in it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { StoredFinding } from "../../shared/model/finding.ts";
import { findingId } from "../../shared/model/finding-id.ts";
import type { LedgerEntry } from "../../shared/model/usage.ts";
import type { DynamodbStoreOptions } from "../../shared/store/dynamodb-store.ts";
import { DynamodbStore } from "../../shared/store/dynamodb-store.ts";
import { LocalTable, localTableName } from "../../shared/store/local-table.ts";
import { openTable } from "../../shared/store/table.ts";
import { account, region } from "./account.ts";

/** A folder that goes with the test. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "smalltarget-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** dynalite on a folder of its own, without any table. */
export async function anEmptyDatabase(): Promise<LocalTable> {
  const table = await LocalTable.open(await aFolder());
  onTestFinished(() => table.close());
  return table;
}

/** A store on an open, empty table. */
export async function aStore(options: DynamodbStoreOptions = {}) {
  const { client } = await anEmptyDatabase();
  await openTable(client, localTableName, { create: true });
  return { client, store: new DynamodbStore(client, localTableName, options) };
}

interface FindingTraits extends Partial<StoredFinding> {
  readonly name?: string;
  readonly in?: string;
  readonly of?: string;
}

/** An open HIGH finding about the function `orders-api`, at version 1. */
export function aFinding({ name = "orders-api", in: where = region, of: who = account, ...traits }: FindingTraits = {}): StoredFinding {
  const arn = `arn:aws:lambda:${where}:${who}:function:${name}`;
  const rule = traits.rule ?? "lambda/timeout-too-tight";
  return {
    id: findingId(who, where, arn, rule, traits.sub),
    rule,
    severity: "HIGH",
    confidence: "high",
    resource: { arn, type: "AWS::Lambda::Function", name, account: who, region: where },
    title: `${name} comes within 3 % of its timeout`,
    evidence: { longestMs: 9700.5, timeoutSeconds: 10, stack: null, warmed: false, aliases: ["live", "canary"] },
    remediation: {
      text: "Raise the timeout.",
      commands: [`aws lambda update-function-configuration --function-name ${name} --timeout 22`],
    },
    owner: { team: "payments", env: "prod", source: "tag team" },
    references: ["https://docs.aws.amazon.com/lambda/"],
    materialKey: "tight",
    status: "NEW",
    firstSeenAt: "2026-11-20T03:00:00.000Z",
    changedAt: "2026-11-24T03:00:00.000Z",
    version: 1,
    ...traits,
  };
}

/** What the ledger holds of a function that ran on 2026-11-23. */
export function anEntry(traits: Partial<LedgerEntry> = {}): LedgerEntry {
  const name = traits.name ?? "orders-api";
  return {
    arn: `arn:aws:lambda:${region}:${account}:function:${name}`,
    name,
    region,
    firstSeenAt: "2026-11-20T03:00:00.000Z",
    readFromDay: 20_000,
    firstActiveDay: 20_100,
    lastActiveDay: 20_780,
    days: Buffer.from([1, 2, 3, 250]).toString("base64"),
    record: { maxMs: 9700.25, day: 20_700 },
    regimeHash: "0123456789abcdef",
    regimeSinceDay: 0,
    timeouts: [
      { fromDay: 0, seconds: 3 },
      { fromDay: 20_500, seconds: 10 },
    ],
    ...traits,
  };
}

/** Stores findings that are not there yet. */
export async function remember(store: DynamodbStore, ...findings: readonly StoredFinding[]): Promise<void> {
  const conflicts = await store.saveFindings(findings.map((finding) => ({ finding, previousVersion: undefined })));
  if (conflicts.length > 0) throw new Error(`These were there already: ${conflicts.map(({ finding }) => finding.id).join(", ")}`);
}
