/** How rules write numbers: with units, and dates that people read. */

/** `12.1 s`, `840 ms`, `15 min`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${trim(ms / 1000)} s`;
  return `${trim(ms / 60_000)} min`;
}

function trim(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
}

/** `3 Sep 2025` of an ISO date. */
export function dateText(iso: string): string {
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const at = new Date(iso);
  return `${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

/** `1 day`, `90 days`. */
export function daysText(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}

/** What was switched off stays so this long, unless a setting says otherwise: who misses it notices within a month. */
export const trialDays = 30;

/** `3 %` of a share. */
export function percentText(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A member of the evidence as text; empty when it is not there. */
export function text(value: unknown): string {
  return value === undefined || value === null ? "" : String(value);
}
