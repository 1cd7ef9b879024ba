/**
 * Advisories from OSV's API (google.github.io/osv.dev/api), by the names of packages: they are sent to whoever runs it, their versions are
 * not. Versions are judged here, so that an answer can be kept, and is the same as by bulk files.
 */
import type { Advisory, EcosystemAdvisories } from "../libraries/advisories/advisory.ts";
import { RecordCollector } from "../libraries/advisories/collect-records.ts";
import { listOf, membersOf, textOf } from "../libraries/advisories/json-shapes.ts";
import type { Ecosystem } from "../model/packages.ts";
import { FeedError, mostRecordBytes } from "./feed-error.ts";
import type { HttpGet } from "./http-get.ts";
import { addText } from "./zip-records.ts";

export const publicApi = "https://api.osv.dev";

/** What one question may hold, by the API's documentation (2026-11). */
const mostQueries = 1000;
/** An answer that goes on for longer goes round in circles: a page has some thousand ids. */
const mostPages = 500;
const mostAnswerBytes = 64 * 1024 * 1024;
const atOnce = 8;

export interface AskedPackage {
  /** As `comparableName` makes it. */
  readonly name: string;
  /** What is sent. */
  readonly written: string;
}

/** What the API lists: when each advisory was changed last, by id. */
type Listed = Map<string, string>;

interface Query {
  readonly package: { readonly name: string; readonly ecosystem: Ecosystem };
  readonly page_token?: string;
}

/**
 * Everything about `packages` as it is now, with what was kept of others.
 * @throws FeedError where it cannot be had as a whole; what was kept is still good
 */
export async function readApi(
  get: HttpGet,
  base: string,
  ecosystem: Ecosystem,
  {
    packages,
    kept,
    now,
  }: { readonly packages: readonly AskedPackage[]; readonly kept?: EcosystemAdvisories | undefined; readonly now: Date },
): Promise<EcosystemAdvisories> {
  const root = base.replace(/\/+$/, "");
  const listed = await listOfIds(
    get,
    `${root}/v1/querybatch`,
    packages.map(({ written }) => ({ package: { name: written, ecosystem } })),
  );
  const fresh = Object.fromEntries(packages.map(({ name }) => [name, now.toISOString()]));
  const others = new Set(Object.keys(kept?.asked ?? {}).filter((name) => !Object.hasOwn(fresh, name)));
  const known = (kept?.advisories ?? []).filter(({ id, affected }) => listed.has(id) || affected.some(({ name }) => others.has(name)));
  const records = RecordCollector.from({ advisories: known });
  await addChanged(get, `${root}/v1/vulns`, changedIds(listed, known), records);
  return {
    format: 1,
    ecosystem,
    source: base,
    fetchedAt: now.toISOString(),
    asked: { ...kept?.asked, ...fresh },
    unreadable: records.unreadable.length,
    advisories: records.advisoriesOf(ecosystem),
  };
}

function changedIds(listed: Listed, known: readonly Advisory[]): readonly string[] {
  const before = new Map(known.map(({ id, modified }) => [id, Date.parse(modified)]));
  // an unreadable date compares as false: such a record is read again
  return [...listed].flatMap(([id, modified]) => ((before.get(id) ?? Number.NaN) >= Date.parse(modified) ? [] : [id]));
}

async function listOfIds(get: HttpGet, url: string, queries: readonly Query[]): Promise<Listed> {
  const listed: Listed = new Map();
  let left = queries;
  for (let page = 0; left.length > 0; page += 1) {
    if (page >= mostPages + queries.length / mostQueries) throw new FeedError(`${url} answers in more pages than there can be`);
    const asked = left.slice(0, mostQueries);
    const { bytes } = await get(url, { mostBytes: mostAnswerBytes, body: { queries: asked } });
    if (bytes === undefined) throw new FeedError(`there is no ${url}: it is not OSV's API`);
    left = [...left.slice(mostQueries), ...addAnswer(bytes, url, asked, listed)];
  }
  return listed;
}

/** Adds what is listed; answers the queries that go on. */
function addAnswer(bytes: Buffer, url: string, asked: readonly Query[], listed: Listed): readonly Query[] {
  const results = listOf(membersOf(jsonOf(bytes))?.results);
  if (results?.length !== asked.length)
    throw new FeedError(`${url} did not answer as OSV's API does: it was asked about ${asked.length} packages, and does not list as many`);
  return asked.flatMap((query, number) => {
    const { vulns, next_page_token } = membersOf(results[number]) ?? {};
    for (const one of vulns === undefined || vulns === null ? [] : (listOf(vulns) ?? [undefined])) {
      const { id, modified } = membersOf(one) ?? {};
      const name = textOf(id, 200);
      if (name === undefined || !/^[A-Za-z\d][\w.:-]*$/.test(name))
        throw new FeedError(`${url} lists an advisory of ${query.package.name} that has no id`);
      listed.set(name, textOf(modified, 60) ?? "");
    }
    const token = textOf(next_page_token, 10_000);
    return token === undefined || token === "" ? [] : [{ package: query.package, page_token: token }];
  });
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** A record that is listed and not there is one that is not understood: what was kept of it stands. */
async function addChanged(get: HttpGet, folder: string, ids: readonly string[], records: RecordCollector): Promise<void> {
  const left = [...ids];
  const work = async () => {
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      const place = `${folder}/${encodeURIComponent(id)}`;
      const { bytes } = await get(place, { mostBytes: mostRecordBytes });
      if (bytes === undefined) records.addUnreadable(`${place} is listed and not there`);
      else if (!addText(bytes.toString("utf8"), place, records)) throw new FeedError(`${place} holds no JSON`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
