/** When digests go out, and when nothing does. */
import * as v from "valibot";
import { type DigestTiming, type QuietHours, weekdays } from "../model/digest-timing.ts";

const hoursWords = 'two times of day such as "22-07" or "22:30-06:45"';
const zoneWords = 'the name of a time zone such as "Europe/Berlin" or "UTC"';
const dayWords = `a day of the week: ${weekdays.join(", ")}`;

export const entries = {
  quietHours: v.optional(
    v.pipe(
      v.string(`must be ${hoursWords}`),
      v.check((text) => parseQuietHours(text) !== undefined, `must be ${hoursWords}, which differ`),
      v.description(`${hoursWords}: between them only what is CRITICAL goes out; the rest waits until they end`),
    ),
  ),
  timeZone: v.optional(
    v.pipe(v.string(`must be ${zoneWords}`), v.check(isTimeZone, `must be ${zoneWords}`), v.description(`${zoneWords}; default: UTC`)),
  ),
  weeklyOn: v.optional(
    v.pipe(v.picklist(weekdays, `must be ${dayWords}`), v.description("day of the weekly digest, which always comes; default: monday")),
  ),
};

/** What the settings say, with the defaults; undefined: they say nothing. */
export function timingOf(given: v.InferOutput<v.StrictObjectSchema<typeof entries, undefined>> | undefined): DigestTiming | undefined {
  if (!given) return undefined;
  const { quietHours: text, timeZone = "UTC", weeklyOn = "monday" } = given;
  const quietHours = text === undefined ? undefined : parseQuietHours(text);
  return { ...(quietHours ? { quietHours } : {}), timeZone, weeklyOn };
}

/** Undefined where it is not of the form, or names no time at all. */
function parseQuietHours(text: string): QuietHours | undefined {
  const [, ...parts] = /^(\d{1,2})(?::(\d\d))?-(\d{1,2})(?::(\d\d))?$/.exec(text.replaceAll(" ", "")) ?? [];
  if (parts.length === 0) return undefined;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = parts.map((part) => Number(part ?? 0));
  const [fromMinutes, toMinutes] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
  // 24:00 is the end of a day, and nothing is later
  if (fromMinutes > 1440 || toMinutes > 1440 || fromMinute > 59 || toMinute > 59) return undefined;
  const [from, to] = [fromMinutes % 1440, toMinutes % 1440];
  return from === to ? undefined : { from, to };
}

function isTimeZone(name: string): boolean {
  try {
    // takes any case, and offsets such as +02:00, which know no summer time
    return !/^[+-]/.test(name) && new Intl.DateTimeFormat("en-US", { timeZone: name }).format() !== "";
  } catch {
    return false;
  }
}
