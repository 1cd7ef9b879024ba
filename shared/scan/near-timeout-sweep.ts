/**
 * The hourly look at what may come close to its timeout: tight functions, and those whose timeout changed in the last 30 days. It
 * compares the longest run of the last hours with the last scan, and only when a run came nearer than any before does it judge,
 * through the rules and the reconciliation of the scan.
 *
 * It opens and worsens findings and resolves none, for it sees hours and not the whole; ledger, scans and baselines are left to the
 * scan. It has a lock of its own, so that neither waits for the other: where both write a finding, the version decides.
 */
import { randomBytes } from "node:crypto";
import { defaultAlarmSettings, isWatched } from "../alarms/alarm-plan.ts";
import { assess } from "../assess.ts";
import { CallCount } from "../aws/client-options.ts";
import type { Clients } from "../aws/clients.ts";
import { identify } from "../collect/account/account.ts";
import { readConfiguration, readRecent, windowStart } from "../collect/cloudwatch/recent-durations.ts";
import { decide } from "../decisions/decide.ts";
import type { FunctionFacts, ScanDocument } from "../model/document.ts";
import type { PendingFinding } from "../model/finding.ts";
import type { FunctionConfiguration, FunctionUsage, RegionSnapshot } from "../model/snapshot.ts";
import type { DailyUse } from "../model/usage.ts";
import { isIntroduced } from "../notify/channel-list.ts";
import { type DeliveryReport, deliver, finishLists } from "../notify/deliver.ts";
import { isRoutedAsBefore } from "../notify/routing.ts";
import { reconcile } from "../reconcile.ts";
import { timeoutTooTight } from "../rules/lambda/timeout-too-tight.ts";
import { timingOut } from "../rules/lambda/timing-out.ts";
import { UnreadableBlobError } from "../store/blobs.ts";
import { getDocument } from "../store/document-blob.ts";
import { regionKey } from "../store/region-blob.ts";
import { noteConfiguration, noteReading } from "../usage/ledger.ts";
import { cutOffFromMs } from "../usage/timeout-evidence.ts";
import { thresholdsOf } from "../usage/timeout-settings.ts";
import { isBaseline } from "./baseline.ts";
import { readDecisions, recordDecisions } from "./decisions.ts";
import { readRegion } from "./read-region.ts";
import { whyOfRule } from "./tell.ts";
import type { Watchdog } from "./watchdog.ts";
import { worse } from "./worse.ts";

/** What the sweep may judge: the two rules that a single run can decide. */
const sweepRules = [timingOut, timeoutTooTight];
const recentScans = 20;

export interface SweepResult {
  /** `unreadable`: the last scan was kept by a version that this one cannot read; the next scan mends that. */
  readonly outcome: "done" | "busy" | "no-scan" | "unreadable";
  /** For unreadable: which blob, and what to do. */
  readonly why?: string;
  readonly watched: number;
  /** Functions with a run nearer to the timeout than any before. */
  readonly near: readonly string[];
  readonly opened: number;
  readonly worsened: number;
  /** Findings that the scan wrote at the same time: what it wrote stands. */
  readonly conflicts: number;
  readonly delivery?: DeliveryReport;
}

export type Sweeper = Pick<
  Watchdog,
  "clientsFor" | "store" | "blobs" | "channels" | "deployment" | "settings" | "homeRegion" | "now" | "leaseSeconds"
>;

/** @throws what AWS or the store answers; the next hour tries again */
export async function sweepNearTimeouts(sweeper: Sweeper): Promise<SweepResult> {
  const { store } = sweeper;
  const clients = sweeper.clientsFor(new CallCount());
  const { account } = await identify(clients, sweeper.homeRegion);
  const id = `sweep-${randomBytes(4).toString("hex")}`;
  if ((await store.acquireLock(account, id, sweeper.leaseSeconds, "sweep")) !== "acquired") return nothing("busy");
  try {
    const document = await lastDocument(sweeper, account);
    return document ? await sweep(sweeper, clients, document) : nothing("no-scan");
  } catch (error) {
    if (error instanceof UnreadableBlobError) return { ...nothing("unreadable"), why: error.message };
    throw error;
  } finally {
    await store.releaseLock(account, id, "sweep");
  }
}

function nothing(outcome: SweepResult["outcome"], watched = 0): SweepResult {
  return { outcome, watched, near: [], opened: 0, worsened: 0, conflicts: 0 };
}

async function lastDocument({ store, blobs }: Sweeper, account: string): Promise<ScanDocument | undefined> {
  const done = (await store.scans(account, recentScans)).find(({ outcome }) => outcome === "done");
  return done?.documentKey ? getDocument(blobs, done.documentKey) : undefined;
}

