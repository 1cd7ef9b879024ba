/** Rules of event buses and their targets, as more than one collector needs them. */
import { ListRulesCommand, ListTargetsByRuleCommand, type Rule, type Target } from "@aws-sdk/client-eventbridge";
import { pages } from "../../aws/paginate.ts";
import type { CollectContext } from "../contract/collector.ts";

export const defaultBus = "default";

/** Rules of one bus. */
export function rulesOf(context: CollectContext, bus: string): Promise<readonly Rule[]> {
  return context.once.ask(`events:ListRules ${bus}`, async () => {
    const { clients, region } = context;
    const rules: Rule[] = [];
    const list = pages(
      (NextToken) => clients.events(region).send(new ListRulesCommand({ ...onBus(bus), Limit: 100, ...(NextToken ? { NextToken } : {}) })),
      (page) => page.NextToken,
    );
    for await (const page of list) rules.push(...(page.Rules ?? []));
    return rules;
  });
}

/** Targets of one rule. What is sent to them may hold secrets: nothing of it leaves the caller. */
export function targetsOf(context: CollectContext, bus: string, rule: string): Promise<readonly Target[]> {
  return context.once.ask(`events:ListTargetsByRule ${bus} ${rule}`, async () => {
    const { clients, region } = context;
    const targets: Target[] = [];
    const list = pages(
      (NextToken) =>
        clients.events(region).send(new ListTargetsByRuleCommand({ Rule: rule, ...onBus(bus), ...(NextToken ? { NextToken } : {}) })),
      (page) => page.NextToken,
    );
    for await (const page of list) targets.push(...(page.Targets ?? []));
    return targets;
  });
}

/** The default bus is the one meant where none is named. */
function onBus(bus: string): { readonly EventBusName?: string } {
  return bus === defaultBus ? {} : { EventBusName: bus };
}
