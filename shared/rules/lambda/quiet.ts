/** What the two rules about quiet functions share: when silence does not count, and how to take a function out of service. */

import { dayOf } from "../../model/day.ts";
import type { FunctionFacts } from "../../model/document.ts";
import type { Evidence, Remediation } from "../../model/finding.ts";
import type { ResourceRef } from "../../model/resource.ts";
import type { FunctionSubject, Hit, Judgement, Need, RuleContext } from "../../model/rule.ts";
import type { Declared } from "../../model/rule-settings.ts";
import { awsCommand, stackAdvice } from "../aws-cli.ts";
import { daysText, text } from "../words.ts";

export const quietSettings = {
  deployGraceDays: {
    default: 14,
    unit: "days",
    minimum: 0,
    meaning: "a deployment delays the finding by this long, once",
  },
  removeAfterDays: {
    default: 30,
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

export const quietNeeds = [
  "usage:own",
  "candidates:own",
  "eventSourceMappings",
  "schedules",
  "eventRules",
  "alarmActions",
  "secrets",
] as const satisfies readonly Need[];

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
  // a one-time schedule still to come is work to do
  const toCome = facts.triggers.some(
    ({ kind, enabled, periodDays }) => (kind === "schedule" || kind === "rule") && enabled && periodDays === undefined,
  );
  if (toCome || quietDays < thresholdDays(facts, defaultDays, settings.pausedQuietDays)) return { answer: "clear" };
  if (candidate?.reservedConcurrency === undefined) {
    return { answer: "unknown", why: "whether it was switched off could not be read (lambda:GetFunctionConcurrency)" };
  }
  if (candidate.elsewhereUnknown) return { answer: "unknown", why: candidate.elsewhereUnknown };
  const found = hit();
  const off = candidate.reservedConcurrency === 0;
  const offDays = subject.switchedOffSince ? dayOf(now) - dayOf(subject.switchedOffSince) : 0;
  const step = !off ? "switch-off" : offDays >= settings.removeAfterDays ? "remove" : "wait";
  const justDeployed = facts.lastModified !== undefined && dayOf(now) - dayOf(facts.lastModified) < settings.deployGraceDays;
  return {
    answer: "hit",
    ...found,
    materialKey: `${found.materialKey}|${step}`,
    evidence: { ...found.evidence, ...commonEvidence(facts), step, ...(off ? { switchedOffSince: subject.switchedOffSince ?? null } : {}) },
    // switched off on purpose before we ever said so, or just deployed: nothing to open, but nothing to close either
    ...(off || justDeployed ? { continuesOnly: true } : {}),
  };
}

function commonEvidence(facts: FunctionFacts): Evidence {
  const enabled = facts.triggers.filter((trigger) => trigger.enabled).map(({ kind, arn }) => `${kind} ${arn}`);
  return {
    activity: facts.activity,
    lookbackDays: facts.lastInvocation.lookbackDays,
    ...(enabled.length > 0 ? { enabledTriggers: enabled.slice(0, 10) } : {}),
    ...(facts.stack ? { stack: facts.stack.name, logicalId: facts.stack.logicalId ?? null } : {}),
  };
}

/** First switch it off, which can be undone; later delete it. */
export function takeOutOfService(evidence: Evidence, resource: ResourceRef): Remediation {
  const name = { "function-name": resource.name };
  const region = { region: resource.region };
  const off = awsCommand("lambda", "put-function-concurrency", { ...name, "reserved-concurrent-executions": 0, ...region });
  const on = awsCommand("lambda", "delete-function-concurrency", { ...name, ...region });
  const remove = awsCommand("lambda", "delete-function", { ...name, ...region });
  const stack = text(evidence.stack) || undefined;
  const inStack = stackAdvice(stack, text(evidence.logicalId) || undefined, "remove it");
  if (evidence.step === "remove") {
    return { text: `${inStack}It was switched off and nobody missed it: remove it.`, commands: [remove] };
  }
  if (evidence.step === "wait") {
    return {
      text: `Step 1 is done: it is switched off. If nobody misses it for ${daysText(30)}, remove it; the second command switches it on again.`,
      commands: [remove, on].reverse(),
    };
  }
  return {
    text: `${inStack}First switch it off, which takes effect at once and can be undone (second command). When nobody has missed it for ${daysText(30)}, delete it (third command).`,
    commands: [off, on, remove],
  };
}
