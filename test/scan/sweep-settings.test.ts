// Each threshold that the hourly sweep uses, at another value: scan and sweep run under the same settings, as in one deployment.
import { afterEach, expect, test } from "vitest";
import { planFromScan } from "../../shared/alarm-upkeep/follow-timeouts.ts";
import { CallCount } from "../../shared/aws/client-options.ts";
import { dayOf } from "../../shared/model/day.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { sweepNearTimeouts } from "../../shared/scan/near-timeout-sweep.ts";
import { readSettings } from "../../shared/settings.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { aChannel } from "../notify/a-channel.ts";
import { account, StubAccount, type StubFunction } from "../stub-account.ts";

const start = new Date("2026-11-24T03:00:00Z");
const later = (hours: number) => new Date(start.getTime() + hours * 3_600_000);
/** 40 days whose longest run took 12 s. */
const month = Array.from({ length: 40 }, (_, i) => ({ day: dayOf(start) - 40 + i, samples: 20, maxMs: 12_000 }));

let dog: TestWatchdog | undefined;
afterEach(() => dog?.close());

/** Scans under these settings, then sweeps after a run of `maxMs`. */
async function sweepAfter(settings: object, timeoutSeconds: number, maxMs: number, errors = 0) {
  const orders = (since: StubFunction["use"] = []): StubFunction => ({
    name: "orders",
    configuration: { Timeout: timeoutSeconds },
    use: [...month, ...since],
  });
  const stub = new StubAccount({ now: later(-1), regions: ["eu-west-1"], functions: [] });
  dog = await aWatchdog(stub, { channels: [aChannel("test")], settings: readSettings(settings, catalogue) });
  await dog.scan();
  stub.data.functions = [orders()];
  stub.data.now = start;
  const { document } = await dog.scan();
  stub.data.functions = [orders([{ day: dayOf(start), samples: 20, maxMs, errors }])];
  stub.data.now = later(1);
  const swept = await sweepNearTimeouts(dog.watchdog);
  const findings = (await dog.store.findings(account, ["eu-west-1"])).filter(({ resource }) => resource.name === "orders");
  return { swept, document, of: (rule: string) => findings.find((finding) => finding.rule === `lambda/${rule}`), watchdog: dog.watchdog };
}

const tight = (values: object) => ({ rules: { "lambda/timeout-too-tight": values } });

test.each([
  ["by default", {}, 15, 1],
  ["with less room than the longest run may leave", tight({ tightRatio: 1.1 }), 15, 0],
  ["by default, with a timeout of two and a half times", {}, 30, 0],
  ["with three times the longest run asked for", tight({ tightRatio: 3 }), 30, 1],
  ["with more runs asked for than there were", tight({ minimumRuns: 1000 }), 15, 0],
  ["with more days asked for than it ran", tight({ minimumDays: 60 }), 15, 0],
])("watches what the scan calls tight: %s", async (_, settings, timeoutSeconds, watched) => {
  const { swept, of } = await sweepAfter(settings, timeoutSeconds, timeoutSeconds * 1000, 2);
  expect(swept).toMatchObject({ outcome: "done", watched, near: watched ? ["orders"] : [] });
  expect(of("timing-out") !== undefined).toBe(watched === 1);
});

test.each([
  [0.05, "HIGH"],
  [0.01, "MEDIUM"],
])("worsens by the share of the timeout that is set as critical: %d", async (criticalHeadroom, severity) => {
  const { of } = await sweepAfter(tight({ criticalHeadroom }), 15, 14_500);
  expect(of("timeout-too-tight")).toMatchObject({ severity });
});

test("recommends with the allowance that is set, as the scan does", async () => {
  const plain = (await sweepAfter({}, 15, 14_500)).of("timeout-too-tight")?.evidence.recommendedSeconds;
  await dog?.close();
  const more = (await sweepAfter(tight({ initAllowanceSeconds: 60 }), 15, 14_500)).of("timeout-too-tight")?.evidence.recommendedSeconds;
  expect(Number(more)).toBeGreaterThanOrEqual(Number(plain) + 40);
});

test.each([1, 60])("a run that was cut off within the hour is HIGH, were recentDays %d", async (recentDays) => {
  const { of } = await sweepAfter({ rules: { "lambda/timing-out": { recentDays } } }, 15, 15_000, 2);
  expect(of("timing-out")).toMatchObject({ severity: "HIGH" });
});

test("a rule that is switched off opens nothing between scans either", async () => {
  const { swept, of } = await sweepAfter({ rules: { "lambda/timing-out": { enabled: false } } }, 15, 15_000, 2);
  expect(swept).toMatchObject({ outcome: "done", opened: 0 });
  expect(of("timing-out")).toBeUndefined();
});

test.each([
  [{}, 15, ["critical", "warning"]],
  [tight({ tightRatio: 1.1 }), 15, []],
  [{}, 30, []],
  [tight({ tightRatio: 3 }), 30, ["critical", "warning"]],
  [tight({ minimumDays: 60 }), 15, []],
])("alarms follow what is tight under the settings of the scan: %j with %d s", async (settings, timeoutSeconds, levels) => {
  const { document, watchdog } = await sweepAfter(settings, timeoutSeconds, 1000);
  const topics = ["arn:aws:sns:eu-west-1:111122223333:alarms"];
  const question = { clients: watchdog.clientsFor(new CallCount()), blobs: watchdog.blobs, document, topics, now: later(2) };
  const { put } = await planFromScan(question);
  expect(put.map(({ alarm }) => alarm.level).sort()).toEqual(levels);
});
