/** Runs one scan from beginning to end: heartbeat of the lock, progress, interruption, and nothing left half done. */
import type { ScanDocument } from "../shared/model/document.ts";
import type { EarlyFunctions } from "../shared/model/early-functions.ts";
import { globalRegion } from "../shared/model/snapshot.ts";
import { giveUp, type ScanResult } from "../shared/scan/finish.ts";
import type { ScanPlan } from "../shared/scan/scan-plan.ts";
import type { Watchdog } from "../shared/scan/watchdog.ts";
import { watch } from "../shared/watch.ts";
import { checkCredentials, compose, leaseSeconds, openTape, type ScanOptions, type Taped } from "./compose.ts";
import { exitCodes } from "./failure.ts";
import type { Kept } from "./kept.ts";
import { openStore } from "./open-store.ts";
import { Progress } from "./progress.ts";
import { openAdvisories, type ScanAdvisories } from "./scan-advisories.ts";
import { keepAccount } from "./scan-list.ts";
import { readSettingsFile } from "./settings-file.ts";
import { say } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

export interface FinishedScan {
  readonly result: ScanResult;
  readonly document: ScanDocument;
  readonly wallMs: number;
  /** Where it is remembered; absent with `--store none`. */
  readonly stored?: string;
  readonly sends: boolean;
}

const heartbeatMs = (leaseSeconds * 1000) / 3;

/** Shows the functions of a Region while the scan goes on. */
export type Early = (functions: EarlyFunctions) => void;

/** @throws what failure.ts explains */
export async function runScan(options: ScanOptions, quiet: boolean, early?: Early): Promise<FinishedScan> {
  const began = Date.now();
  if (options.record !== undefined && options.replay !== undefined) throw new UsageError("--record and --replay exclude each other");
  const settings = await readSettingsFile(options.settings);
  const taped = await openTape(options);
  let kept: Kept | undefined;
  let advisories: ScanAdvisories | undefined;
  const progress = new Progress();
  try {
    await checkCredentials(options, taped);
    kept = await openStore(options, "scan");
    const composed = await compose(options, settings, taped, kept, progress);
    advisories = await openAdvisories(options, settings.advisories, taped, kept);
    const watchdog = { ...composed, ...advisories.part };
    if (!quiet && process.stderr.isTTY) progress.show();
    const known = early && ((functions: EarlyFunctions) => showEarly(functions, early, progress));
    const result = await guarded({ ...watchdog, ...(known ? { known } : {}) }, taped, kept, progress);
    const document = (await kept.blobs.get(result.documentKey)) as ScanDocument;
    if (kept.kind === "dir") await keepAccount(kept.blobs, result.account);
    await taped.finish();
    const stored = kept.kind === "none" ? {} : { stored: kept.where };
    return { result, document, wallMs: Date.now() - began, ...stored, sends: watchdog.channels.length > 0 };
  } finally {
    progress.end();
    advisories?.stop();
    taped.discard();
    await kept?.close();
  }
}

/** What is shown early is shown again at the end: that it cannot be shown must not end the scan. */
function showEarly(functions: EarlyFunctions, early: Early, progress: Progress): void {
  try {
    progress.wipe();
    early(functions);
  } catch (error) {
    say(`${functions.region}: the functions are shown at the end only (${(error as Error).message})`);
  }
}

/** The scan with a heartbeat; an interruption gives the lock back before the process ends. */
async function guarded(watchdog: Watchdog, taped: Taped, kept: Kept, progress: Progress): Promise<ScanResult> {
  let plan: ScanPlan | undefined;
  let heartbeat: NodeJS.Timeout | undefined;
  let interrupted = false;
  const started = (begun: ScanPlan) => {
    plan = begun;
    progress.expect(begun.regions.length);
    const renew = () => void watchdog.store.renewLock(begun.account, begun.scanId, leaseSeconds).catch(() => undefined);
    heartbeat = setInterval(renew, heartbeatMs);
    heartbeat.unref();
  };
  const interrupt = async (signal: NodeJS.Signals) => {
    // whoever asks twice does not want to wait
    if (interrupted) process.exit(exitCodes.interrupted);
    interrupted = true;
    clearInterval(heartbeat);
    progress.end();
    taped.discard();
    try {
      if (plan) await giveUp(watchdog, plan, new Error(`interrupted (${signal})`));
      await kept.close();
      say("smalltarget: interrupted; nothing was concluded, the lock is free, the next scan goes on");
    } finally {
      process.exit(exitCodes.interrupted);
    }
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    return await watch({
      ...watchdog,
      started,
      progress: ({ region, functions }) => region !== globalRegion && progress.regionDone(functions),
    });
  } finally {
    clearInterval(heartbeat);
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}
