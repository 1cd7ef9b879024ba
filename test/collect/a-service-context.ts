/** A context for one service collector, with AWS's answers as functions of the request. */
import { type Call, CallCount, createClients } from "../../shared/aws/clients.ts";
import { Pace } from "../../shared/aws/pace.ts";
import { type CachedReads, Rotation } from "../../shared/collect/rotation.ts";
import type { ServiceContext } from "../../shared/collect/services/service-collector.ts";

export type Answers = Readonly<Record<string, (call: Call) => Record<string, unknown>>>;

export const now = new Date("2026-11-24T09:30:00Z");

export interface TestContext extends ServiceContext {
  readonly calls: Record<string, number>;
}

export function aServiceContext(answers: Answers, more: Partial<ServiceContext> = {}, cached: CachedReads = {}): TestContext {
  const calls: Record<string, number> = {};
  const tape = {
    offline: true,
    async answer(call: Call) {
      calls[call.operation] = (calls[call.operation] ?? 0) + 1;
      const answer = answers[call.operation];
      if (!answer) throw new Error(`${call.operation} was not expected`);
      return answer(call);
    },
  };
  return {
    clients: createClients({ pace: new Pace(), calls: new CallCount(), tape }),
    account: "111122223333",
    partition: "aws",
    region: "eu-west-1",
    now,
    rotation: new Rotation(cached, more.now ?? now),
    functions: [],
    calls,
    ...more,
  };
}
