import { describe, expect, test } from "vitest";
import type { DigestTiming } from "../../shared/model/digest-timing.ts";
import { isQuiet, localTimeText, quietUntil, weeklyDay, weeklyIsDue } from "../../shared/notify/local-time.ts";

const night = { from: 22 * 60, to: 7 * 60 };
const berlin: DigestTiming = { quietHours: night, timeZone: "Europe/Berlin", weeklyOn: "monday" };
const at = (iso: string) => new Date(iso);

describe("quiet hours", () => {
  test.each([
    ["2026-11-24T20:59:59Z", false],
    ["2026-11-24T21:00:00Z", true],
    ["2026-11-25T05:59:59Z", true],
    ["2026-11-25T06:00:00Z", false],
  ])("in winter %s is quiet in Berlin: %s", (iso, quiet) => {
    expect(isQuiet(berlin, at(iso))).toBe(quiet);
  });

  test.each([
    ["2026-07-24T19:59:59Z", false],
    ["2026-07-24T20:00:00Z", true],
    ["2026-07-25T05:00:00Z", false],
  ])("in summer %s is quiet in Berlin: %s", (iso, quiet) => {
    expect(isQuiet(berlin, at(iso))).toBe(quiet);
  });

  test("that lie within one day are so too", () => {
    const siesta = { ...berlin, quietHours: { from: 12 * 60, to: 14 * 60 + 30 } };
    expect(["10:59", "11:00", "13:29", "13:30"].map((time) => isQuiet(siesta, at(`2026-11-24T${time}:00Z`)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test("end at the time that the wall shows, also in the nights in which the clocks are changed", () => {
    const end = (iso: string) => quietUntil(berlin, at(iso))?.toISOString();
    // the night to 29 March 2026 has an hour less, that to 25 October one more
    expect(end("2026-03-28T21:30:00Z")).toBe("2026-03-29T05:00:00.000Z");
    expect(end("2026-10-24T20:30:00Z")).toBe("2026-10-25T06:00:00.000Z");
    expect(end("2026-11-24T21:00:00Z")).toBe("2026-11-25T06:00:00.000Z");
    expect(end("2026-11-24T12:00:00Z")).toBeUndefined();
  });

  test("whose end falls into the hour that is left out end with it; one that comes twice is quiet twice", () => {
    const short = { ...berlin, quietHours: { from: 60, to: 150 } };
    expect(quietUntil(short, at("2026-03-29T00:30:00Z"))?.toISOString()).toBe("2026-03-29T01:00:00.000Z");
    // 02:00 to 02:30 comes again an hour later
    expect(isQuiet(short, at("2026-10-25T00:15:00Z"))).toBe(true);
    expect(isQuiet(short, at("2026-10-25T00:45:00Z"))).toBe(false);
    expect(isQuiet(short, at("2026-10-25T01:15:00Z"))).toBe(true);
  });

  test("hold in zones with odd offsets, and on the other side of the date line", () => {
    expect(quietUntil({ ...berlin, timeZone: "Asia/Kathmandu" }, at("2026-11-24T20:00:00Z"))?.toISOString()).toBe(
      "2026-11-25T01:15:00.000Z",
    );
    expect(isQuiet({ ...berlin, timeZone: "Pacific/Kiritimati" }, at("2026-11-24T12:00:00Z"))).toBe(true);
    expect(localTimeText("Asia/Kathmandu", at("2026-11-25T01:15:00Z"))).toBe("07:00 Asia/Kathmandu");
  });

  test("are none where none are set", () => {
    expect(isQuiet({ timeZone: "UTC", weeklyOn: "monday" }, at("2026-11-24T03:00:00Z"))).toBe(false);
  });
});

describe("the weekly digest", () => {
  test("is due from the begin of its day on, by the clock of its readers", () => {
    // Monday 30 November 2026 begins at 23:00 UTC on Sunday in Berlin
    expect(weeklyDay(berlin, at("2026-11-29T22:59:59Z"))).toBe("2026-11-23");
    expect(weeklyDay(berlin, at("2026-11-29T23:00:00Z"))).toBe("2026-11-30");
    expect(weeklyDay({ ...berlin, weeklyOn: "thursday" }, at("2026-11-29T23:00:00Z"))).toBe("2026-11-26");
  });

  test("is due once a week, and later in the week where its day was missed", () => {
    const last = "2026-11-23T07:00:00Z";
    expect(weeklyIsDue(berlin, last, at("2026-11-29T20:00:00Z"))).toBe(false);
    expect(weeklyIsDue(berlin, last, at("2026-11-30T07:00:00Z"))).toBe(true);
    expect(weeklyIsDue(berlin, last, at("2026-12-03T07:00:00Z"))).toBe(true);
    expect(weeklyIsDue(berlin, "2026-12-03T07:00:00Z", at("2026-12-06T20:00:00Z"))).toBe(false);
    expect(weeklyIsDue(berlin, "2026-12-03T07:00:00Z", at("2026-12-07T07:00:00Z"))).toBe(true);
  });

  test("comes every week of a year of daily scans, in both changes of clocks too, whatever hour they begin at", () => {
    for (const hour of [0, 2, 6, 22, 23]) {
      const sent: Date[] = [];
      for (let day = 0; day < 366; day += 1) {
        const now = new Date(Date.UTC(2026, 0, 5 + day, hour, 30));
        if (weeklyIsDue(berlin, sent.at(-1)?.toISOString() ?? "2026-01-04T00:00:00Z", now)) sent.push(now);
      }
      const days = sent.map((one) => Date.parse(weeklyDay(berlin, one)) / 86_400_000);
      const [first = 0] = days;
      expect(days).toEqual(Array.from({ length: 53 }, (_, week) => first + 7 * week).slice(0, days.length));
      expect(days.length).toBeGreaterThanOrEqual(52);
    }
  });

  test.each([[undefined], ["never"], ["2031-01-01T00:00:00Z"]])("is not kept back by a last time of %s", (last) => {
    expect(weeklyIsDue(berlin, last, at("2026-11-24T07:00:00Z"))).toBe(true);
  });
});
