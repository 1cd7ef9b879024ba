/** Puts the watchdog together from what the command line asked for. */
import { CallCount, type Tape } from "../shared/aws/client-options.ts";
import { createClients } from "../shared/aws/clients.ts";
import { factorOf, Pace, systemClock } from "../shared/aws/pace.ts";
import { recordTo } from "../shared/aws/recording.ts";
import { replayFrom } from "../shared/aws/replay.ts";
import { identify } from "../shared/collect/account/account.ts";
import { localRunner } from "../shared/run/local-runner.ts";
import { codeReaders } from "../shared/scan/code-analyzers.ts";
import type { Watchdog } from "../shared/scan/watchdog.ts";
import type { Settings } from "../shared/settings.ts";
import { homeRegion, recordedHomeRegion } from "./home-region.ts";
import type { Kept, StoreOptions } from "./kept.ts";
import { keepOthers, openChannels } from "./open-channels.ts";
import { beside, type Unfinished } from "./out-file.ts";
import type { Progress } from "./progress.ts";
import { CannotStartError } from "./usage-error.ts";

export interface ScanOptions extends StoreOptions {
  readonly region?: readonly string[];
  readonly record?: string;
  readonly replay?: string;
  readonly notify?: string;
  readonly settings?: string;
  /** A folder, an address, `osv` or `off`. */
  readonly advisories?: string;
  /** Files or addresses. */
  readonly kev?: string;
  readonly epss?: string;
  /** False with `--no-code`. */
  readonly code?: boolean;
  /** With `--images`: on a command line whole layers leave the network of AWS, which costs time and money. */
  readonly images?: boolean;
}

/** Where answers come from instead of AWS, or go to besides us; and the clock that fits. */
export interface Taped {
  readonly tape?: Tape;
  readonly homeRegion: string;
  readonly now: () => Date;
  /** The recording is whole: puts it in its place. */
  finish(): Promise<void>;
  /** Leaves nothing of a recording that was not finished. */
  discard(): void;
}

/** The lock's lease: long enough for a laptop that stutters, short enough after one that died. Renewed by run-scan.ts. */
export const leaseSeconds = 120;

/** Opens the recording, whichever way it runs. @throws RecordingError, CannotStartError */
export async function openTape({ record, replay, region, profile }: ScanOptions): Promise<Taped> {
  const none = { finish: async () => {}, discard: () => {} };
  if (replay !== undefined) {
    const tape = replayFrom(replay);
    // the clock stands still at the recording's time; locks go by wall time, in the store
    return { tape, homeRegion: recordedHomeRegion(replay), now: () => tape.at, ...none };
  }
  const home = await homeRegion(profile, region);
  const now = () => new Date();
  return record === undefined ? { homeRegion: home, now, ...none } : { ...recording(record), homeRegion: home, now };
}

function recording(path: string): Pick<Taped, "tape" | "finish" | "discard"> {
  const file: Unfinished = beside(path);
  try {
    const tape = recordTo(file.path, new Date());
    let open = true;
    return {
      tape,
      async finish() {
        open = false;
        tape.close();
        await file.finish();
      },
      discard: () => open && file.discard(),
    };
  } catch (cause) {
    throw new CannotStartError(`cannot record to ${path} (${(cause as Error).message}): check the folder and its permissions`, { cause });
  }
}

/** Asks AWS who we are before anything is written, so that a scan without credentials leaves nothing behind. @throws what STS answers */
export async function checkCredentials({ replay, profile }: ScanOptions, { homeRegion }: Taped): Promise<void> {
  if (replay !== undefined) return;
  await identify(createClients({ pace: new Pace(), calls: new CallCount(), ...(profile ? { profile } : {}) }), homeRegion);
}

/** Everything but the events, which run-scan.ts adds. */
export async function compose(options: ScanOptions, settings: Settings, taped: Taped, kept: Kept, progress: Progress): Promise<Watchdog> {
  await keepOthers(options, settings, taped, kept);
  const channels = await openChannels(options, settings, taped, kept);
  const pace = new Pace(systemClock, { factor: factorOf(process.env.AWS_ENDPOINT_URL), awaited: process.stderr.isTTY === true });
  const { tape, now } = taped;
  const { profile, region = [], code = true, images = false } = options;
  return {
    runner: localRunner,
    clientsFor: (calls) =>
      createClients({
        pace,
        calls,
        onCall: () => progress.requested(),
        ...(tape ? { tape } : {}),
        ...(profile ? { profile } : {}),
      }),
    store: await kept.table(),
    blobs: kept.blobs,
    channels,
    ...(kept.deployment ? { deployment: kept.deployment } : {}),
    settings,
    ...(code ? codeReaders({ images }) : {}),
    homeRegion: taped.homeRegion,
    regions: region,
    now,
    leaseSeconds,
  };
}
