import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dayOf } from "../../shared/model/day.ts";
import type { StoredFinding } from "../../shared/model/finding.ts";
import type { Message } from "../../shared/notify/channel.ts";
import { ScanRunningError } from "../../shared/scan/begin.ts";
import { Blobs } from "../../shared/store/blobs.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { aChannel } from "../notify/a-channel.ts";
import { denying, functionArn, StubAccount, type StubFunction } from "../stub-account.ts";

const start = new Date("2026-11-24T03:00:00Z");
const hours = (n: number) => new Date(start.getTime() + n * 3_600_000);
const ago = (days: number, maxMs = 12_000) => ({ day: dayOf(start) - days, samples: 20, maxMs });
const quiet: StubFunction = { name: "quiet", use: [ago(100)] };

let stub: StubAccount;
let dog: TestWatchdog;
let inbox: Message[];

beforeEach(async () => {
  inbox = [];
  stub = new StubAccount({ now: start, regions: ["eu-west-1", "us-east-1"], functions: [quiet] });
  dog = await aWatchdog(stub, { channels: [aChannel("test", inbox)] });
});
afterEach(() => dog.close());

/** Scans at `at`, with other functions or another fault from then on. */
function scanAt(at: Date, functions?: StubFunction[], fault: StubAccount["fault"] = () => undefined) {
  stub.data.now = at;
  if (functions) stub.data.functions = functions;
  stub.fault = fault;
  return dog.scan();
}

async function stored(name: string, rule = "lambda/unused-function"): Promise<StoredFinding | undefined> {
  const findings = await dog.store.findings("111122223333", ["eu-west-1", "us-east-1", "global"]);
  return findings.find((finding) => finding.resource.name === name && finding.rule === rule);
}

