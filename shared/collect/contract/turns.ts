/** Spreads what is asked seldom over the days. */

/**
 * The number of the turn that `today` (days since 1970) is in, for something asked once in `everyDays` days: turns begin on another day for
 * each key, so that not everything is due at once.
 */
export function turnOf(key: string, today: number, everyDays: number): number {
  let sum = 0;
  for (const letter of key) sum = (sum * 31 + letter.charCodeAt(0)) % everyDays;
  return Math.floor((today + sum) / everyDays);
}
