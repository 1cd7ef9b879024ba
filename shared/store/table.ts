/** The one table: its definition as data (for the local table and for the CDK stack) and how it is opened. */
import type { CreateTableCommandInput, DynamoDBClient, TableDescription } from "@aws-sdk/client-dynamodb";
import { CreateTableCommand, DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { schemaKey } from "./keys.ts";
import { currentSchemaVersion } from "./migrations.ts";
import { pause } from "./requests.ts";
import { ForeignTableError, TableMissingError } from "./store.ts";

/** An index of the table. Items without both key attributes are not in it. All key attributes are strings. */
export interface IndexDefinition {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey?: string;
  /** Attributes to project besides the keys; absent: all of them. */
  readonly include?: readonly string[];
}

/** The table as data. All key attributes are strings; billing is per request. */
export const tableDefinition: {
  readonly partitionKey: string;
  readonly sortKey: string;
  /** Epoch seconds after which DynamoDB may delete the item. */
  readonly timeToLiveAttribute: string;
  readonly indexes: readonly IndexDefinition[];
} = {
  partitionKey: "pk",
  sortKey: "sk",
  timeToLiveAttribute: "expiresAt",
  indexes: [
    { name: "byState", partitionKey: "state", sortKey: "changedAt" },
    { name: "byOwner", partitionKey: "team", sortKey: "ownerOrder" },
    { name: "byRule", partitionKey: "rule", sortKey: "ruleOrder" },
    { name: "byDay", partitionKey: "day", sortKey: "changedAt" },
    { name: "byId", partitionKey: "id" },
    {
      name: "byLastUse",
      partitionKey: "account",
      sortKey: "lastUsedAt",
      // without the packed days, which are most of a function's item: half the price of every write
      include: ["resourceArn", "resourceName", "region", "timeoutSeconds", "firstSeenAt", "stalledAt"],
    },
  ],
};

export interface OpenTableOptions {
  /** Make the table when there is none (the local one); otherwise a missing table is an error. */
  readonly create: boolean;
  /** Write nothing, not even the schema version: for commands that only read. Ignored for a table that is made. */
  readonly readOnly?: boolean;
}

const patienceMs = 60_000;

/**
 * Makes sure that `tableName` exists, is ours and is ready.
 * Throws TableMissingError when there is none and `create` is false, ForeignTableError when it is not ours or newer than this program.
 */
export async function openTable(client: DynamoDBClient, tableName: string, { create, readOnly = false }: OpenTableOptions): Promise<void> {
  const existing = await describe(client, tableName);
  if (!existing && !create) {
    throw new TableMissingError(
      `There is no DynamoDB table "${tableName}" in this account and Region: deploy the stack, name the right table, or use --store dir:PATH.`,
    );
  }
  if (!existing) await createTable(client, tableName);
  const table = await waitUntilActive(client, tableName);
  const difference = differenceOf(table);
  if (difference) {
    throw new ForeignTableError(
      `Table "${tableName}" is not one of Small Target's (${difference}): name another table, or deploy the stack that makes one.`,
    );
  }
  await checkSchemaVersion(client, tableName, readOnly && existing !== undefined);
}

/** The request that makes the table. */
export function createTableInput(tableName: string): CreateTableCommandInput {
  const { partitionKey, sortKey, indexes } = tableDefinition;
  const keys = new Set([partitionKey, sortKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey ?? partitionKey])]);
  return {
    TableName: tableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [...keys].map((name) => ({ AttributeName: name, AttributeType: "S" })),
    KeySchema: keySchema(partitionKey, sortKey),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keySchema(index.partitionKey, index.sortKey),
      Projection: index.include ? { ProjectionType: "INCLUDE", NonKeyAttributes: [...index.include] } : { ProjectionType: "ALL" },
    })),
  };
}

function keySchema(partitionKey: string, sortKey?: string): { AttributeName: string; KeyType: "HASH" | "RANGE" }[] {
  return [{ AttributeName: partitionKey, KeyType: "HASH" }, ...(sortKey ? [{ AttributeName: sortKey, KeyType: "RANGE" as const }] : [])];
}

async function describe(client: DynamoDBClient, tableName: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: tableName }))).Table;
  } catch (error) {
    if (error instanceof Error && error.name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

async function createTable(client: DynamoDBClient, tableName: string): Promise<void> {
  try {
    await client.send(new CreateTableCommand(createTableInput(tableName)));
  } catch (error) {
    // another process was quicker: then there is a table to look at
    if (!(error instanceof Error && error.name === "ResourceInUseException")) throw error;
  }
}

async function waitUntilActive(client: DynamoDBClient, tableName: string): Promise<TableDescription> {
  const end = Date.now() + patienceMs;
  for (let delay = 20; ; delay = Math.min(delay * 2, 2000)) {
    const table = await describe(client, tableName);
    const statuses = [table?.TableStatus, ...(table?.GlobalSecondaryIndexes ?? []).map((index) => index.IndexStatus)];
    // UPDATING tables and indexes answer as usual
    if (table && statuses.every((status) => status === "ACTIVE" || status === "UPDATING")) return table;
    if (Date.now() > end) {
      const state = table?.TableStatus ?? "missing";
      throw new Error(`Table "${tableName}" is not ready after ${patienceMs / 1000} s (${state}): try again in a few minutes.`);
    }
    await pause(delay);
  }
}

/** What keeps the table from being ours; undefined when nothing does. Further indexes are welcome. */
function differenceOf(table: TableDescription): string | undefined {
  const { partitionKey, sortKey, indexes } = tableDefinition;
  const expected = keyText(keySchema(partitionKey, sortKey));
  const found = keyText(table.KeySchema);
  if (found !== expected) return `its key is ${found}, not ${expected}`;
  for (const index of indexes) {
    const there = table.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === index.name);
    const wanted = keyText(keySchema(index.partitionKey, index.sortKey));
    if (!there) return `it has no index ${index.name}`;
    if (keyText(there.KeySchema) !== wanted) return `its index ${index.name} has the key ${keyText(there.KeySchema)}, not ${wanted}`;
  }
  return undefined;
}

function keyText(schema: readonly { AttributeName?: string | undefined }[] | undefined): string {
  return (schema ?? []).map(({ AttributeName }) => AttributeName).join(" + ");
}

async function checkSchemaVersion(client: DynamoDBClient, tableName: string, readOnly: boolean): Promise<void> {
  const documents = DynamoDBDocumentClient.from(client);
  const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: schemaKey, ConsistentRead: true }));
  const version = typeof Item?.schemaVersion === "number" ? Item.schemaVersion : 0;
  if (version > currentSchemaVersion) {
    throw new ForeignTableError(
      `Table "${tableName}" was written by a newer Small Target (schema ${version}, this one knows ${currentSchemaVersion}): update smalltarget and run the command again.`,
    );
  }
  // a command that only reads leaves the number alone: raising it would lock an older deployed scan out
  if (readOnly || version === currentSchemaVersion) return;
  const item = { ...schemaKey, kind: "schema", schemaVersion: currentSchemaVersion };
  await documents.send(new PutCommand({ TableName: tableName, Item: item }));
}
