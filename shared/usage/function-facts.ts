/** Everything known about each function of a Region, joined: what the rules judge and the document lists. Pure. */
import { isComplete } from "../model/coverage.ts";
import { dayMs, dayOf, dayText } from "../model/day.ts";
import type { FunctionFacts } from "../model/document.ts";
import { everyFunction } from "../model/duration-alarm.ts";
import type { Confidence } from "../model/finding.ts";
import { leftAloneBecause } from "../model/left-alone.ts";
import type { PublishedVersions } from "../model/published-version.ts";
import type { FunctionSubject } from "../model/rule-subject.ts";
import type { CandidateRead, FunctionConfiguration, FunctionUsage, RegionSnapshot } from "../model/snapshot.ts";
import type { LastInvocation } from "../model/usage.ts";
import { type OwnerSources, ownerOf } from "../owners/owners.ts";
import { activityOf } from "./activity.ts";
import { unpackDays } from "./daily-ring.ts";
import { deployTimeReasons } from "./deploy-time.ts";
import { failingTriggers } from "./failing-triggers.ts";
import { type CallerLimitOf, timeoutOf } from "./function-timeout.ts";
import { lastInvocationOf } from "./last-invocation.ts";
import { candidatesOf, type LogGroupDays } from "./log-group-age.ts";
import { publishedVersions } from "./published-versions.ts";
import type { Starts, StartsOf } from "./starts.ts";
import { quantile } from "./timeout-formula.ts";
import type { TimeoutThresholds } from "./timeout-question.ts";

/** What a person may set of it. */
export interface JudgedBy {
  readonly thresholds: TimeoutThresholds;
  readonly logGroups: LogGroupDays;
}

