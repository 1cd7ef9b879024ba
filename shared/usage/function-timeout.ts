/** What is known of a function, put as the question about its timeout. Pure. */
import { longestTimeoutSeconds } from "../data/service-limits.ts";
import { dayOf } from "../model/day.ts";
import type { BehindAlias, PublishedVersions } from "../model/published-version.ts";
import type { FunctionConfiguration, FunctionUsage } from "../model/snapshot.ts";
import type { DailyUse, DurationFacts, LedgerEntry, TimeoutAdvice } from "../model/usage.ts";
import { mayRunExtensions } from "./extensions.ts";
import { runningVersion } from "./published-versions.ts";
import { adviseTimeout } from "./timeout-advice.ts";
import { defaultThresholds, type TimeoutThresholds } from "./timeout-question.ts";

/** How long the callers of a function wait, where nobody else calls it. */
export type CallerLimitOf = (arn: string) => { readonly seconds: number; readonly why: string } | undefined;

/** A function has to be done this long before its caller gives up. */
const callerMarginSeconds = 1;

export interface TimeoutKnown {
  readonly configuration: FunctionConfiguration;
  readonly used: FunctionUsage | undefined;
  readonly published?: PublishedVersions;
  readonly callerLimitOf: CallerLimitOf;
  readonly thresholds?: TimeoutThresholds;
  readonly now: Date;
}

export interface TimeoutFacts {
  /** The timeout that was judged. */
  readonly timeoutSeconds: number;
  readonly behindAlias?: BehindAlias;
  readonly duration: DurationFacts;
  readonly advice: TimeoutAdvice;
}

/** How long it ran, and what its timeout should be: that of the version which runs, where callers of an alias get another one. */
export function timeoutOf(known: TimeoutKnown, days: readonly DailyUse[]): TimeoutFacts {
  const { configuration, published = { versions: [] } } = known;
  const { timeoutSeconds } = configuration;
  const own = adviseTimeout(questionOf(known, days));
  const running = runningVersion(configuration, published, own.duration.longestMs);
  const why =
    running === "unclear"
      ? "its aliases lead to versions with several timeouts, and which of them a run had is not counted"
      : published.notAsked
        ? undefined
        : published.unread;
  if (why !== undefined) return { timeoutSeconds, ...own, advice: { verdict: "unknown", why, confidence: "low" } };
  if (running === undefined || running === "unclear") return { timeoutSeconds, ...own };
  const { timeoutSeconds: ofVersion, ...behindAlias } = running;
  const today = dayOf(known.now);
  // when the alias was pointed there is not known, nor what was in force before
  const question = { ...questionOf(known, days), timeoutSeconds: ofVersion, timeouts: [], timeoutUnseenUntilDay: today };
  return { timeoutSeconds: ofVersion, behindAlias, ...adviseTimeout(question) };
}

function questionOf({ configuration, used, callerLimitOf, thresholds = defaultThresholds, now }: TimeoutKnown, days: readonly DailyUse[]) {
  const today = dayOf(now);
  const entry = used?.ledger;
  const codeChangedDay = entry?.codeChangedDay ?? (configuration.lastModified ? dayOf(configuration.lastModified) : undefined);
  return {
    timeoutSeconds: configuration.timeoutSeconds,
    timeouts: entry?.timeouts ?? [],
    days,
    regimeSinceDay: entry?.regimeSinceDay ?? 0,
    knownFromDay: entry?.readFromDay ?? today,
    today,
    ...(codeChangedDay === undefined ? {} : { codeChangedDay }),
    ...(entry?.uncensoredP99Ms === undefined ? {} : { uncensoredP99Ms: entry.uncensoredP99Ms }),
    ...extensionOf(configuration, entry),
    ...unseenUntil(configuration, entry),
    thresholds,
    ...ceilingOf(configuration, callerLimitOf),
  };
}

/** A function that runs and may have an extension, of which nobody asked how long it takes, gets no shorter timeout. */
function extensionOf(configuration: FunctionConfiguration, entry: LedgerEntry | undefined) {
  if (!mayRunExtensions(configuration)) return {};
  return entry?.extensions ? { extensionMs: entry.extensions.longestMs } : { extensionUnread: true };
}

/** Timeouts before the first scan are not known: they held at the latest until the configuration was changed last before it. */
function unseenUntil({ lastModified }: FunctionConfiguration, entry: LedgerEntry | undefined) {
  if (!entry) return {};
  const seen = dayOf(entry.firstSeenAt);
  return { timeoutUnseenUntilDay: lastModified ? Math.min(seen, dayOf(lastModified)) : seen };
}

/** The longest timeout that makes sense: what Lambda accepts, or what the only callers wait for. */
function ceilingOf({ arn, managedInstances }: FunctionConfiguration, callerLimitOf: CallerLimitOf) {
  const accepted = managedInstances ? longestTimeoutSeconds.managedInstances : longestTimeoutSeconds.function;
  const caller = callerLimitOf(arn);
  const seconds = caller ? Math.floor(caller.seconds) - callerMarginSeconds : accepted;
  if (!caller || seconds >= accepted || seconds < 1)
    return { ceilingSeconds: accepted, ceilingReason: "the longest timeout that Lambda accepts" };
  return { ceilingSeconds: seconds, ceilingReason: caller.why };
}
