/** What could not be looked at, a line each: "could not tell" is never "fine". */

import { type Coverage, isAbsent } from "../model/coverage.ts";
import { cleanText } from "../model/plain-text.ts";
import { collectorName } from "../wording/collector-names.ts";

/** Coverage rows a person has to know of: not complete, not a service the Region lacks, not the consequence of another row. */
export function unseen(coverage: readonly Coverage[]): Coverage[] {
  return coverage.filter((row) => row.status !== "complete" && row.status !== "left" && !isAbsent(row) && row.follows === undefined);
}

/** `eu-west-1: lambda-access, log-groups`: what the next scan goes on with, a line for each Region. */
export function leftTexts(coverage: readonly Coverage[]): string[] {
  const byRegion = Map.groupBy(
    coverage.filter(({ status }) => status === "left"),
    ({ region }) => region,
  );
  return [...byRegion].map(([region, rows]) => `${region}: ${rows.map(({ collector }) => collector).join(", ")}`);
}

/** `eu-west-2: lambda:ListFunctions refused (AccessDeniedException). Nothing was concluded about it.` */
export function unseenText({ region: one, regions, operation, collector, status, code, resources = 0 }: Coverage): string {
  const region = regions?.join(", ") ?? one;
  const name = collectorName(collector);
  const what = operation ?? `reading ${name}`;
  const cause = code ? ` (${cleanText(code, 80)})` : "";
  if (status === "partial") return `${region}: ${what} answered only in part${cause}; ${name}: ${resources} read.`;
  const verb = status === "denied" ? "refused" : status === "throttled" ? "throttled" : "failed";
  const consequence =
    regions !== undefined || collector === "functions" || collector === "usage"
      ? " Nothing was concluded about it."
      : ` ${capital(name)}: not known.`;
  return `${region}: ${what} ${verb}${cause}.${consequence}`;
}

/** Regions of which not even the functions could be listed. */
export function unreadableRegions(coverage: readonly Coverage[]): string[] {
  const rows = coverage.filter(({ collector, status }) => collector === "functions" && status !== "partial" && status !== "complete");
  return [...new Set(rows.map(({ region }) => region))];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
