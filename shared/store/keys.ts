/** Keys of the one table, composed from natural attributes: the only place that knows how (design: docs/decisions/0002). */
import { createHash } from "node:crypto";
import { lastPieceOf, parseArn } from "../model/arn.ts";
import type { Finding, StoredFinding } from "../model/finding.ts";
import { severities, severityRank } from "../model/finding.ts";
import type { LockPurpose } from "./store.ts";

/** Primary key of an item. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** DynamoDB allows 1,024 bytes in a sort key; what is longer keeps its beginning and a hash. */
const maxSortKeyBytes = 1000;

/** Last use of functions that were never seen running: sorts before every date. */
export const neverUsed = "0000-00-00";
/** Last use of functions whose usage could not be read: sorts after every date, so that it never looks quiet. */
export const unknownUse = "unknown";

/** A name as one piece of a composed key: `#` separates pieces, so it cannot stand in one. */
export function keyPiece(name: string): string {
  return name.replaceAll("%", "%25").replaceAll("#", "%23");
}

/** Partition of everything found in one Region of an account (`global` for the account itself). */
export function regionPartition(account: string, region: string): string {
  return `${keyPiece(account)}#${keyPiece(region)}`;
}

/**
 * `FINDING#lambda#orders-api#lambda/timeout-too-long[#sub]`. Where the name is not what makes the ARN unique (several APIs may
 * have one name), the finding's id follows.
 */
export function findingKey({ resource, rule, sub, id }: Pick<Finding, "resource" | "rule" | "sub" | "id">): Key {
  const service = parseArn(resource.arn)?.service ?? "other";
  const isUnique = lastPieceOf(resource.arn) === resource.name || resource.type === "AWS::::Account";
  const pieces = [service, resource.name, rule, ...(sub ? [sub] : []), ...(isUnique ? [] : [id])].map(keyPiece);
  return { pk: regionPartition(resource.account, resource.region), sk: fitting(`FINDING#${pieces.join("#")}`) };
}

/** Facts and ledger of one function. */
export function functionKey(account: string, region: string, name: string): Key {
  return { pk: regionPartition(account, region), sk: fitting(`FUNCTION#${keyPiece(name)}`) };
}

/** What is known of the Region's ledger as a whole. */
export function ledgerKey(account: string, region: string): Key {
  return { pk: regionPartition(account, region), sk: "LEDGER" };
}

/** Scans sort by time; the id keeps two scans of one moment apart, as replays of a recording are. */
export function scanKey(account: string, startedAt: string, id: string): Key {
  return { pk: scanPartition(account), sk: `${startedAt}#${keyPiece(id)}` };
}

export function scanPartition(account: string): string {
  return `SCAN#${keyPiece(account)}`;
}

export function stateKey(account: string): Key {
  return { pk: `ACCOUNT#${keyPiece(account)}`, sk: "STATE" };
}

/** Since when no scan has completed, and when somebody was last told. */
export function silenceKey(account: string): Key {
  return { pk: `ACCOUNT#${keyPiece(account)}`, sk: "SILENCE" };
}

/** Owners that a person set, one item per resource. */
export function ownerKey(account: string, arn: string): Key {
  return { pk: ownerPartition(account), sk: arn };
}

export function ownerPartition(account: string): string {
  return `OWNER#${keyPiece(account)}`;
}

/** A decision, or with `event` something that happened to it. The name of an event makes it one, however often it is written. */
export function ackKey(account: string, id: string, event?: string): Key {
  return { pk: ackPartition(account), sk: fitting(`${keyPiece(id)}${event === undefined ? "" : `#EVENT#${event}`}`) };
}

export function ackPartition(account: string): string {
  return `ACK#${keyPiece(account)}`;
}

/** Something that was asked or answered about a resource. */
export function questionKey(account: string, question: string, event: string): Key {
  return { pk: questionPartition(account), sk: fitting(`${keyPiece(question)}#${event}`) };
}

export function questionPartition(account: string): string {
  return `ASK#${keyPiece(account)}`;
}

export function lockKey(account: string, purpose: LockPurpose = "scan"): Key {
  return { pk: `ACCOUNT#${keyPiece(account)}`, sk: purpose === "scan" ? "LOCK" : `LOCK#${keyPiece(purpose)}` };
}

/** The item that says which schema version wrote the table. */
export const schemaKey: Key = { pk: "SCHEMA", sk: "SCHEMA" };

/** Partitions of byState that hold open findings, gravest first: `OPEN#CRITICAL`. Suppressed findings are open too. */
export const openStates = severities.map((severity) => `OPEN#${severity}`);
/** All partitions of byState: a finding that is resolved moves from `OPEN#...` to `RESOLVED#...`. */
export const allStates = [...openStates, ...severities.map((severity) => `RESOLVED#${severity}`)];

/** Index attributes of a finding. A finding without a team has none for byOwner and is not in that index. */
export interface FindingIndexKeys {
  readonly state: string;
  readonly day: string;
  readonly ruleOrder: string;
  readonly team?: string;
  readonly ownerOrder?: string;
}

/** Derives the index attributes of a finding: see docs/queries.md for how people use them. */
export function findingIndexKeys(finding: StoredFinding): FindingIndexKeys {
  const { severity, status, changedAt, owner } = finding;
  const phase = status === "RESOLVED" ? "RESOLVED" : "OPEN";
  const rank = severityRank(severity);
  return {
    state: `${phase}#${severity}`,
    day: changedAt.slice(0, 10),
    ruleOrder: `${rank}#${changedAt}`,
    // an index key may not be empty: an empty team is no team
    ...(owner.team ? { team: owner.team, ownerOrder: `${phase}#${rank}#${changedAt}` } : {}),
  };
}

function fitting(sortKey: string): string {
  const bytes = Buffer.from(sortKey, "utf8");
  if (bytes.length <= maxSortKeyBytes) return sortKey;
  const hash = createHash("sha256").update(bytes).digest("hex");
  // a character cut in half decodes to U+FFFD, which may be longer than what was cut: 900 leaves room
  return `${bytes.subarray(0, 900).toString("utf8")}~${hash}`;
}
