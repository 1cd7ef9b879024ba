/** How old the advisories are that libraries were put to, a line each. */
import type { AdvisoryFeed } from "../model/advisories.ts";
import { cleanText } from "../model/plain-text.ts";
import { ageText } from "./quantities.ts";

/** What was read together, and failed together, is one line: `of npm, Go from osv.example, 2 hours old`. @param feeds absent: switched off */
export function advisoryTexts(feeds: readonly AdvisoryFeed[] | undefined, now: Date): string[] {
  if (!feeds) return [];
  if (feeds.length === 0) return ["none yet: nothing is concluded about libraries"];
  const groups = Map.groupBy(feeds, ({ source, fetchedAt = "", failure = "" }) => `${source}|${fetchedAt.slice(0, 13)}|${failure}`);
  return [...groups.values()].map((group) => {
    const [{ source, fetchedAt, failure } = { source: "" }] = group;
    const names = group.map(({ ecosystem }) => ecosystem).join(", ");
    const why = failure === undefined ? "" : `: ${cleanText(failure, 300)}`;
    if (fetchedAt === undefined) return `of ${names} from ${cleanText(source, 200)}, not there${why}`;
    return `of ${names} from ${cleanText(source, 200)}, ${readText(fetchedAt, now)}${why}`;
  });
}

/** `2 hours old`: how long ago advisories were read. */
export function readText(fetchedAt: string, now: Date): string {
  const ms = now.getTime() - Date.parse(fetchedAt);
  return ms < 60_000 ? "read just now" : `${ageText(ms)} old`;
}
