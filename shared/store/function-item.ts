/** A function's ledger entry as an item: readable attributes, and the packed days as bytes. */
import type { LedgerEntry } from "../model/usage.ts";
import { functionKey, neverUsed, unknownUse } from "./keys.ts";
import type { Item } from "./migrations.ts";
import { currentSchemaVersion } from "./migrations.ts";

const millisecondsPerDay = 86_400_000;

/** The entry as an item. A function that is gone has no `lastUsedAt`, and so is not in the index by last use. */
export function toFunctionItem(account: string, entry: LedgerEntry): Item {
  const { arn, name, days, ...facts } = entry;
  const timeoutSeconds = entry.timeouts.at(-1)?.seconds;
  return {
    ...functionKey(account, entry.region, name),
    kind: "function",
    schemaVersion: currentSchemaVersion,
    account,
    resourceArn: arn,
    resourceName: name,
    ...facts,
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    ...(entry.goneAt ? {} : { lastUsedAt: lastUsedAt(entry) }),
    ...(days === "" ? {} : { days: packed(days) }),
  };
}

/** The entry in an item of kind `function`. Throws when the item was damaged. */
export function fromFunctionItem(item: Item): LedgerEntry {
  const { pk, sk, kind, schemaVersion, account, resourceArn, resourceName, lastUsedAt, timeoutSeconds, days, ...facts } = item;
  if (typeof resourceArn !== "string" || typeof resourceName !== "string" || !Array.isArray(item.timeouts)) {
    throw new Error(`The function ${pk} ${sk} is incomplete: somebody changed the item. Delete it; the next scan reads its history again.`);
  }
  const text = days instanceof Uint8Array ? Buffer.from(days).toString("base64") : typeof days === "string" ? days : "";
  return { ...facts, arn: resourceArn, name: resourceName, days: text } as unknown as LedgerEntry;
}

/** Day of the last use as `YYYY-MM-DD`; sorts first when none was ever seen, and last when nothing could be read. */
function lastUsedAt({ lastActiveDay, readFromDay }: LedgerEntry): string {
  if (lastActiveDay !== undefined) return new Date(lastActiveDay * millisecondsPerDay).toISOString().slice(0, 10);
  return readFromDay === undefined ? unknownUse : neverUsed;
}

/** Bytes take three quarters of their base64; text that is not canonical base64 stays as it is, so that it comes back as it went. */
function packed(days: string): Uint8Array | string {
  const bytes = Buffer.from(days, "base64");
  return bytes.toString("base64") === days ? bytes : days;
}
