/** Triggers that are on and start nothing: what hangs on them is broken, not unused. Pure. */

import { scheduleGroupOf } from "../model/arn.ts";
import { dayMs } from "../model/day.ts";
import { proofOf } from "../model/proof.ts";
import type { FailingTrigger } from "../model/rule-subject.ts";
import type { CandidateRead, EventSourceMapping } from "../model/snapshot.ts";
import type { LastInvocation } from "../model/usage.ts";
import type { Start } from "./starts.ts";

/** Metrics of a day may come late: less is no silence. */
const shortestSilenceDays = 2;

export function failingTriggers(
  starts: readonly Start[],
  last: LastInvocation,
  candidate: CandidateRead | undefined,
  mappingOf: (uuid: string) => EventSourceMapping | undefined,
  now: Date,
): FailingTrigger[] {
  const { quietDays } = last;
  if (last.state === "unknown" || quietDays === undefined || quietDays < shortestSilenceDays) return [];
  return starts.flatMap((start): FailingTrigger[] => {
    if (!start.trigger.enabled) return [];
    return [...missedRuns(start, quietDays, candidate), ...waiting(start, quietDays, mappingOf, now), ...delivered(start, quietDays, now)];
  });
}

/** A schedule of its own that should have started it again and again. */
function missedRuns(start: Start, quietDays: number, candidate: CandidateRead | undefined): FailingTrigger[] {
  const { kind, arn, pace, periodDays } = start.trigger;
  if ((kind !== "rule" && kind !== "schedule") || pace !== "scheduled" || start.runsPerDay === undefined) return [];
  const silentDays = Math.min(quietDays, start.dueDays);
  const longestGap = Math.max(periodDays ?? 0, 1 / start.runsPerDay);
  const counted = candidate?.startedByRules?.find(({ rule }) => rule === arn);
  const inGroup = candidate?.failedInGroups?.find(({ group }) => group === scheduleGroupOf(arn));
  return [
    {
      kind,
      arn,
      missedRuns: Math.floor(silentDays / longestGap),
      ...(start.permitted === undefined ? {} : { permitted: start.permitted }),
      ...(counted ? { startedDays: counted.startedDays, failedStarts: counted.failed } : {}),
      ...(inGroup ? { failedInGroup: inGroup.failed } : {}),
    },
  ];
}

/** Messages wait in its queue, and it does not fetch them. */
function waiting(
  { trigger, relation, messages, readAt }: Start,
  quietDays: number,
  mappingOf: (uuid: string) => EventSourceMapping | undefined,
  now: Date,
): FailingTrigger[] {
  const proof = proofOf(relation);
  const uuid = proof?.by === "mapping" ? proof.uuid : undefined;
  const readDaysAgo = readAt ? (now.getTime() - Date.parse(readAt)) / dayMs : 0;
  if (!uuid || !messages || readDaysAgo >= quietDays) return [];
  const { state, lastResult } = mappingOf(uuid) ?? {};
  const mapping = { uuid, ...(state ? { mappingState: state } : {}), ...(lastResult ? { lastResult } : {}) };
  return [{ kind: trigger.kind, arn: trigger.arn, messages, ...mapping }];
}

/** EventBridge counts that the rule passed events on to its targets, of which it is one. */
function delivered({ trigger, lastUse, permitted }: Start, quietDays: number, now: Date): FailingTrigger[] {
  if (trigger.kind !== "event-rule" || lastUse?.state !== "used" || lastUse.at === undefined) return [];
  const sinceDays = (now.getTime() - Date.parse(lastUse.at)) / dayMs;
  if (sinceDays + shortestSilenceDays >= quietDays) return [];
  return [{ kind: trigger.kind, arn: trigger.arn, passedOnAt: lastUse.at, ...(permitted === undefined ? {} : { permitted }) }];
}
