/** Usage of a function: what CloudWatch said, and what we remember of it. */

/** One day (UTC) of a function in which it ran at least once. */
export interface DailyUse {
  /** Days since 1970-01-01 UTC. */
  readonly day: number;
  /** Invocations that ended in a Duration sample. */
  readonly samples: number;
  /** Longest run, milliseconds. */
  readonly maxMs: number;
  /** Failed invocations. */
  readonly errors: number;
}

/** A timeout and the day since which it was in force, as far as we saw it. */
export interface TimeoutInForce {
  /** Days since 1970-01-01 UTC; 0 for "since before we looked". */
  readonly fromDay: number;
  readonly seconds: number;
}

/**
 * What is remembered of one function between scans, so that no history is asked for twice.
 * Times are ISO 8601 UTC, days are days since 1970-01-01 UTC.
 */
export interface LedgerEntry {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly firstSeenAt: string;
  /** Set when a complete list no longer held the function. */
  readonly goneAt?: string;
  /** Set when it came back after that: usage before is its predecessor's. */
  readonly recreatedAt?: string;
  /** Earliest day that was asked for. Absent: usage was never read. */
  readonly readFromDay?: number;
  /** Set when the last reads failed: usage is known up to this moment only (else up to the Region's `readUntil`). */
  readonly stalledAt?: string;
  readonly firstActiveDay?: number;
  readonly lastActiveDay?: number;
  /** Packed `DailyUse` of the last 455 days; see usage/daily-ring.ts. */
  readonly days: string;
  /** The longest run ever read, and when. */
  readonly record?: { readonly maxMs: number; readonly day: number };
  /** Hash of what changes how long a run takes: memory, architecture, runtime, VPC. */
  readonly regimeHash: string;
  /** Day since which `regimeHash` holds; 0 for "since before we looked". */
  readonly regimeSinceDay: number;
  readonly codeSha256?: string;
  /** Day of the last code change that we saw. */
  readonly codeChangedDay?: number;
  readonly timeouts: readonly TimeoutInForce[];
  /** Largest daily p99 of the days in which no run was cut off; asked for only after one was. Milliseconds. */
  readonly uncensoredP99Ms?: number;
  /** Extensions after the handler: longest daily maximum since the day from which it was read. Absent: never asked for. */
  readonly extensions?: { readonly readFromDay: number; readonly longestMs: number };
  /** First scan that saw reserved concurrency 0 without interruption since. */
  readonly switchedOffSince?: string;
}

/** The ledger of one Region. */
export interface RegionLedger {
  readonly region: string;
  /** Up to when usage of every entry without `stalledAt` is known; absent before the first read. */
  readonly readUntil?: string;
  readonly entries: ReadonlyMap<string, LedgerEntry>;
}

export type LastInvocationState = "invoked" | "none-seen" | "unknown";

/** When a function last ran, as far as can be told. */
export interface LastInvocation {
  readonly state: LastInvocationState;
  /** `YYYY-MM-DD`: daily buckets know the day. Present when `state` is invoked. */
  readonly at?: string;
  /** Whole days since `at`; where none was seen, since the earliest evidence that the function existed. */
  readonly quietDays?: number;
  /** Where `at` comes from, or for none-seen what `quietDays` is counted from. */
  readonly source: "metrics" | "role" | "last-modified" | "first-seen" | "log-group" | "none";
  /** How many days back could be seen. */
  readonly lookbackDays: number;
  /** For unknown: why. */
  readonly why?: string;
}

export type TimeoutVerdict = "timing-out" | "tight" | "fine" | "loose" | "insufficient-data" | "unknown";

/** What one function's history says about its timeout. */
export interface TimeoutAdvice {
  readonly verdict: TimeoutVerdict;
  /** For unknown, where it is not that the last use is: why. */
  readonly why?: string;
  /** Share of the timeout that the longest run left free, 0 to 1; absent without samples. */
  readonly headroom?: number;
  /** Whole seconds; absent when there is no advice. */
  readonly recommendedSeconds?: number;
  /** Chance, 0 to 1, that some run of the next 90 days exceeds the recommendation. */
  readonly chanceOfExceeding?: number;
  /** What bounds the recommendation, e.g. `service maximum 900 s`. */
  readonly limitedBy?: string;
  /** More time would help, and what bounds it (`limitedBy`) allows no more: the work has to be made asynchronous, or split. */
  readonly atCeiling?: boolean;
  readonly confidence: "high" | "medium" | "low";
}

/** Durations of the observed regime. */
export interface DurationFacts {
  /** Longest run, milliseconds, normalised by nothing: as measured. */
  readonly longestMs?: number;
  /** Day of the longest run, `YYYY-MM-DD`. */
  readonly longestAt?: string;
  /** Longest time that extensions took after the handler, milliseconds: inside the timeout, beside `longestMs`. Absent where there was none. */
  readonly extensionMs?: number;
  readonly samples: number;
  /** Length of the observed regime in days. */
  readonly observedDays: number;
  /** True when the longest run was cut off by the timeout: the true length is unknown. */
  readonly censored: boolean;
}

/** Provisioned concurrency: environments that AWS keeps ready for an alias or a version, and charges for by the hour. */
export interface ProvisionedConcurrency {
  /** Name of the alias, or number of the version. */
  readonly qualifier: string;
  /** As many as were asked for. */
  readonly environments: number;
}
