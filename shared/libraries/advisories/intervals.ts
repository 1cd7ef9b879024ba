/** The ranges of an OSV record as intervals (ossf.github.io/osv-schema, "affected[].ranges[].events" and "Evaluation", schema 1.7). */
import type { VersionOrder } from "../versions/order.ts";
import type { Interval } from "./advisory.ts";
import { listOf, membersOf, textOf } from "./json-shapes.ts";

type Kind = "introduced" | "fixed" | "last_affected" | "limit";
const kinds: readonly Kind[] = ["introduced", "fixed", "last_affected", "limit"];

interface Event {
  readonly kind: Kind;
  readonly version: string;
  readonly key: unknown;
}

/** Undefined where the events are not understood; what is said last of a version stands. */
export function intervalsOf(events: unknown, order: VersionOrder): readonly Interval[] | undefined {
  const read = listOf(events)?.map((event) => readEvent(event, order));
  if (!read || read.length === 0 || read.some((event) => event === undefined)) return undefined;
  const known = read as readonly Event[];
  const sorted = known.filter(({ kind }) => kind !== "limit").toSorted((a, b) => compareEvents(a, b, order));
  return withinLimits(openAndShut(sorted, order), known, order);
}

function readEvent(event: unknown, order: VersionOrder): Event | undefined {
  const members = membersOf(event);
  for (const kind of kinds) {
    const version = members && textOf(members[kind]);
    if (version !== undefined) return { kind, version, key: isBeginning(kind, version) ? undefined : order.parse(version) };
  }
  return undefined;
}

/** `introduced: "0"` is before every version, also before 0.0.0-alpha. */
const isBeginning = (kind: Kind, version: string) => kind === "introduced" && version === "0";

function compareEvents(a: Event, b: Event, order: VersionOrder): number {
  if (a.key === undefined || b.key === undefined) return Number(b.key === undefined) - Number(a.key === undefined);
  return order.compare(a.key, b.key);
}

function openAndShut(events: readonly Event[], order: VersionOrder): Interval[] {
  const intervals: Interval[] = [];
  let open: Event | undefined;
  for (const [i, event] of events.entries()) {
    if (event.kind === "introduced") {
      // `last_affected: 2, introduced: 2`, written the other way round, is one version
      const before = events[i - 1];
      const single = !open && before?.kind === "last_affected" && i === 1 && compareEvents(before, event, order) === 0;
      if (single) intervals.push({ from: event.version, to: event.version, end: "last" });
      else open ??= event;
    } else if (open) {
      intervals.push({ ...from(open), to: event.version, end: event.kind === "fixed" ? "fixed" : "last" });
      open = undefined;
    }
  }
  return open ? [...intervals, from(open)] : intervals;
}

const from = ({ key, version }: Event): Interval => (key === undefined ? {} : { from: version });

/** Only versions before some limit are known to be in the range; `*` is none. */
function withinLimits(intervals: readonly Interval[], events: readonly Event[], order: VersionOrder): readonly Interval[] {
  const limits = events.filter(({ kind }) => kind === "limit");
  const [first, ...more] = limits;
  if (!first || limits.some(({ version }) => version === "*")) return intervals;
  const furthest = more.reduce((one, other) => (order.compare(other.key, one.key) > 0 ? other : one), first);
  return intervals.flatMap((interval) => {
    if (interval.from !== undefined && order.compare(order.parse(interval.from), furthest.key) >= 0) return [];
    const endsBefore = interval.to !== undefined && order.compare(order.parse(interval.to), furthest.key) < 0;
    return endsBefore ? [interval] : [{ ...interval, to: furthest.version, end: "limit" as const }];
  });
}

/** An interval with its ends parsed. */
export interface ParsedInterval {
  readonly from: unknown;
  readonly to: unknown;
  readonly endIsIn: boolean;
}

export function parsedInterval({ from: first, to, end }: Interval, order: VersionOrder): ParsedInterval {
  return {
    from: first === undefined ? undefined : order.parse(first),
    to: to === undefined ? undefined : order.parse(to),
    endIsIn: end === "last",
  };
}

export function isWithin(key: unknown, { from: first, to, endIsIn }: ParsedInterval, order: VersionOrder): boolean {
  if (first !== undefined && order.compare(key, first) < 0) return false;
  if (to === undefined) return true;
  const beyond = order.compare(key, to);
  return endIsIn ? beyond <= 0 : beyond < 0;
}
