/** A month of daily scans in the night, with the clocks changed in between: what each channel hears, when, and how often. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dayOf } from "../../shared/model/day.ts";
import type { DigestTiming } from "../../shared/model/digest-timing.ts";
import type { Message } from "../../shared/notify/channel.ts";
import { isQuiet, weeklyDay } from "../../shared/notify/local-time.ts";
import { sendAfterQuietHours } from "../../shared/scan/after-quiet-hours.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { aChannel } from "../notify/a-channel.ts";
import { awsError, StubAccount, type StubFunction } from "../stub-account.ts";

const digest: DigestTiming = { quietHours: { from: 22 * 60, to: 7 * 60 }, timeZone: "Europe/Berlin", weeklyOn: "monday" };
// the clocks go back on 25 October 2026; the scan begins at 05:30 before, at 04:30 after
const scanAt = (day: number) => new Date(Date.UTC(2026, 9, 12 + day, 3, 30));
const rule = "lambda/deprecated-runtime";

/** Ran every day, and needs no more than it has. */
function aFunctionOf(team: string, name: string, Runtime: string): StubFunction {
  const use = Array.from({ length: 100 }, (_, i) => ({ day: dayOf(scanAt(0)) - 60 + i, samples: 20, maxMs: 12_000 }));
  return { name, configuration: { Runtime }, use, tags: { team } };
}

const [grave, mild] = ["nodejs16.x", "nodejs20.x"];
const fine = aFunctionOf("core", "fine", "nodejs24.x");
const a = (runtime: string) => aFunctionOf("payments", "a", runtime);
const b = aFunctionOf("core", "b", grave);
const c = aFunctionOf("core", "c", mild);

/** What there is from this day on. */
const life: Readonly<Record<number, readonly StubFunction[]>> = {
  0: [fine],
  3: [fine, a(grave)],
  5: [fine, a(mild)],
  7: [fine, a(grave)],
  9: [fine],
  12: [fine, a(grave)],
  14: [fine, a(grave), b],
  17: [fine, a(grave), b, c],
};
const mailIsDown = (day: number) => day === 14 || day === 15;

interface Heard {
  readonly at: Date;
  readonly message: Message;
}

let dog: TestWatchdog;
const heard: Record<"mail" | "hook", Heard[]> = { mail: [], hook: [] };

beforeAll(async () => {
  const stub = new StubAccount({ now: scanAt(0), regions: ["eu-west-1"], functions: [] });
  const today = () => Math.floor((stub.data.now.getTime() - scanAt(0).getTime()) / 86_400_000);
  const channel = (name: "mail" | "hook") =>
    aChannel(name, [], (message) => {
      if (name === "mail" && mailIsDown(today())) throw awsError("ServiceUnavailable");
      heard[name].push({ at: stub.data.now, message });
    });
  dog = await aWatchdog(stub, { channels: [channel("mail"), channel("hook")] });
  const watchdog = { ...dog.watchdog, settings: { ...dog.watchdog.settings, digest } };
  for (let day = 0; day < 30; day += 1) {
    stub.data.now = scanAt(day);
    stub.data.functions = [...(life[day] ?? stub.data.functions)];
    await dog.scan(watchdog);
    for (let hour = 1; hour <= 5; hour += 1) {
      stub.data.now = new Date(scanAt(day).getTime() + hour * 3_600_000);
      await sendAfterQuietHours(watchdog);
    }
  }
}, 300_000);
afterAll(() => dog.close());

/** `12 reopened a`: the day, and what the channel heard of which function. */
function transitions(channel: "mail" | "hook"): string[] {
  return heard[channel].flatMap(({ at, message }) =>
    message.findings
      .filter((finding) => finding.rule === rule)
      .map(
        ({ pending, resource }) =>
          `${Math.floor((at.getTime() - scanAt(0).getTime()) / 86_400_000)} ${pending.transition} ${resource.name}`,
      ),
  );
}

describe("a month with quiet hours", () => {
  test("every transition reaches each channel exactly once; a channel that was down hears it when it is back, and no other is kept waiting", () => {
    expect(transitions("hook")).toEqual([
      "3 opened a",
      "5 changed a",
      "7 changed a",
      "9 resolved a",
      "12 reopened a",
      "14 opened b",
      "17 opened c",
    ]);
    expect(transitions("mail")).toEqual([
      "3 opened a",
      "5 changed a",
      "7 changed a",
      "9 resolved a",
      "12 reopened a",
      "16 opened b",
      "17 opened c",
    ]);
  });

  test("nobody hears anything while it is quiet, in summer and in winter time, and all of it in the hour after", () => {
    const times = [...heard.mail, ...heard.hook].map(({ at }) => at);
    expect(times.filter((at) => isQuiet(digest, at))).toEqual([]);
    expect(new Set(times.map((at) => at.getUTCHours()))).toEqual(new Set([5, 6]));
  });

  test("the weekly digest comes every week, also in those in which nothing happens", () => {
    for (const channel of ["mail", "hook"] as const) {
      const weekly = heard[channel].filter(({ message }) => message.findings.length === 0);
      expect(weekly.map(({ at }) => weeklyDay(digest, at))).toEqual(["2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09"]);
      expect(weekly.map(({ at }) => at.toISOString().slice(0, 10))).toEqual(
        channel === "mail"
          ? ["2026-10-19", "2026-10-28", "2026-11-02", "2026-11-09"]
          : ["2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09"],
      );
    }
    const [first, , , last] = heard.hook.filter(({ message }) => message.findings.length === 0).map(({ message }) => message.text);
    expect(first).toMatch(/This week: +2 opened, 0 resolved|This week: +1 opened, 0 resolved/);
    expect(last).toMatch(/This week: +0 opened, 0 resolved/);
    expect(last).toMatch(/1\. HIGH +[ab] runs on nodejs16\.x/);
  });

  test("a digest speaks of one owner's findings only", () => {
    const digests = heard.hook.filter(({ message }) => message.kind === "digest" && message.findings.length > 0);
    expect(digests.length).toBeGreaterThan(2);
    for (const { message } of digests) expect(message.teams.length).toBeLessThanOrEqual(1);
  });

  test("a message about one finding says why it matters, in the words of its rule", () => {
    const [single] = heard.hook.filter(({ message }) => message.kind === "opened");
    expect(single?.message.text).toMatch(/\n\nWhy it matters\n {2}AWS does not patch deprecated runtimes/);
  });

  test("each scan keeps what became of its messages, and when the next weekly digest is due", async () => {
    const [last] = await dog.store.scans("111122223333", 1);
    expect(last?.messages).toEqual({ sent: 0, refused: 0, waiting: 0, weeklyOn: "2026-11-16" });
    const kept = await dog.store.scans("111122223333", 40);
    const held = kept.find(({ startedAt }) => startedAt.startsWith("2026-10-15"))?.messages;
    expect(held).toMatchObject({ sent: 0, heldUntil: "2026-10-15T05:00:00.000Z" });
  });

  test("no message has the id of another", () => {
    for (const inbox of [heard.mail, heard.hook]) expect(new Set(inbox.map(({ message }) => message.id)).size).toBe(inbox.length);
  });
});
