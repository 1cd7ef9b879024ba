/** Makes the plan from the last scan and from what is there now. */
import { type AlarmPlan, type AlarmSettings, defaultAlarmSettings, type OwnAlarm, planAlarms } from "../alarms/alarm-plan.ts";
import { alarmPrefix } from "../alarms/alarm-shape.ts";
import { CallCount } from "../aws/client-options.ts";
import type { Clients } from "../aws/clients.ts";
import { forEachAtMost } from "../aws/paginate.ts";
import { parseArn } from "../model/arn.ts";
import type { ScanDocument } from "../model/document.ts";
import type { DurationAlarm } from "../model/duration-alarm.ts";
import type { Watchdog } from "../scan/watchdog.ts";
import type { Blobs } from "../store/blobs.ts";
import { getDocument } from "../store/document-blob.ts";
import { getRegion, regionKey } from "../store/region-blob.ts";
import { type AlarmLine, applyAlarms } from "./apply.ts";
import { readNamedLikeOurs } from "./own-alarms.ts";

const regionsAtOnce = 4;
const failuresShown = 20;

type Follower = Pick<Watchdog, "clientsFor" | "blobs" | "now">;

export interface FollowRequest {
  readonly clients: Clients;
  readonly blobs: Blobs;
  /** The last scan. */
  readonly document: ScanDocument;
  /** ARNs of topics, at most one per Region counts. */
  readonly topics: readonly string[];
  readonly settings?: AlarmSettings;
  readonly now: Date;
}

/** Counts, and what failed: small, for it is checkpointed. */
export interface FollowSummary {
  readonly put: number;
  readonly removed: number;
  readonly kept: number;
  readonly monthlyUsd: number;
  readonly failed: readonly AlarmLine[];
}

/** Plans from a finished scan and carries that out. Done twice it does nothing the second time. @throws what CloudWatch answers to being read */
export async function followTimeouts(watchdog: Follower, documentKey: string, topics: readonly string[]): Promise<FollowSummary> {
  const clients = watchdog.clientsFor(new CallCount());
  const document = await getDocument(watchdog.blobs, documentKey);
  if (!document) throw new Error(`the scan document ${documentKey} is gone from the blob store; start the scan again`);
  const plan = await planFromScan({ clients, blobs: watchdog.blobs, document, topics, now: watchdog.now() });
  const { put, removed, failed } = await applyAlarms(clients, plan);
  return {
    put: put.length,
    removed: removed.length,
    kept: plan.keep.length,
    monthlyUsd: plan.monthlyUsd,
    failed: failed.slice(0, failuresShown),
  };
}

/** Reads our alarms of today in every Region that the scan could read, and plans. Changes nothing. @throws what CloudWatch answers */
export async function planFromScan({ clients, blobs, document, topics, settings, now }: FollowRequest): Promise<AlarmPlan> {
  const readable = readableRegions(document);
  const own: OwnAlarm[] = [];
  const foreign: DurationAlarm[] = [];
  await forEachAtMost(readable, regionsAtOnce, async (region) => {
    const named = await readNamedLikeOurs(clients, region);
    own.push(...named.own);
    foreign.push(...named.foreign, ...(await alarmsOfScan(blobs, document.scan.account, region)));
  });
  return planAlarms({
    functions: document.functions.filter(({ region }) => readable.includes(region)),
    completeRegions: new Set(readableRegions(document, ["complete"])),
    own: inOrder(own),
    foreign,
    topics: new Map(topics.map((arn) => [parseArn(arn)?.region ?? "", arn])),
    settings: settings ?? defaultAlarmSettings,
    now,
  });
}

/** Our alarms of today. @throws what CloudWatch answers */
export async function readOwnAlarms(clients: Clients, document: ScanDocument): Promise<OwnAlarm[]> {
  const own: OwnAlarm[] = [];
  await forEachAtMost(readableRegions(document), regionsAtOnce, async (region) => {
    own.push(...(await readNamedLikeOurs(clients, region)).own);
  });
  return inOrder(own);
}

/** Where nothing may be read, nothing is asked again. */
function readableRegions({ coverage }: ScanDocument, statuses: readonly string[] = ["complete", "partial"]): string[] {
  return coverage.filter(({ collector, status }) => collector === "functions" && statuses.includes(status)).map(({ region }) => region);
}

function inOrder(own: readonly OwnAlarm[]): OwnAlarm[] {
  return own.toSorted((a, b) => (a.alarm.arn < b.alarm.arn ? -1 : 1));
}

/** Everybody's alarms as the scan saw them. Those named like ours were just read afresh. */
async function alarmsOfScan(blobs: Blobs, account: string, region: string): Promise<readonly DurationAlarm[]> {
  const snapshot = await getRegion(blobs, regionKey(account, region));
  // not knowing them, we would put ours, which cost money, beside them
  if (!snapshot) throw new Error(`the snapshot of ${region} is not in this store: scan again, then the alarms can be planned`);
  const alarms: readonly DurationAlarm[] = snapshot.durationAlarms.items;
  return alarms.filter(({ name }) => !name.startsWith(alarmPrefix));
}
