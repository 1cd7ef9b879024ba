/** Questions to owners: an item for everything that was asked or answered. */

import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { compare } from "../model/compare.ts";
import type { Question, QuestionEvent } from "../model/question.ts";
import { questionKey, questionPartition } from "./keys.ts";
import { currentSchemaVersion, type Item, type Migration, migrate } from "./migrations.ts";
import { inParallel, queryAll } from "./requests.ts";
import type { Questions } from "./store.ts";

const writesAtOnce = 8;

export class QuestionItems implements Questions {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #migrations: readonly Migration[];

  constructor(client: DynamoDBDocumentClient, table: string, migrations: readonly Migration[]) {
    this.#client = client;
    this.#table = table;
    this.#migrations = migrations;
  }

  async all(account: string): Promise<Question[]> {
    const items = await queryAll(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": questionPartition(account) },
      ConsistentRead: true,
    });
    const events = items.map((item) => toEvent(migrate(item, this.#migrations)));
    return [...Map.groupBy(events, ({ question }) => question)].map(([id, some]) => ({
      id,
      arn: some[0]?.arn ?? "",
      events: some.sort((a, b) => compare(a.at, b.at)),
    }));
  }

  async add(account: string, events: readonly QuestionEvent[]): Promise<void> {
    await inParallel(events, writesAtOnce, async (event) => {
      const { kind, question, at, ...facts } = event;
      const item = {
        ...questionKey(account, question, `${at}#${kind}`),
        kind: "question-event",
        account,
        question,
        at,
        ...facts,
        what: kind,
      };
      const request = { TableName: this.#table, Item: { schemaVersion: currentSchemaVersion, ...item } };
      try {
        await this.#client.send(new PutCommand({ ...request, ConditionExpression: "attribute_not_exists(pk)" }));
      } catch (error) {
        // it is written already
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    });
  }
}

function toEvent({ pk, sk, kind, schemaVersion, account, what, ...facts }: Item): QuestionEvent {
  return { ...facts, kind: what } as unknown as QuestionEvent;
}
