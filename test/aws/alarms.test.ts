// Alarms against an emulator: real requests, one at a time, cut off half-way and gone on with.
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  ListTagsForResourceCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from "@aws-sdk/client-cloudwatch";
import { beforeEach, describe, expect, test } from "vitest";
import { applyAlarms } from "../../shared/alarm-upkeep/apply.ts";
import { followTimeouts } from "../../shared/alarm-upkeep/follow-timeouts.ts";
import { readNamedLikeOurs } from "../../shared/alarm-upkeep/own-alarms.ts";
import { type AlarmPlan, defaultAlarmSettings, planAlarms } from "../../shared/alarms/alarm-plan.ts";
import { CallCount } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { Pace } from "../../shared/aws/pace.ts";
import type { FunctionFacts } from "../../shared/model/document.ts";
import { topicArn } from "../alarms/an-alarm.ts";
import { aFunction } from "../build.ts";
import { motoForThisFile } from "./moto-for-this-file.ts";
import { unpaced } from "./unpaced.ts";
import { putRuns, watchdogOnMoto } from "./watchdog-on-moto.ts";

const moto = await motoForThisFile("alarms against an emulator of AWS");
const now = new Date("2026-11-24T09:30:00Z");
let region = "";
let runs = 0;

const tight = (name: string, timeoutSeconds = 30): FunctionFacts =>
  aFunction({
    name,
    region,
    timeoutSeconds,
    duration: { longestMs: 800 * timeoutSeconds, samples: 400, observedDays: 120, censored: false },
    timeout: { verdict: "tight", headroom: 0.2, confidence: "high" },
  });

/** Clients whose requests may be made to fail. */
function clientsWith(fault: (operation: string) => Error | undefined = () => undefined) {
  return createClients({
    pace: unpaced(),
    calls: new CallCount(),
    tape: {
      offline: false,
      async answer({ operation }, askAws) {
        const error = fault(operation);
        if (error) throw error;
        return askAws();
      },
    },
  });
}

async function planFor(functions: readonly FunctionFacts[]): Promise<AlarmPlan> {
  const named = await readNamedLikeOurs(clientsWith(), region);
  return planAlarms({
    functions,
    completeRegions: new Set([region]),
    ...named,
    topics: new Map([[region, topicArn.replace("eu-west-1", region)]]),
    settings: defaultAlarmSettings,
    now,
  });
}

/** Every alarm of the Region with the keys of its tags. */
async function everything() {
  const cloudwatch = new CloudWatchClient({ region });
  const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({}));
  const rows = await Promise.all(
    MetricAlarms.map(async ({ AlarmName, AlarmArn, Threshold }) => {
      const tags = await cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN: AlarmArn })).catch(() => ({ Tags: [] }));
      return [AlarmName, Threshold, (tags.Tags ?? []).map(({ Key }) => Key).join()];
    }),
  );
  return rows.sort();
}

async function putForeign(more: Partial<PutMetricAlarmCommandInput>) {
  await new CloudWatchClient({ region }).send(
    new PutMetricAlarmCommand({
      AlarmName: "somebody-else",
      Namespace: "AWS/Lambda",
      MetricName: "Duration",
      Dimensions: [{ Name: "FunctionName", Value: "orders" }],
      Statistic: "Maximum",
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 99_000,
      ComparisonOperator: "GreaterThanThreshold",
      ...more,
    }),
  );
}

