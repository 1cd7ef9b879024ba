/** Valid defaults for the data that rules judge. */
import type { FunctionFacts } from "../../shared/model/document.ts";
import type { FunctionRule, Judgement, Judgements, Rule, RuleContext } from "../../shared/model/rule.ts";
import type { SettingValue } from "../../shared/model/rule-settings.ts";
import type { FunctionSubject, QueueSubject } from "../../shared/model/rule-subject.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { aFunction as aDocumentFunction } from "../build.ts";

export const now = new Date("2026-11-24T09:30:00Z");

export function dayAgo(days: number): string {
  return new Date(now.getTime() - days * 86_400_000).toISOString();
}

/** A function that runs daily and has nothing wrong with it. */
export function aFunction(more: Partial<FunctionFacts> = {}): FunctionFacts {
  return aDocumentFunction({
    lastModified: dayAgo(200),
    roleArn: "arn:aws:iam::111122223333:role/orders-api",
    duration: { longestMs: 12_000, longestAt: "2026-11-20", samples: 400, observedDays: 120, censored: false },
    ...more,
  });
}

export function aSubject(facts: Partial<FunctionFacts> = {}, more: Partial<FunctionSubject> = {}): FunctionSubject {
  const all = aFunction(facts);
  return {
    facts: all,
    configuration: {
      arn: all.arn,
      name: all.name,
      region: all.region,
      packageType: all.packageType,
      timeoutSeconds: all.timeoutSeconds,
      memoryMb: all.memoryMb,
      architecture: "arm64",
      roleArn: all.roleArn,
      layers: [],
      environmentNames: [],
      environmentReferences: [],
      managedInstances: false,
    },
    candidate: { arn: all.arn, readAt: now.toISOString(), reservedConcurrency: null },
    queues: [],
    durationAlarms: [],
    ...more,
  };
}

export function aQueue(visibilityTimeoutSeconds: number, timeoutSeconds: number, batchWindowSeconds = 0): QueueSubject {
  return {
    queue: { arn: "arn:aws:sqs:eu-west-1:111122223333:orders", name: "orders", visibilityTimeoutSeconds, readAt: now.toISOString() },
    region: "eu-west-1",
    tags: {},
    consumers: [{ facts: aFunction({ timeoutSeconds }), batchWindowSeconds }],
  };
}

/** Defaults of the rule, with `settings` over them. */
export function contextOf(rule: Rule, settings: Record<string, SettingValue> = {}): RuleContext {
  const defaults = Object.entries(rule.settings).map(([name, setting]) => [name, setting.default]);
  return { now, settings: { ...Object.fromEntries(defaults), ...settings } };
}

/** The judgement of a rule that gives one. */
export function single(judgements: Judgements): Judgement {
  if (!("answer" in judgements)) throw new Error(`${judgements.length} judgements instead of one`);
  return judgements;
}

export function functionRule(id: string): FunctionRule {
  const rule = catalogue.find((one) => one.id === id);
  if (rule?.subject !== "function") throw new Error(`${id} is no rule about functions`);
  return rule;
}

/** Judges with the rule's defaults. */
export function judge(id: string, subject: FunctionSubject, settings: Record<string, number> = {}): Judgement {
  const rule = functionRule(id);
  return single(rule.judge(subject, contextOf(rule, settings)));
}

/** Title and remediation of what the rule says of `subject`. */
export function worded(id: string, subject: FunctionSubject) {
  const rule = functionRule(id);
  const judgement = judge(id, subject);
  if (judgement.answer !== "hit") throw new Error(`${id} says ${judgement.answer}`);
  const { arn, name, region } = subject.facts;
  return rule.word(judgement.evidence, { arn, name, region, type: "AWS::Lambda::Function", account: "111122223333" });
}
