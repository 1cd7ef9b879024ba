/** Event buses, their rules and targets; never events, nor what targets are sent. */
import { type EventBus, ListEventBusesCommand, type Rule } from "@aws-sdk/client-eventbridge";
import { isGone } from "../../aws/errors.ts";
import { pages } from "../../aws/paginate.ts";
import { isWarmerInput } from "../../aws/redact.ts";
import type { RuleTarget } from "../../describe/event-bus.ts";
import type { EventBusAnswer } from "../../describe/services/event-buses.ts";
import { cleanText } from "../../model/plain-text.ts";
import { type CollectContext, collectPart, type Sink } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";
import { defaultBus, rulesOf, targetsOf } from "./event-rule-reads.ts";

export const eventBusesCollector: ServiceCollector<"event-buses"> = {
  name: "event-buses",
  scope: "region",
  readerVersion: 1,
  actions: ["events:ListEventBuses", "events:ListRules", "events:ListTargetsByRule"],
  reads: "event buses with their policies, and what their rules start; never events, nor what is sent to targets",
  collect(context) {
    return collectPart<EventBusAnswer>("event-buses", context.region, async (sink) => {
      const buses = await busesOf(context, sink);
      for (const { Arn = "", Name = "", Policy, CreationTime, isSupposed } of buses)
        if (!isSupposed) sink.push({ bus: { arn: Arn, name: Name, policy: Policy, createdAt: CreationTime?.toISOString() } });
      const rules = new Map<string, { readonly rule: Rule; readonly bus: EventBus }>();
      for (const bus of buses) for (const rule of await rulesOfBus(context, bus, sink)) rules.set(rule.Arn ?? "", { rule, bus });
      const asked = [...rules].map(([key, { rule }]) => ({ key, fingerprint: fingerprintOf(rule) }));
      const answers = await context.rotation.read("event-targets", asked, (arn) => readTargets(context, rules.get(arn)), sink.miss);
      for (const [arn, { rule, bus }] of rules) {
        const listed = {
          arn,
          name: rule.Name ?? "",
          busArn: bus.Arn ?? "",
          busName: bus.Name ?? "",
          enabled: rule.State !== "DISABLED",
          schedule: rule.ScheduleExpression,
          pattern: rule.EventPattern,
          managedBy: rule.ManagedBy,
        };
        sink.push({ rule: listed, targets: answers.get(arn) });
      }
    });
  },
};

/** Of a bus that nobody listed only the rules are told. */
type KnownBus = EventBus & { readonly isSupposed?: true };

/** Where the list is refused, there is still the bus that every account has. */
async function busesOf(context: CollectContext, sink: Sink<unknown>): Promise<KnownBus[]> {
  try {
    return await listBuses(context);
  } catch (error) {
    sink.missList(error);
    const { partition, region, account } = context;
    return [{ Name: defaultBus, Arn: `arn:${partition}:events:${region}:${account}:event-bus/${defaultBus}`, isSupposed: true }];
  }
}

async function listBuses({ clients, region }: CollectContext): Promise<EventBus[]> {
  const buses: EventBus[] = [];
  const list = pages(
    (NextToken) => clients.events(region).send(new ListEventBusesCommand({ Limit: 100, ...(NextToken ? { NextToken } : {}) })),
    (page) => page.NextToken,
  );
  for await (const page of list) buses.push(...(page.EventBuses ?? []).filter(({ Arn, Name }) => Arn && Name));
  return buses;
}

/** A bus that was deleted meanwhile, or whose rules are refused, hides no other; but rules that were not listed are not gone. */
async function rulesOfBus(context: CollectContext, { Name = "" }: EventBus, sink: Sink<unknown>): Promise<readonly Rule[]> {
  try {
    return (await rulesOf(context, Name)).filter(({ Arn }) => Arn);
  } catch (error) {
    if (isGone(error)) sink.miss(error);
    else sink.missList(error);
    return [];
  }
}

/** Adding a target does not show in the list of rules: such changes are seen on the rotation. */
function fingerprintOf({ State, ScheduleExpression, EventPattern }: Rule): string {
  return `${State}|${ScheduleExpression ?? ""}|${EventPattern ?? ""}`;
}

async function readTargets(
  context: CollectContext,
  found: { readonly rule: Rule; readonly bus: EventBus } | undefined,
): Promise<RuleTarget[]> {
  const targets = await targetsOf(context, found?.bus.Name ?? "", found?.rule.Name ?? "");
  return targets.flatMap(({ Arn, Id, DeadLetterConfig, Input }) => {
    if (!Arn) return [];
    const deadLetters = DeadLetterConfig?.Arn ? { deadLetterArn: DeadLetterConfig.Arn } : {};
    return [{ arn: Arn, id: cleanText(Id ?? "", 64), ...deadLetters, ...(isWarmerInput(Input) ? { warms: true as const } : {}) }];
  });
}
