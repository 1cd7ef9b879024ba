/** Decisions as a YAML file for review in git: sorted, so that a change of one is a change of its lines only. Pure. */
import { stringify } from "yaml";
import type { AckRecord, AckScope } from "../model/acknowledgement.ts";
import { scopeName } from "./book.ts";
import { nobody } from "./read-file.ts";

/** The file with these decisions, which are those in force. */
export function writeDecisionFile(account: string, records: readonly AckRecord[]): string {
  const sorted = records.toSorted((a, b) => (scopeName(a.scope) < scopeName(b.scope) ? -1 : 1));
  const head =
    "# Decisions of Small Target about findings. After a change: smalltarget acks import FILE --dry-run, then without --dry-run.\n";
  return head + stringify({ version: 1, account, decisions: sorted.map(entryOf) }, { lineWidth: 0 });
}

function entryOf({ id, scope, finding, severity, reason, comment, until, alsoUntil, ticket, by, at, written }: AckRecord): object {
  return {
    ...scopeOf(scope, finding),
    severity,
    reason,
    comment,
    until: until.endsWith("T00:00:00.000Z") ? until.slice(0, 10) : until,
    ...(alsoUntil === "worse" ? {} : { alsoUntil }),
    ...(ticket === undefined ? {} : { ticket }),
    by: written?.by ?? by,
    at: written?.at ?? at,
    id,
  };
}

function scopeOf(scope: AckScope, finding: string): object {
  switch (scope.kind) {
    case "finding":
      return { finding: scope.finding };
    case "rule+resource":
      return { finding, rule: scope.rule, resource: scope.arn };
    case "rule+owner":
      return { finding, rule: scope.rule, owner: scope.team || nobody };
    case "rule+tag":
      return { finding, rule: scope.rule, tag: { key: scope.key, value: scope.value } };
  }
}
