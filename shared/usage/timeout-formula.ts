/**
 * From the longest run to a timeout, and the chance that it is exceeded. Pure.
 *
 * If runs are alike over time, the next m exceed the longest of the past n with chance m / (n + m); with a tail like a power, of index x, they
 * exceed k times it with chance m / (m + n k^(1/x)). At a steady rate m / n is horizon / history: calls cancel, days count.
 * Two formulas choose k: the plain one decides verdicts, the best one recommends. docs/decisions/0004-timeout-formula.md has the numbers.
 */

/** For how long a recommendation should hold, days. */
export const horizonDays = 90;

/** No timeout below this is recommended, seconds: Lambda's own default. */
const floorSeconds = 3;

export interface LongestRun {
  readonly longestMs: number;
  /** Over how many days `longestMs` is the longest. */
  readonly observedDays: number;
  readonly ceilingSeconds: number;
  /** What initialisation may add inside the timeout, milliseconds. */
  readonly initAllowanceMs?: number;
}

export interface Recommendation {
  readonly seconds: number;
  /** True when the ceiling, not the formula, set it. */
  readonly limited: boolean;
}

/** Plain factor on the longest run: aims at 5 % (odds of 19) with one tail index, 0.3, for all (reference, section 5). */
export function plainFactor(observedDays: number): number {
  return clamp(((horizonDays / observedDays) * 19) ** 0.3, 1.3, 4.5);
}

/**
 * Best factor on the longest run: the plain one's shape, with a tail index that follows `spread`, and odds of 11 where the plain formula has 19.
 * All numbers are fitted (decision 4). Never under 1.3: that would be called tight at once.
 */
export function bestFactor(observedDays: number, spread: number): number {
  return clamp(((horizonDays / observedDays) * 11) ** tailIndex(spread), 1.3, 8);
}

/** Tail index of a function by the spread of its days: 0.2 where all days are alike, 0.5 at most. */
function tailIndex(spread: number): number {
  return 0.2 + 0.75 * Math.min(spread, 0.4);
}

/**
 * How far a function's bad days lie above its ordinary ones: logarithm of the 90th percentile over the median of its daily longest runs.
 * 0.22 is typical; five such days are mixed in, so that a handful of days cannot claim to know better.
 */
export function spreadOf(dailyLongestMs: readonly number[]): number {
  const [typical, mixedIn] = [0.22, 5];
  if (dailyLongestMs.length === 0) return typical;
  const sorted = Float64Array.from(dailyLongestMs).sort();
  // below a millisecond the clock's resolution would pass for spread
  const own = Math.log(Math.max(quantile(sorted, 0.9), 1) / Math.max(quantile(sorted, 0.5), 1));
  return (sorted.length * own + mixedIn * typical) / (sorted.length + mixedIn);
}

/** The plain recommendation: what verdicts are measured against. */
export function plainRecommendation(run: LongestRun): Recommendation {
  return recommend(plainFactor(run.observedDays) * run.longestMs + (run.initAllowanceMs ?? 0), run.ceilingSeconds);
}

/** The recommendation that is given; `spread` as `spreadOf` has it. */
export function bestRecommendation(run: LongestRun, spread: number): Recommendation {
  return recommend(bestFactor(run.observedDays, spread) * run.longestMs + (run.initAllowanceMs ?? 0), run.ceilingSeconds);
}

/** `ms` as a timeout: rounded up, at least 3 s, within the ceiling. */
export function recommend(ms: number, ceilingSeconds: number): Recommendation {
  const seconds = Math.max(roundUp(ms), floorSeconds);
  return { seconds: Math.min(seconds, ceilingSeconds), limited: seconds > ceilingSeconds };
}

/** Whole seconds below 30, steps of 5 below 120, of 30 above; always up. */
function roundUp(ms: number): number {
  // whole milliseconds first, lest 1.3 * 10,000 ms end a hair above 13 s
  const seconds = Math.round(ms) / 1000;
  const step = seconds < 30 ? 1 : seconds < 120 ? 5 : 30;
  return Math.ceil(seconds / step) * step;
}

/**
 * Chance, 0 to 1, that some run of the next 90 days exceeds `factor` times the longest of `observedDays` days.
 * The tail index is taken at 0.85: with it, what was said and what happened agree best on the fitted two thirds (decision 4).
 */
export function chanceOfExceeding(factor: number, observedDays: number, spread: number): number {
  const chance = 1 / (1 + (observedDays / horizonDays) * Math.max(factor, 0) ** (1 / (0.85 * tailIndex(spread))));
  return Math.round(chance * 10_000) / 10_000;
}

/** How severe a loose timeout is: MEDIUM from ten times the recommendation and more than 60 s above it, else LOW. */
export function severityOfLoose(timeoutSeconds: number, recommendedSeconds: number): "LOW" | "MEDIUM" {
  return timeoutSeconds >= 10 * recommendedSeconds && timeoutSeconds - recommendedSeconds > 60 ? "MEDIUM" : "LOW";
}

/** Quantile of ascending numbers, linear between neighbours. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
