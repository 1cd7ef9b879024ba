/** Requests that DynamoDB answers in pieces: paged queries, batches with leftovers, and many requests at once. */
import type { DynamoDBDocumentClient, QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { BatchWriteCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Item } from "./migrations.ts";

const batchSize = 25;
const batchesAtOnce = 4;
const batchAttempts = 12;

/** All items of a query, over all pages, or the first `limit` of them. */
export async function queryAll(
  client: DynamoDBDocumentClient,
  query: QueryCommandInput,
  limit = Number.POSITIVE_INFINITY,
): Promise<Item[]> {
  const items: Item[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client.send(new QueryCommand({ ...query, ...(start ? { ExclusiveStartKey: start } : {}) }));
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start && items.length < limit);
  return items.slice(0, limit);
}

/**
 * Writes `items` without condition, 25 a request and 4 requests at once; of two with the same key the later one counts.
 * Throws when DynamoDB keeps leaving some out; those before are written.
 */
export async function putAll(client: DynamoDBDocumentClient, tableName: string, items: readonly Item[]): Promise<void> {
  const distinct = [...new Map(items.map((item) => [`${item.pk}\n${item.sk}`, item])).values()];
  const batches = Array.from({ length: Math.ceil(distinct.length / batchSize) }, (_, i) => {
    return distinct.slice(i * batchSize, (i + 1) * batchSize).map((item) => ({ PutRequest: { Item: item } }));
  });
  await inParallel(batches, batchesAtOnce, async (batch) => {
    let left: { PutRequest?: { Item: Item | undefined } | undefined }[] = batch;
    for (let attempt = 1; left.length > 0; attempt++) {
      const answer = await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: left } }));
      left = answer.UnprocessedItems?.[tableName] ?? [];
      if (left.length > 0 && attempt === batchAttempts) {
        throw new Error(`DynamoDB left out ${left.length} items for table "${tableName}" ${attempt} times: run the scan again later.`);
      }
      if (left.length > 0) await pause(Math.min(20 * 2 ** attempt, 3000) * (0.5 + Math.random() / 2));
    }
  });
}

/** Does `work` for all items, at most `atOnce` at a time; results in the order of the items. After a failure it begins no more, and throws once all have ended. */
export async function inParallel<T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const [i, item] of queue) {
      if (failed) return;
      try {
        results[i] = await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  const failure = ended.find((end) => end.status === "rejected");
  if (failure) throw failure.reason;
  return results;
}

/** Waits `milliseconds` of wall time. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
