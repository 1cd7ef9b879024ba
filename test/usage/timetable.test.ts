import { describe, expect, it } from "vitest";
import { readTimetable, type ScheduleText, type Timetable } from "../../shared/usage/timetable.ts";
import { cronForm, randomFrom } from "./cron-forms.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;

function timetable(expression: string, more: Partial<ScheduleText> = {}): Timetable {
  const read = readTimetable({ expression, ...more });
  if ("why" in read) throw new Error(`${expression} ${read.why}`);
  return read;
}

/** The next runs after `from`, as text. */
function runs(expression: string, from: string, count: number, more: Partial<ScheduleText> = {}): string[] {
  const { next } = timetable(expression, more);
  const found: string[] = [];
  let at: Date | undefined = new Date(from);
  while (found.length < count) {
    at = next(at);
    if (!at) break;
    found.push(at.toISOString().slice(0, 16));
  }
  return found;
}

describe("600 generated cron expressions", () => {
  const random = randomFrom(20_261_127);
  const forms = Array.from({ length: 600 }, () => cronForm(random));

  it("run in the minutes in which they run by definition, in ten days looked at minute by minute", () => {
    const wrong = forms.filter(({ text, matches }) => {
      const from = Date.UTC(2026, Math.floor(random() * 40), 1 + Math.floor(random() * 28), 3, 17);
      const to = from + 10 * dayMs;
      const expected: number[] = [];
      for (let ms = from - (from % minuteMs) + minuteMs; ms <= to; ms += minuteMs) if (matches(new Date(ms))) expected.push(ms);
      const { next, previous, runsBetween } = timetable(text);
      const first = next(new Date(from))?.getTime();
      const last = previous(new Date(to))?.getTime();
      const fits =
        expected.length === 0
          ? (first === undefined || first > to) && (last === undefined || last <= from)
          : first === expected[0] && last === expected.at(-1);
      return !fits || runsBetween(new Date(from), new Date(to)) !== expected.length;
    });
    expect(wrong.map(({ text }) => text)).toEqual([]);
  });

  it("run on the days on which they run by definition, in three years looked at day by day", () => {
    const [from, to] = [Date.UTC(2026, 11, 31), Date.UTC(2029, 11, 31)];
    const wrong = forms.filter(({ text, matches }) => {
      const { cron } = timetable(text);
      const [minute = 0] = cron?.times ?? [];
      for (let ms = from; ms <= to; ms += dayMs) {
        const at = new Date(ms + minute * minuteMs);
        const runs = cron?.daysOf(at.getUTCFullYear(), at.getUTCMonth() + 1).includes(at.getUTCDate());
        if (runs !== matches(at)) return true;
      }
      return false;
    });
    expect(wrong.map(({ text }) => text)).toEqual([]);
  });
});

describe("a cron expression", () => {
  it.each([
    ["a range over the end of the week", "cron(0 6 ? * MON-SUN *)", ["2026-11-27T06:00", "2026-11-28T06:00", "2026-11-29T06:00"]],
    [
      "one that starts on Friday",
      "cron(0 6 ? * FRI-MON *)",
      ["2026-11-27T06:00", "2026-11-28T06:00", "2026-11-29T06:00", "2026-11-30T06:00", "2026-12-04T06:00"],
    ],
    ["one over midnight", "cron(0 22-2 * * ? *)", ["2026-11-27T00:00", "2026-11-27T01:00", "2026-11-27T02:00", "2026-11-27T22:00"]],
    [
      "one over the end of the year",
      "cron(0 0 1 NOV-FEB ? *)",
      ["2026-12-01T00:00", "2027-01-01T00:00", "2027-02-01T00:00", "2027-11-01T00:00"],
    ],
    ["the last working day", "cron(0 18 LW * ? *)", ["2026-11-30T18:00", "2026-12-31T18:00", "2027-01-29T18:00"]],
    ["the day before the last", "cron(0 18 L-1 * ? *)", ["2026-11-29T18:00", "2026-12-30T18:00", "2027-01-30T18:00", "2027-02-27T18:00"]],
    ["the last Friday", "cron(15 12 ? * 6L *)", ["2026-11-27T12:15", "2026-12-25T12:15", "2027-01-29T12:15"]],
    // the console's preview leaves months without a 31st out
    [
      "the working day nearest to the 31st",
      "cron(5 10 31W * ? 2027)",
      [
        "2027-01-29T10:05",
        "2027-03-31T10:05",
        "2027-05-31T10:05",
        "2027-07-30T10:05",
        "2027-08-31T10:05",
        "2027-10-29T10:05",
        "2027-12-31T10:05",
      ],
    ],
    ["29 February", "cron(0 10 29 2 ? *)", ["2028-02-29T10:00", "2032-02-29T10:00"]],
    ["a fifth Monday in February", "cron(0 0 ? 2 2#5 *)", ["2044-02-29T00:00", "2072-02-29T00:00"]],
    ["leading zeros and lower case", "cron(05 06 ? dec wed 2026)", ["2026-12-02T06:05", "2026-12-09T06:05"]],
  ])("reads %s", (_, expression, expected) => {
    expect(runs(expression, "2026-11-26T23:00:00Z", expected.length)).toEqual(expected);
  });

  it("that names past years only has no run to come, and had its last", () => {
    const past = timetable("cron(0 12 1 1 ? 2020-2024)");
    expect(past.next(new Date("2026-11-27T00:00:00Z"))).toBeUndefined();
    expect(past.previous(new Date("2026-11-27T00:00:00Z"))).toEqual(new Date("2024-01-01T12:00:00Z"));
  });

  it("for a day that no month has never runs", () => {
    expect(runs("cron(0 0 31 2,4,6 ? *)", "2026-01-01T00:00:00Z", 1)).toEqual([]);
  });
});

