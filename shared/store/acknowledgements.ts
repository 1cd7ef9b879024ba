/** Decisions about findings: an item for each, and one for everything that happened to it. Nothing of it is ever changed or deleted. */
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { AckEvent, Acknowledgement, AckRecord } from "../model/acknowledgement.ts";
import { compare } from "../model/compare.ts";
import { AddedItems } from "./added-items.ts";
import { ackKey, ackPartition, keyPiece } from "./keys.ts";
import type { Item, Migration } from "./migrations.ts";
import { inParallel } from "./requests.ts";
import type { Decisions } from "./store.ts";

const writesAtOnce = 8;

export class AckItems implements Decisions {
  readonly #items: AddedItems;

  constructor(client: DynamoDBDocumentClient, table: string, migrations: readonly Migration[]) {
    this.#items = new AddedItems(client, table, migrations);
  }

  async all(account: string): Promise<AckRecord[]> {
    const current = await this.#items.all(ackPartition(account));
    const events = Map.groupBy(current.filter(({ kind }) => kind === "ack-event").map(toEvent), ({ ack }) => ack);
    return current
      .filter(({ kind }) => kind === "ack")
      .map((item) => ({ ...toAck(item), events: (events.get(String(item.ackId)) ?? []).sort((a, b) => compare(a.at, b.at)) }))
      .sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
  }

  async save(account: string, { id, ...ack }: Acknowledgement): Promise<boolean> {
    // not "id": the index of that name is for findings
    return await this.#items.add({ ...ackKey(account, id), kind: "ack", account, ackId: id, ...ack });
  }

  async addEvents(account: string, events: readonly AckEvent[]): Promise<void> {
    await inParallel(events, writesAtOnce, (event) => {
      const { ack, at, kind, finding = "" } = event;
      const key = ackKey(account, ack, [at, kind, keyPiece(finding)].join("#"));
      const { kind: what, ...facts } = event;
      return this.#items.add({ ...key, kind: "ack-event", account, ...facts, what });
    });
  }
}

function toAck({ pk, sk, kind, schemaVersion, account, ackId, ...facts }: Item): Acknowledgement {
  return { id: ackId, ...facts } as unknown as Acknowledgement;
}

function toEvent({ pk, sk, kind, schemaVersion, account, what, ...facts }: Item): AckEvent {
  return { ...facts, kind: what } as unknown as AckEvent;
}
