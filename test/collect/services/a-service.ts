/** Runs one service collector on stubbed answers. */
import { type Call, CallCount, createClients } from "../../../shared/aws/clients.ts";
import { Pace } from "../../../shared/aws/pace.ts";
import { type CachedReads, Rotation } from "../../../shared/collect/rotation.ts";
import type { ServiceCollector } from "../../../shared/collect/services/service-collector.ts";
import type { FunctionConfiguration } from "../../../shared/model/snapshot.ts";
import { aSubject } from "../../rules/a-subject.ts";

export const now = new Date("2026-11-24T09:30:00Z");

/** Answers by operation; one that is missing answers an empty object. */
export type Answers = Readonly<Record<string, (input: Call["input"]) => Record<string, unknown>>>;

export function aConfiguration(name: string, more: Partial<FunctionConfiguration> = {}): FunctionConfiguration {
  return { ...aSubject({ name, arn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}` }).configuration, ...more };
}

/** Collects, and says what was asked. */
export async function collectFrom(
  collector: ServiceCollector,
  answers: Answers,
  { functions = [], before = {} }: { readonly functions?: readonly FunctionConfiguration[]; readonly before?: CachedReads } = {},
) {
  const asked: Call[] = [];
  const tape = {
    offline: true,
    async answer(call: Call) {
      asked.push(call);
      return answers[call.operation]?.(call.input) ?? {};
    },
  };
  const clients = createClients({ pace: new Pace(), calls: new CallCount(), tape });
  const rotation = new Rotation(before, now);
  const place = { account: "111122223333", partition: "aws", region: "eu-west-1" };
  const part = await collector.collect({ ...place, clients, now, rotation, functions });
  const rows = new Map(part.items.flatMap((row) => (row.resource ? [[row.resource.arn, row] as const] : [])));
  return { ...part, rows, kept: rotation.kept, operations: asked.map(({ operation }) => operation), asked };
}
