/** `--store` and `--stack`: where a scan is remembered. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createOwnClients } from "../shared/aws/clients.ts";
import type { Deployment } from "../shared/notify/pointer.ts";
import type { Blobs } from "../shared/store/blobs.ts";
import { DynamodbStore } from "../shared/store/dynamodb-store.ts";
import { FolderBlobs } from "../shared/store/folder-blobs.ts";
import { LocalTable, localTableName } from "../shared/store/local-table.ts";
import { S3Blobs } from "../shared/store/s3-blobs.ts";
import type { Store } from "../shared/store/store.ts";
import { openTable } from "../shared/store/table.ts";
import { homeRegion } from "./home-region.ts";
import { nothingKept } from "./nothing-kept.ts";
import { findDeployed } from "./stack-outputs.ts";
import { UsageError } from "./usage-error.ts";

export interface StoreOptions {
  readonly store?: string;
  readonly bucket?: string;
  readonly stack?: string;
  readonly profile?: string;
  /** Region of `stack`; absent: that of the credentials. */
  readonly stackRegion?: string;
}

/** A store, opened. */
export interface Kept {
  readonly store: Store;
  readonly blobs: Blobs;
  /** `dir` has what this machine scanned; `dynamodb` belongs to an account that AWS can name. */
  readonly kind: "dir" | "dynamodb" | "none";
  /** For the person. */
  readonly where: string;
  /** The stack that it belongs to, where it was named. */
  readonly deployment?: Deployment;
  /** Topic of the stack. */
  readonly topicArn?: string;
  /** Topic of the stack for alarms. */
  readonly alarmTopicArn?: string;
  /** When the stack scans. */
  readonly schedule?: string;
  close(): Promise<void>;
}

export const defaultFolder = ".smalltarget";

/**
 * Opens the store. A reader makes nothing: where there is no local folder yet it gets undefined.
 * @throws UsageError, TableMissingError, ForeignTableError, what AWS answers
 */
export async function openStore(options: StoreOptions, purpose: "read"): Promise<Kept | undefined>;
export async function openStore(options: StoreOptions, purpose: "scan"): Promise<Kept>;
export async function openStore(options: StoreOptions, purpose: "read" | "scan"): Promise<Kept | undefined> {
  if (options.stack !== undefined) return openStack(options.stack, options, purpose);
  const text = options.store || `dir:${defaultFolder}`;
  const [kind, place] = [text.replace(/:.*$/s, ""), /:(.*)$/s.exec(text)?.[1] ?? ""];
  if (text === "none" && purpose === "scan") return { ...nothingKept(), kind: "none", where: "", close: async () => {} };
  if (text === "none") throw new UsageError("--store none keeps nothing that could be read: name the store that was scanned into");
  if (kind === "dir" && place !== "") return openFolder(place, purpose);
  if (kind === "dynamodb" && place !== "") return openDynamodb(place, options.bucket, options, purpose);
  throw new UsageError(`--store ${text}: must be dir:PATH, dynamodb:TABLE or none`);
}

async function openFolder(folder: string, purpose: "read" | "scan"): Promise<Kept | undefined> {
  if (purpose === "read" && !existsSync(join(folder, "table"))) return undefined;
  const table = await LocalTable.open(folder);
  try {
    await openTable(table.client, localTableName, { create: true, readOnly: purpose === "read" });
  } catch (error) {
    await table.close();
    throw error;
  }
  return {
    store: new DynamodbStore(table.client, localTableName),
    blobs: new FolderBlobs(join(folder, "blobs")),
    kind: "dir",
    where: `${folder.replace(/\/+$/, "")}/ (findings table and snapshots)`,
    close: () => table.close(),
  };
}

async function openStack(stack: string, options: StoreOptions, purpose: "read" | "scan"): Promise<Kept> {
  const region = options.stackRegion ?? (await homeRegion(options.profile));
  const { table, bucket, ...deployed } = await findDeployed(stack, region, options.profile);
  return { ...(await openDynamodb(table, bucket, options, purpose, region)), deployment: { stack, region }, ...deployed };
}

async function openDynamodb(
  table: string,
  bucket: string | undefined,
  { profile }: StoreOptions,
  purpose: "read" | "scan",
  stackRegion?: string,
): Promise<Kept> {
  const region = stackRegion ?? (await homeRegion(profile));
  const { dynamodb, s3 } = createOwnClients(region, profile);
  await openTable(dynamodb, table, { create: false, readOnly: purpose === "read" });
  // without a bucket the documents stay on this machine: enough for one person who scans into a shared table
  const blobs = bucket ? new S3Blobs(s3, bucket) : new FolderBlobs(join(defaultFolder, "blobs"));
  return {
    store: new DynamodbStore(dynamodb, table),
    blobs,
    kind: "dynamodb",
    where: `table ${table} in ${region}, documents in ${bucket ? `bucket ${bucket}` : `${defaultFolder}/`}`,
    close: async () => dynamodb.destroy(),
  };
}
