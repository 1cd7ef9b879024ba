/** EventBridge: a bus, or a rule with its targets. */
import { describeBus, describeRule, type ListedBus, type ListedRule, type RuleTarget } from "../event-bus.ts";
import type { Describe, Read } from "./describe-answer.ts";

/** Targets are absent where they could not be read. */
export type EventBusAnswer = { readonly bus: ListedBus } | { readonly rule: ListedRule; readonly targets?: Read<readonly RuleTarget[]> };

export const describe: Describe<EventBusAnswer> = (answer, place) =>
  "bus" in answer ? [describeBus(answer.bus, place)] : [describeRule(answer.rule, answer.targets, place.region)];
