/** Owners that a person set: one item per resource. */
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { ownerKey, ownerPartition } from "./keys.ts";
import { currentSchemaVersion } from "./migrations.ts";
import { queryAll } from "./requests.ts";

/** Team by ARN. */
export async function readOwners(client: DynamoDBDocumentClient, tableName: string, account: string): Promise<Map<string, string>> {
  const items = await queryAll(client, {
    TableName: tableName,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": ownerPartition(account) },
    ConsistentRead: true,
  });
  return new Map(items.map(({ resourceArn, team }) => [String(resourceArn), String(team)]));
}

/** Sets the team of a resource; undefined takes the override back. */
export async function writeOwner(
  client: DynamoDBDocumentClient,
  tableName: string,
  account: string,
  arn: string,
  team: string | undefined,
): Promise<void> {
  const key = ownerKey(account, arn);
  if (team === undefined) {
    await client.send(new DeleteCommand({ TableName: tableName, Key: { ...key } }));
    return;
  }
  const item = { ...key, kind: "owner", resourceArn: arn, account, team, schemaVersion: currentSchemaVersion };
  await client.send(new PutCommand({ TableName: tableName, Item: item }));
}
