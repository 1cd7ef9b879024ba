/** Decisions about findings: an item for each, and one for everything that happened to it. Nothing of it is ever changed or deleted. */

import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { AckEvent, Acknowledgement, AckRecord } from "../model/acknowledgement.ts";
import { compare } from "../model/compare.ts";
import { ackKey, ackPartition, keyPiece } from "./keys.ts";
import { currentSchemaVersion, type Item, type Migration, migrate } from "./migrations.ts";
import { inParallel, queryAll } from "./requests.ts";
import type { Decisions } from "./store.ts";

const writesAtOnce = 8;

export class AckItems implements Decisions {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #migrations: readonly Migration[];

  constructor(client: DynamoDBDocumentClient, table: string, migrations: readonly Migration[]) {
    this.#client = client;
    this.#table = table;
    this.#migrations = migrations;
  }

  async all(account: string): Promise<AckRecord[]> {
    const items = await queryAll(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": ackPartition(account) },
      ConsistentRead: true,
    });
    const current = items.map((item) => migrate(item, this.#migrations));
    const events = Map.groupBy(current.filter(({ kind }) => kind === "ack-event").map(toEvent), ({ ack }) => ack);
    return current
      .filter(({ kind }) => kind === "ack")
      .map((item) => ({ ...toAck(item), events: (events.get(String(item.ackId)) ?? []).sort((a, b) => compare(a.at, b.at)) }))
      .sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
  }

  async save(account: string, { id, ...ack }: Acknowledgement): Promise<boolean> {
    // not "id": the index of that name is for findings
    return await this.#add({ ...ackKey(account, id), kind: "ack", account, ackId: id, ...ack });
  }

  async addEvents(account: string, events: readonly AckEvent[]): Promise<void> {
    await inParallel(events, writesAtOnce, (event) => {
      const { ack, at, kind, finding = "" } = event;
      const key = ackKey(account, ack, [at, kind, keyPiece(finding)].join("#"));
      const { kind: what, ...facts } = event;
      return this.#add({ ...key, kind: "ack-event", account, ...facts, what });
    });
  }

  /** False when the item is there already. */
  async #add(item: Item): Promise<boolean> {
    try {
      await this.#client.send(
        new PutCommand({
          TableName: this.#table,
          Item: { schemaVersion: currentSchemaVersion, ...item },
          ConditionExpression: "attribute_not_exists(pk)",
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

function toAck({ pk, sk, kind, schemaVersion, account, ackId, ...facts }: Item): Acknowledgement {
  return { id: ackId, ...facts } as unknown as Acknowledgement;
}

function toEvent({ pk, sk, kind, schemaVersion, account, what, ...facts }: Item): AckEvent {
  return { ...facts, kind: what } as unknown as AckEvent;
}
