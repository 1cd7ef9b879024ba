/**
 * Rules of the default event bus that start functions: schedules, and patterns on events that only an incident or a
 * deployment causes. Targets are asked per rule, only of those two kinds, on the rotation.
 */
import type { Rule } from "@aws-sdk/client-eventbridge";
import { isWarmerInput } from "../aws/redact.ts";
import { incidentSources } from "../data/incident-sources.ts";
import type { Part } from "../model/coverage.ts";
import { functionArnOf } from "../model/resource.ts";
import type { EventRule, Schedule } from "../model/snapshot.ts";
import { type CollectContext, type CollectorMeta, collectPart } from "./collector.ts";
import { defaultBus, rulesOf, targetsOf } from "./event-rule-reads.ts";
import { collectSchedules } from "./schedules.ts";

export const eventRulesCollector: CollectorMeta = {
  name: "eventRules",
  readerVersion: 1,
  actions: ["events:ListRules", "events:ListTargetsByRule"],
  reads: "rules of the default event bus that run on a schedule or on incident events, and their targets",
};

interface RuleTarget {
  readonly functionArn: string;
  readonly warmer: boolean;
}

interface RuleWithTargets {
  readonly rule: Rule;
  readonly targets: readonly RuleTarget[];
  readonly readAt: string;
}

/** Event rules, and the schedules of both EventBridge rules and EventBridge Scheduler. */
export async function collectEventRules(context: CollectContext): Promise<{ eventRules: Part<EventRule>; schedules: Part<Schedule> }> {
  const rules = await collectPart<RuleWithTargets>("eventRules", context.region, async (sink) => {
    const listed = await rulesOf(context, defaultBus);
    const asked = listed.flatMap((rule) =>
      rule.Name && (rule.ScheduleExpression || incidentSourcesOf(rule).length > 0)
        ? [{ key: rule.Name, fingerprint: `${rule.State}|${rule.ScheduleExpression ?? ""}` }]
        : [],
    );
    const answers = await context.rotation.read("rule-targets", asked, (name) => functionTargetsOf(context, name), sink.miss);
    for (const rule of listed) {
      const answer = answers.get(rule.Name ?? "");
      if (answer) sink.push({ rule, targets: answer.value, readAt: answer.readAt });
    }
  });
  const eventRules = rules.items.flatMap(({ rule, targets }) =>
    rule.ScheduleExpression ? [] : targets.map((target) => toEventRule(rule, target)),
  );
  const ofRules = rules.items.flatMap(({ rule, targets, readAt }) =>
    rule.ScheduleExpression ? targets.map((target) => toSchedule(rule, target, readAt)) : [],
  );
  return {
    eventRules: { items: eventRules, coverage: { ...rules.coverage, resources: rules.items.length } },
    schedules: await collectSchedules(context, { items: ofRules, coverage: rules.coverage }),
  };
}

async function functionTargetsOf(context: CollectContext, rule: string): Promise<RuleTarget[]> {
  return (await targetsOf(context, defaultBus, rule)).flatMap((target) => {
    const functionArn = functionArnOf(target.Arn ?? "");
    return functionArn ? [{ functionArn, warmer: isWarmerInput(target.Input) }] : [];
  });
}

/** Sources in the rule's pattern that only speak when something goes wrong or is deployed. */
function incidentSourcesOf(rule: Rule): string[] {
  if (!rule.EventPattern) return [];
  try {
    const pattern = JSON.parse(rule.EventPattern) as { source?: unknown };
    return Array.isArray(pattern.source)
      ? pattern.source.filter((source) => typeof source === "string" && incidentSources.has(source))
      : [];
  } catch {
    // a pattern that we cannot read names no source that we know
    return [];
  }
}

function toEventRule(rule: Rule, target: RuleTarget): EventRule {
  return {
    arn: rule.Arn ?? "",
    name: rule.Name ?? "",
    enabled: rule.State !== "DISABLED",
    functionArn: target.functionArn,
    sources: incidentSourcesOf(rule),
  };
}

function toSchedule(rule: Rule, target: RuleTarget, readAt: string): Schedule {
  return {
    arn: rule.Arn ?? "",
    name: rule.Name ?? "",
    kind: "rule",
    expression: rule.ScheduleExpression ?? "",
    enabled: rule.State !== "DISABLED",
    functionArn: target.functionArn,
    warmer: target.warmer,
    readAt,
  };
}
