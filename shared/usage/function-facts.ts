/** Everything known about each function of a Region, joined: what the rules judge and the document lists. Pure. */
import { longestTimeoutSeconds } from "../data/service-limits.ts";
import { type OwnerSources, ownerOf } from "../graph/owners.ts";
import { dayMs, dayOf, dayText } from "../model/day.ts";
import type { FunctionFacts, Trigger } from "../model/document.ts";
import type { Confidence } from "../model/finding.ts";
import { leftAloneBecause } from "../model/left-alone.ts";
import type { FunctionSubject } from "../model/rule.ts";
import {
  type CandidateRead,
  everyFunction,
  type FunctionConfiguration,
  type FunctionUsage,
  type RegionSnapshot,
} from "../model/snapshot.ts";
import type { LastInvocation, LedgerEntry } from "../model/usage.ts";
import { activityOf } from "./activity.ts";
import { unpackDays } from "./daily-ring.ts";
import { deployTimeReasons } from "./deploy-time.ts";
import { mayRunExtensions } from "./extensions.ts";
import { lastInvocationOf } from "./last-invocation.ts";
import { candidatesOf } from "./log-group-age.ts";
import { adviseTimeout, defaultThresholds, type TimeoutThresholds } from "./timeout-advice.ts";
import { quantile } from "./timeout-formula.ts";
import { triggersOf, type Wired, wiringOf } from "./wiring.ts";

/** How long the callers of a function wait, where nobody else calls it. */
export type CallerLimitOf = (arn: string) => { readonly seconds: number; readonly why: string } | undefined;

/** A function has to be done this long before its caller gives up. */
const callerMarginSeconds = 1;

/** Subjects for the rules, one per function of the Region; `unreadable` is told of a function about which nothing could be worked out. */
export function functionSubjects(
  region: RegionSnapshot,
  owners: OwnerSources,
  callerLimitOf: CallerLimitOf,
  now: Date,
  unreadable: (configuration: FunctionConfiguration, error: unknown) => void,
  thresholds: TimeoutThresholds = defaultThresholds,
): FunctionSubject[] {
  const wiring = wiringOf(region, now);
  const usage = new Map(region.usage.items.map((one) => [one.arn, one]));
  const candidates = candidatesOf(region, now);
  const alarms = Map.groupBy(region.durationAlarms.items, (one) => one.functionName);
  const tags = new Map(region.tags.items.map((one) => [one.arn, one.tags]));
  const deployTimeOf = deployTimeReasons(region.functions.items, (arn) => tags.get(arn)?.["aws:cloudformation:logical-id"]);
  const rotations = rotationsOf(region);
  const { coverage } = region.usage;
  const whyUnread =
    coverage.status === "complete" ? undefined : `${coverage.operation ?? "reading usage"} failed (${coverage.code ?? coverage.status})`;
  const subjectOf = (configuration: FunctionConfiguration): FunctionSubject => {
    const { arn } = configuration;
    const wired = wiring(arn);
    const used = usage.get(arn);
    const candidate = candidates.get(arn);
    const switchedOffSince = used?.ledger.switchedOffSince;
    const deployTime = deployTimeOf(configuration) ?? candidate?.deployTime;
    const facts = factsOf({
      configuration,
      wired,
      used,
      candidate,
      tags: tags.get(arn) ?? {},
      owners,
      callerLimitOf,
      whyUnread,
      deployTime,
      rotations: rotations.get(arn) ?? [],
      thresholds,
      now,
    });
    return {
      facts,
      configuration,
      ...(candidate ? { candidate } : {}),
      queues: wired.queues,
      durationAlarms: [...(alarms.get(configuration.name) ?? []), ...(alarms.get(everyFunction) ?? [])],
      ...usualOf(used, now),
      ...(switchedOffSince ? { switchedOffSince } : {}),
      ...(deployTime ? { deployTime } : {}),
    };
  };
  return region.functions.items.flatMap((configuration) => {
    try {
      return [subjectOf(configuration)];
    } catch (error) {
      unreadable(configuration, error);
      return [];
    }
  });
}

/** Secrets that a function rotates, as its triggers. */
function rotationsOf({ services }: RegionSnapshot): Map<string, Trigger[]> {
  const rotations = (services.secrets?.items ?? []).flatMap(({ resource, relations }) =>
    relations.map(({ to, enabled }) => {
      const days = resource?.details?.rotationDays;
      const arn = resource?.arn ?? "";
      return { to, trigger: { kind: "secret-rotation" as const, arn, enabled, ...(typeof days === "number" ? { periodDays: days } : {}) } };
    }),
  );
  return new Map([...Map.groupBy(rotations, ({ to }) => to)].map(([to, all]) => [to, all.map(({ trigger }) => trigger)]));
}