describe("what AWS refuses is said, and nothing is thrown", () => {
  it.each([
    ["cron(0 6 * * * *)", "must have ? for either day of month or day of week"],
    ["cron(0 6 ? * ? *)", "must have ? for either day of month or day of week"],
    ["cron(0 6 * * ?)", "has 5 fields, not six"],
    ["cron(60 6 * * ? *)", 'has "60" for minutes'],
    ["cron(0 24 * * ? *)", 'has "24" for hours'],
    ["cron(0 6 0 * ? *)", 'has "0" for day of month'],
    ["cron(0 6 ? * 0 *)", 'has "0" for day of week'],
    ["cron(0 6 ? * 8 *)", 'has "8" for day of week'],
    ["cron(0 6 * 13 ? *)", 'has "13" for month'],
    ["cron(0 6 * * ? 1969)", 'has "1969" for year'],
    ["cron(0 6 * * ? 2030-2026)", 'has "2030-2026" for year'],
    ["cron(*/0 6 * * ? *)", 'has "*/0" for minutes'],
    ["cron(0 6 ? * 2#6 *)", 'has "2#6" for day of week'],
    ["cron(0 6 ? * 2#1,5#3 *)", "has 2#1 beside another day of week, which AWS refuses"],
    ["cron(0 6 L * L *)", "must have ?"],
    ["cron(0 6 XYZ * ? *)", 'has "XYZ" for day of month'],
    ["rate(0 minutes)", "is not rate("],
    ["rate(1.5 hours)", "is not rate("],
    ["rate(5 weeks)", "is not rate("],
    ["rate(99999999999999999999 days)", "is not rate("],
    ["at(2026-02-30T10:00:00)", "is not at("],
    ["at(tomorrow)", "is not at("],
    ["0 6 * * ? *", "is none of rate(...)"],
    ["", "is none of rate(...)"],
    [`cron(${"1,".repeat(200)}1 * * * ? *)`, "is longer than the 256 characters"],
    [`cron(${"(".repeat(200)}`, "is none of rate(...)"],
  ])("%s", (expression, why) => {
    expect(readTimetable({ expression })).toEqual({ why: expect.stringContaining(why) });
  });

  it("also of a time zone and of dates", () => {
    expect(readTimetable({ expression: "rate(1 day)", timezone: "Mars/Olympus" })).toEqual({
      why: expect.stringContaining("Mars/Olympus"),
    });
    expect(readTimetable({ expression: "rate(1 day)", endsAt: "soon" })).toEqual({ why: expect.stringContaining("not a date") });
  });

  it("whatever it is given", () => {
    const random = randomFrom(7);
    const signs = "0123456789*/-,?LW#SUNJAN ()\u0000é".split("");
    for (let n = 0; n < 5000; n += 1) {
      const text = Array.from({ length: Math.floor(random() * 30) }, () => signs[Math.floor(random() * signs.length)]).join("");
      const read = readTimetable({ expression: n % 2 ? `cron(${text})` : `cron(0 6 ${text} *)` });
      if (!("why" in read)) read.next(new Date("2026-11-27T00:00:00Z"));
    }
  });
});

