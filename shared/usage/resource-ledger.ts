/** What is remembered of a resource's use between scans, what has to be read again, and what it all says. Pure. */
import { metricRetentionDays } from "../data/service-limits.ts";
import { dayMs, dayOf, dayText } from "../model/day.ts";
import type { LastUse, Resource } from "../model/graph.ts";
import { screeningDays } from "./metric-plan.ts";
import type { Signal } from "./resource-signals.ts";

/** Points of a day are complete this long after they were made; what is younger is read again. */
const settledAfterMs = 60 * 60_000;
/** A resource that is used all the time is asked for its last day of use this often: presence alone says that it is in use. */
const busyRereadDays = 7;

/** Days are days since 1970-01-01 UTC. */
export interface UseMemory {
  /** Day of the last use; absent: none was seen. */
  readonly usedDay?: number;
  /** Earliest day that was read. */
  readonly fromDay: number;
  /** Known up to here, ISO 8601. */
  readonly until: string;
  /** Day of the first scan that saw it. */
  readonly seenDay: number;
  /** The service that listed it; absent where an earlier version kept it. */
  readonly listedBy?: string;
  /** For changes: the last value, and its day. */
  readonly last?: { readonly day: number; readonly value: number };
}

export interface Screening {
  /** In ListMetrics: it has points of the last two weeks. Undefined when that could not be told. */
  readonly active: boolean | undefined;
}

/** First day to read, or undefined where memory and screening say enough. */
export function firstDay(memory: UseMemory | undefined, signal: Signal, { active }: Screening, now: Date): number | undefined {
  const today = dayOf(now);
  const earliest = today - metricRetentionDays + 1;
  if (!memory) return earliest;
  const gapDays = (now.getTime() - Date.parse(memory.until)) / dayMs;
  if (active === false && gapDays <= screeningDays) return undefined;
  const busy = active === true && memory.usedDay !== undefined && today - memory.usedDay <= busyRereadDays;
  if (busy && gapDays <= busyRereadDays) return undefined;
  return Math.max(earliest, Math.min(dayOf(memory.until), signal.reading === "change" ? (memory.last?.day ?? earliest) : today));
}

/** Adds what was read from `fromDay` on; `values` are those of all its series, by day. */
export function noteUse(
  memory: UseMemory | undefined,
  signal: Signal,
  fromDay: number,
  values: readonly ReadonlyMap<number, number>[],
  now: Date,
): UseMemory {
  const days = signal.reading === "positive" ? values.flatMap(positiveDays) : values.flatMap((series) => changedDays(series, memory));
  const usedDay = Math.max(memory?.usedDay ?? -1, ...days);
  const last = signal.reading === "change" ? latest(values[0], memory) : undefined;
  return {
    ...(usedDay >= 0 ? { usedDay } : {}),
    fromDay: Math.min(memory?.fromDay ?? fromDay, fromDay),
    until: new Date(now.getTime() - settledAfterMs).toISOString(),
    seenDay: memory?.seenDay ?? dayOf(now),
    ...(last ? { last } : {}),
  };
}

/** Nothing new was there to read: silence, up to two weeks ago, is known. */
export function noteSilence(memory: UseMemory, now: Date): UseMemory {
  return { ...memory, until: new Date(now.getTime() - settledAfterMs).toISOString() };
}

function positiveDays(series: ReadonlyMap<number, number>): number[] {
  return [...series].flatMap(([day, value]) => (value > 0 ? [day] : []));
}

function changedDays(series: ReadonlyMap<number, number>, memory: UseMemory | undefined): number[] {
  let before = memory?.last;
  const changed: number[] = [];
  for (const [day, value] of [...series].toSorted(([a], [b]) => a - b)) {
    if (before && day > before.day && value !== before.value) changed.push(day);
    before = { day, value };
  }
  return changed;
}

function latest(series: ReadonlyMap<number, number> | undefined, memory: UseMemory | undefined): UseMemory["last"] {
  const days = [...(series ?? [])].toSorted(([a], [b]) => b - a);
  return days[0] ? { day: days[0][0], value: days[0][1] } : memory?.last;
}

/** What is known of the use of `resource`. Use before its creation was that of a predecessor of the same name. */
export function concludeUse(resource: Resource, signal: Signal, memory: UseMemory, now: Date): LastUse {
  const today = dayOf(now);
  const created = resource.createdAt ? dayOf(resource.createdAt) : undefined;
  const source = signal.reading === "change" ? "storage-metrics" : "metrics";
  const lookbackDays = Math.min(metricRetentionDays, today - memory.fromDay + 1);
  const { usedDay } = memory;
  const own = usedDay !== undefined && (created === undefined || usedDay >= created);
  if (own) return { state: "used", at: dayText(usedDay), quietDays: Math.max(0, today - usedDay), source, lookbackDays };
  if (signal.silenceIsUnknown) return { state: "unknown", source, lookbackDays, why: signal.silenceIsUnknown };
  // without a date of creation it may be as young as the first scan that saw it
  const since = Math.max(created ?? memory.seenDay, memory.fromDay);
  return { state: "none-seen", quietDays: Math.max(0, today - since), source, lookbackDays };
}

/** IAM remembers the last use of a role for 400 days (IAM user guide, "Refining permissions using last accessed information"). */
const roleMemoryDays = 400;

/** The last use of a role, where its collector gave it. */
export function roleUse({ type, createdAt, details }: Resource, now: Date): LastUse | undefined {
  const at = details?.lastUsedAt;
  if (type !== "AWS::IAM::Role" || at === undefined) return undefined;
  const known = { source: "role", lookbackDays: roleMemoryDays } as const;
  const daysSince = (time: string) => Math.max(0, dayOf(now) - dayOf(time));
  if (typeof at === "string") return { state: "used", at: dayText(dayOf(at)), quietDays: daysSince(at), ...known };
  return { state: "none-seen", ...(createdAt ? { quietDays: Math.min(roleMemoryDays, daysSince(createdAt)) } : {}), ...known };
}
