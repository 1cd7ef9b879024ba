/** Lambda writes times as `2026-11-24T10:00:00.000+0000`, which is not ISO 8601 for every parser. */

/** The time as ISO 8601 UTC; undefined where there is none, or it cannot be read. */
export function lambdaTime(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const at = new Date(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
