/**
 * When a schedule runs: rules of EventBridge (UTC) and schedules of EventBridge Scheduler (a time zone, a first and a last date). Pure.
 *
 * Source: EventBridge user guide, "Creating a rule that runs on a schedule"; EventBridge Scheduler user guide, "Schedule types". A run at a time that
 * clocks skip in spring is left out, one at a time that they show twice in autumn comes once. Start and end do not count for a one-time schedule.
 * A schedule that is over stays listed with the state ENABLED, unless its ActionAfterCompletion is DELETE.
 */
import { dayMs } from "../model/day.ts";
import { type Cron, readCron, years } from "./cron.ts";
import { type Zone, zoneNamed } from "./time-zone.ts";

/** What AWS says of a schedule. Dates are ISO 8601. */
export interface ScheduleText {
  /** `rate(...)`, `cron(...)` or `at(...)`. */
  readonly expression: string;
  /** IANA name; UTC where absent. */
  readonly timezone?: string | undefined;
  readonly startsAt?: string | undefined;
  readonly endsAt?: string | undefined;
  /** When it was made: what a rate without a start counts from. */
  readonly createdAt?: string | undefined;
}

export interface Timetable {
  readonly kind: "rate" | "cron" | "at";
  /** First run after this moment; of a rate whose beginning is not known, the latest that it can be. Undefined: there is none. */
  next(after: Date): Date | undefined;
  /** Last run at or before this moment; of a rate whose beginning is not known, the earliest that it can be. */
  previous(before: Date): Date | undefined;
  /** Runs after `from`, up to and with `to`. */
  runsBetween(from: Date, to: Date): number;
  /** For cron. */
  readonly cron?: Cron;
  /** For rate: between two runs, ms. */
  readonly everyMs?: number;
}

/** Longest expression that AWS takes, characters (API references of PutRule and CreateSchedule). */
const longestExpression = 256;
const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: dayMs };
/** Midnight after the last year that an expression can name. */
const endOfTime = Date.UTC(years.last + 1, 0, 1);

/** Reads a schedule; `why` says what is wrong with it, in words that follow the expression. Never throws, whatever it is given. */
export function readTimetable(text: ScheduleText): Timetable | { readonly why: string } {
  const { expression, timezone = "UTC" } = text;
  if (expression.length > longestExpression) return { why: `is longer than the ${longestExpression} characters that AWS takes` };
  const [, kind, body = ""] = /^(rate|cron|at)\(([^()]*)\)$/.exec(expression.trim()) ?? [];
  if (kind === undefined) return { why: "is none of rate(...), cron(...) and at(...)" };
  const zone = zoneNamed(timezone);
  if (!zone) return { why: `is in the time zone ${JSON.stringify(timezone.slice(0, 50))}, which is not known` };
  if (kind === "at") return readAt(body, zone);
  const bounds = boundsOf(text);
  if ("why" in bounds) return bounds;
  if (kind === "rate") return readRate(body, bounds);
  const cron = readCron(body);
  return "why" in cron ? cron : cronTimetable(cron, zone, bounds);
}

interface Bounds {
  readonly start: number;
  readonly end: number;
  /** When a rate began to count. */
  readonly anchor?: number;
}

function boundsOf({ startsAt, endsAt, createdAt }: ScheduleText): Bounds | { readonly why: string } {
  const start = startsAt === undefined ? 0 : Date.parse(startsAt);
  const end = endsAt === undefined ? endOfTime : Date.parse(endsAt);
  if (Number.isNaN(start) || Number.isNaN(end)) return { why: "has a start or an end that is not a date" };
  const made = createdAt === undefined ? Number.NaN : Date.parse(createdAt);
  return { start, end, ...(startsAt !== undefined ? { anchor: start } : Number.isNaN(made) ? {} : { anchor: made }) };
}