describe.runIf(moto)("applying a plan", () => {
  // a Region of its own for every test: nothing has to be cleared
  beforeEach(() => {
    region = ["eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1", "us-east-1", "us-east-2"][runs++] ?? "";
  });

  test("makes what is missing, tagged, and has nothing to do the second time", async () => {
    const report = await applyAlarms(clientsWith(), await planFor([tight("orders")]));
    expect(report).toMatchObject({ put: { length: 2 }, removed: [], foreign: [], failed: [] });
    expect(await everything()).toEqual([
      ["smalltarget-orders-critical", 27_000, "smalltarget:alarm"],
      ["smalltarget-orders-warning", 26_700, "smalltarget:alarm"],
    ]);
    expect(await planFor([tight("orders")])).toMatchObject({ put: [], remove: [], keep: { length: 2 } });
  });

  test("follows the timeout, with the tag", async () => {
    await applyAlarms(clientsWith(), await planFor([tight("orders")]));
    const plan = await planFor([tight("orders", 60)]);
    expect(plan.put.map(({ replaces }) => replaces)).toEqual([true, true]);
    await applyAlarms(clientsWith(), plan);
    expect((await everything()).map(([, threshold]) => threshold)).toEqual([54_000, 53_400]);
    expect(await planFor([tight("orders", 60)])).toMatchObject({ put: [], remove: [] });
  });

  test("cut off half-way leaves nothing untagged, and the next run completes it", async () => {
    const functions = ["a", "b", "c"].map((name) => tight(name));
    let puts = 0;
    const broken = clientsWith((operation) =>
      operation === "cloudwatch:PutMetricAlarm" && ++puts > 3
        ? Object.assign(new Error("killed"), { name: "InternalServiceFault" })
        : undefined,
    );
    const report = await applyAlarms(broken, await planFor(functions));
    expect(report).toMatchObject({ put: { length: 3 }, failed: { length: 3 } });
    expect((await everything()).map(([, , tags]) => tags)).toEqual(Array(3).fill("smalltarget:alarm"));
    await applyAlarms(clientsWith(), await planFor(functions));
    expect(await everything()).toHaveLength(6);
    expect(await planFor(functions)).toMatchObject({ put: [], remove: [] });
  });

  test("a change that was cut off before its tag is done again", async () => {
    await applyAlarms(clientsWith(), await planFor([tight("orders")]));
    const broken = clientsWith((operation) => (operation.endsWith("TagResource") ? new Error("killed") : undefined));
    await applyAlarms(broken, await planFor([tight("orders", 60)]));
    expect((await planFor([tight("orders", 60)])).put).toHaveLength(2);
  });

  test("removes ours when the function is gone, and never what is not ours, whatever its name", async () => {
    await applyAlarms(clientsWith(), await planFor([tight("orders")]));
    await putForeign({});
    await putForeign({ AlarmName: "smalltarget-theirs-critical" });
    const plan = await planFor([]);
    expect(plan.remove).toHaveLength(2);
    await applyAlarms(clientsWith(), plan);
    expect((await everything()).map(([name]) => name)).toEqual(["smalltarget-theirs-critical", "somebody-else"]);
  });

  test("asks for the tag again right before: what became somebody's since the plan stays", async () => {
    const made = await planFor([tight("theirs")]);
    await putForeign({ AlarmName: "smalltarget-theirs-critical" });
    expect((await applyAlarms(clientsWith(), made)).foreign).toMatchObject([{ name: "smalltarget-theirs-critical" }]);
    const [, foreign] = (await readNamedLikeOurs(clientsWith(), region)).own.map(({ alarm }) => alarm);
    expect(foreign).toBeUndefined();
    const theirs = (await readNamedLikeOurs(clientsWith(), region)).foreign;
    const report = await applyAlarms(clientsWith(), { ...made, put: [], remove: theirs.map((alarm) => ({ alarm, why: "by mistake" })) });
    expect(report).toMatchObject({ removed: [], foreign: [{ name: "smalltarget-theirs-critical" }] });
    expect((await everything()).find(([name]) => name === "smalltarget-theirs-critical")).toEqual([
      "smalltarget-theirs-critical",
      99_000,
      "",
    ]);
  });
});

describe.runIf(moto)("after a scan", () => {
  test("the alarms of what it found tight are made, those of what is gone removed; a second time there is nothing to do", async () => {
    region = "eu-west-1";
    const { watchdog, scan } = await watchdogOnMoto();
    await putRuns("orders-api", 24_000);
    const { documentKey } = await scan({ regions: [region] });
    await applyAlarms(clientsWith(), await planFor([tight("long-gone")]));
    expect(await followTimeouts(watchdog, documentKey, [topicArn])).toEqual({ put: 2, removed: 2, kept: 0, monthlyUsd: 0.2, failed: [] });
    expect((await everything()).map(([name]) => name)).toContain("smalltarget-orders-api-critical");
    expect(await followTimeouts(watchdog, documentKey, [topicArn])).toMatchObject({ put: 0, removed: 0, kept: 2 });
  });
});

test("three requests a second, as AWS allows", async () => {
  const pace = new Pace();
  expect([pace.rate("cloudwatch:PutMetricAlarm", "eu-west-1"), pace.rate("cloudwatch:DeleteAlarms", "eu-west-1")]).toEqual([3, 3]);
});
