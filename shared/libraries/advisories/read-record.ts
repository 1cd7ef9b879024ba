/** One OSV record (ossf.github.io/osv-schema) as far as it is about our ecosystems. It comes from elsewhere and may be anything. */
import { type Ecosystem, ecosystems } from "../../model/packages.ts";
import { orders } from "../versions/orders.ts";
import type { Advisory, Affected, Gravity, Interval } from "./advisory.ts";
import { gravityOf } from "./gravity.ts";
import { intervalsOf, isWithin, parsedInterval } from "./intervals.ts";
import { listOf, membersOf, textOf, textsOf } from "./json-shapes.ts";
import { comparableName } from "./package-names.ts";

/** What a record says. */
export interface ReadRecord {
  /** Absent: it is no record. */
  readonly id?: string;
  readonly modified?: string;
  /** Absent: withdrawn, about other ecosystems, or not understood. */
  readonly advisory?: Advisory;
  /** Something in it about our ecosystems was not understood, and perhaps versions are affected that we do not see. */
  readonly unreadable?: string;
}

const known = new Map<string, Ecosystem>(ecosystems.map((name) => [name, name]));
const mostAffected = 20_000;
const mostNames = 2_000;

export function readRecord(record: unknown): ReadRecord {
  const members = membersOf(record);
  const id = textOf(members?.id, 200);
  if (!members || id === undefined || !/^[A-Za-z\d][\w.:-]*$/.test(id)) return { unreadable: "it has no id" };
  const modified = textOf(members.modified, 60) ?? "";
  const affected = members.affected === undefined || members.affected === null ? [] : listOf(members.affected);
  if (members.withdrawn !== undefined && members.withdrawn !== null) return { id, modified };
  if (!affected || affected.length > mostAffected) return { id, modified, unreadable: "what it affects is no list, or longer than any" };
  const malicious = id.startsWith("MAL-");
  const read = affected.map((one) => readAffected(one));
  const unreadable = read.find((one) => typeof one === "string");
  const parts = read.filter((one): one is Affected => typeof one === "object");
  const gravity: Gravity = malicious
    ? { severity: "CRITICAL", by: "malicious" }
    : (gravityOf(members.severity, members.database_specific, ...affected.map((one) => membersOf(one)?.ecosystem_specific)) ??
      gravest(parts) ?? { severity: "MEDIUM", by: "nobody" });
  const [aliases, upstream] = [namesOf(members.aliases), namesOf(members.upstream)];
  const advisory: Advisory = {
    id,
    modified,
    ...(aliases.length > 0 ? { aliases } : {}),
    ...(upstream.length > 0 ? { upstream } : {}),
    gravity,
    ...(malicious ? { malicious } : {}),
    affected: parts,
  };
  return { id, modified, ...(parts.length > 0 ? { advisory } : {}), ...(unreadable === undefined ? {} : { unreadable }) };
}

function namesOf(list: unknown): readonly string[] {
  return (listOf(list) ?? []).slice(0, mostNames).flatMap((name) => textOf(name, 200) ?? []);
}

function gravest(parts: readonly Affected[]): Gravity | undefined {
  return parts.flatMap(({ gravity }) => gravity ?? []).toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))[0];
}

/** Undefined: not of our ecosystems; a text: why it is not understood. */
function readAffected(value: unknown): Affected | string | undefined {
  const named = membersOf(membersOf(value)?.package);
  // `Maven:https://repo.example.com` is another repository of the same names
  const ecosystem = known.get(textOf(named?.ecosystem)?.split(":", 1)[0] ?? "");
  if (!ecosystem) return named ? undefined : "what it affects has no package";
  const members = membersOf(value) ?? {};
  const name = textOf(named?.name);
  if (name === undefined) return "a package has no name";
  const versions = members.versions === undefined || members.versions === null ? [] : textsOf(members.versions);
  const ranges = members.ranges === undefined || members.ranges === null ? [] : listOf(members.ranges);
  if (!versions || !ranges) return `the versions of ${name} are no list`;
  const intervals: Interval[] = [];
  for (const range of ranges) {
    const { type, events } = membersOf(range) ?? {};
    // commits are not versions
    if (type === "GIT") continue;
    const found = type === "SEMVER" || type === "ECOSYSTEM" ? intervalsOf(events, orders[ecosystem]) : undefined;
    if (!found) return `a range of ${name} has another shape than OSV's`;
    intervals.push(...found);
  }
  const gravity = gravityOf(members.severity, members.database_specific);
  const others = outside(versions, intervals, ecosystem);
  return {
    ecosystem,
    name: comparableName(ecosystem, name),
    intervals,
    ...(others.length > 0 ? { versions: others } : {}),
    ...(gravity ? { gravity } : {}),
  };
}

/** Lists repeat what the ranges say: only the rest is kept. */
function outside(versions: readonly string[], intervals: readonly Interval[], ecosystem: Ecosystem): readonly string[] {
  const order = orders[ecosystem];
  const parsed = intervals.map((interval) => parsedInterval(interval, order));
  return versions.filter((version) => {
    const key = order.parse(version);
    return !parsed.some((interval) => isWithin(key, interval, order));
  });
}
