/**
 * Cron expressions as EventBridge reads them: minutes, hours, day of month, month, day of week, year. Pure calendar arithmetic, without a time zone.
 *
 * Sources: EventBridge user guide, "Cron expressions"; what AWS takes beyond it (`5L`, `LW`, `L-3`, ranges that wrap such as MON-SUN) and how it reads
 * `31W`, from public reports: docs/decisions/0014-schedules.md.
 */

/** First and last year of an expression. */
export const years = { first: 1970, last: 2199 } as const;

export interface Cron {
  /** Minutes of the day at which it runs, ascending, 0 to 1439. */
  readonly times: readonly number[];
  /** Days of a month (1 to 12) on which it runs, ascending; none in a year or month that it leaves out. */
  daysOf(year: number, month: number): readonly number[];
}

interface Field {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** Words for `first` and what follows it. */
  readonly words?: readonly string[];
}

const monthWords = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdayWords = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const minuteField: Field = { name: "minutes", first: 0, last: 59 };
const hourField: Field = { name: "hours", first: 0, last: 23 };
const dayField: Field = { name: "day of month", first: 1, last: 31 };
const monthField: Field = { name: "month", first: 1, last: 12, words: monthWords };
/** 1 is Sunday. */
const weekdayField: Field = { name: "day of week", first: 1, last: 7, words: weekdayWords };
const yearField: Field = { name: "year", ...years };

/** What is wrong with an expression: the end of a sentence that begins with it. */
class CronError extends Error {}

/** A month in which days are looked for: its length, and the weekday (1 is Sunday) of its first day. */
interface Month {
  readonly length: number;
  readonly firstWeekday: number;
}

/** The days that one item of a day field stands for. */
type Days = (month: Month) => readonly number[];

/** Reads what stands between `cron(` and `)`; `why` says what AWS would refuse, or we cannot read. Never throws. */
export function readCron(body: string): Cron | { readonly why: string } {
  try {
    return parse(body);
  } catch (error) {
    if (error instanceof CronError) return { why: error.message };
    throw error;
  }
}

function parse(body: string): Cron {
  const fields = body.trim().toUpperCase().split(/\s+/);
  if (fields.length !== 6) throw new CronError(`has ${fields.length} fields, not six`);
  const [minute = "", hour = "", day = "", month = "", weekday = "", year = ""] = fields;
  if ((day === "?") === (weekday === "?")) throw new CronError("must have ? for either day of month or day of week, and not for both");
  const minutes = valuesOf(minute, minuteField);
  const hours = valuesOf(hour, hourField);
  const inMonths = new Set(valuesOf(month, monthField));
  const inYears = new Set(valuesOf(year, yearField));
  const days = day === "?" ? daysOfWeek(weekday) : daysOfMonth(day);
  return {
    times: hours.flatMap((h) => minutes.map((m) => 60 * h + m)),
    daysOf: (y, m) => (inYears.has(y) && inMonths.has(m) ? days(monthOf(y, m)) : []),
  };
}

function monthOf(year: number, month: number): Month {
  return { length: new Date(Date.UTC(year, month, 0)).getUTCDate(), firstWeekday: new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 1 };
}

function daysOfMonth(text: string): Days {
  return union(
    text.split(",").map((item): Days => {
      const last = /^L(?:-(\d{1,2}))?(W)?$/.exec(item);
      if (last) {
        const [, back = 0, toWeekday] = last;
        return (month) => within(month.length - Number(back), month, toWeekday !== undefined);
      }
      if (!item.endsWith("W")) return plainDays(valuesOf(item, dayField));
      const near = numberOf(item.slice(0, -1), dayField);
      // a month that does not have the day is left out, as in the console's preview
      return (month) => within(near, month, true);
    }),
  );
}

function daysOfWeek(text: string): Days {
  const items = text.split(",");
  return union(
    items.map((item): Days => {
      // a week ends on Saturday
      if (item === "L") return weekdays([weekdayField.last]);
      const [, which, last, nth] = /^(\w+?)(?:(L)|#(\d))$/.exec(item) ?? [];
      if (which === undefined) return weekdays(valuesOf(item, weekdayField));
      const weekday = numberOf(which, weekdayField);
      if (last) return (month) => weekdays([weekday])(month).slice(-1);
      const n = Number(nth);
      if (n < 1 || n > 5) throw wrong(weekdayField, item);
      if (items.length > 1) throw new CronError(`has ${item} beside another day of week, which AWS refuses`);
      return (month) => weekdays([weekday])(month).slice(n - 1, n);
    }),
  );
}

/** The day, or where asked for the working day nearest to it in the same month; none where the month does not have it. */
function within(day: number, { length, firstWeekday }: Month, toWeekday: boolean): readonly number[] {
  if (day < 1 || day > length) return [];
  const weekday = ((firstWeekday - 1 + day - 1) % 7) + 1;
  if (!toWeekday || (weekday !== 1 && weekday !== 7)) return [day];
  if (weekday === 7) return [day === 1 ? 3 : day - 1];
  return [day === length ? day - 2 : day + 1];
}

function plainDays(days: readonly number[]): Days {
  return ({ length }) => days.filter((day) => day <= length);
}

function weekdays(wanted: readonly number[]): Days {
  return ({ length, firstWeekday }) =>
    Array.from({ length }, (_, index) => index + 1).filter((day) => wanted.includes(((firstWeekday - 1 + day - 1) % 7) + 1));
}

function union(items: readonly Days[]): Days {
  const [only] = items;
  if (items.length === 1 && only) return only;
  return (month) => [...new Set(items.flatMap((days) => days(month)))].sort((a, b) => a - b);
}

/** Values of a field that has no signs of its own, ascending. */
function valuesOf(text: string, field: Field): readonly number[] {
  const values = new Set(text.split(",").flatMap((item) => rangeOf(item, field)));
  return [...values].sort((a, b) => a - b);
}

/** `*`, `5`, `10-20`, each with or without a step. A range that ends before it begins goes on after the last value. */
function rangeOf(item: string, field: Field): number[] {
  const [, from = "", to, step] = /^([^-/]+)(?:-([^-/]+))?(?:\/(\d{1,4}))?$/.exec(item) ?? [];
  const { first, last } = field;
  const by = step === undefined ? 1 : Number(step);
  if (by === 0 || (from === "*" && to !== undefined)) throw wrong(field, item);
  const start = from === "*" ? first : numberOf(from, field);
  const size = last - first + 1;
  const end = to !== undefined ? numberOf(to, field) : from === "*" || step !== undefined ? last : start;
  if (end < start && field === yearField) throw wrong(field, item);
  const stop = end < start ? end + size : end;
  const values: number[] = [];
  for (let value = start; value <= stop; value += by) values.push(((value - first) % size) + first);
  return values;
}

function numberOf(text: string, field: Field): number {
  const { first, last, words = [] } = field;
  const named = words.indexOf(text);
  const value = named >= 0 ? first + named : /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= first && value <= last)) throw wrong(field, text);
  return value;
}

function wrong({ name, first, last }: Field, text: string): CronError {
  return new CronError(`has ${JSON.stringify(text.slice(0, 20))} for ${name}, which goes from ${first} to ${last}`);
}
