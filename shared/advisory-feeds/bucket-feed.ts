/**
 * Advisories from OSV's public bucket, or a mirror of it (google.github.io/osv.dev/data): a zip per ecosystem, read once, and a list of
 * changes, newest first, of which only the head is read.
 */
import type { ByteSource } from "../artifacts/byte-source.ts";
import type { EcosystemAdvisories } from "../libraries/advisories/advisory.ts";
import { RecordCollector } from "../libraries/advisories/collect-records.ts";
import type { Ecosystem } from "../model/packages.ts";
import { FeedError, mostRecordBytes } from "./feed-error.ts";
import type { HttpGet } from "./http-get.ts";
import { addText, addZip, requireAdvisories } from "./zip-records.ts";

export const publicBucket = "https://osv-vulnerabilities.storage.googleapis.com";

/** A server without ranges sends everything: npm's zip has about 210 MB (2026-11). */
const mostZipBytes = 1024 ** 3;
const changesBytes = 64 * 1024;
/** Beyond it, the zip is quicker. */
const mostChanges = 2000;
const atOnce = 8;

interface Change {
  readonly at: string;
  readonly id: string;
}

/**
 * Everything about `ecosystem` as it is now. @param kept what was read before, from the same place
 * @throws FeedError where it cannot be had as a whole; what was kept is still good
 */
export async function readBucket(
  get: HttpGet,
  base: string,
  ecosystem: Ecosystem,
  { kept, now }: { readonly kept?: EcosystemAdvisories | undefined; readonly now: Date },
): Promise<EcosystemAdvisories> {
  const folder = `${base.replace(/\/+$/, "")}/${ecosystem}`;
  const changes = new Changes(get, `${folder}/modified_id.csv`);
  // looked at first: what changes while the zip is read is read again the next time
  const newest = (await changes.page(0))[0]?.at;
  const changed = kept?.newest === undefined || newest === undefined ? undefined : await changes.since(kept.newest);
  const updated = kept && changed && (await withChanges(get, folder, kept, changed));
  const records = updated ?? (await wholeZip(get, folder, ecosystem, kept));
  return {
    format: 1,
    ecosystem,
    source: base,
    fetchedAt: now.toISOString(),
    ...(newest === undefined ? {} : { newest }),
    unreadable: (updated ? (kept?.unreadable ?? 0) : 0) + records.unreadable.length,
    advisories: records.advisoriesOf(ecosystem),
  };
}

/** The list of changes, some of it at a time. */
class Changes {
  readonly #get: HttpGet;
  readonly #url: string;
  readonly #pages: Change[][] = [];
  #rest = "";
  #ended = false;

  constructor(get: HttpGet, url: string) {
    this.#get = get;
    this.#url = url;
  }

  async page(number: number): Promise<readonly Change[]> {
    while (this.#pages.length <= number && !this.#ended) {
      const from = this.#pages.length * changesBytes;
      const {
        bytes,
        from: start,
        total,
      } = await this.#get(this.#url, { range: { from, to: from + changesBytes }, mostBytes: 256 * 1024 * 1024 });
      // a server without ranges has answered everything; there may also be no list
      const part = bytes === undefined ? "" : bytes.subarray(from - start).toString("utf8");
      this.#ended = bytes === undefined || start + bytes.length >= total;
      const lines = (this.#rest + part).split("\n");
      this.#rest = lines.pop() ?? "";
      this.#pages.push([...lines, ...(this.#ended ? [this.#rest] : [])].flatMap((line) => this.#changeOf(line)));
    }
    return this.#pages[number] ?? [];
  }

  /** Ids that changed at `seen` or later; undefined: too many, or the list does not go back so far. */
  async since(seen: string): Promise<readonly string[] | undefined> {
    const ids = new Set<string>();
    for (let number = 0; ; number += 1) {
      const page = await this.page(number);
      for (const { at, id } of page) {
        if (Date.parse(at) < Date.parse(seen)) return [...ids];
        ids.add(id);
        if (ids.size > mostChanges) return undefined;
      }
      if (page.length === 0) return undefined;
    }
  }

  #changeOf(line: string): Change[] {
    const text = line.trim();
    if (text === "") return [];
    const [, at = "", id = ""] = /^([\d:.TZ+-]{10,40}),(?:[^,/]+\/)?([A-Za-z\d][\w.:-]{0,199})$/.exec(text) ?? [];
    if (Number.isNaN(Date.parse(at))) throw new FeedError(`${this.#url} is no list of changes: "${text.slice(0, 80)}" stands in it`);
    return [{ at, id }];
  }
}

/** Undefined where a record is not there, as in a mirror of the zips alone: that it is gone is for the zip to say. */
async function withChanges(
  get: HttpGet,
  folder: string,
  kept: EcosystemAdvisories,
  changed: readonly string[],
): Promise<RecordCollector | undefined> {
  const records = RecordCollector.from(kept);
  const left = [...changed];
  let missing = false;
  const work = async () => {
    for (let id = left.pop(); id !== undefined && !missing; id = left.pop()) {
      const place = `${folder}/${encodeURIComponent(id)}.json`;
      const { bytes } = await get(place, { mostBytes: mostRecordBytes });
      if (bytes === undefined) missing = true;
      else if (!addText(bytes.toString("utf8"), place, records)) throw new FeedError(`${place} holds no JSON`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return missing ? undefined : records;
}

async function wholeZip(
  get: HttpGet,
  folder: string,
  ecosystem: Ecosystem,
  kept: EcosystemAdvisories | undefined,
): Promise<RecordCollector> {
  const place = `${folder}/all.zip`;
  const records = new RecordCollector();
  await addZip(httpBytes(get, place), place, records);
  requireAdvisories(records, place);
  const found = records.advisoriesOf(ecosystem).length;
  const before = kept?.advisories.length ?? 0;
  if (found === 0 || (before > 100 && found < before / 2)) {
    throw new FeedError(`${place} holds ${found} advisories about ${ecosystem}, where there were ${before}: that is not believed`);
  }
  return records;
}

/** A zip by ranges; of a server that has none, all of it at once. */
function httpBytes(get: HttpGet, url: string): ByteSource {
  let whole: Buffer | undefined;
  let first: { readonly total: number; readonly version: string | undefined } | undefined;
  const ask = async (range: { readonly from: number; readonly to: number } | { readonly last: number }) => {
    const answer = await get(url, { range, mostBytes: mostZipBytes });
    if (answer.bytes === undefined) throw new FeedError(`there is no ${url}`);
    first ??= { total: answer.total, version: answer.version };
    if (answer.total !== first.total || answer.version !== first.version)
      throw new FeedError(`${url} was replaced while it was read: try again`);
    if (answer.bytes.length === answer.total) whole = answer.bytes;
    return { bytes: answer.bytes, from: answer.from, total: answer.total };
  };
  return {
    async tail(count) {
      const { bytes, total } = await ask({ last: count });
      return { bytes: bytes.subarray(Math.max(0, bytes.length - count)), total };
    },
    async range(from, to) {
      if (whole) return whole.subarray(from, to);
      const { bytes, from: start } = await ask({ from, to });
      return bytes.subarray(from - start, to - start);
    },
  };
}
