/** Items that are only ever added to an account's partition: what people decided, what was asked and answered. */
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { currentSchemaVersion, type Item, type Migration, migrate } from "./migrations.ts";
import { queryAll } from "./requests.ts";

export class AddedItems {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #migrations: readonly Migration[];

  constructor(client: DynamoDBDocumentClient, table: string, migrations: readonly Migration[]) {
    this.#client = client;
    this.#table = table;
    this.#migrations = migrations;
  }

  /** All of a partition, as this version writes them. */
  async all(partition: string): Promise<Item[]> {
    const items = await queryAll(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": partition },
      ConsistentRead: true,
    });
    return items.map((item) => migrate(item, this.#migrations));
  }

  /** False when the item is there already. */
  async add(item: Item): Promise<boolean> {
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
