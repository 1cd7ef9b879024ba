/** What surrounds the deployed function, on this machine: table, bucket and topic, the account it looks at, and its environment. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { createTableInput } from "../../shared/store/table.ts";
import { region, SmallAccount } from "./small-account.ts";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

export class Surroundings {
  readonly account: SmallAccount;
  readonly messaging: FauxqsServer;
  readonly dynamodb: DynamoDBClient;
  readonly environment: Readonly<Record<string, string>>;
  readonly #tables: Server;

  private constructor(account: SmallAccount, messaging: FauxqsServer, tables: Server) {
    const tablesUrl = `http://127.0.0.1:${(tables.address() as AddressInfo).port}`;
    this.account = account;
    this.messaging = messaging;
    this.#tables = tables;
    this.dynamodb = new DynamoDBClient({ region, endpoint: tablesUrl, credentials });
    this.environment = {
      TABLE_NAME: "findings",
      BUCKET_NAME: "blobs",
      TOPIC_ARN: `arn:aws:sns:${region}:000000000000:findings`,
      POWERTOOLS_SERVICE_NAME: "SmallTarget",
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL: account.url,
      AWS_ENDPOINT_URL_DYNAMODB: tablesUrl,
      AWS_ENDPOINT_URL_S3: messaging.address,
      AWS_ENDPOINT_URL_SNS: messaging.address,
    };
  }

  static async open(): Promise<Surroundings> {
    const messaging = await startFauxqs({ port: 0, logger: false });
    messaging.setup({
      topics: [{ name: "findings" }],
      queues: [{ name: "inbox" }],
      subscriptions: [{ topic: "findings", queue: "inbox" }],
      buckets: ["blobs"],
    });
    const surroundings = new Surroundings(await SmallAccount.open(), messaging, await tables());
    await surroundings.dynamodb.send(new CreateTableCommand(createTableInput("findings")));
    return surroundings;
  }

  async close(): Promise<void> {
    this.dynamodb.destroy();
    this.#tables.close();
    this.account.close();
    await this.messaging.stop();
  }

  /** Texts of the e-mails that arrived. */
  emails(): string[] {
    const messages = this.messaging.inspectQueue("inbox")?.messages.ready ?? [];
    return messages.map(({ body }) => JSON.parse(JSON.parse(body).Message).email);
  }
}

/** dynalite, in memory. */
async function tables(): Promise<Server> {
  const name = "dynalite";
  const { default: dynalite }: { default: (options: { createTableMs: number }) => Server } = await import(name);
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return server;
}
