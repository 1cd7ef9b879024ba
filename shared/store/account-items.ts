/** The single items of an account: its state between scans, and what the sweep remembers of a time without scans. */
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { type Key, silenceKey, stateKey } from "./keys.ts";
import { currentSchemaVersion, type Item, type Migration, migrate } from "./migrations.ts";
import { type AccountState, type Silence, StoreConflictError } from "./store.ts";

export class AccountItems {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #migrations: readonly Migration[];

  constructor(client: DynamoDBDocumentClient, table: string, migrations: readonly Migration[]) {
    this.#client = client;
    this.#table = table;
    this.#migrations = migrations;
  }

  async state(account: string): Promise<AccountState> {
    const item = await this.#get(stateKey(account));
    if (!item) return { baselines: {}, channels: {}, version: 0 };
    const { pk, sk, kind, schemaVersion, account: _, ...facts } = item;
    return facts as unknown as AccountState;
  }

  /** @throws StoreConflictError when `version` is no longer what the store holds */
  async saveState(account: string, state: AccountState): Promise<AccountState> {
    const next = { ...state, version: state.version + 1 };
    const condition =
      state.version === 0
        ? { ConditionExpression: "attribute_not_exists(pk)" }
        : { ConditionExpression: "version = :version", ExpressionAttributeValues: { ":version": state.version } };
    try {
      await this.#put(stateKey(account), "state", { account, ...next }, condition);
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      throw new StoreConflictError(
        `The state of account ${account} is no longer at version ${state.version}: another scan wrote it. Run the scan again.`,
        { cause: error },
      );
    }
    return next;
  }

  async silence(account: string): Promise<Silence | undefined> {
    const item = await this.#get(silenceKey(account));
    if (!item) return undefined;
    const { since, saidAt } = item as unknown as Silence;
    return { since, ...(saidAt === undefined ? {} : { saidAt }) };
  }

  async saveSilence(account: string, silence: Silence): Promise<void> {
    await this.#put(silenceKey(account), "silence", { account, ...silence });
  }

  async #get(key: Key): Promise<Item | undefined> {
    const { Item } = await this.#client.send(new GetCommand({ TableName: this.#table, Key: { ...key }, ConsistentRead: true }));
    return Item && migrate(Item, this.#migrations);
  }

  async #put(key: Key, kind: string, facts: Item, condition: object = {}): Promise<void> {
    const item = { ...key, kind, schemaVersion: currentSchemaVersion, ...facts };
    await this.#client.send(new PutCommand({ TableName: this.#table, Item: item, ...condition }));
  }
}