async function sweep(sweeper: Sweeper, clients: Clients, document: ScanDocument): Promise<SweepResult> {
  const now = sweeper.now();
  const watched = document.functions.filter(
    (facts) => facts.ignored === undefined && isWatched(facts, defaultAlarmSettings.recentDays, now),
  );
  const byRegion = Map.groupBy(watched, ({ region }) => region);
  const regions: RegionSnapshot[] = [];
  for (const [region, functions] of byRegion) {
    const longest = functions.reduce((most, { timeoutSeconds }) => Math.max(most, timeoutSeconds), 0);
    const names = functions.map(({ name }) => name);
    const from = windowStart(now, longest);
    const recent = await readRecent(clients, region, names, from, now);
    const { tightRatio } = thresholdsOf(sweeper.settings.rules);
    const near = functions.filter((facts) => cameNearer(facts, recent.get(facts.name) ?? [], tightRatio));
    if (near.length === 0) continue;
    const nearNames = near.map(({ name }) => name);
    const whole = await readRecent(clients, region, nearNames, from, now, { withErrors: true });
    regions.push(...(await snapshotOf(sweeper, clients, document, region, near, whole)));
  }
  if (regions.length === 0) return nothing("done", watched.length);
  return { ...(await judge(sweeper, document, regions, now)), watched: watched.length };
}

/** A run was cut off, or came so close as to be tight and closer than any that the scan knew. */
function cameNearer({ timeoutSeconds, duration }: FunctionFacts, recent: readonly DailyUse[], tightRatio: number): boolean {
  const longestMs = recent.reduce((most, { maxMs }) => Math.max(most, maxMs), 0);
  if (longestMs >= cutOffFromMs(timeoutSeconds)) return true;
  const isTight = timeoutSeconds * 1000 < tightRatio * (longestMs + (duration.extensionMs ?? 0));
  return isTight && longestMs > (duration.longestMs ?? 0);
}

/** The Region as the scan left it, with only these functions, as they are now and with what they did since. */
async function snapshotOf(
  { blobs, now }: Sweeper,
  clients: Clients,
  { scan }: ScanDocument,
  region: string,
  near: readonly FunctionFacts[],
  recent: ReadonlyMap<string, readonly DailyUse[]>,
): Promise<RegionSnapshot[]> {
  const snapshot = await readRegion(blobs, regionKey(scan.account, region));
  if (!snapshot) return [];
  const usage = new Map(snapshot.usage.items.map((one) => [one.arn, one]));
  const configurations: FunctionConfiguration[] = [];
  const used: FunctionUsage[] = [];
  for (const { arn, name } of near) {
    const before = usage.get(arn);
    const days = recent.get(name) ?? [];
    // the timeout may have been changed since the scan: yesterday's must not make a finding
    const configuration = await readConfiguration(clients, region, name);
    if (!before || !configuration || days.length === 0) continue;
    const ledger = noteConfiguration(before.ledger, configuration, now());
    configurations.push(configuration);
    used.push({ ...before, ledger: noteReading(ledger, { fromDay: days[0]?.day ?? 0, days }, now()) });
  }
  if (configurations.length === 0) return [];
  const functions = { ...snapshot.functions, items: configurations };
  return [{ ...snapshot, functions, usage: { ...snapshot.usage, items: used } }];
}

async function judge(sweeper: Sweeper, { scan }: ScanDocument, regions: readonly RegionSnapshot[], now: Date): Promise<SweepResult> {
  const { store, settings, deployment } = sweeper;
  const { account, accountAlias, partition, regionSource } = scan;
  const snapshot = { account, partition, regionSource, at: now.toISOString(), accountCoverage: [], regions };
  const assessment = assess(snapshot, sweepRules, settings, await store.ownerOverrides(account));
  const names = regions.map(({ region }) => region);
  await finishLists(store, account);
  const stored = await store.findings(account, names);
  const book = await readDecisions(store, account);
  const state = await store.state(account);
  // one that no scan has introduced yet, or not by these routes, begins with the summary of a scan
  const channels = sweeper.channels.filter(
    (channel) => isIntroduced(state, channel.name) && isRoutedAsBefore(state.channels[channel.name], channel),
  );
  const outcome = reconcile({
    found: worse(assessment.findings, stored),
    stored,
    // what was not found this time was not looked for
    look: () => "outside",
    isUsageBased: () => true,
    // whose it is, the scan knows
    isOwnerKnown: () => false,
    isBaseline: (finding) => isBaseline(state, finding, now),
    decide: (finding, before) => decide(finding, before, book, now),
    now,
  });
  const conflicts = await store.saveFindings(outcome.writes);
  await recordDecisions(store, account, outcome.writes, conflicts, stored, now.toISOString());
  const name = accountAlias === undefined ? {} : { accountAlias };
  const more = { ...name, ...(deployment ? { deployment } : {}), ...(settings.digest ? { timing: settings.digest } : {}) };
  const request = { store, channels, account, regions: names, now, choose: isUrgentHere, whyOf: whyOfRule, ...more };
  const delivery = channels.length > 0 ? await deliver(request) : undefined;
  return {
    outcome: "done",
    watched: 0,
    near: assessment.functions.map(({ name }) => name),
    opened: outcome.opened.length + outcome.reopened.length,
    worsened: outcome.changed.length,
    conflicts: conflicts.length,
    ...(delivery ? { delivery } : {}),
  };
}

/** The digest and all else are the scan's to send. */
function isUrgentHere({ rule, pending }: PendingFinding): boolean {
  return pending.urgent && sweepRules.some(({ id }) => id === rule);
}
