/** What reading a file of decisions changes. Pure. */
import type { Acknowledgement, AckRecord } from "../model/acknowledgement.ts";
import { type StoredFinding, severityRank } from "../model/finding.ts";
import { materialDigest } from "../model/outbox.ts";
import { isInForce, scopeName } from "./book.ts";
import { DecisionRefusedError, newDecision } from "./new-decision.ts";
import type { FileDecision, FileMistake } from "./read-file.ts";

export interface ImportPlan {
  /** To be decided, each with the one that it takes the place of. */
  readonly decide: readonly { readonly ack: Acknowledgement; readonly instead?: AckRecord }[];
  /** In force, and not in the file. */
  readonly missing: readonly AckRecord[];
  /** As the file says already. */
  readonly same: number;
  /** Lines that say nothing any more, and why. */
  readonly idle: readonly FileMistake[];
  readonly mistakes: readonly FileMistake[];
}

export interface ImportFacts {
  readonly records: readonly AckRecord[];
  /** The finding as the store has it. */
  readonly findingOf: (id: string) => StoredFinding | undefined;
  readonly by: string;
  readonly now: Date;
}

/** The plan: the same file read twice changes nothing the second time. */
export function planImport(entries: readonly FileDecision[], { records, findingOf, by, now }: ImportFacts): ImportPlan {
  const decide: { ack: Acknowledgement; instead?: AckRecord }[] = [];
  const [idle, mistakes]: [FileMistake[], FileMistake[]] = [[], []];
  let same = 0;
  const inForce = new Map(records.filter((record) => isInForce(record, now)).map((record) => [scopeName(record.scope), record]));
  const named = new Set(entries.map(({ scope }) => scopeName(scope)));
  for (const entry of entries) {
    const { line, scope, until } = entry;
    const instead = inForce.get(scopeName(scope));
    if (Date.parse(until) <= now.getTime()) {
      idle.push({ line, what: `its time was up ${until.slice(0, 10)}: it can be taken out of the file` });
      continue;
    }
    const about = scope.kind === "finding" ? findingOf(scope.finding) : undefined;
    if (scope.kind === "finding" && !about) {
      mistakes.push({ line, what: `finding: there is none ${scope.finding} in this account` });
      continue;
    }
    if (about?.status === "RESOLVED") {
      idle.push({ line, what: `${about.id} is resolved: there is nothing to accept` });
      continue;
    }
    if (about && entry.severity && severityRank(about.severity) < severityRank(entry.severity)) {
      idle.push({ line, what: `${about.id} is ${about.severity} now, graver than the ${entry.severity} that was accepted: decide anew` });
      continue;
    }
    try {
      const ack = newDecision(wantedOf(entry, about, instead, by), records, now);
      if (records.includes(ack as AckRecord)) same += 1;
      else decide.push(instead ? { ack, instead } : { ack });
    } catch (error) {
      if (!(error instanceof DecisionRefusedError)) throw error;
      mistakes.push({ line, what: error.message });
    }
  }
  const missing = [...inForce].filter(([name]) => !named.has(name)).map(([, record]) => record);
  return { decide, missing, same, idle, mistakes };
}

function wantedOf(entry: FileDecision, about: StoredFinding | undefined, instead: AckRecord | undefined, by: string) {
  const { scope, reason, comment, until, alsoUntil, ticket, written } = entry;
  const severity = entry.severity ?? about?.severity ?? "INFORMATIONAL";
  const finding = {
    id: about?.id ?? entry.finding ?? instead?.finding ?? "",
    severity,
    evidenceDigest: about ? materialDigest(about.materialKey) : "",
  };
  return { scope, reason, comment, until, alsoUntil, by, finding, ...(ticket ? { ticket } : {}), ...(written ? { written } : {}) };
}
