/** Conditional writes of findings: each on its own, so that a conflict or failure of one does not keep the others out. */
import { isDeepStrictEqual } from "node:util";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { toFindingItem } from "./finding-item.ts";
import { findingKey } from "./keys.ts";
import type { Item } from "./migrations.ts";
import { inParallel } from "./requests.ts";
import type { FindingWrite } from "./store.ts";

const writesAtOnce = 8;

/**
 * Writes each finding if the table still holds its `previousVersion`; answers those that it refused.
 * Throws when some could not be written for another reason, after the others were.
 */
export async function saveFindings(
  client: DynamoDBDocumentClient,
  tableName: string,
  writes: readonly FindingWrite[],
): Promise<FindingWrite[]> {
  const failures: unknown[] = [];
  const conflicts = await inParallel(writes, writesAtOnce, async (write) => {
    try {
      return (await saveFinding(client, tableName, write)) ? [] : [write];
    } catch (error) {
      failures.push(error);
      return [];
    }
  });
  if (failures.length > 0) {
    const [cause] = failures;
    const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new Error(
      `${failures.length} of ${writes.length} findings could not be written to table "${tableName}" (${why}): run the scan again, it writes what is missing.`,
      { cause },
    );
  }
  return conflicts.flat();
}

async function saveFinding(client: DynamoDBDocumentClient, tableName: string, write: FindingWrite): Promise<boolean> {
  const { finding, previousVersion } = write;
  if (finding.version <= (previousVersion ?? 0)) {
    throw new RangeError(`Finding ${finding.id} has version ${finding.version}, which does not follow ${previousVersion ?? "nothing"}.`);
  }
  const item = toFindingItem(finding);
  const condition =
    previousVersion === undefined
      ? { ConditionExpression: "attribute_not_exists(pk)" }
      : { ConditionExpression: "version = :version", ExpressionAttributeValues: { ":version": previousVersion } };
  try {
    await client.send(new PutCommand({ TableName: tableName, Item: item, ...condition }));
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // a retried request may find what its own first attempt wrote, whose answer was lost
    const retried = (error.$metadata.attempts ?? 1) > 1;
    return retried && (await holds(client, tableName, write, item));
  }
}

async function holds(client: DynamoDBDocumentClient, tableName: string, { finding }: FindingWrite, item: Item): Promise<boolean> {
  const stored = await client.send(new GetCommand({ TableName: tableName, Key: { ...findingKey(finding) }, ConsistentRead: true }));
  return isDeepStrictEqual(stored.Item, JSON.parse(JSON.stringify(item)));
}
