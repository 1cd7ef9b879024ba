/**
 * The watchdog in one sentence:  collect -> snapshot -> assess -> reconcile -> notify.
 * Lambda, command line and tests call `watch` and differ only in what they pass in. Every step below is remembered by the
 * runner: after a crash a durable runner goes on with the first step that is not finished.
 */
import { begin, nameScan } from "./scan/begin.ts";
import { collectAndKeep } from "./scan/collect-and-keep.ts";
import { conclude } from "./scan/conclude.ts";
import { finish, giveUp, type ScanResult } from "./scan/finish.ts";
import { planCode } from "./scan/plan-code.ts";
import { readCode } from "./scan/read-code.ts";
import { tell } from "./scan/tell.ts";
import type { Watchdog } from "./scan/watchdog.ts";

const concurrentRegions = 4;

/** Looks at the account once. @throws ScanRunningError when another scan runs, credential errors of AWS, store errors */
export async function watch(watchdog: Watchdog): Promise<ScanResult> {
  const { runner } = watchdog;
  const scanId = await runner.step("name the scan", async () => nameScan(watchdog.now()));
  const plan = await runner.step("begin", () => begin(watchdog, scanId));
  try {
    const regions = await runner.map("collect", plan.parts, (region) => collectAndKeep(watchdog, plan, region), {
      concurrency: concurrentRegions,
      nameOf: (region) => `collect ${region}`,
    });
    const unread = await runner.step("plan the reading of code", () => planCode(watchdog, plan, regions));
    const code = await runner.map("read code", unread.batches, (batch) => readCode(watchdog, plan, batch), {
      concurrency: 1,
      nameOf: ({ number }) => `read code ${number}`,
    });
    const concluded = await runner.step("assess and reconcile", () => conclude(watchdog, plan, regions, code));
    const told = await runner.step("notify", () => tell(watchdog, plan, concluded));
    return await runner.step("finish", () => finish(watchdog, plan, concluded, told));
  } catch (error) {
    await runner.step("give up", () => giveUp(watchdog, plan, error));
    throw error;
  }
}
