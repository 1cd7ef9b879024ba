/** A large account for the bench, made from a number: nothing random, and no history kept in memory. */
import { dayOf } from "../../shared/model/day.ts";
import { account, functionArn, type StubData, type StubFunction } from "../stub-account.ts";
import { benchInventory } from "./bench-inventory.ts";

/** Shares of a fleet: half active, 0.3 mappings (two in three on a queue) and 0.4 rules (one in four a schedule) per function. */
export function benchAccount(functions: number, now: Date): StubData {
  const today = dayOf(now);
  const numbers = Array.from({ length: functions }, (_, i) => i);
  return {
    now,
    regions: ["eu-west-1"],
    functions: numbers.map((i) => new BenchFunction(i, today)),
    mappings: numbers
      .filter((i) => i % 10 < 3)
      .map((i) => ({
        UUID: `mapping-${i}`,
        FunctionArn: functionArn(`function-${i}`),
        EventSourceArn:
          i % 10 === 0 ? `arn:aws:kinesis:eu-west-1:${account}:stream/stream-${i}` : `arn:aws:sqs:eu-west-1:${account}:queue-${i}`,
        State: "Enabled",
      })),
    queues: Object.fromEntries(numbers.filter((i) => i % 10 < 3).map((i) => [`queue-${i}`, { VisibilityTimeout: "180" }])),
    rules: numbers
      .filter((i) => i % 10 < 4)
      .map((i) => ({
        rule: {
          Name: `rule-${i}`,
          Arn: `arn:aws:events:eu-west-1:${account}:rule/rule-${i}`,
          State: "ENABLED",
          // every fourth rule is a schedule, the others match events of applications
          ...(i % 40 < 10
            ? { ScheduleExpression: i % 400 === 0 ? "cron(0 6 2 1 ? *)" : "rate(1 day)" }
            : { EventPattern: '{"source":["shop.orders"]}' }),
        },
        targets: [{ Id: "1", Arn: functionArn(`function-${i}`) }],
      })),
    schedules: numbers
      .filter((i) => i % 50 === 7)
      .map((i) => ({
        Name: `schedule-${i}`,
        GroupName: "default",
        Arn: `arn:aws:scheduler:eu-west-1:${account}:schedule/default/schedule-${i}`,
        State: "ENABLED",
        LastModificationDate: new Date(now.getTime() - 86_400_000),
        ScheduleExpression: "rate(7 days)",
        Target: { Arn: functionArn(`function-${i}`) },
      })),
    alarms: [],
    answers: benchInventory(functions, now),
  };
}

class BenchFunction implements StubFunction {
  readonly name: string;
  readonly #i: number;
  readonly #today: number;

  constructor(i: number, today: number) {
    this.name = `function-${i}`;
    this.#i = i;
    this.#today = today;
  }

  /** Three in ten run daily, two weekly, three were used 40 to 400 days ago, two never. */
  get use() {
    const kind = this.#i % 10;
    const [first, step, count] =
      kind < 3 ? [0, 1, 150] : kind < 5 ? [this.#i % 7, 7, 40] : kind < 8 ? [40 + (this.#i % 360), 1, 20] : [0, 1, 0];
    return Array.from({ length: count }, (_, n) => {
      const day = this.#today - first - n * step;
      return { day, samples: 50 + ((this.#i + n) % 100), maxMs: 200 + ((this.#i * 31 + n * 17) % 9000) };
    });
  }

  get configuration() {
    return { Timeout: [3, 10, 30, 60, 300, 900][this.#i % 6] };
  }

  get tags(): Readonly<Record<string, string>> {
    return this.#i % 5 === 0 ? { env: "prod" } : { team: `team-${this.#i % 40}`, env: "prod" };
  }
}
