/** What could not be looked at, a line each: "could not tell" is never "fine". */
import { type Coverage, isAbsent } from "../model/coverage.ts";
import { cleanText } from "../model/plain-text.ts";

/** Coverage rows a person has to know of: not complete, not a service the Region lacks, not the consequence of another row. */
export function unseen(coverage: readonly Coverage[]): Coverage[] {
  return coverage.filter((row) => row.status !== "complete" && !isAbsent(row) && row.follows === undefined);
}

/** `eu-west-2: lambda:ListFunctions refused (AccessDeniedException). Nothing was concluded about it.` */
export function unseenText({ region: one, regions, operation, collector, status, code, resources = 0 }: Coverage): string {
  const region = regions?.join(", ") ?? one;
  const what = operation ?? `reading ${collector}`;
  const cause = code ? ` (${cleanText(code, 80)})` : "";
  if (status === "partial") return `${region}: ${what} answered only in part${cause}; ${collector}: ${resources} read.`;
  const verb = status === "denied" ? "refused" : status === "throttled" ? "throttled" : "failed";
  const consequence =
    regions !== undefined || collector === "functions" || collector === "usage"
      ? " Nothing was concluded about it."
      : ` ${collector} unknown.`;
  return `${region}: ${what} ${verb}${cause}.${consequence}`;
}

/** Regions of which not even the functions could be listed. */
export function unreadableRegions(coverage: readonly Coverage[]): string[] {
  const rows = coverage.filter(({ collector, status }) => collector === "functions" && status !== "partial" && status !== "complete");
  return [...new Set(rows.map(({ region }) => region))];
}
