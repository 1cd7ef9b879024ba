/** The store on DynamoDB: the deployed table, or the local one (local-table.ts) through the same code. */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { StoredFinding } from "../model/finding.ts";
import { severityRank } from "../model/finding.ts";
import type { LedgerEntry, RegionLedger } from "../model/usage.ts";
import { AccountItems } from "./account-items.ts";
import { AckItems } from "./acknowledgements.ts";
import { expiryOf, fromFindingItem } from "./finding-item.ts";
import { saveFindings } from "./finding-writes.ts";
import { fromFunctionItem, toFunctionItem } from "./function-item.ts";
import { allStates, type Key, ledgerKey, openStates, regionPartition, scanKey, scanPartition } from "./keys.ts";
import { currentSchemaVersion, type Item, type Migration, migrate, migrations } from "./migrations.ts";
import { readOwners, writeOwner } from "./owner-overrides.ts";
import { QuestionItems } from "./questions.ts";
import { inParallel, putAll, queryAll } from "./requests.ts";
import { ScanLock } from "./scan-lock.ts";
import type { AccountState, Decisions, FindingWrite, LockHolder, LockPurpose, Questions, ScanItem, Silence, Store } from "./store.ts";

const queriesAtOnce = 4;

export interface DynamodbStoreOptions {
  /** Wall time, for the lock. */
  readonly now?: () => Date;
  /** How items of older versions are read. */
  readonly migrations?: readonly Migration[];
}

/** The store in the table `tableName`, which openTable has checked. Uses no transactions, no scans and no PartiQL. */
export class DynamodbStore implements Store {
  readonly decisions: Decisions;
  readonly questions: Questions;
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #migrations: readonly Migration[];
  readonly #lock: ScanLock;
  readonly #account: AccountItems;

  constructor(client: DynamoDBClient, tableName: string, options: DynamodbStoreOptions = {}) {
    this.#client = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
    this.#table = tableName;
    this.#migrations = options.migrations ?? migrations;
    this.#lock = new ScanLock(this.#client, tableName, options.now ?? (() => new Date()));
    this.#account = new AccountItems(this.#client, tableName, this.#migrations);
    this.questions = new QuestionItems(this.#client, tableName, this.#migrations);
    this.decisions = new AckItems(this.#client, tableName, this.#migrations);
  }

  async findings(account: string, regions: readonly string[]): Promise<StoredFinding[]> {
    const perRegion = await inParallel([...new Set(regions)], queriesAtOnce, (region) =>
      this.#query({
        ...where({ pk: regionPartition(account, region), sk: "FINDING#" }, "#pk = :pk AND begins_with(#sk, :sk)"),
        ConsistentRead: true,
      }),
    );
    return perRegion.flat().map(fromFindingItem);
  }

  async openFindings(account: string): Promise<StoredFinding[]> {
    const findings = await this.#byState(openStates, "");
    return findings
      .filter(({ resource }) => resource.account === account)
      .sort((a, b) => severityRank(a.severity) - severityRank(b.severity) || descending(a.changedAt, b.changedAt));
  }

  async findingById(id: string): Promise<StoredFinding | undefined> {
    if (id === "") return undefined;
    const [item] = await this.#query({ IndexName: "byId", ...where({ id }, "#id = :id") });
    return item ? fromFindingItem(item) : undefined;
  }

  async findingsOfTeam(team: string): Promise<StoredFinding[]> {
    if (team === "") return [];
    const condition = where({ team, ownerOrder: "OPEN#" }, "#team = :team AND begins_with(#ownerOrder, :ownerOrder)");
    const items = await this.#query({ IndexName: "byOwner", ...condition });
    return items.map(fromFindingItem).sort((a, b) => descending(a.changedAt, b.changedAt));
  }

  async findingsChangedSince(since: string): Promise<StoredFinding[]> {
    const findings = await this.#byState(allStates, since);
    return findings.sort((a, b) => descending(b.changedAt, a.changedAt));
  }

