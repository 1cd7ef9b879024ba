import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { windowStart } from "../../shared/collect/cloudwatch/recent-durations.ts";
import { dayOf } from "../../shared/model/day.ts";
import type { StoredFinding } from "../../shared/model/finding.ts";
import type { Message } from "../../shared/notify/channel.ts";
import { sweepNearTimeouts } from "../../shared/scan/near-timeout-sweep.ts";
import { regionKey } from "../../shared/store/region-blob.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { aChannel } from "../notify/a-channel.ts";
import { account, StubAccount, type StubFunction } from "../stub-account.ts";

const start = new Date("2026-11-24T03:00:00Z");
const hours = (n: number) => new Date(start.getTime() + n * 3_600_000);
const month = Array.from({ length: 40 }, (_, i) => ({ day: dayOf(start) - 40 + i, samples: 20, maxMs: 12_000 }));
const today = (maxMs: number, errors = 0) => ({ day: dayOf(start), samples: 20, maxMs, errors });

let stub: StubAccount;
let dog: TestWatchdog;
let inbox: Message[];

beforeEach(async () => {
  inbox = [];
  stub = new StubAccount({ now: hours(-1), regions: ["eu-west-1"], functions: [] });
  dog = await aWatchdog(stub, { channels: [aChannel("test", inbox)] });
  // an empty look: what comes later is no baseline
  await dog.scan();
});
afterEach(() => dog.close());

/** A function whose longest run of a month is 12 s, with what it did today. */
function orders(timeoutSeconds: number, ...since: NonNullable<StubFunction["use"]>): StubFunction {
  return { name: "orders", configuration: { Timeout: timeoutSeconds }, use: [...month, ...since] };
}

async function scanAt(at: Date, f: StubFunction) {
  stub.data.now = at;
  stub.data.functions = [f, { name: "calm", use: month }];
  return dog.scan();
}

function sweepAt(at: Date, f: StubFunction) {
  stub.data.now = at;
  stub.data.functions = [f, { name: "calm", use: [...month, today(29_990, 3)] }];
  for (const name of Object.keys(stub.calls)) delete stub.calls[name];
  return sweepNearTimeouts(dog.watchdog);
}

async function stored(rule: string): Promise<StoredFinding | undefined> {
  return (await dog.store.findings(account, ["eu-west-1"])).find((finding) => finding.rule === rule && finding.resource.name === "orders");
}

