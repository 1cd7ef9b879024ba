/**
 * The rules about roles put to a file of an account instead of to a scan: what `aws iam get-account-authorization-details` printed, and perhaps
 * what `aws lambda list-functions` did. The same describers, the same rules, the same judge; what the files do not tell is not known.
 */
import type { FunctionConfiguration as LambdaFunction } from "@aws-sdk/client-lambda";
import { assess } from "../assess.ts";
import { type AccountDetails, principalsIn } from "../collect/iam/account-details.ts";
import { toFunction } from "../collect/lambda/functions.ts";
import { describePart } from "../describe/services/describe-part.ts";
import { parseArn } from "../model/arn.ts";
import type { Part } from "../model/coverage.ts";
import type { DocumentFinding } from "../model/document.ts";
import { documentFinding } from "../model/document-finding.ts";
import type { Principal } from "../model/principal.ts";
import { type FunctionConfiguration, globalRegion, type PartName, type RegionSnapshot, type Snapshot } from "../model/snapshot.ts";
import { statementsIn } from "../permissions/statements.ts";
import { catalogue } from "../rules/catalogue.ts";
import type { Settings } from "../settings.ts";

/** Rules that need nothing but policies and, some of them, which function has which role, and its settings. */
const judgedRules = new Set([
  "iam/admin-function-role",
  "iam/privilege-escalation",
  "iam/role-name-convention",
  "iam/shared-function-role",
  "iam/unknown-action",
  "lambda/readable-secret-in-environment",
]);

/** Rules about roles that ask for what code needs and what was used, which is in no such file. */
export const unjudgedInDumps = ["iam/excess-permissions", "iam/missing-permission", "iam/unused-service-access"] as const;

export interface Dump {
  readonly details: AccountDetails;
  /** Absent: nobody said which functions there are. */
  readonly functions?: readonly LambdaFunction[];
}

export interface JudgedDump {
  readonly account: string;
  readonly roles: number;
  readonly users: number;
  readonly findings: readonly DocumentFinding[];
  /** What could not be read or understood, in words. */
  readonly notes: readonly string[];
}

/** @param now the time as of which it is judged */
export function judgeDump({ details, functions }: Dump, settings: Settings, now: Date): JudgedDump {
  const principals = principalsIn(details);
  const { partition = "aws", account = "" } = parseArn(principals[0]?.arn ?? "") ?? {};
  const at = now.toISOString();
  const place = { account, partition, region: globalRegion, at };
  const complete = (collector: PartName | "iam") => ({ collector, region: globalRegion, status: "complete" as const });
  const iam = describePart("iam", { items: principals, coverage: complete("iam") }, place);
  const snapshot: Snapshot = {
    account,
    partition,
    // the files are all there is to look at
    regionSource: "account",
    at,
    accountCoverage: [],
    regions: [{ ...emptyRegion(globalRegion), services: { iam } }, ...regionsOf(functions ?? [])],
    dump: { hasFunctions: functions !== undefined },
  };
  const rules = catalogue.filter(({ id }) => judgedRules.has(id));
  const { findings, coverage } = assess(snapshot, rules, settings);
  const broken = coverage.flatMap(({ collector, message }) => (message ? [`${collector}: ${message}`] : []));
  return {
    account,
    roles: principals.filter(({ kind }) => kind === undefined).length,
    users: principals.filter(({ kind }) => kind === "user").length,
    findings: findings.map((finding) => documentFinding(finding, { status: "NEW", firstSeenAt: at, changedAt: at })),
    notes: [...new Set([...principals.flatMap((principal) => notesOn(principal)), ...broken])],
  };
}

/** What of its policies is not in the file, or cannot be understood. */
function notesOn({ name, unread, policies, hasBoundary, boundary }: Principal): string[] {
  const missing = hasBoundary && boundary?.document === undefined ? [...unread, `boundary ${boundary?.arn ?? ""}`] : unread;
  const { broken } = statementsIn(policies, () => undefined);
  return [
    ...missing.map((what) => `${name}: the text of ${what} is not in the file`),
    ...broken.map((what) => `${name}: ${what}: it grants nothing`),
  ];
}

function regionsOf(functions: readonly LambdaFunction[]): RegionSnapshot[] {
  const known = functions.flatMap((f) => toFunction(f, parseArn(f.FunctionArn ?? "")?.region || "unknown") ?? []);
  const byRegion = Map.groupBy(known, ({ region }) => region);
  // a Region without functions, so that there is one that was looked at
  if (byRegion.size === 0) return [regionWith("unknown", [])];
  return [...byRegion].map(([region, items]) => regionWith(region, items));
}

function regionWith(region: string, items: readonly FunctionConfiguration[]): RegionSnapshot {
  return { ...emptyRegion(region), functions: { items, coverage: { collector: "functions", region, status: "complete" } } };
}

/** A Region of which nothing was read. */
function emptyRegion(region: string): RegionSnapshot {
  const part = (name: PartName): Part<never> => ({ items: [], coverage: { collector: name, region, status: "unsupported" } });
  return {
    region,
    services: {},
    functions: part("functions"),
    eventSourceMappings: part("eventSourceMappings"),
    durationAlarms: part("durationAlarms"),
    queues: part("queues"),
    tags: part("tags"),
    usage: part("usage"),
    candidates: part("candidates"),
  };
}
