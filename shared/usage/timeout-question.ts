/** What is asked about one function's timeout, and what a person may set of the answer. */
import type { DailyUse, TimeoutInForce } from "../model/usage.ts";

/** Days are days since 1970-01-01 UTC. */
export interface TimeoutQuestion {
  /** The timeout in force today. */
  readonly timeoutSeconds: number;
  /** Timeouts that were in force, as far as known; empty stands for today's since ever. */
  readonly timeouts: readonly TimeoutInForce[];
  /** All days known, ascending. */
  readonly days: readonly DailyUse[];
  /** Day since which memory, architecture, runtime and VPC are what they are; earlier days do not count. */
  readonly regimeSinceDay: number;
  /** Earliest day of which we could see the use. */
  readonly knownFromDay: number;
  readonly today: number;
  readonly codeChangedDay?: number;
  /** 99th percentile of the runs that were not cut off, where it was asked for. */
  readonly uncensoredP99Ms?: number;
  readonly ceilingSeconds: number;
  /** What sets the ceiling, for people. */
  readonly ceilingReason: string;
  /**
   * Longest time, milliseconds, that extensions took after the handler. It is inside the timeout; whether Duration holds it AWS does not say, so it
   * is added to the longest run.
   */
  readonly extensionMs?: number;
  /** It may have extensions, and how long they take was not asked: then nothing is lowered. */
  readonly extensionUnread?: boolean;
  /** The configuration was last changed on this day, and before we first looked: which timeout was in force until then nobody told us. */
  readonly timeoutUnseenUntilDay?: number;
  readonly thresholds?: TimeoutThresholds;
}

/** What a person may set: settings of lambda/timeout-too-tight and lambda/timeout-too-long. */
export interface TimeoutThresholds {
  /** What initialisation may add inside the timeout, milliseconds. */
  readonly initAllowanceMs: number;
  /** Fewer runs or days than these: no verdict. */
  readonly minimumSamples: number;
  readonly minimumDays: number;
  /** Tight: a timeout below this many times the longest run. */
  readonly tightRatio: number;
  /** Loose: at least this many times the plain recommendation, and this many seconds above it. */
  readonly looseRatio: number;
  readonly looseSeconds: number;
}

export const defaultThresholds: TimeoutThresholds = {
  initAllowanceMs: 0,
  minimumSamples: 5,
  minimumDays: 7,
  tightRatio: 1.3,
  looseRatio: 3,
  looseSeconds: 10,
};
