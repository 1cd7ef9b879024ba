/**
 * The watchdog in one sentence:  collect -> snapshot -> assess -> reconcile -> notify.
 * Lambda, command line and tests call `watch` and differ only in what they pass in. Every step below is remembered by the
 * runner: after a crash a durable runner goes on with the first step that is not finished.
 */
import type { CallCount } from "./aws/client-options.ts";
import type { Clients } from "./aws/clients.ts";
import type { EarlyFunctions } from "./model/early-functions.ts";
import type { Channel } from "./notify/channel.ts";
import type { Deployment } from "./notify/pointer.ts";
import type { Runner } from "./run/runner.ts";
import { begin, nameScan, type ScanPlan } from "./scan/begin.ts";
import { collectAndKeep } from "./scan/collect-and-keep.ts";
import { conclude } from "./scan/conclude.ts";
import { finish, giveUp, type ScanResult } from "./scan/finish.ts";
import { tell } from "./scan/tell.ts";
import type { Settings } from "./settings.ts";
import type { Blobs } from "./store/blobs.ts";
import type { Store } from "./store/store.ts";

export interface Watchdog {
  readonly runner: Runner;
  readonly clientsFor: (calls: CallCount) => Clients;
  readonly store: Store;
  readonly blobs: Blobs;
  /** All channels there are: the outbox of one that is not among them is dropped. Empty: this scan tells nobody, and drops nothing. */
  readonly channels: readonly Channel[];
  /** Named in messages, so that their readers find the store. */
  readonly deployment?: Deployment;
  readonly settings: Settings;
  /** Region of the credentials: where account-wide questions are asked. */
  readonly homeRegion: string;
  /** Look only at these Regions; empty: at all enabled ones. */
  readonly regions: readonly string[];
  readonly now: () => Date;
  /** How long the scan lock lasts without being renewed, seconds of wall time. */
  readonly leaseSeconds: number;
  /** Told when the scan has begun: from then on it holds the lock. */
  readonly started?: (plan: ScanPlan) => void;
  /** Told of the functions of a Region as soon as they and their usage are read, before everything else of it is. */
  readonly known?: (functions: EarlyFunctions) => void;
  /** Told after every Region. */
  readonly progress?: (read: { readonly region: string; readonly functions: number }) => void;
}

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
    const concluded = await runner.step("assess and reconcile", () => conclude(watchdog, plan, regions));
    const told = await runner.step("notify", () => tell(watchdog, plan, concluded.owners));
    return await runner.step("finish", () => finish(watchdog, plan, concluded, told));
  } catch (error) {
    await runner.step("give up", () => giveUp(watchdog, plan, error));
    throw error;
  }
}
