/** What a collector is given, with AWS answering from a tape. */
import { type Call, CallCount, type Tape } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { Pace } from "../../shared/aws/pace.ts";
import type { CachedReads } from "../../shared/collect/contract/cached-reads.ts";
import { type Readings, readingsOf } from "../../shared/collect/contract/event-history.ts";
import type { ServiceContext } from "../../shared/collect/contract/service-collector.ts";

export const now = new Date("2026-11-24T09:30:00Z");

/** Answers by operation. */
export type Answers = Readonly<Record<string, (input: Call["input"]) => Record<string, unknown>>>;

export interface TestContext extends ServiceContext, Readings {
  /** How often each operation was asked, where `answers` answer. */
  readonly calls: Record<string, number>;
}

/**
 * @param answers a tape, or answers that are all there are: another question fails
 * @param cached what earlier scans read per resource
 */
export function aContext(answers: Tape | Answers, more: Partial<ServiceContext> = {}, cached: CachedReads = {}): TestContext {
  const calls: Record<string, number> = {};
  const tape = isTape(answers) ? answers : counting(answers, calls);
  const clients = createClients({ pace: new Pace(), calls: new CallCount(), tape });
  const { region = "eu-west-1", now: at = now } = more;
  const readings = readingsOf(clients, region, cached, at);
  return {
    clients,
    account: "111122223333",
    partition: "aws",
    region,
    now: at,
    functions: [],

    calls,
    ...readings,
    ...more,
  };
}

function isTape(given: Tape | Answers): given is Tape {
  return typeof given.answer === "function";
}

function counting(answers: Answers, calls: Record<string, number>): Tape {
  return {
    offline: true,
    async answer(call) {
      calls[call.operation] = (calls[call.operation] ?? 0) + 1;
      const answer = answers[call.operation];
      if (!answer) throw new Error(`${call.operation} was not expected`);
      return answer(call.input);
    },
  };
}

export interface AnsweringTape extends Tape {
  /** What was asked, in order. */
  readonly asked: Call[];
}

/** Answers from `answers`; what is missing there is answered emptily. */
export function answering(answers: Answers): AnsweringTape {
  const asked: Call[] = [];
  return {
    offline: true,
    asked,
    async answer(call) {
      asked.push(call);
      return answers[call.operation]?.(call.input) ?? {};
    },
  };
}