describe("the hourly sweep", () => {
  test("asks about tight functions only, in one call, and writes nothing where nothing came nearer", async () => {
    await scanAt(start, orders(15));
    inbox.length = 0;
    expect(await sweepAt(hours(1), orders(15, today(12_000)))).toMatchObject({ outcome: "done", watched: 1, near: [] });
    expect(stub.calls).toEqual({ "sts:GetCallerIdentity": 1, "cloudwatch:GetMetricData": 1 });
    expect(inbox).toEqual([]);
  });

  test("opens a finding when runs are cut off, and says so at once, once", async () => {
    await scanAt(start, orders(15));
    inbox.length = 0;
    expect(await sweepAt(hours(1), orders(15, today(15_000, 2)))).toMatchObject({ near: ["orders"], opened: 1, worsened: 0 });
    expect(await stored("lambda/timing-out")).toMatchObject({ severity: "HIGH", status: "NOTIFIED", confidence: "high" });
    expect(inbox.map(({ kind, subject }) => [kind, subject.includes("orders")])).toEqual([["opened", true]]);
    expect(await sweepAt(hours(2), orders(15, today(15_000, 2)))).toMatchObject({ opened: 0, worsened: 0 });
    expect(inbox).toHaveLength(1);
  });

  test("tells nobody of what somebody accepted before it opened", async () => {
    await scanAt(start, orders(15));
    inbox.length = 0;
    const scope = { kind: "rule+owner", rule: "lambda/timing-out", team: "" } as const;
    const decision = { reason: "accepted-risk", comment: "batch", until: hours(500).toISOString(), alsoUntil: "worse", by: "ada" } as const;
    const made = { id: "A-0000000001", at: hours(0).toISOString(), finding: "F-0000000001", severity: "HIGH", evidenceDigest: "" } as const;
    await dog.store.decisions.save(account, { scope, ...decision, ...made });
    expect(await sweepAt(hours(1), orders(15, today(15_000, 2)))).toMatchObject({ near: ["orders"], opened: 0 });
    expect(await stored("lambda/timing-out")).toMatchObject({ status: "SUPPRESSED", acknowledged: { ack: "A-0000000001" } });
    expect(inbox).toEqual([]);
  });

  test("leaves a channel that no scan has introduced to the scan, which begins with its summary", async () => {
    await scanAt(start, orders(15));
    inbox.length = 0;
    const chat: Message[] = [];
    const channels = [aChannel("test", inbox), aChannel("chat", chat)];
    stub.data.now = hours(1);
    stub.data.functions = [orders(15, today(15_000, 2))];
    expect((await sweepNearTimeouts({ ...dog.watchdog, channels })).delivery?.sent).toMatchObject([{ channel: "test", kind: "opened" }]);
    expect(chat).toEqual([]);
    stub.data.now = hours(2);
    await dog.scan({ channels });
    expect(chat.map(({ kind }) => kind)).toEqual(["summary"]);
  });

  test("worsens a finding that is there, and the scan that follows has nothing to add", async () => {
    await scanAt(start, orders(15));
    expect(await stored("lambda/timeout-too-tight")).toMatchObject({ severity: "MEDIUM" });
    expect(await sweepAt(hours(1), orders(15, today(14_500)))).toMatchObject({ opened: 0, worsened: 1 });
    const worsened = await stored("lambda/timeout-too-tight");
    expect(worsened).toMatchObject({ severity: "HIGH", evidence: { longestMs: 14_500 } });
    await scanAt(hours(2), orders(15, today(14_500)));
    expect((await stored("lambda/timeout-too-tight"))?.changedAt).toBe(worsened?.changedAt);
  });

  test("resolves nothing and leaves ledger and digest to the scan", async () => {
    await scanAt(start, orders(15));
    const ledger = await dog.store.ledger(account, "eu-west-1");
    const before = await stored("lambda/timeout-too-tight");
    await sweepAt(hours(1), orders(15, today(14_000)));
    expect(await dog.store.ledger(account, "eu-west-1")).toEqual(ledger);
    expect(await stored("lambda/timeout-too-tight")).toEqual(before);
  });

  test("judges by the timeout of now: one raised since the scan makes no finding", async () => {
    await scanAt(start, orders(15));
    expect(await sweepAt(hours(1), orders(60, today(15_000, 2)))).toMatchObject({ opened: 0, worsened: 0 });
    expect(await stored("lambda/timing-out")).toBeUndefined();
  });

  test("watches a function whose timeout was changed, for 30 days", async () => {
    await scanAt(start, orders(300));
    const modified = { Timeout: 30, LastModified: "2026-11-24T04:00:00.000+0000" };
    await scanAt(hours(2), { ...orders(30), configuration: modified });
    expect(await sweepAt(hours(3), { ...orders(30, today(30_000, 1)), configuration: modified })).toMatchObject({ watched: 1, opened: 1 });
    expect(await sweepAt(hours(31 * 24), orders(30))).toMatchObject({ watched: 0 });
  });

  test("passes over a function that is gone, and an account that was never scanned", async () => {
    await scanAt(start, orders(15));
    stub.fault = ({ operation }) =>
      operation === "lambda:GetFunctionConfiguration" ? Object.assign(new Error("gone"), { name: "ResourceNotFoundException" }) : undefined;
    expect(await sweepAt(hours(1), orders(15, today(15_000, 2)))).toMatchObject({ outcome: "done", near: [], opened: 0 });
    const fresh = await aWatchdog(new StubAccount({ now: start, regions: ["eu-west-1"], functions: [] }));
    expect(await sweepNearTimeouts(fresh.watchdog)).toMatchObject({ outcome: "no-scan" });
    await fresh.close();
  });

  test("waits for the next scan where what the last one left was written by another version, and says so", async () => {
    await scanAt(start, orders(15));
    const key = regionKey(account, "eu-west-1");
    await dog.watchdog.blobs.putLines(key, [{ version: 99, region: "eu-west-1", services: [] }]);
    expect(await sweepAt(hours(1), orders(15, today(15_000, 2)))).toMatchObject({
      outcome: "unreadable",
      opened: 0,
      why: expect.stringContaining(key),
    });
    expect(await sweepAt(hours(2), orders(15, today(15_000, 2)))).not.toMatchObject({ outcome: "busy" });
  });

  test("does not wait for a scan that runs, nor the scan for it; a second sweep steps back", async () => {
    await scanAt(start, orders(15));
    await dog.store.acquireLock(account, "a-scan", 600);
    expect(await sweepAt(hours(1), orders(15))).toMatchObject({ outcome: "done" });
    await dog.store.releaseLock(account, "a-scan");
    await dog.store.acquireLock(account, "a-sweep", 600, "sweep");
    expect(await sweepAt(hours(1), orders(15))).toMatchObject({ outcome: "busy" });
    expect(await scanAt(hours(1), orders(15))).toMatchObject({ complete: true });
  });

  test("what the scan wrote at the same moment stands", async () => {
    await scanAt(start, orders(15));
    const findings = dog.store.findings.bind(dog.store);
    dog.store.findings = async (...asked) => {
      const read = await findings(...asked);
      const tight = read.find(({ rule }) => rule === "lambda/timeout-too-tight");
      // somebody is quicker, once
      dog.store.findings = findings;
      if (tight)
        await dog.store.saveFindings([
          { finding: { ...tight, title: "theirs", version: tight.version + 1 }, previousVersion: tight.version },
        ]);
      return read;
    };
    expect(await sweepAt(hours(1), orders(15, today(14_500)))).toMatchObject({ conflicts: 1 });
    expect(await stored("lambda/timeout-too-tight")).toMatchObject({ title: "theirs" });
  });
});

test("the window reaches back over the longest run that may have just ended, in whole hours", () => {
  expect(windowStart(new Date("2026-11-24T09:30:00Z"), 3)).toEqual(new Date("2026-11-24T08:00:00Z"));
  expect(windowStart(new Date("2026-11-24T09:30:00Z"), 900)).toEqual(new Date("2026-11-24T07:00:00Z"));
  expect(windowStart(new Date("2026-11-24T09:05:00Z"), 5400)).toEqual(new Date("2026-11-24T06:00:00Z"));
});
