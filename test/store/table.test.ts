import type { CreateTableCommandInput, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateTableCommand, DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { schemaKey } from "../../shared/store/keys.ts";
import { currentSchemaVersion } from "../../shared/store/migrations.ts";
import { ForeignTableError, TableMissingError } from "../../shared/store/store.ts";
import { createTableInput, openTable, tableDefinition } from "../../shared/store/table.ts";
import { anEmptyDatabase } from "./remembered.ts";

async function madeTable(change: (input: CreateTableCommandInput) => CreateTableCommandInput): Promise<DynamoDBClient> {
  const { client } = await anEmptyDatabase();
  await client.send(new CreateTableCommand(change(createTableInput("theirs"))));
  return client;
}

async function schemaVersion(client: DynamoDBClient, tableName: string): Promise<unknown> {
  const { Item } = await DynamoDBDocumentClient.from(client).send(new GetCommand({ TableName: tableName, Key: schemaKey }));
  return Item?.schemaVersion;
}

test("the local table is made with every index, and opened again as it is", async () => {
  const { client } = await anEmptyDatabase();
  await openTable(client, "ours", { create: true });
  await openTable(client, "ours", { create: true });
  await openTable(client, "ours", { create: false });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: "ours" }));
  expect(Table?.BillingModeSummary?.BillingMode).toBe("PAY_PER_REQUEST");
  expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual(
    tableDefinition.indexes.map(({ name }) => name).sort(),
  );
  expect(await schemaVersion(client, "ours")).toBe(currentSchemaVersion);
});

test("two commands that make the table at the same moment both get it", async () => {
  const { client } = await anEmptyDatabase();
  await Promise.all([1, 2, 3].map(() => openTable(client, "ours", { create: true })));
});

test("a missing table is named, with what to do", async () => {
  const { client } = await anEmptyDatabase();
  const opening = openTable(client, "nowhere", { create: false });
  await expect(opening).rejects.toThrow(TableMissingError);
  await expect(opening).rejects.toThrow(/"nowhere".*deploy the stack/);
});

test("a table with another key is refused, and not written to", async () => {
  const client = await madeTable(() => ({
    TableName: "theirs",
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ AttributeName: "customerId", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "customerId", KeyType: "HASH" }],
  }));
  const opening = openTable(client, "theirs", { create: true });
  await expect(opening).rejects.toThrow(ForeignTableError);
  await expect(opening).rejects.toThrow(
    /"theirs" is not one of Small Target's \(its key is customerId, not pk \+ sk\): name another table/,
  );
});

test("a table that lacks an index, or has another under its name, is refused", async () => {
  const lacking = await madeTable((input) => ({
    ...input,
    AttributeDefinitions: input.AttributeDefinitions?.filter(({ AttributeName }) => AttributeName !== "id"),
    GlobalSecondaryIndexes: input.GlobalSecondaryIndexes?.filter(({ IndexName }) => IndexName !== "byId"),
  }));
  await expect(openTable(lacking, "theirs", { create: false })).rejects.toThrow(/it has no index byId/);
  const other = await madeTable((input) => ({
    ...input,
    GlobalSecondaryIndexes: input.GlobalSecondaryIndexes?.map((index) =>
      index.IndexName === "byDay" ? { ...index, KeySchema: input.KeySchema } : index,
    ),
  }));
  await expect(openTable(other, "theirs", { create: false })).rejects.toThrow(/its index byDay has the key pk \+ sk, not day \+ changedAt/);
  expect(await schemaVersion(other, "theirs")).toBeUndefined();
});

test("a table that a newer version wrote is refused", async () => {
  const { client } = await anEmptyDatabase();
  await openTable(client, "ours", { create: true });
  const newer = { ...schemaKey, kind: "schema", schemaVersion: 7 };
  await DynamoDBDocumentClient.from(client).send(new PutCommand({ TableName: "ours", Item: newer }));
  const opening = openTable(client, "ours", { create: true });
  await expect(opening).rejects.toThrow(ForeignTableError);
  await expect(opening).rejects.toThrow(/"ours" was written by a newer Small Target \(schema 7, this one knows \d+\): update/);
  expect(await schemaVersion(client, "ours")).toBe(7);
});

test("a command that only reads does not claim a table that the stack made", async () => {
  const client = await madeTable((input) => input);
  await openTable(client, "theirs", { create: false, readOnly: true });
  expect(await schemaVersion(client, "theirs")).toBeUndefined();
  await openTable(client, "theirs", { create: false });
  expect(await schemaVersion(client, "theirs")).toBe(currentSchemaVersion);
});