describe("from one scan to the next", () => {
  test("the first scan is a baseline with one summary; the same again says and writes nothing", async () => {
    const first = await scanAt(start);
    expect(first).toMatchObject({ baseline: true, changes: { opened: 1 } });
    expect(inbox.map(({ kind }) => kind)).toEqual(["summary"]);
    const before = await stored("quiet");
    const second = await scanAt(hours(1));
    expect(second).toMatchObject({ baseline: false, changes: { opened: 0, changed: 0, resolved: 0, unchanged: 1 } });
    expect(inbox).toHaveLength(1);
    expect(await stored("quiet")).toEqual(before);
    expect(before).toMatchObject({ status: "NOTIFIED" });
  });

  test("what newly opens as HIGH goes out at once, what is not urgent waits for the digest", async () => {
    await scanAt(start, []);
    stub.data.regions = ["eu-west-1"];
    await scanAt(hours(24), [{ name: "fine", use: [ago(0)] }]);
    const cutOff = Array.from({ length: 30 }, (_, i) => ({ ...ago(i, 30_000), errors: 2 }));
    const urgent = await scanAt(hours(25), [{ name: "fine", use: [ago(0)] }, { name: "cut", use: cutOff }, quiet]);
    expect(urgent.changes.opened).toBe(2);
    expect(inbox.map(({ kind, severity }) => [kind, severity])).toContainEqual(["opened", "HIGH"]);
  });

  test("a usage-based finding is resolved by the second complete look, 20 hours after the first", async () => {
    await scanAt(start);
    const used = [{ ...quiet, use: [ago(100), ago(0)] }];
    expect((await scanAt(hours(1), used)).changes.resolved).toBe(0);
    expect((await scanAt(hours(20.5), used)).changes.resolved).toBe(0);
    expect((await scanAt(hours(21.5), used)).changes.resolved).toBe(1);
    expect(await stored("quiet")).toMatchObject({ status: "RESOLVED" });
  });

  test("an incomplete look resolves nothing, however often", async () => {
    await scanAt(start);
    for (const at of [24, 48, 72]) {
      const { changes } = await scanAt(hours(at), undefined, denying(/GetMetricData|ListMetrics/, /eu-west-1/));
      expect(changes.resolved).toBe(0);
    }
    expect(await stored("quiet")).toMatchObject({ status: "NOTIFIED" });
  });

  test("a Region that is denied opens nothing but coverage, and keeps what it had", async () => {
    await scanAt(start);
    const { changes, document } = await scanAt(hours(24), undefined, denying(/^lambda|^cloudwatch/, /eu-west-1/));
    expect(changes).toMatchObject({ opened: 1, changed: 0, resolved: 0 });
    expect(document.findings.map((f) => f.rule).sort()).toEqual(["lambda/unused-function", "scan/coverage-incomplete"]);
    const after = await scanAt(hours(48));
    expect(after.changes).toMatchObject({ opened: 0, resolved: 1 });
  });

  test("a deleted function resolves its finding after two complete looks; a scan of another Region leaves it alone", async () => {
    await scanAt(start);
    stub.data.functions = [];
    await dog.scan({ regions: ["us-east-1"], now: () => hours(1) });
    expect((await stored("quiet"))?.clearSince).toBeUndefined();
    await scanAt(hours(2), []);
    expect((await scanAt(hours(23), [])).changes.resolved).toBe(1);
  });

  test("a finding that comes back is reopened with its first date", async () => {
    const deprecated = { name: "old", use: [ago(0)], configuration: { Runtime: "nodejs18.x" } };
    await scanAt(start, [deprecated]);
    await scanAt(hours(24), [{ ...deprecated, configuration: {} }]);
    expect(await stored("old", "lambda/deprecated-runtime")).toMatchObject({ status: "RESOLVED" });
    const { changes } = await scanAt(hours(48), [deprecated]);
    expect(changes).toMatchObject({ reopened: 1, opened: 0 });
    expect(await stored("old", "lambda/deprecated-runtime")).toMatchObject({ firstSeenAt: start.toISOString() });
  });

  test("switched off by our advice: the finding stays open with the step done, and advises removal after 30 days", async () => {
    await scanAt(start);
    expect((await stored("quiet"))?.remediation.commands).toEqual([
      "aws lambda put-function-concurrency --function-name quiet --reserved-concurrent-executions 0 --region eu-west-1",
      "aws lambda delete-function-concurrency --function-name quiet --region eu-west-1",
      "aws lambda delete-function --function-name quiet --region eu-west-1",
    ]);
    const off = [{ ...quiet, reserved: 0 }];
    expect((await scanAt(hours(24), off)).changes).toMatchObject({ changed: 1, resolved: 0 });
    expect((await stored("quiet"))?.evidence).toMatchObject({ step: "wait" });
    expect((await scanAt(hours(24 * 20), off)).changes.unchanged).toBe(1);
    expect((await scanAt(hours(24 * 32), off)).changes.changed).toBe(1);
    expect((await stored("quiet"))?.remediation.commands).toEqual(["aws lambda delete-function --function-name quiet --region eu-west-1"]);
  });

  test("a redeployment of an unused function neither resolves nor reopens its finding", async () => {
    await scanAt(start);
    const deployed = [{ ...quiet, configuration: { LastModified: hours(20).toISOString(), CodeSha256: "new" } }];
    expect((await scanAt(hours(24), deployed)).changes).toMatchObject({ unchanged: 1, changed: 0, resolved: 0 });
    expect((await scanAt(hours(48), deployed)).changes).toMatchObject({ unchanged: 1, resolved: 0 });
  });

  test("smalltarget:ignore shows a function as ignored and judges nothing", async () => {
    const ignored = { ...quiet, tags: { "smalltarget:ignore": "kept for the audit" } };
    const { document } = await scanAt(start, [ignored]);
    expect(document.functions[0]).toMatchObject({ ignored: "kept for the audit" });
    expect(document.findings).toEqual([]);
  });
});

