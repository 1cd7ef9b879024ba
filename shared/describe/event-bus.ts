/** Event buses, their rules and what these start. Pure. */
import { busActions } from "../data/resource-actions.ts";
import type { GraphRow, Relation } from "../model/graph.ts";
import { doorDetails, doorsOf } from "./doors.ts";
import { awaitedBy } from "./event-pattern.ts";
import { targetArn, targetKind } from "./event-target.ts";

interface Place {
  readonly account: string;
  readonly region: string;
  readonly now: Date;
}

export interface ListedBus {
  readonly arn: string;
  readonly name: string;
  readonly policy: string | undefined;
  readonly createdAt: string | undefined;
}

/** A bus takes signed events only: a policy for everybody lets in every AWS account, nobody without one. */
export function describeBus({ arn, name, policy, createdAt }: ListedBus, place: Place): GraphRow {
  // rules are changed by their own ARNs: `rule/BUS/NAME`, on the default bus `rule/NAME`
  const rules = arn.replace(/:event-bus\/(.*)$/, (_, bus: string) => (bus === "default" ? ":rule/*" : `:rule/${bus}/*`));
  const doors = doorsOf(arn, policy, busActions, "events:ListEventBuses", { ...place, signedOnly: true, below: rules });
  return {
    resource: {
      arn,
      type: "AWS::Events::EventBus",
      name,
      region: place.region,
      ...(createdAt ? { createdAt } : {}),
      encryption: { atRest: "unknown", inTransit: "enforced" },
      details: {
        publicPut: doors?.public.put ?? [],
        publicChange: doors?.public.change ?? [],
        publicInspect: doors?.public.inspect ?? [],
        ...doorDetails(doors),
      },
    },
    relations: doors?.relations ?? [],
  };
}

export interface ListedRule {
  readonly arn: string;
  readonly name: string;
  readonly busArn: string;
  readonly busName: string;
  readonly enabled: boolean;
  /** Absent for rules on a pattern. */
  readonly schedule: string | undefined;
  /** JSON text; absent for rules that only run on a schedule. */
  readonly pattern?: string | undefined;
  /** What an older version kept instead of the pattern. */
  readonly hasPattern?: boolean;
  /** The AWS service that made it for itself. */
  readonly managedBy: string | undefined;
}

/** A target without anything that is sent to it. */
export interface RuleTarget {
  readonly arn: string;
  readonly id: string;
  readonly deadLetterArn?: string;
  /** What is sent marks the call as one that only keeps a function warm. */
  readonly warms?: true;
}

/** @param answer undefined where the targets could not be read */
export function describeRule(
  rule: ListedRule,
  answer: { readonly value: readonly RuleTarget[]; readonly readAt: string } | undefined,
  region: string,
): GraphRow {
  const { arn, name, busArn, busName, enabled, schedule, pattern, hasPattern, managedBy } = rule;
  const warmed = (answer?.value ?? []).filter(({ warms }) => warms).map((target) => targetArn(target.arn));
  const hop = (from: string, to: string, kind: Relation["kind"], evidence: string): Relation => ({
    from,
    to,
    kind,
    auth: "service",
    enabled,
    evidence,
  });
  const targets = (answer?.value ?? []).flatMap((target): Relation[] => {
    const evidence = `events:ListTargetsByRule, ${name}`;
    return [
      hop(arn, targetArn(target.arn), targetKind(target.arn), evidence),
      ...(target.deadLetterArn ? [hop(arn, target.deadLetterArn, "dead-letters-to", evidence)] : []),
    ];
  });
  return {
    resource: {
      arn,
      type: "AWS::Events::Rule",
      name,
      region,
      details: {
        bus: busName,
        enabled,
        schedule: schedule ?? null,
        managedBy: managedBy ?? null,
        ...(pattern ? { ...awaitedBy(pattern) } : {}),
        ...(warmed.length > 0 ? { warms: warmed } : {}),
        ...(answer ? { targets: answer.value.length } : { unread: ["targets"] }),
      },
      ...(answer ? { readAt: answer.readAt } : {}),
    },
    // a schedule waits for no event of its bus
    relations: [...(pattern || hasPattern ? [hop(busArn, arn, "feeds", `events:ListRules, ${name}`)] : []), ...targets],
  };
}
