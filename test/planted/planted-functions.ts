/** Functions of the planted account: one that each rule about functions hits, and those that an exemption must spare. */
import { dayOf } from "../../shared/model/day.ts";
import { account, functionArn, type StubFunction } from "../stub-account.ts";

export const now = new Date("2026-11-24T03:00:00Z");
const today = dayOf(now);

/** Days on which a function ran, the first `from` days ago and back. */
function runs(from: number, count: number, maxMs: number, errors = 0, samples = 50) {
  return Array.from({ length: count }, (_, n) => ({
    day: today - from - n,
    samples,
    maxMs: n === 0 ? maxMs : Math.max(1, maxMs - (n % 7) * 13),
    errors,
  }));
}

/** When a function was last deployed, as Lambda writes it. */
function modified(daysAgo: number): string {
  return new Date(now.getTime() - daysAgo * 86_400_000).toISOString().replace("Z", "+0000");
}

const code = { CodeSha256: "sha-of-both" };
const edgeLike = { Architectures: ["x86_64"] };

export const functions: StubFunction[] = [
  { name: "orders-api", use: runs(0, 120, 9700), configuration: { Timeout: 10 }, tags: { team: "payments" } },
  { name: "report", use: runs(0, 120, 1200), configuration: { Timeout: 900 } },
  { name: "fraud-score", use: runs(0, 120, 15_000, 3), configuration: { Timeout: 15 } },
  { name: "old-runtime", use: runs(0, 120, 900), configuration: { Timeout: 4, Runtime: "python3.8" } },
  // callers of its alias get something else than the function itself
  { name: "old-behind-alias", use: runs(0, 120, 900), configuration: { Timeout: 4 } },
  { name: "slow-behind-alias", use: runs(0, 120, 9700), configuration: { Timeout: 60 } },
  { name: "behind-api", use: runs(0, 120, 20_000), configuration: { Timeout: 60 } },
  {
    name: "keeps-password",
    use: runs(0, 120, 900),
    configuration: { Timeout: 4, Environment: { Variables: { DB_PASSWORD: "hunter2hunter2" } } },
  },
  // in a language that nobody reads, with a role of another name than the others
  {
    name: "go-worker",
    use: runs(0, 120, 900),
    configuration: { Timeout: 4, Runtime: "provided.al2023", Role: `arn:aws:iam::${account}:role/for-go` },
  },
  { name: "open-url", use: runs(0, 120, 900), configuration: { Timeout: 4 } },
  { name: "guarded-worker", use: runs(0, 120, 900), configuration: { Timeout: 4 } },
  { name: "legacy-import", use: runs(200, 30, 900), configuration: { Timeout: 4, ...edgeLike } },
  { name: "resize-old", use: [], configuration: { Timeout: 4 } },
  { name: "warmed", use: runs(0, 200, 40), configuration: { Timeout: 3 } },
  { name: "import", use: runs(0, 120, 900), configuration: { Timeout: 4, ...code } },
  { name: "import-old", use: runs(50, 30, 900), configuration: { Timeout: 4, ...code } },
  { name: "mailer", use: runs(0, 120, 900), configuration: { Timeout: 4 } },
  { name: "nightly-backup", use: runs(60, 30, 900), configuration: { Timeout: 4 } },
  // between a threshold and its double
  { name: "soon-deprecated", use: runs(0, 120, 900), configuration: { Timeout: 4, Runtime: "nodejs22.x" } },
  { name: "new-and-silent", use: [], configuration: { Timeout: 4, LastModified: modified(45) } },
  { name: "silent-and-just-deployed", use: [], configuration: { Timeout: 4, LastModified: modified(20) } },
  { name: "quiet-and-just-deployed", use: runs(120, 30, 900), configuration: { Timeout: 4, LastModified: modified(20) } },
  { name: "paused", use: runs(120, 30, 900), configuration: { Timeout: 4 } },
  { name: "paused-from-the-start", use: [], configuration: { Timeout: 4 } },
  { name: "a-little-loose", use: runs(0, 120, 1200), configuration: { Timeout: 18 } },
  { name: "tight-lately", use: runs(0, 8, 9600, 0, 1), configuration: { Timeout: 10 } },
  {
    name: "cut-off-last-month",
    use: [...runs(0, 39, 4000), ...runs(40, 1, 15_000, 3), ...runs(41, 60, 4000)],
    configuration: { Timeout: 15 },
  },
  { name: "weekly-report", use: runs(32, 1, 900), configuration: { Timeout: 4 } },
  { name: "hourly-copy", use: runs(4, 60, 900), configuration: { Timeout: 4, Role: `arn:aws:iam::${account}:role/weekly-report-role` } },
  // spared by what starts them
  { name: "tax-year-close", use: runs(325, 1, 900), configuration: { Timeout: 4 } },
  { name: "on-alarm", use: runs(250, 2, 900), configuration: { Timeout: 4 } },
  { name: "on-failure-of-backup", use: runs(300, 1, 900), configuration: { Timeout: 4 } },
  { name: "rotate-password", use: runs(150, 1, 900), configuration: { Timeout: 4 } },
  // spared by what its owner said
  { name: "kept-on-purpose", use: runs(300, 3, 900), configuration: { Timeout: 4 }, tags: { "smalltarget:ignore": "audit until 2027" } },
  // one of its triggers is switched off, the other is on
  { name: "half-paused", use: runs(120, 30, 900), configuration: { Timeout: 4 } },
  // switched off on purpose
  { name: "switched-off", use: runs(150, 3, 900), configuration: { Timeout: 4 }, reserved: 0 },
];

