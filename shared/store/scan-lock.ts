/** One scan of an account at a time: a lock with a lease, by wall time, that a crashed scan loses by itself. */
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { lockKey } from "./keys.ts";
import { currentSchemaVersion } from "./migrations.ts";
import type { LockHolder, LockPurpose } from "./store.ts";

const acquireAttempts = 5;

export class ScanLock {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #now: () => Date;

  constructor(client: DynamoDBDocumentClient, tableName: string, now: () => Date) {
    this.#client = client;
    this.#table = tableName;
    this.#now = now;
  }

  /** Takes the lock when it is free, expired or already `scanId`'s; otherwise answers who holds it. */
  async acquire(account: string, scanId: string, leaseSeconds: number, purpose: LockPurpose = "scan"): Promise<LockHolder | "acquired"> {
    for (let attempt = 1; ; attempt++) {
      const since = this.#now().toISOString();
      const lock = {
        kind: "lock",
        schemaVersion: currentSchemaVersion,
        account,
        scanId,
        since,
        leaseUntil: this.#leaseUntil(leaseSeconds),
      };
      const taken = await this.#ifAllowed(() =>
        this.#client.send(
          new PutCommand({
            TableName: this.#table,
            Item: { ...lockKey(account, purpose), ...lock },
            ConditionExpression: "attribute_not_exists(pk) OR scanId = :scanId OR leaseUntil <= :now",
            ExpressionAttributeValues: { ":scanId": scanId, ":now": since },
          }),
        ),
      );
      if (taken) return "acquired";
      const holder = await this.#holder(account, purpose);
      if (holder) return holder;
      // given back between the two requests: try again
      if (attempt === acquireAttempts)
        throw new Error(`The scan lock of account ${account} changes hands too quickly: run the scan again.`);
    }
  }

  /** Prolongs the lease; false when the lock is no longer `scanId`'s. */
  renew(account: string, scanId: string, leaseSeconds: number, purpose: LockPurpose = "scan"): Promise<boolean> {
    return this.#ifAllowed(() =>
      this.#client.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: { ...lockKey(account, purpose) },
          UpdateExpression: "SET leaseUntil = :leaseUntil",
          ConditionExpression: "scanId = :scanId",
          ExpressionAttributeValues: { ":scanId": scanId, ":leaseUntil": this.#leaseUntil(leaseSeconds) },
        }),
      ),
    );
  }

  /** Gives the lock back; does nothing when it is somebody else's or nobody's. */
  async release(account: string, scanId: string, purpose: LockPurpose = "scan"): Promise<void> {
    await this.#ifAllowed(() =>
      this.#client.send(
        new DeleteCommand({
          TableName: this.#table,
          Key: { ...lockKey(account, purpose) },
          ConditionExpression: "scanId = :scanId",
          ExpressionAttributeValues: { ":scanId": scanId },
        }),
      ),
    );
  }

  async #holder(account: string, purpose: LockPurpose): Promise<LockHolder | undefined> {
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: { ...lockKey(account, purpose) }, ConsistentRead: true }),
    );
    return Item ? { scanId: String(Item.scanId), since: String(Item.since), expiresAt: String(Item.leaseUntil) } : undefined;
  }

  #leaseUntil(leaseSeconds: number): string {
    return new Date(this.#now().getTime() + leaseSeconds * 1000).toISOString();
  }

  /** False when the condition of the write did not hold. */
  async #ifAllowed(write: () => Promise<unknown>): Promise<boolean> {
    try {
      await write();
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}
