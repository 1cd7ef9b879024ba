/** What the functions of the planted account are written in: a line for most of them, and calls to AWS for those that rules look at. */
import { presignedRead } from "../../shared/aws/pace.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { codeReaders } from "../../shared/scan/code-analyzers.ts";
import type { Watchdog } from "../../shared/scan/watchdog.ts";
import { readSettings } from "../../shared/settings.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { aZip } from "../artifacts/a-zip.ts";
import type { StubAccount, StubData } from "../stub-account.ts";

const nothing = "export const handler = async (event) => event;";

function callsTable(command: string): string {
  return [
    `import { DynamoDBClient, ${command} } from "@aws-sdk/client-dynamodb";`,
    "const client = new DynamoDBClient({});",
    `export const handler = async ({ id }) => client.send(new ${command}({ TableName: "orders", Key: { id: { S: id } } }));`,
  ].join("\n");
}

/** By function. */
const sources: Readonly<Record<string, string>> = {
  "orders-api": callsTable("GetItemCommand"),
  report: callsTable("DeleteItemCommand"),
};

/** Ranges of the zips, as links to code answer them. */
export const codeAnswers: NonNullable<StubData["answers"]> = {
  [presignedRead]: ({ input }) => {
    const { artifact, last, from, to } = input as { artifact: string; last?: number; from?: number; to?: number };
    const bytes = aZip([{ name: "index.mjs", content: sources[artifact.replace("code sha-of-", "")] ?? nothing }]);
    const start = last === undefined ? (from ?? 0) : Math.max(0, bytes.length - last);
    return { bytes: bytes.subarray(start, to).toString("base64"), from: start, total: bytes.length };
  },
};

/** Rules that are off until somebody sets them, set. */
export const plantedRules = { "iam/role-name-convention": { pattern: "{function}-role" } } as const;

/** A watchdog that reads code, and whose every rule is on. */
export function aPlantedWatchdog(stub: StubAccount, overrides: Partial<Watchdog> = {}, remembering?: string): Promise<TestWatchdog> {
  const settings = readSettings({ rules: plantedRules }, catalogue);
  return aWatchdog(stub, { ...codeReaders, settings, ...overrides }, remembering);
}
