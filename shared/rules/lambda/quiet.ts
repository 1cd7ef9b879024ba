/** What the two rules about quiet functions share: when silence does not count, and how to take a function out of service. */

import { dayOf } from "../../model/day.ts";
import type { FunctionFacts, Trigger } from "../../model/document.ts";
import type { Evidence, Remediation } from "../../model/finding.ts";
import type { ResourceRef } from "../../model/resource.ts";
import type { Hit, Judgement, Need, RuleContext } from "../../model/rule.ts";
import type { Declared } from "../../model/rule-settings.ts";
import type { FunctionSubject } from "../../model/rule-subject.ts";
import { silenceSettings } from "../../usage/log-group-age.ts";
import { awsCommand, stackAdvice } from "../../wording/aws-cli.ts";
import { giveBackProvisioned, takeAwayProvisioned } from "../../wording/provisioned-concurrency.ts";
import { daysText, text, trialDays } from "../../wording/words.ts";
import { waitingEvidence, waitingWords } from "../unused-resource.ts";
import { keptReadyIn, keptReadyWords, withKeptReady } from "./kept-ready.ts";

export const quietSettings = {
  deployGraceDays: silenceSettings.deployGraceDays,
  removeAfterDays: {
    default: trialDays,
    unit: "days",
    minimum: 1,
    meaning: "a function that was switched off may be removed after being quiet for this long",
  },
  pausedQuietDays: {
    default: 365,
    unit: "days",
    minimum: 1,
    meaning: "used instead where all triggers are disabled: somebody paused it on purpose",
  },
} as const satisfies Declared;

/** Everything by which a function may be started seldom: without it, silence says nothing. */
export const startNeeds = [
  "eventSourceMappings",
  "event-buses",
  "scheduler",
  "alarms",
  "secrets",
  "sns",
  "sqs",
  "step-functions",
  "pipes",
  "stacks",
  "lambda-access:listed",
] as const satisfies readonly Need[];

export const quietNeeds = ["usage:own", "candidates:own", ...startNeeds] as const satisfies readonly Need[];

/** A schedule that is on and starts the function itself: it is wanted, whether it runs or not. */
function isOwnSchedule({ kind, enabled }: Trigger): boolean {
  return (kind === "schedule" || kind === "rule") && enabled;
}

/** The threshold for this function: longer when its own schedule is rarer (twice the longest wait between two runs). */
export function thresholdDays(facts: FunctionFacts, defaultDays: number, pausedDays: number): number {
  const periods = facts.triggers.flatMap(({ enabled, periodDays }) => (enabled && periodDays !== undefined ? [periodDays] : []));
  const paused = facts.activity === "paused" ? pausedDays : 0;
  return Math.max(defaultDays, paused, ...periods.map((days) => Math.ceil(2 * days)));
}

/** Judges a function whose silence of `quietDays` is at least `defaultDays` or more. */
export function judgeQuiet(
  subject: FunctionSubject,
  context: RuleContext<typeof quietSettings>,
  defaultDays: number,
  hit: () => Omit<Hit, "answer" | "continuesOnly">,
): Judgement {
  const { facts, candidate } = subject;
  const { settings, now } = context;
  const { quietDays } = facts.lastInvocation;
  if (quietDays === undefined) return { answer: "unknown", why: facts.lastInvocation.why ?? "its last use is unknown" };
  if (facts.activity === "dormant-by-role" || facts.activity === "warmed-only") return { answer: "clear" };
  if (subject.unreadStarts) return { answer: "unknown", why: subject.unreadStarts };
  // a trigger that is on and does not start it is broken: lambda/trigger-without-runs says so
  if (subject.failing?.length) return { answer: "clear" };
  if (facts.triggers.some(isOwnSchedule) || quietDays < thresholdDays(facts, defaultDays, settings.pausedQuietDays))
    return { answer: "clear" };
  if (candidate?.reservedConcurrency === undefined) {
    return { answer: "unknown", why: "whether it was switched off could not be read (lambda:GetFunctionConcurrency)" };
  }
  if (candidate.waitingUnread)
    return { answer: "unknown", why: "whether executions of it wait could not be read (lambda:ListDurableExecutionsByFunction)" };
  if (candidate.elsewhereUnknown) return { answer: "unknown", why: candidate.elsewhereUnknown };
  if (candidate.provisionedUnread)
    return {
      answer: "unknown",
      why: "whether environments are kept ready for it could not be read (lambda:ListProvisionedConcurrencyConfigs)",
    };
  const found = withKeptReady(facts, hit());
  const off = candidate.reservedConcurrency === 0;
  const offDays = subject.switchedOffSince ? dayOf(now) - dayOf(subject.switchedOffSince) : 0;
  const step = !off ? "switch-off" : offDays >= settings.removeAfterDays ? whenOff(candidate.refusedCalls) : "wait";
  const justDeployed = facts.lastModified !== undefined && dayOf(now) - dayOf(facts.lastModified) < settings.deployGraceDays;
  return {
    answer: "hit",
    ...found,
    materialKey: `${found.materialKey}|${step}`,
    evidence: {
      ...found.evidence,
      ...commonEvidence(facts),
      step,
      removeAfterDays: settings.removeAfterDays,
      ...(off ? offEvidence(subject) : {}),
    },
    // switched off on purpose before we ever said so, or just deployed: nothing to open, but nothing to close either
    ...(off || justDeployed ? { continuesOnly: true } : {}),
  };
}