interface Known {
  readonly configuration: FunctionConfiguration;
  readonly wired: Wired;
  readonly used: FunctionUsage | undefined;
  readonly candidate: CandidateRead | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly owners: OwnerSources;
  readonly callerLimitOf: CallerLimitOf;
  readonly whyUnread: string | undefined;
  readonly deployTime: string | undefined;
  readonly rotations: readonly Trigger[];
  readonly thresholds: TimeoutThresholds;
  readonly now: Date;
}

function factsOf(known: Known): FunctionFacts {
  const { configuration, wired, used, candidate, tags, owners, whyUnread, now } = known;
  const lastInvocation = lastInvocationOf(configuration, used, candidate, whyUnread, now);
  const days = used ? unpackDays(used.ledger.days) : [];
  const logicalId = tags["aws:cloudformation:logical-id"];
  const stackName = tags["aws:cloudformation:stack-name"];
  const { duration, advice } = timeoutOf(known, days);
  const { activity, reason } = activityOf(wired, days, candidate, known.deployTime, dayOf(now));
  const { runtime, lastModified, codeSha256, environmentUnread } = configuration;
  const ignored = leftAloneBecause(tags);
  return {
    arn: configuration.arn,
    name: configuration.name,
    region: configuration.region,
    ...(runtime ? { runtime } : {}),
    packageType: configuration.packageType,
    timeoutSeconds: configuration.timeoutSeconds,
    ...timeoutChangeOf(used),
    memoryMb: configuration.memoryMb,
    ...(lastModified ? { lastModified } : {}),
    roleArn: configuration.roleArn,
    ...(codeSha256 ? { codeSha256 } : {}),
    tags,
    owner: ownerOf({ arn: configuration.arn, region: configuration.region, tags }, owners),
    ...(stackName ? { stack: { name: stackName, ...(logicalId ? { logicalId } : {}) } } : {}),
    ...(ignored === undefined ? {} : { ignored }),
    ...(environmentUnread === undefined ? {} : { environmentUnread }),
    lastInvocation,
    duration,
    timeout: lastInvocation.state === "unknown" ? { verdict: "unknown", confidence: "low" } : advice,
    triggers: [...triggersOf(wired), ...known.rotations],
    activity: activity === "never" && lastInvocation.state === "invoked" ? "normal" : activity,
    ...(reason ? { activityReason: reason } : {}),
    confidence: confidenceOf(lastInvocation, candidate, wired),
  };
}

const usualDays = 30;

function usualOf(used: FunctionUsage | undefined, now: Date): Pick<FunctionSubject, "usualMs"> {
  const recent = used ? unpackDays(used.ledger.days).filter(({ day }) => day > dayOf(now) - usualDays) : [];
  return recent.length === 0 ? {} : { usualMs: quantile(Float64Array.from(recent, ({ maxMs }) => maxMs).sort(), 0.5) };
}

/** The ledger holds the timeouts in their order; the first was in force when we first looked. */
function timeoutChangeOf(used: FunctionUsage | undefined): Pick<FunctionFacts, "timeoutChange"> {
  const [before, last] = used?.ledger.timeouts.slice(-2) ?? [];
  return before && last ? { timeoutChange: { at: dayText(last.fromDay), fromSeconds: before.seconds } } : {};
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

/** How long it ran, and what its timeout should be. */
export function timeoutOf(
  {
    configuration,
    used,
    callerLimitOf,
    thresholds = defaultThresholds,
    now,
  }: Pick<Known, "configuration" | "used" | "callerLimitOf" | "now"> & Partial<Pick<Known, "thresholds">>,
  days: ReturnType<typeof unpackDays>,
) {
  const today = dayOf(now);
  const entry = used?.ledger;
  const codeChangedDay = entry?.codeChangedDay ?? (configuration.lastModified ? dayOf(configuration.lastModified) : undefined);
  return adviseTimeout({
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
  });
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

/** How sure the last use is: a trigger or a deployment may only be waiting; a role used since then contradicts the metrics. */
function confidenceOf(last: LastInvocation, candidate: CandidateRead | undefined, { mappings }: Wired): Confidence {
  if (last.state === "unknown") return "low";
  const roleUsed = candidate?.roleLastUsedAt ? Date.parse(candidate.roleLastUsedAt) : 0;
  const supposed = last.at ? Date.parse(last.at) : 0;
  if (candidate?.deployTimeUnread) return "medium";
  if (roleUsed > supposed + 2 * dayMs && last.quietDays !== undefined && last.quietDays > 2) return "medium";
  return mappings.some(({ enabled }) => enabled) && (last.quietDays ?? 0) > 2 ? "medium" : "high";
}