/** Subjects for the rules, one per function of the Region; `unreadable` is told of a function about which nothing could be worked out. */
export function functionSubjects(
  region: RegionSnapshot,
  owners: OwnerSources,
  startsOf: StartsOf,
  callerLimitOf: CallerLimitOf,
  now: Date,
  unreadable: (configuration: FunctionConfiguration, error: unknown) => void,
  { thresholds, logGroups }: JudgedBy,
): FunctionSubject[] {
  const queues = new Map(region.queues.items.map((queue) => [queue.arn, queue]));
  const mappings = new Map(region.eventSourceMappings.items.map((mapping) => [mapping.uuid, mapping]));
  const mappingsOf = Map.groupBy(region.eventSourceMappings.items, (mapping) => mapping.functionArn);
  const usage = new Map(region.usage.items.map((one) => [one.arn, one]));
  const candidates = candidatesOf(region, logGroups, now);
  const alarms = Map.groupBy(region.durationAlarms.items, (one) => one.functionName);
  const tags = new Map(region.tags.items.map((one) => [one.arn, one.tags]));
  const deployTimeOf = deployTimeReasons(region.functions.items, (arn) => tags.get(arn)?.["aws:cloudformation:logical-id"]);
  const publishedOf = publishedVersions(region);
  const { coverage } = region.usage;
  const whyUnread =
    coverage.status === "complete" ? undefined : `${coverage.operation ?? "reading usage"} failed (${coverage.code ?? coverage.status})`;
  const subjectOf = (configuration: FunctionConfiguration): FunctionSubject => {
    const { arn } = configuration;
    const starts = startsOf(arn);
    const used = usage.get(arn);
    const published = publishedOf(arn);
    const candidate = candidates.get(arn);
    const switchedOffSince = used?.ledger.switchedOffSince;
    const deployTime = deployTimeOf(configuration) ?? candidate?.deployTime;
    const facts = factsOf({
      configuration,
      starts,
      used,
      published,
      candidate,
      tags: tags.get(arn) ?? {},
      owners,
      callerLimitOf,
      whyUnread,
      deployTime,
      thresholds,
      now,
    });
    return {
      facts,
      configuration,
      published,
      ...(candidate ? { candidate } : {}),
      queues: (mappingsOf.get(arn) ?? []).flatMap(({ sourceArn }) => queues.get(sourceArn ?? "") ?? []),
      durationAlarms: [...(alarms.get(configuration.name) ?? []), ...(alarms.get(everyFunction) ?? [])],
      ...usualOf(used, now),
      ...(switchedOffSince ? { switchedOffSince } : {}),
      ...(deployTime ? { deployTime } : {}),
      failing: failingTriggers(starts.starts, facts.lastInvocation, candidate, (uuid) => mappings.get(uuid), now),
      ...unreadStartsOf(starts.unread ?? (facts.activity === "paused" ? unreadDoor(region) : undefined)),
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

function unreadStartsOf(why: string | undefined): Pick<FunctionSubject, "unreadStarts"> {
  return why === undefined ? {} : { unreadStarts: why };
}

/** What may start a function beside what somebody paused: only where these were listed is nothing else there. */
const doors = ["rest-apis", "http-apis", "appsync", "cognito", "load-balancers", "lattice", "iot", "log-groups", "firehose"] as const;

function unreadDoor({ services }: RegionSnapshot): string | undefined {
  const unread = doors.find((name) => {
    const part = services[name];
    return part !== undefined && !isComplete(part) && part.coverage.listed !== true;
  });
  return unread && `whether something else still starts it could not be read (${unread})`;
}

interface Known {
  readonly configuration: FunctionConfiguration;
  readonly starts: Starts;
  readonly used: FunctionUsage | undefined;
  readonly published: PublishedVersions;
  readonly candidate: CandidateRead | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly owners: OwnerSources;
  readonly callerLimitOf: CallerLimitOf;
  readonly whyUnread: string | undefined;
  readonly deployTime: string | undefined;
  readonly thresholds: TimeoutThresholds;
  readonly now: Date;
}

function factsOf(known: Known): FunctionFacts {
  const { configuration, starts, used, candidate, tags, owners, whyUnread, now } = known;
  const lastInvocation = lastInvocationOf(configuration, used, candidate, whyUnread, now);
  const days = used ? unpackDays(used.ledger.days) : [];
  const logicalId = tags["aws:cloudformation:logical-id"];
  const stackName = tags["aws:cloudformation:stack-name"];
  const { duration, advice, timeoutSeconds, behindAlias } = timeoutOf(known, days);
  const { activity, reason } = activityOf(starts.starts, days, candidate, known.deployTime, dayOf(now));
  const { runtime, lastModified, codeSha256, environmentUnread } = configuration;
  const ignored = leftAloneBecause(tags);
  return {
    arn: configuration.arn,
    name: configuration.name,
    region: configuration.region,
    ...(runtime ? { runtime } : {}),
    packageType: configuration.packageType,
    timeoutSeconds,
    ...(behindAlias ? { behindAlias } : timeoutChangeOf(used)),
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
    triggers: starts.starts.map(({ trigger }) => trigger),
    activity: activity === "never" && lastInvocation.state === "invoked" ? "normal" : activity,
    ...(reason ? { activityReason: reason } : {}),
    confidence: confidenceOf(lastInvocation, candidate, starts),
    ...(candidate?.provisioned ? { provisioned: candidate.provisioned } : {}),
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

/**
 * How sure the last use is: a trigger or a deployment may only be waiting; a role used since then contradicts the metrics; somebody of
 * whom nothing but a permission, or a pattern of their own, is known may come as rarely as they like.
 */
function confidenceOf(last: LastInvocation, candidate: CandidateRead | undefined, { starts }: Starts): Confidence {
  if (last.state === "unknown") return "low";
  const live = starts.filter(({ trigger }) => trigger.enabled);
  const isQuiet = (last.quietDays ?? 0) > 2;
  if (isQuiet && live.some(({ trigger }) => trigger.pace === "unknown")) return "low";
  const roleUsed = candidate?.roleLastUsedAt ? Date.parse(candidate.roleLastUsedAt) : 0;
  const supposed = last.at ? Date.parse(last.at) : 0;
  if (candidate?.deployTimeUnread) return "medium";
  if (roleUsed > supposed + 2 * dayMs && isQuiet) return "medium";
  return isQuiet && live.length > 0 ? "medium" : "high";
}