describe("a time zone", () => {
  it("says when clocks show the time", () => {
    const winterAndSummer = runs("cron(0 9 1 1,7 ? *)", "2026-11-27T00:00:00Z", 2, { timezone: "Europe/Berlin" });
    expect(winterAndSummer).toEqual(["2027-01-01T08:00", "2027-07-01T07:00"]);
    expect(runs("cron(0 1 * * ? *)", "2026-11-27T00:00:00Z", 2, { timezone: "Pacific/Auckland" })).toEqual([
      "2026-11-27T12:00",
      "2026-11-28T12:00",
    ]);
    expect(runs("at(2026-12-01T00:30:00)", "2026-11-27T00:00:00Z", 1, { timezone: "Asia/Kolkata" })).toEqual(["2026-11-30T19:00"]);
  });

  it("leaves out a time that clocks skip, and runs once at one that they show twice", () => {
    const newYork = { timezone: "America/New_York" };
    // clocks go from 2:00 to 3:00 on 14 March 2027, and from 2:00 back to 1:00 on 7 November
    expect(runs("cron(30 2 * * ? *)", "2027-03-13T00:00:00Z", 2, newYork)).toEqual(["2027-03-13T07:30", "2027-03-15T06:30"]);
    expect(runs("cron(30 1 * * ? *)", "2027-11-07T00:00:00Z", 2, newYork)).toEqual(["2027-11-07T05:30", "2027-11-08T06:30"]);
    const { runsBetween } = timetable("cron(30 2 * * ? *)", newYork);
    expect(runsBetween(new Date("2027-03-01T00:00:00Z"), new Date("2027-04-01T00:00:00Z"))).toBe(30);
  });
});

describe("a start and an end", () => {
  const more = { startsAt: "2026-12-10T00:00:00Z", endsAt: "2027-01-10T06:00:00Z" };

  it("bound a cron expression, the end with it", () => {
    const { next, previous, runsBetween } = timetable("cron(0 6 ? * SUN *)", more);
    expect(next(new Date("2026-11-27T00:00:00Z"))).toEqual(new Date("2026-12-13T06:00:00Z"));
    expect(next(new Date("2027-01-03T06:00:00Z"))).toEqual(new Date("2027-01-10T06:00:00Z"));
    expect(next(new Date("2027-01-10T06:00:00Z"))).toBeUndefined();
    expect(previous(new Date("2026-12-12T00:00:00Z"))).toBeUndefined();
    expect(previous(new Date("2028-01-01T00:00:00Z"))).toEqual(new Date("2027-01-10T06:00:00Z"));
    expect(runsBetween(new Date("2026-01-01T00:00:00Z"), new Date("2028-01-01T00:00:00Z"))).toBe(5);
  });

  it("bound a rate, which counts from its start", () => {
    const { next, previous, runsBetween } = timetable("rate(7 days)", more);
    expect(next(new Date("2026-11-27T00:00:00Z"))).toEqual(new Date("2026-12-10T00:00:00Z"));
    expect(next(new Date("2026-12-12T00:00:00Z"))).toEqual(new Date("2026-12-17T00:00:00Z"));
    expect(next(new Date("2027-01-09T00:00:00Z"))).toBeUndefined();
    expect(previous(new Date("2027-06-01T00:00:00Z"))).toEqual(new Date("2027-01-07T00:00:00Z"));
    expect(previous(new Date("2026-12-09T00:00:00Z"))).toBeUndefined();
    expect(runsBetween(new Date("2026-01-01T00:00:00Z"), new Date("2028-01-01T00:00:00Z"))).toBe(5);
  });

  it("do not count for a one-time schedule", () => {
    expect(runs("at(2028-01-01T00:00:00)", "2026-11-27T00:00:00Z", 2, more)).toEqual(["2028-01-01T00:00"]);
  });
});

describe("a rate of which nobody knows when it began", () => {
  it("runs within its time, and as often as the time holds it", () => {
    const { next, previous, runsBetween } = timetable("rate(2 hours)");
    const now = new Date("2026-11-27T09:30:00Z");
    expect(next(now)).toEqual(new Date("2026-11-27T11:30:00Z"));
    expect(previous(now)).toEqual(new Date("2026-11-27T07:30:00Z"));
    expect(runsBetween(new Date("2026-11-26T09:30:00Z"), now)).toBe(12);
    expect(runsBetween(now, new Date("2026-11-26T09:30:00Z"))).toBe(0);
  });

  it("counts from when it was made, where that is known", () => {
    const { next, runsBetween } = timetable("rate(1 day)", { createdAt: "2026-11-20T05:00:00Z" });
    expect(next(new Date("2026-11-27T09:30:00Z"))).toEqual(new Date("2026-11-28T05:00:00Z"));
    expect(runsBetween(new Date("2026-11-01T00:00:00Z"), new Date("2026-11-27T09:30:00Z"))).toBe(8);
  });
});
