/** How much is known of the advisories that libraries were put to, as rows of coverage. Pure. */
import { type AdvisoryFeed, isOld } from "../model/advisories.ts";
import { ageOfAdvisories, type Coverage, noAdvisoriesCode, oldAdvisoriesCode } from "../model/coverage.ts";
import { globalRegion } from "../model/snapshot.ts";

const hourMs = 3_600_000;
/** All of a source is looked at together: some ecosystems have a quiet week, never all of them. */
const stillAfterHours = 7 * 24;

const collector = "advisories";

/** @param feeds absent: they are switched off; an empty list: there are none yet */
export function advisoryCoverage(feeds: readonly AdvisoryFeed[] | undefined, now: Date): Coverage[] {
  if (!feeds) return [];
  const row = { collector, region: globalRegion };
  // the first scan of a new deployment may come before they are there: no failure, and the next one has them
  if (feeds.length === 0) return [{ ...row, status: "left", message: "none were fetched yet" }];
  const known = feeds.filter(({ fetchedAt }) => fetchedAt !== undefined);
  const [first] = feeds.filter(({ fetchedAt }) => fetchedAt === undefined);
  if (!first) return [{ ...row, status: "complete", resources: known.length }, ...oldRows(known, now)];
  const names = feeds.flatMap(({ ecosystem, fetchedAt }) => (fetchedAt === undefined ? [ecosystem] : []));
  const message = `${names.join(", ")}: ${first.failure ?? "not fetched yet"}`;
  const status = known.length > 0 ? "partial" : "failed";
  return [{ ...row, status, code: noAdvisoriesCode, message, resources: known.length }, ...oldRows(known, now)];
}

function oldRows(known: readonly AdvisoryFeed[], now: Date): Coverage[] {
  const hoursSince = (at: string) => (now.getTime() - Date.parse(at)) / hourMs;
  const old = known.filter(({ fetchedAt = "" }) => isOld(fetchedAt, now));
  const newest = known.flatMap((feed) => feed.newest ?? []).toSorted((a, b) => Date.parse(b) - Date.parse(a))[0];
  const isStill = newest !== undefined && hoursSince(newest) > stillAfterHours;
  const texts = [
    ...[...Map.groupBy(old, ({ fetchedAt = "", failure = "" }) => `${fetchedAt.slice(0, 10)}|${failure}`).values()].map(oldText),
    ...(old.length === 0 && isStill ? [`nothing in ${known[0]?.source} was changed since ${newest.slice(0, 10)}`] : []),
  ];
  if (texts.length === 0) return [];
  return [{ collector: ageOfAdvisories, region: globalRegion, status: "complete", code: oldAdvisoriesCode, message: texts.join("; ") }];
}

function oldText(feeds: readonly AdvisoryFeed[]): string {
  const [{ fetchedAt = "", failure } = {}] = feeds;
  const names = feeds.map(({ ecosystem }) => ecosystem).join(", ");
  return `those of ${names} are of ${fetchedAt.slice(0, 10)}${failure === undefined ? "" : ` (${failure})`}`;
}
