/** Days as CloudWatch's daily buckets have them: whole days since 1970-01-01, UTC. */

export const dayMs = 86_400_000;

/** The day in which `at` lies. */
export function dayOf(at: Date | string | number): number {
  const ms = at instanceof Date ? at.getTime() : typeof at === "string" ? Date.parse(at) : at;
  return Math.floor(ms / dayMs);
}

/** Midnight at which `day` begins. */
export function startOfDay(day: number): Date {
  return new Date(day * dayMs);
}

/** `YYYY-MM-DD`. */
export function dayText(day: number): string {
  return startOfDay(day).toISOString().slice(0, 10);
}
