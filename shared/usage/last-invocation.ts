/** When a function last ran, as far as can be told. Pure. */
import { dayOf, dayText } from "../model/day.ts";
import type { CandidateRead, FunctionConfiguration, FunctionUsage } from "../model/snapshot.ts";
import type { LastInvocation } from "../model/usage.ts";

/**
 * Last invocation from the ledger, completed by what was found elsewhere (edge Regions, aliases, the role of an edge function).
 * Quiet days of a function of which no run was seen count from the earliest evidence that it existed, and never further back
 * than could be seen.
 * @param usage undefined when the Region's usage could not be read at all
 */
export function lastInvocationOf(
  configuration: FunctionConfiguration,
  usage: FunctionUsage | undefined,
  candidate: CandidateRead | undefined,
  whyUnread: string | undefined,
  now: Date,
): LastInvocation {
  const entry = usage?.ledger;
  const lookbackDays = entry?.readFromDay === undefined ? 0 : dayOf(now) - entry.readFromDay + 1;
  if (!usage || usage.failure || !entry || lookbackDays === 0) {
    const why = usage?.failure ? `${usage.failure.operation} failed (${usage.failure.code})` : (whyUnread ?? "its metrics were not read");
    const known = entry?.lastActiveDay === undefined ? {} : { at: dayText(entry.lastActiveDay) };
    return { state: "unknown", source: "none", lookbackDays, why, ...known };
  }
  const edgeDay = candidate?.edge && candidate.roleLastUsedAt ? dayOf(candidate.roleLastUsedAt) : 0;
  const measured = Math.max(entry.lastActiveDay ?? 0, candidate?.elsewhereLastDay ?? 0);
  const last = Math.max(measured, edgeDay);
  if (last > 0) {
    const source = edgeDay > measured ? "role" : "metrics";
    return { state: "invoked", at: dayText(last), quietDays: Math.max(0, dayOf(now) - last), source, lookbackDays };
  }
  const { day, source } = existenceOf(configuration, usage, candidate);
  return { state: "none-seen", quietDays: Math.max(0, Math.min(dayOf(now) - day, lookbackDays)), source, lookbackDays };
}

interface Existence {
  readonly day: number;
  readonly source: LastInvocation["source"];
}

function existenceOf({ lastModified }: FunctionConfiguration, { ledger }: FunctionUsage, candidate: CandidateRead | undefined): Existence {
  if (ledger.recreatedAt) return { day: dayOf(ledger.recreatedAt), source: "first-seen" };
  const evidence: Existence[] = [{ day: dayOf(ledger.firstSeenAt), source: "first-seen" }];
  if (lastModified) evidence.push({ day: dayOf(lastModified), source: "last-modified" });
  if (candidate?.logGroupCreatedAt) evidence.push({ day: dayOf(candidate.logGroupCreatedAt), source: "log-group" });
  return evidence.reduce((earliest, one) => (one.day < earliest.day ? one : earliest));
}
