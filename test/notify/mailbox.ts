import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SNSClient } from "@aws-sdk/client-sns";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { expect } from "vitest";
import type { PendingFinding, StoredFinding } from "../../shared/model/finding.ts";
import type { Channel, Message } from "../../shared/notify/channel.ts";
import { type DeliveryReport, deliver } from "../../shared/notify/deliver.ts";
import { snsChannel } from "../../shared/notify/sns.ts";
import { DynamodbStore } from "../../shared/store/dynamodb-store.ts";
import { LocalTable } from "../../shared/store/local-table.ts";
import { openTable } from "../../shared/store/table.ts";
import { account, now, stored } from "./a-finding.ts";
import "./without-aws-environment.ts";

export const regions = ["eu-west-1", "global"];

/** A store on dynalite, and a topic with one subscriber who gets everything. */
export class Mailbox {
  readonly local: LocalTable;
  readonly #folder: string;
  readonly #server: FauxqsServer;
  readonly #client: SNSClient;
  #tables = 0;

  private constructor(local: LocalTable, folder: string, server: FauxqsServer) {
    this.local = local;
    this.#folder = folder;
    this.#server = server;
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    this.#client = new SNSClient({ region: "us-east-1", endpoint: server.address, credentials });
  }

  static async open(): Promise<Mailbox> {
    const folder = await mkdtemp(join(tmpdir(), "smalltarget-deliver-"));
    return new Mailbox(await LocalTable.open(folder), folder, await startFauxqs({ port: 0, logger: false }));
  }

  async close(): Promise<void> {
    this.#client.destroy();
    await this.#server.stop();
    await this.local.close();
    await rm(this.#folder, { recursive: true });
  }

  /** Empties everything: a new table, a new topic. */
  async reset(): Promise<void> {
    this.#server.purgeAll();
    this.#server.setup({
      topics: [{ name: "watchdog" }],
      queues: [{ name: "inbox" }],
      subscriptions: [{ topic: "watchdog", queue: "inbox" }],
    });
    this.#tables += 1;
    await openTable(this.local.client, this.table, { create: true });
  }

  get table(): string {
    return `table-${this.#tables}`;
  }

  get store(): DynamodbStore {
    return new DynamodbStore(this.local.client, this.table);
  }

  channel(topic = "watchdog", name = "sns"): Channel {
    return snsChannel(this.#client, `arn:aws:sns:us-east-1:000000000000:${topic}`, name);
  }

  /** Does `before` ahead of every send, with the number of the message. */
  channelAfter(before: (number: number, message: Message) => Promise<void>): Channel {
    const sns = this.channel();
    let number = 0;
    return {
      ...sns,
      async send(message) {
        number += 1;
        await before(number, message);
        return sns.send(message, []);
      },
    };
  }

  /** Writes findings so that exactly what they say is pending for sns. */
  async given(...findings: readonly PendingFinding[]): Promise<void> {
    expect(await this.store.saveFindings(findings.map((finding) => ({ finding: stored(finding), previousVersion: undefined })))).toEqual(
      [],
    );
  }

  async stored(id: string): Promise<StoredFinding | undefined> {
    return (await this.store.findings(account, regions)).find((finding) => finding.id === id);
  }

  /** Writes the finding as another scan would, counting its version up. */
  async writeElsewhere(id: string, change: Partial<StoredFinding> = {}): Promise<void> {
    const finding = await this.stored(id);
    if (!finding) throw new Error(`no ${id} in the store`);
    await this.store.saveFindings([{ finding: { ...finding, ...change, version: finding.version + 1 }, previousVersion: finding.version }]);
  }

  run(channel = this.channel(), at = now, store = this.store): Promise<DeliveryReport> {
    return deliver({ store, channels: [channel], account, regions, now: at });
  }

  /** Ids of the findings in each message that arrived, in order. */
  arrived(): string[] {
    const messages = this.#server.inspectQueue("inbox")?.messages.ready ?? [];
    return messages.map((message) => {
      const { email } = JSON.parse(JSON.parse(message.body).Message);
      return [...new Set(email.match(/F-\d{10}/g))].toSorted().join(" ");
    });
  }
}
