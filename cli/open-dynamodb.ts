/** A table in AWS: `--store dynamodb:TABLE`, or the one of a deployed `--stack`. */
import { join } from "node:path";
import { createOwnClients } from "../shared/aws/own-clients.ts";
import { DynamodbStore } from "../shared/store/dynamodb-store.ts";
import { FolderBlobs } from "../shared/store/folder-blobs.ts";
import { S3Blobs } from "../shared/store/s3-blobs.ts";
import { openTable } from "../shared/store/table.ts";
import { homeRegion } from "./home-region.ts";
import { defaultFolder, type Kept, type StoreOptions } from "./kept.ts";
import { recentScans } from "./scan-list.ts";
import { findDeployed } from "./stack-outputs.ts";

type Purpose = "read" | "scan";

/** @throws UsageError, TableMissingError, ForeignTableError, what AWS answers */
export async function openStack(stack: string, options: StoreOptions, purpose: Purpose): Promise<Kept> {
  const region = options.stackRegion ?? (await homeRegion(options.profile));
  const { table, bucket, ...deployed } = await findDeployed(stack, region, options.profile);
  return { ...(await openDynamodb(table, bucket, options, purpose, region)), deployment: { stack, region }, ...deployed };
}

/** @throws TableMissingError, ForeignTableError, what AWS answers */
export async function openDynamodb(
  table: string,
  bucket: string | undefined,
  { profile }: StoreOptions,
  purpose: Purpose,
  stackRegion?: string,
): Promise<Kept> {
  const region = stackRegion ?? (await homeRegion(profile));
  const { dynamodb, s3 } = createOwnClients(region, profile);
  await openTable(dynamodb, table, { create: false, readOnly: purpose === "read" });
  const store = new DynamodbStore(dynamodb, table);
  // without a bucket the documents stay on this machine: enough for one person who scans into a shared table
  const blobs = bucket ? new S3Blobs(s3, bucket) : new FolderBlobs(join(defaultFolder, "blobs"));
  return {
    table: async () => store,
    decisions: (account) => store.decisions.all(account),
    questions: (account) => store.questions.all(account),
    writable: async () => store,
    scans: (account) => store.scans(account, recentScans),
    blobs,
    kind: "dynamodb",
    where: `table ${table} in ${region}, documents in ${bucket ? `bucket ${bucket}` : `${defaultFolder}/`}`,
    close: async () => dynamodb.destroy(),
  };
}
