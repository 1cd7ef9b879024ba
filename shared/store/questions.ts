/** Questions to owners: an item for everything that was asked or answered. */
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { compare } from "../model/compare.ts";
import type { Question, QuestionEvent } from "../model/question.ts";
import { AddedItems } from "./added-items.ts";
import { questionKey, questionPartition } from "./keys.ts";
import type { Item, Migration } from "./migrations.ts";
import { inParallel } from "./requests.ts";
import type { Questions } from "./store.ts";

const writesAtOnce = 8;

export class QuestionItems implements Questions {
  readonly #items: AddedItems;

  constructor(client: DynamoDBDocumentClient, table: string, migrations: readonly Migration[]) {
    this.#items = new AddedItems(client, table, migrations);
  }

  async all(account: string): Promise<Question[]> {
    const events = (await this.#items.all(questionPartition(account))).map(toEvent);
    return [...Map.groupBy(events, ({ question }) => question)].map(([id, some]) => ({
      id,
      arn: some[0]?.arn ?? "",
      events: some.sort((a, b) => compare(a.at, b.at)),
    }));
  }

  async add(account: string, events: readonly QuestionEvent[]): Promise<void> {
    await inParallel(events, writesAtOnce, ({ kind, question, at, ...facts }) => {
      const key = questionKey(account, question, `${at}#${kind}`);
      return this.#items.add({ ...key, kind: "question-event", account, question, at, ...facts, what: kind });
    });
  }
}

function toEvent({ pk, sk, kind, schemaVersion, account, what, ...facts }: Item): QuestionEvent {
  return { ...facts, kind: what } as unknown as QuestionEvent;
}