  async saveFindings(writes: readonly FindingWrite[]): Promise<FindingWrite[]> {
    return await saveFindings(this.#client, this.#table, writes);
  }

  async ledger(account: string, region: string): Promise<RegionLedger> {
    // "FUNCTION#..." and "LEDGER" are neighbours: one query reads both
    const condition = where(
      { pk: regionPartition(account, region), from: "FUNCTION#", to: ledgerKey(account, region).sk },
      "#pk = :pk AND sk BETWEEN :from AND :to",
    );
    const items = await this.#query({ ...condition, ExpressionAttributeNames: { "#pk": "pk" }, ConsistentRead: true });
    const readUntil = items.find(({ kind }) => kind === "ledger")?.readUntil;
    const entries = items.filter(({ kind }) => kind === "function").map(fromFunctionItem);
    return {
      region,
      ...(typeof readUntil === "string" ? { readUntil } : {}),
      entries: new Map(entries.map((entry) => [entry.arn, entry])),
    };
  }

  async saveLedger(account: string, region: string, changed: readonly LedgerEntry[], readUntil: string | undefined): Promise<void> {
    await putAll(
      this.#client,
      this.#table,
      changed.map((entry) => toFunctionItem(account, entry)),
    );
    // last, so that a crash before leaves a Region that is read again, not one with a hole in its history
    if (readUntil !== undefined) await this.#put(ledgerKey(account, region), "ledger", { account, region, readUntil });
  }

  async saveScan(scan: ScanItem): Promise<void> {
    const { id, ...facts } = scan;
    await this.#put(scanKey(scan.account, scan.startedAt, id), "scan", { scanId: id, ...facts, expiresAt: expiryOf(scan.startedAt) });
  }

  async scans(account: string, limit: number): Promise<ScanItem[]> {
    const condition = where({ pk: scanPartition(account) }, "#pk = :pk");
    const items = await this.#query({ ...condition, ScanIndexForward: false, Limit: limit, ConsistentRead: true }, limit);
    return items.map(({ pk, sk, kind, schemaVersion, expiresAt, scanId, ...facts }) => ({ id: scanId, ...facts }) as unknown as ScanItem);
  }

  ownerOverrides(account: string): Promise<Map<string, string>> {
    return readOwners(this.#client, this.#table, account);
  }

  setOwner(account: string, arn: string, team: string | undefined): Promise<void> {
    return writeOwner(this.#client, this.#table, account, arn, team);
  }

  state(account: string): Promise<AccountState> {
    return this.#account.state(account);
  }

  saveState(account: string, state: AccountState): Promise<AccountState> {
    return this.#account.saveState(account, state);
  }

  silence(account: string): Promise<Silence | undefined> {
    return this.#account.silence(account);
  }

  saveSilence(account: string, silence: Silence): Promise<void> {
    return this.#account.saveSilence(account, silence);
  }

  acquireLock(account: string, scanId: string, leaseSeconds: number, purpose?: LockPurpose): Promise<LockHolder | "acquired"> {
    return this.#lock.acquire(account, scanId, leaseSeconds, purpose);
  }

  renewLock(account: string, scanId: string, leaseSeconds: number, purpose?: LockPurpose): Promise<boolean> {
    return this.#lock.renew(account, scanId, leaseSeconds, purpose);
  }

  releaseLock(account: string, scanId: string, purpose?: LockPurpose): Promise<void> {
    return this.#lock.release(account, scanId, purpose);
  }

  /** Findings in these partitions of byState that changed at or after `since`. */
  async #byState(states: readonly string[], since: string): Promise<StoredFinding[]> {
    // the empty text sorts before every time, but DynamoDB takes no empty key
    const from = since === "" ? "0" : since;
    const perState = await inParallel(states, queriesAtOnce, (state) =>
      this.#query({
        IndexName: "byState",
        ...where({ state, changedAt: from }, "#state = :state AND #changedAt >= :changedAt"),
      }),
    );
    return perState.flat().map(fromFindingItem);
  }

  async #query(query: Omit<QueryCommandInput, "TableName">, limit?: number): Promise<Item[]> {
    const items = await queryAll(this.#client, { TableName: this.#table, ...query }, limit);
    return items.map((item) => migrate(item, this.#migrations));
  }

  async #put(key: Key, kind: string, facts: Item, condition: object = {}): Promise<void> {
    const item = { ...key, kind, schemaVersion: currentSchemaVersion, ...facts };
    await this.#client.send(new PutCommand({ TableName: this.#table, Item: item, ...condition }));
  }
}

/** A key condition with its names (`#name`) and values (`:name`): many attribute names are reserved words. */
function where(values: Readonly<Record<string, string>>, condition: string) {
  const names = Object.keys(values);
  return {
    KeyConditionExpression: condition,
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, values[name]])),
  };
}

function descending(a: string, b: string): number {
  return a < b ? 1 : a > b ? -1 : 0;
}