/** Whoever calls a function that is switched off is refused, and the refusals are counted. */
function whenOff(refusedCalls: number | null | undefined): "remove" | "missed" | "unread" {
  if (refusedCalls === null || refusedCalls === undefined) return "unread";
  return refusedCalls === 0 ? "remove" : "missed";
}

function offEvidence({ switchedOffSince, candidate }: FunctionSubject): Evidence {
  return { switchedOffSince: switchedOffSince ?? null, refusedCalls: candidate?.refusedCalls ?? null };
}

function commonEvidence(facts: FunctionFacts): Evidence {
  const enabled = facts.triggers.filter((trigger) => trigger.enabled);
  const mayBeWaiting = enabled.flatMap(({ pace, why }) => (pace === "unknown" && why ? [why] : []));
  return {
    activity: facts.activity,
    lookbackDays: facts.lastInvocation.lookbackDays,
    ...(enabled.length > 0 ? { enabledTriggers: enabled.slice(0, 10).map(({ kind, arn }) => `${kind} ${arn}`) } : {}),
    ...waitingEvidence(mayBeWaiting),
    ...(facts.stack ? { stack: facts.stack.name, logicalId: facts.stack.logicalId ?? null } : {}),
  };
}

/** First switch it off, which can be undone; later delete it. Where somebody may only be waiting, nothing but look. */
export function takeOutOfService(evidence: Evidence, resource: ResourceRef): Remediation {
  const options = { "function-name": resource.name, region: resource.region };
  const off = awsCommand("lambda", "put-function-concurrency", {
    "function-name": resource.name,
    "reserved-concurrent-executions": 0,
    region: resource.region,
  });
  const on = awsCommand("lambda", "delete-function-concurrency", options);
  const remove = awsCommand("lambda", "delete-function", options);
  const inStack = stackAdvice(text(evidence.stack) || undefined, text(evidence.logicalId) || undefined, "remove it");
  // evidence of earlier versions does not say it
  const trial = daysText(Number(evidence.removeAfterDays ?? quietSettings.removeAfterDays.default));
  switch (evidence.step) {
    case "remove":
      return { text: `${inStack}It was switched off and nobody missed it: remove it.`, commands: [remove] };
    case "missed":
      return {
        text: `It is switched off, and somebody misses it: ${evidence.refusedCalls} calls were refused since. Switch it on again, or find out who calls.`,
        commands: [on],
      };
    case "unread":
      return {
        text: "It is switched off. Whether anybody misses it could not be read: look at its metric Throttles before it is removed; the command switches it on again.",
        commands: [on],
      };
    case "wait":
      return {
        text: `Step 1 is done: it is switched off. If nobody misses it for ${trial}, remove it; the first command switches it on again.`,
        commands: [on, remove],
      };
    default: {
      const waiting = waitingWords(evidence);
      if (waiting) return { text: `${inStack}${waiting}`, commands: [awsCommand("lambda", "get-policy", options)] };
      const kept = keptReadyIn(evidence);
      if (kept.length > 0) {
        return {
          text: `${inStack}${keptReadyWords(evidence)}Take them away first: AWS does not switch off a function that has some. Then switch it off; the commands after that undo both. When nobody has missed it for ${trial}, delete it (last command).`,
          commands: [
            ...kept.map((one) => takeAwayProvisioned(resource, one)),
            off,
            on,
            ...kept.map((one) => giveBackProvisioned(resource, one)),
            remove,
          ],
        };
      }
      return {
        text: `${inStack}First switch it off, which takes effect at once and can be undone (second command). When nobody has missed it for ${trial}, delete it (third command).`,
        commands: [off, on, remove],
      };
    }
  }
}
