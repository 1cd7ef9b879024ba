/** What the functions of the planted account are written in: a line for most of them, and calls to AWS for those that rules look at. */
import type { KnownAdvisories } from "../../shared/advisory-feeds/known-advisories.ts";
import { presignedRead } from "../../shared/aws/pace.ts";
import { nothingExploited } from "../../shared/libraries/advisories/exploited.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { codeReaders } from "../../shared/scan/code-analyzers.ts";
import type { Watchdog } from "../../shared/scan/watchdog.ts";
import { readSettings } from "../../shared/settings.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { aZip, type FileInZip } from "../artifacts/a-zip.ts";
import { anAffected, anIndex, aRecord } from "../libraries/advisories/an-advisory.ts";
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

const aPackage = (name: string, version: string) => ({
  name: `node_modules/${name}/package.json`,
  content: JSON.stringify({ name, version }),
});

/** What lies beside the code, by function: a hole, a package that was made to harm, and what nobody can see into. */
const besides: Readonly<Record<string, readonly FileInZip[]>> = {
  "orders-api": [aPackage("planted-left", "1.0.0")],
  report: [aPackage("planted-evil", "6.6.6")],
  mailer: [{ name: "bundle.js", content: `module.exports=[${'"a",'.repeat(5000)}]` }],
};

/** Records about those packages. */
const advisories = [
  aRecord("GHSA-plan-ted1-left", [{ introduced: "0" }, { fixed: "1.0.1" }], {
    affected: [anAffected([{ introduced: "0" }, { fixed: "1.0.1" }], "npm", "planted-left")],
  }),
  aRecord("MAL-2026-1", [], { affected: [anAffected([{ introduced: "0" }], "npm", "planted-evil")] }),
];

/** Ranges of the zips, as links to code answer them. */
export const codeAnswers: NonNullable<StubData["answers"]> = {
  [presignedRead]: ({ input }) => {
    const { artifact, last, from, to } = input as { artifact: string; last?: number; from?: number; to?: number };
    const name = artifact.replace("code sha-of-", "");
    const bytes = aZip([{ name: "index.mjs", content: sources[name] ?? nothing }, ...(besides[name] ?? [])]);
    const start = last === undefined ? (from ?? 0) : Math.max(0, bytes.length - last);
    return { bytes: bytes.subarray(start, to).toString("base64"), from: start, total: bytes.length };
  },
};

/** Rules that are off until somebody sets them, set. */
export const plantedRules = { "iam/role-name-convention": { pattern: "{function}-role" } } as const;

/** A watchdog that reads code, and whose every rule is on. */
export function aPlantedWatchdog(stub: StubAccount, overrides: Partial<Watchdog> = {}, remembering?: string): Promise<TestWatchdog> {
  const settings = readSettings({ rules: plantedRules }, catalogue);
  return aWatchdog(
    stub,
    { ...codeReaders({ images: true }), advisories: async () => knownToThem(stub.data.now), settings, ...overrides },
    remembering,
  );
}

function knownToThem(now: Date): KnownAdvisories {
  const feed = { ecosystem: "npm", source: "planted", fetchedAt: now.toISOString() } as const;
  return { index: anIndex(...advisories), exploited: nothingExploited, feeds: [feed] };
}