describe("when something goes wrong", () => {
  test("of two scans at once the second ends with a clear message and the first loses nothing", async () => {
    const both = await Promise.allSettled([dog.scan(), dog.scan()]);
    const refused = both.filter((one) => one.status === "rejected");
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toBeInstanceOf(ScanRunningError);
    expect(String(refused[0]?.reason)).toMatch(/another scan of this account has been running since/);
    expect(await stored("quiet")).toMatchObject({ status: "NOTIFIED" });
  });

  test("a scan that fails is written down as failed, gives the lock back, and the next one tells what was not told", async () => {
    const broken = aChannel("test", [], () => Promise.reject(new Error("the topic is gone")));
    const told = await dog.scan({ channels: [broken] });
    expect(told.delivery.failed).toHaveLength(1);
    expect(await stored("quiet")).toMatchObject({ status: "NEW" });
    expect((await stored("quiet"))?.told).toBeUndefined();
    const blobs = new (class extends Blobs {
      protected readonly place = "a full disk";
      protected write = () => Promise.reject(new Error("disk full"));
      protected read = () => Promise.resolve(undefined);
    })();
    stub.data.now = hours(0.5);
    await expect(dog.scan({ blobs })).rejects.toThrow("disk full");
    const [last] = await dog.store.scans("111122223333", 1);
    expect(last).toMatchObject({ outcome: "failed", error: "disk full" });
    await scanAt(hours(1));
    expect(inbox.map(({ kind }) => kind)).toEqual(["summary"]);
  });

  test("killed between collecting and judging, the next scan finds everything without reading the history again", async () => {
    const store = new Proxy(dog.store, {
      get(target, name) {
        if (name === "saveFindings") return () => Promise.reject(new Error("killed"));
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === "function" ? member.bind(target) : member;
      },
    });
    const killed = dog.scan({ store });
    await expect(killed).rejects.toThrow("killed");
    const before = stub.calls["cloudwatch:GetMetricData"] ?? 0;
    const { changes } = await scanAt(hours(1));
    expect(changes.opened).toBe(1);
    expect(inbox).toHaveLength(1);
    expect((stub.calls["cloudwatch:GetMetricData"] ?? 0) - before).toBe(0);
  });
});

describe("the ledger", () => {
  const busy = (...days: number[]): StubFunction => ({ name: "busy", use: days.map((day) => ago(day)) });

  test("only functions active in the last two weeks are read again, from the last known day on", async () => {
    await scanAt(start, [busy(0, 1), quiet]);
    const asked: number[] = [];
    await scanAt(hours(24), undefined, ({ operation, input }) => {
      if (operation === "cloudwatch:GetMetricData")
        asked.push((input.MetricDataQueries as unknown[]).length, dayOf(input.StartTime as Date));
      return undefined;
    });
    expect(asked).toEqual([2, dayOf(start)]);
  });

  test("after a gap of more than 13 days the gap is read for every function, screened out or not", async () => {
    await scanAt(start, [busy(0), quiet]);
    // it ran once in the gap and is quiet again, so that screening does not show it
    stub.data.functions = [busy(0), { name: "quiet", use: [ago(100), ago(-3)] }];
    const { document } = await scanAt(hours(24 * 30));
    expect(document.functions.find((f) => f.name === "quiet")?.lastInvocation).toMatchObject({ state: "invoked", at: "2026-11-27" });
  });

  test("a denied Region is read from where it stopped, not from today", async () => {
    await scanAt(start, [busy(0)]);
    await scanAt(hours(24), [busy(0, -1)], denying(/^cloudwatch/));
    const { document } = await scanAt(hours(48), [busy(0, -1)]);
    expect(document.functions[0]?.lastInvocation.at).toBe("2026-11-25");
  });

  test("a function recreated under its name does not inherit its predecessor's use", async () => {
    await scanAt(start, [busy(1)]);
    await scanAt(hours(24), []);
    const again = { ...busy(1), configuration: { LastModified: hours(30).toISOString() } };
    const { document } = await scanAt(hours(48), [again]);
    expect(document.functions[0]?.lastInvocation).toMatchObject({ state: "none-seen", quietDays: 1 });
  });

  test("a long run is not lost when its point appears, back-dated, after a scan", async () => {
    const at = (hour: number) => new Date(Date.parse("2026-11-25T00:00:00Z") + hour * 3_600_000);
    await scanAt(at(0.1), [busy(1)]);
    // started on 24 November 23:58, ended at 0:12: its point lies on the 24th
    const { document } = await scanAt(at(24), [busy(1, 0)]);
    expect(document.functions[0]?.lastInvocation.at).toBe("2026-11-24");
  });

  test("switching a function off and on is remembered from when it was seen", async () => {
    await scanAt(start, [{ ...quiet, reserved: 0 }]);
    const ledger = () => dog.store.ledger("111122223333", "eu-west-1").then(({ entries }) => entries.get(functionArn("quiet")));
    expect((await ledger())?.switchedOffSince).toBe(start.toISOString());
    await scanAt(hours(24), [quiet]);
    expect((await ledger())?.switchedOffSince).toBeUndefined();
  });
});