function readAt(body: string, zone: Zone): Timetable | { readonly why: string } {
  const [, day = "", time = ""] = /^\s*(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\s*$/.exec(body) ?? [];
  const shown = Date.parse(`${day}T${time}Z`);
  // Date.parse takes 30 February for 2 March
  if (Number.isNaN(shown) || !new Date(shown).toISOString().startsWith(`${day}T${time}`)) return { why: "is not at(yyyy-mm-ddThh:mm:ss)" };
  const within = Math.floor(shown / dayMs);
  const run = zone.day(within).clock((shown - within * dayMs) / 60_000);
  return single(run);
}

function single(run: number | undefined): Timetable {
  return {
    kind: "at",
    next: (after) => (run !== undefined && run > after.getTime() ? new Date(run) : undefined),
    previous: (before) => (run !== undefined && run <= before.getTime() ? new Date(run) : undefined),
    runsBetween: (from, to) => (run !== undefined && run > from.getTime() && run <= to.getTime() ? 1 : 0),
  };
}

function readRate(body: string, { start, end, anchor }: Bounds): Timetable | { readonly why: string } {
  const [, value, unit = ""] = /^\s*(\d{1,6})\s+(minute|hour|day)s?\s*$/.exec(body) ?? [];
  const every = Number(value) * (unitMs[unit] ?? Number.NaN);
  if (!(every > 0)) return { why: "is not rate(NUMBER minutes|hours|days)" };
  /** The run number n, counted from the anchor. */
  const index = (ms: number) => (anchor === undefined ? 0 : Math.floor((ms - anchor) / every));
  const first = Math.max(start, anchor ?? 0);
  return {
    kind: "rate",
    everyMs: every,
    next(after) {
      const ms = Math.max(after.getTime(), first - 1);
      const run = anchor === undefined ? ms + every : anchor + (index(ms) + 1) * every;
      return run <= end ? new Date(run) : undefined;
    },
    previous(before) {
      const ms = Math.min(before.getTime(), end);
      const run = anchor === undefined ? ms - every : anchor + index(ms) * every;
      return run >= first ? new Date(run) : undefined;
    },
    runsBetween(from, to) {
      const [after, until] = [Math.max(from.getTime(), first - 1), Math.min(to.getTime(), end)];
      if (until <= after) return 0;
      return anchor === undefined ? Math.floor((until - after) / every) : index(until) - index(after);
    },
  };
}

function cronTimetable(cron: Cron, zone: Zone, { start, end }: Bounds): Timetable {
  const runsOn = (day: number) => {
    const { clock } = zone.day(day);
    return cron.times.flatMap((minute) => clock(minute) ?? []).sort((a, b) => a - b);
  };
  return {
    kind: "cron",
    cron,
    next(after) {
      const from = Math.max(after.getTime(), start - 1);
      for (const day of daysFrom(cron, zone.dayAt(from) - 1)) {
        const run = runsOn(day).find((ms) => ms > from);
        if (run !== undefined) return run <= end ? new Date(run) : undefined;
      }
      return undefined;
    },
    previous(before) {
      const until = Math.min(before.getTime(), end);
      for (const day of daysBefore(cron, zone.dayAt(until) + 1)) {
        const run = runsOn(day).findLast((ms) => ms <= until);
        if (run !== undefined) return run >= start ? new Date(run) : undefined;
      }
      return undefined;
    },
    runsBetween(from, to) {
      const [after, until] = [Math.max(from.getTime(), start - 1), Math.min(to.getTime(), end)];
      const [first, last] = [zone.dayAt(after), zone.dayAt(until)];
      let runs = 0;
      for (const day of daysFrom(cron, first - 1)) {
        if (day > last + 1) break;
        const whole = day > first + 1 && day < last - 1 && zone.day(day).even;
        runs += whole ? cron.times.length : runsOn(day).filter((ms) => ms > after && ms <= until).length;
      }
      return runs;
    },
  };
}

/** Days on which it runs, from `day` on, to the end of the last year: at most 2,760 months are looked at. */
export function* daysFrom(cron: Cron, day: number): Generator<number> {
  const at = new Date(Math.max(day, 0) * dayMs);
  for (let month = at.getUTCFullYear() * 12 + at.getUTCMonth(); month < (years.last + 1) * 12; month += 1) {
    for (const one of daysIn(cron, month)) if (one >= day) yield one;
  }
}

/** The same backwards, from `day` on. */
export function* daysBefore(cron: Cron, day: number): Generator<number> {
  const at = new Date(Math.min(Math.max(day, 0) * dayMs, endOfTime));
  for (let month = at.getUTCFullYear() * 12 + at.getUTCMonth(); month >= years.first * 12; month -= 1) {
    for (const one of daysIn(cron, month).toReversed()) if (one <= day) yield one;
  }
}

function daysIn(cron: Cron, month: number): number[] {
  const [year, inYear] = [Math.floor(month / 12), month % 12];
  const first = Date.UTC(year, inYear, 1) / dayMs;
  return cron.daysOf(year, inYear + 1).map((day) => first + day - 1);
}
