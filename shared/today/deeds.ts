/** Findings that one piece of work clears, together. Pure. */
import type { DocumentFinding } from "../model/document.ts";

/** One piece of work: its key, the same for as long as its cause is, and the findings that it clears; the first says what it is. */
export interface Deed {
  readonly key: string;
  readonly findings: readonly [DocumentFinding, ...DocumentFinding[]];
}

/** Whoever takes a function away takes with it whatever else is wrong with it. */
const takenAway: ReadonlySet<string> = new Set(["lambda/unused-function", "lambda/never-invoked-function", "lambda/redundant-copy"]);

/** A role that is written anew for what its functions need is neither too large nor shared any more. */
const ofRole: ReadonlySet<string> = new Set([
  "iam/admin-function-role",
  "iam/excess-permissions",
  "iam/privilege-escalation",
  "iam/shared-function-role",
  "iam/unused-service-access",
]);

/** A longer timeout is no longer tight, and needs no alarm. */
const ofTightTimeout: ReadonlySet<string> = new Set(["lambda/near-timeout-unwatched", "lambda/timeout-too-tight", "lambda/timing-out"]);

/**
 * @param findings gravest first
 * @param stackOf the CloudFormation stack of a function: what is deployed together is built together
 */
export function deedsOf(findings: readonly DocumentFinding[], stackOf: (arn: string) => string | undefined): Deed[] {
  const unused = new Set(findings.filter(({ rule }) => takenAway.has(rule)).map(({ resource }) => resource.arn));
  const tight = new Set(findings.filter(({ rule }) => isTight(rule)).map(({ resource }) => resource.arn));
  const groups = Map.groupBy(findings, (finding) => keyOf(finding, unused, tight, stackOf));
  return [...groups].flatMap(([key, group]) => {
    const lead = group.find(({ rule }) => takenAway.has(rule)) ?? group[0];
    return lead ? [{ key, findings: [lead, ...group.filter((one) => one !== lead)] }] : [];
  });
}

function isTight(rule: string): boolean {
  return rule === "lambda/timeout-too-tight" || rule === "lambda/timing-out";
}

function keyOf(
  { id, rule, resource, remediation }: DocumentFinding,
  unused: ReadonlySet<string>,
  tight: ReadonlySet<string>,
  stackOf: (arn: string) => string | undefined,
): string {
  if (unused.has(resource.arn)) return `remove ${resource.arn}`;
  if (ofRole.has(rule)) return `role ${resource.arn}`;
  if (ofTightTimeout.has(rule) && tight.has(resource.arn)) return `timeout ${resource.arn}`;
  // whoever builds anew takes the new versions of all libraries in one go
  if (rule === "library/vulnerable") return `upgrade ${stackOf(resource.arn) ?? resource.arn}`;
  const [command] = remediation.commands;
  return command === undefined ? `finding ${id}` : `command ${command}`;
}
