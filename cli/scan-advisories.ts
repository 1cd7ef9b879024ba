/** Where a scan has its advisories from: `--advisories`, the settings, the store of a stack. Looked at while the account is. */
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { publicBucket } from "../shared/advisory-feeds/bucket-feed.ts";
import { keptAdvisories } from "../shared/advisory-feeds/current-advisories.ts";
import { httpGet, littlePatience } from "../shared/advisory-feeds/http-get.ts";
import { isAddress, placeGet } from "../shared/advisory-feeds/place-get.ts";
import { refreshAll } from "../shared/advisory-feeds/refresh-all.ts";
import { type AdvisorySettings, apiAddress, apiWord, offWord, osvWord } from "../shared/advisory-settings.ts";
import type { Watchdog } from "../shared/scan/watchdog.ts";
import type { ScanOptions, Taped } from "./compose.ts";
import type { Kept } from "./kept.ts";
import { sampleName } from "./sample.ts";
import { UsageError } from "./usage-error.ts";

export interface ScanAdvisories {
  /** Nothing where they are switched off. */
  readonly part: Pick<Watchdog, "advisories">;
  /** Ends what is still under way. */
  stop(): void;
}

/** The first look loads some 260 MB; what is not here by then is used by the next scan. */
const mostWaitMs = 300_000;
const none: ScanAdvisories = { part: {}, stop: () => {} };

/** @throws UsageError for a folder that is not there; what is wrong inside a source is said by the scan */
export async function openAdvisories(
  options: ScanOptions,
  settings: AdvisorySettings,
  { now }: Pick<Taped, "now">,
  { blobs, kind }: Pick<Kept, "blobs" | "kind">,
): Promise<ScanAdvisories> {
  const place = options.advisories ?? settings.source ?? sampleAdvisories(options);
  if (place === offWord) return none;
  // the store of a stack has what the stack fetches
  if (place === undefined)
    return kind === "dynamodb" ? { ...none, part: { advisories: (isWanted) => keptAdvisories(blobs, isWanted) } } : none;
  const source = place === osvWord ? publicBucket : place;
  if (apiAddress(source, "") !== undefined)
    throw new UsageError(`--advisories ${source}: a scan sends no names of packages out; ${apiWord} is for smalltarget libraries check`);
  if (!isAddress(source)) await requireFolder(source);
  const { kev = settings.kev, epss = settings.epss } = options;
  const sources = {
    source,
    ecosystems: settings.ecosystems,
    ...(kev === undefined ? {} : { kev }),
    ...(epss === undefined ? {} : { epss }),
  };
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), mostWaitMs);
  timer.unref();
  const looked = refreshAll(placeGet(httpGet(littlePatience, end.signal)), blobs, sources, now());
  // thrown where the scan asks for them
  looked.catch(() => undefined);
  return {
    part: {
      async advisories(isWanted) {
        await looked;
        return keptAdvisories(blobs, isWanted);
      },
    },
    stop() {
      clearTimeout(timer);
      end.abort();
    },
  };
}

/** The sample account has its own, beside it. */
function sampleAdvisories({ replay }: ScanOptions): string | undefined {
  if (replay === undefined || basename(replay) !== sampleName) return undefined;
  const folder = join(dirname(replay), "advisories");
  return existsSync(folder) ? folder : undefined;
}

async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory())
    throw new UsageError(
      `--advisories ${folder}: there is no such folder; it takes a folder of OSV records, the address of a bucket, ${osvWord} or ${offWord}`,
    );
}
