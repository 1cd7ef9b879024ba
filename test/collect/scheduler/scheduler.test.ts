import { describe, expect, test } from "vitest";
import { redactAnswer } from "../../../shared/aws/redact.ts";
import { schedulerCollector } from "../../../shared/collect/scheduler/scheduler.ts";
import { snsCollector } from "../../../shared/collect/sns/sns.ts";
import { awsError } from "../../stub-account.ts";
import { type Answers, collectFrom } from "../a-service.ts";

const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
const scheduleArn = (name: string) => at("scheduler", `schedule/default/${name}`);

const targets: Record<string, object> = {
  machine: { Arn: at("states", "stateMachine:close"), RoleArn: "arn:aws:iam::111122223333:role/starter" },
  universal: {
    Arn: "arn:aws:scheduler:::aws-sdk:sfn:startExecution",
    Input: JSON.stringify({ StateMachineArn: at("states", "stateMachine:yearly"), Input: '{"password":"hunter2"}' }),
  },
  queue: { Arn: at("sqs", "work"), DeadLetterConfig: { Arn: at("sqs", "failed") }, Input: "hunter2" },
  call: { Arn: "arn:aws:scheduler:::aws-sdk:lambda:invoke", Input: '{"FunctionName":"orders:live"}' },
  dynamic: { Arn: "arn:aws:scheduler:::aws-sdk:sqs:sendMessage", Input: "no json" },
};
const answers: Answers = {
  "scheduler:ListSchedules": () => ({
    Schedules: Object.keys(targets).map((Name) => ({
      Name,
      Arn: scheduleArn(Name),
      GroupName: "default",
      State: Name === "queue" ? "DISABLED" : "ENABLED",
    })),
  }),
  "scheduler:GetSchedule": ({ Name }) => ({ ScheduleExpression: "rate(30 days)", Target: targets[String(Name)] }),
};

describe("schedules", () => {
  test("lead to whatever they start or send to, and to where failed starts go", async () => {
    const { rows, coverage, kept } = await collectFrom(schedulerCollector, answers);
    expect(coverage).toMatchObject({ status: "complete" });
    const ways = (name: string) => rows.get(scheduleArn(name))?.relations.map(({ kind, to, enabled }) => `${kind} ${to} ${enabled}`);
    expect(ways("machine")).toEqual([
      `invokes ${at("states", "stateMachine:close")} true`,
      "assumes arn:aws:iam::111122223333:role/starter true",
    ]);
    expect(ways("universal")).toEqual([`invokes ${at("states", "stateMachine:yearly")} true`]);
    expect(ways("queue")).toEqual([`publishes-to ${at("sqs", "work")} false`, `dead-letters-to ${at("sqs", "failed")} false`]);
    expect(ways("call")).toEqual([`invokes ${at("lambda", "function:orders")} true`]);
    expect(ways("dynamic")).toEqual([]);
    expect(rows.get(scheduleArn("machine"))?.resource).toMatchObject({
      type: "AWS::Scheduler::Schedule",
      details: { schedule: "rate(30 days)" },
    });
    expect(JSON.stringify([...rows, kept])).not.toContain("hunter2");
  });

  test("say from when to when they run, and where", async () => {
    const timed: Answers = {
      ...answers,
      "scheduler:GetSchedule": ({ Name }) => ({
        ScheduleExpression: "rate(1 hour)",
        ScheduleExpressionTimezone: "Europe/Berlin",
        StartDate: new Date("2026-01-01T00:00:00Z"),
        EndDate: new Date("2026-02-01T00:00:00Z"),
        Target: targets[String(Name)],
      }),
    };
    const { rows } = await collectFrom(schedulerCollector, timed);
    expect(rows.get(scheduleArn("call"))?.resource?.details).toMatchObject({
      timezone: "Europe/Berlin",
      startsAt: "2026-01-01T00:00:00.000Z",
      endsAt: "2026-02-01T00:00:00.000Z",
    });
  });

  test("one that cannot be read is there, unread, and coverage says so", async () => {
    const refused: Answers = {
      ...answers,
      "scheduler:GetSchedule": () => {
        throw awsError("AccessDeniedException");
      },
    };
    const { rows, coverage } = await collectFrom(schedulerCollector, refused);
    expect(coverage).toMatchObject({ status: "partial", operation: "scheduler:GetSchedule" });
    expect(rows.get(scheduleArn("machine"))?.resource?.details?.unread).toEqual(["target"]);
  });

  test("leave nothing of their input in a recording but names", () => {
    const answer = redactAnswer("scheduler:GetSchedule", { Target: targets.universal });
    expect(JSON.stringify(answer)).not.toContain("hunter2");
    expect(JSON.stringify(answer)).toContain("stateMachine:yearly");
  });
});

test("a subscription's dead-letter queue hangs on its topic, whoever subscribed", async () => {
  const topic = at("sns", "news");
  const { rows, items } = await collectFrom(snsCollector, {
    "sns:ListTopics": () => ({ Topics: [{ TopicArn: topic }] }),
    "sns:ListSubscriptions": () => ({
      Subscriptions: [
        { SubscriptionArn: `${topic}:1`, TopicArn: topic, Protocol: "email", Endpoint: "a@example.com" },
        { SubscriptionArn: "PendingConfirmation", TopicArn: topic, Protocol: "email", Endpoint: "b@example.com" },
      ],
    }),
    "sns:GetTopicAttributes": () => ({ Attributes: {} }),
    "sns:GetSubscriptionAttributes": () => ({
      Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: at("sqs", "failed") }) },
    }),
  });
  expect(rows.has(topic)).toBe(true);
  expect(items.flatMap(({ relations }) => relations)).toMatchObject([{ from: topic, to: at("sqs", "failed"), kind: "dead-letters-to" }]);
});
