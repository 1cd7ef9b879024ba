/** Clock time of a time zone as instants. The zones' rules come with Node (ICU). Pure but for these. */
import { dayMs } from "../model/day.ts";

/** Answers the instant, ms since 1970, at which clocks show `minute` (0 to 1439) of `day` (days since 1970); undefined where they skip it. */
export type ClockOfDay = (minute: number) => number | undefined;

export interface Zone {
  /** Day that the zone's clocks show at an instant, days since 1970. */
  dayAt(ms: number): number;
  /** `even`: clocks are not changed around that day, so every minute of it comes once. */
  day(day: number): { readonly even: boolean; readonly clock: ClockOfDay };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A zone by its IANA name; undefined for a name that Node does not know. */
export function zoneNamed(name: string): Zone | undefined {
  if (/^(Etc\/)?(UTC|GMT|Universal|Zulu)$/i.test(name)) return zone(() => 0);
  try {
    const format = formats.get(name) ?? formatOf(name);
    // only names that exist come so far: a few hundred
    formats.set(name, format);
    return zone((ms) => offsetBy(format, ms));
  } catch {
    // Intl knows no other error than an unknown name
    return undefined;
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const numeric = "numeric" as const;
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
}

/** How far the clocks are ahead of UTC at an instant, ms. */
function offsetBy(format: Intl.DateTimeFormat, ms: number): number {
  const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
}

function zone(offsetAt: (ms: number) => number): Zone {
  return {
    dayAt: (ms) => Math.floor((ms + offsetAt(ms)) / dayMs),
    day(day) {
      const shown = day * dayMs;
      const [before, after] = [offsetAt(shown - dayMs), offsetAt(shown + 2 * dayMs)];
      if (before === after) return { even: true, clock: (minute) => shown + minute * 60_000 - before };
      // shown twice: the first time counts; never shown: skipped
      const clock: ClockOfDay = (minute) => {
        const wall = shown + minute * 60_000;
        const found = [wall - before, wall - after].filter((ms) => offsetAt(ms) === wall - ms);
        return found.length === 0 ? undefined : Math.min(...found);
      };
      return { even: false, clock };
    },
  };
}