/** Every minute; the input says why. */
export const warmer = {
  rule: {
    Name: "keep-warm",
    Arn: `arn:aws:events:eu-west-1:${account}:rule/keep-warm`,
    State: "ENABLED",
    ScheduleExpression: "rate(30 minutes)",
  },
  targets: [{ Id: "1", Arn: functionArn("warmed"), Input: '{"source":"serverless-plugin-warmup"}' }],
};

/** It is on, and its function has not run for two months. */
export const nightly = {
  rule: {
    Name: "nightly-backup",
    Arn: `arn:aws:events:eu-west-1:${account}:rule/nightly-backup`,
    State: "ENABLED",
    ScheduleExpression: "rate(1 day)",
  },
  targets: [{ Id: "1", Arn: functionArn("nightly-backup") }],
};

export const yearly = {
  rule: {
    Name: "year-close",
    Arn: `arn:aws:events:eu-west-1:${account}:rule/year-close`,
    State: "ENABLED",
    ScheduleExpression: "cron(0 6 2 1 ? *)",
  },
  targets: [{ Id: "1", Arn: functionArn("tax-year-close") }],
};

/** Schedules that are on and start nothing any more. */
export const failing = [["weekly", "rate(7 days)", "weekly-report"] as const, ["hourly", "rate(1 hour)", "hourly-copy"] as const].map(
  ([name, ScheduleExpression, target]) => ({
    rule: { Name: name, Arn: `arn:aws:events:eu-west-1:${account}:rule/${name}`, State: "ENABLED", ScheduleExpression },
    targets: [{ Id: "1", Arn: functionArn(target) }],
  }),
);

export const onBackupFailure = {
  rule: {
    Name: "backup-failed",
    Arn: `arn:aws:events:eu-west-1:${account}:rule/backup-failed`,
    State: "ENABLED",
    EventPattern: '{"source":["aws.backup"],"detail":{"state":["FAILED"]}}',
  },
  targets: [{ Id: "1", Arn: functionArn("on-failure-of-backup") }],
};

/** A yearly job that reads a table and writes to a queue and a topic: their silence is explained by it. */
export const yearlyToQueue = {
  rule: {
    Name: "year-queue",
    Arn: `arn:aws:events:eu-west-1:${account}:rule/year-queue`,
    State: "ENABLED",
    ScheduleExpression: "cron(0 6 2 1 ? *)",
  },
  targets: [{ Id: "1", Arn: `arn:aws:sqs:eu-west-1:${account}:yearly-work` }],
};

export const alarms = [
  {
    AlarmName: "backlog",
    AlarmArn: `arn:aws:cloudwatch:eu-west-1:${account}:alarm:backlog`,
    AlarmActions: [functionArn("on-alarm"), `arn:aws:sns:eu-west-1:${account}:alarm-topic`],
    Namespace: "AWS/SQS",
    MetricName: "ApproximateAgeOfOldestMessage",
  },
  {
    AlarmName: "fraud-score-duration",
    AlarmArn: `arn:aws:cloudwatch:eu-west-1:${account}:alarm:fraud-score-duration`,
    AlarmActions: [`arn:aws:sns:eu-west-1:${account}:alarm-topic`],
    ActionsEnabled: true,
    Namespace: "AWS/Lambda",
    MetricName: "Duration",
    Statistic: "Maximum",
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 14_000,
    ComparisonOperator: "GreaterThanThreshold",
    Dimensions: [{ Name: "FunctionName", Value: "fraud-score" }],
  },
];
