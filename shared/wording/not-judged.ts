import type { ScanHeader } from "../model/document.ts";

/**
 * What a scan of chosen Regions says little about, however well it went: whether a role is left over or allows too much is judged only
 * where all functions are known that may have it (decisions 0028 and 0053).
 */
export function notJudgedTexts({ regions, regionSource }: Pick<ScanHeader, "regions" | "regionSource">): string[] {
  if (regionSource !== "asked") return [];
  const where = regions.length > 3 ? `${regions.length} Regions` : regions.join(", ");
  return [
    `Roles: only functions in ${where} were looked at. What a role allows in excess, and which is left over, only a scan of all Regions can tell.`,
  ];
}
