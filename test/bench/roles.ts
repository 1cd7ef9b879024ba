/** A thousand roles with managed policies, as accounts have them: what each may do, and how long and how much memory that takes. */
import type { Principal } from "../../shared/model/principal.ts";
import { escalationsOf } from "../../shared/permissions/escalations.ts";
import { Targets } from "../../shared/permissions/targets.ts";

const account = "111122223333";
const now = new Date("2026-11-24T06:00:00Z");
const trustPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const services = [
  "s3",
  "dynamodb",
  "sqs",
  "sns",
  "lambda",
  "logs",
  "ec2",
  "states",
  "kinesis",
  "ssm",
  "kms",
  "events",
  "glue",
  "athena",
  "ecs",
  "rds",
];
const verbs = ["Get*", "List*", "Describe*", "Put*", "*", "Create*", "Batch*", "Delete*", "*Item", "Update*"];

/** `count` roles: each with an own policy, and three of two hundred managed ones of about six statements. */
export function benchRoles(count: number): Principal[] {
  const managed = Array.from({ length: 200 }, (_, n) => ({
    name: `managed-${n}`,
    arn: `arn:aws:iam::aws:policy/managed-${n}`,
    document: documentOf(
      Array.from({ length: 6 }, (__, m) => {
        const actions = Array.from(
          { length: 8 },
          (___, k) => `${services[(n + m * 5 + k) % services.length]}:${verbs[(n * 3 + m + k * 7) % verbs.length]}`,
        );
        const some = `arn:aws:${services[n % services.length]}:*:*:app-${n}-*`;
        return { Effect: m === 5 && n % 3 === 0 ? "Deny" : "Allow", Action: actions, Resource: m % 2 === 0 ? "*" : some };
      }),
    ),
  }));
  return Array.from({ length: count }, (_, n): Principal => {
    const table = `arn:aws:dynamodb:eu-west-1:${account}:table/orders-${n}`;
    const own = documentOf([
      { Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"], Resource: [table, `${table}/index/*`] },
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `arn:aws:logs:eu-west-1:${account}:log-group:/aws/lambda/f-${n}:*`,
      },
    ]);
    const attached = [0, 1, 2].flatMap((k) => managed[(n * 7 + k * 31) % managed.length] ?? []);
    return {
      arn: `arn:aws:iam::${account}:role/f-${n}`,
      name: `f-${n}`,
      path: "/",
      tags: {},
      trustPolicy,
      policies: [{ name: "own", document: own }, ...attached],
      hasBoundary: false,
      unread: [],
    };
  });
}

function documentOf(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export interface MeasuredRoles {
  /** CPU seconds to tell what each role may do. */
  readonly seconds: number;
  /** The same with every way up of every role. */
  readonly secondsWithWays: number;
  /** Beside what the process had before. */
  readonly memoryMb: number;
  /** How many actions a role has on average. */
  readonly actions: number;
}

export function measureRoles(count: number): MeasuredRoles {
  const principals = benchRoles(count);
  const before = process.memoryUsage().rss;
  const start = process.cpuUsage();
  const functions = principals.map(({ name, arn }) => ({
    name,
    arn: `arn:aws:lambda:eu-west-1:${account}:function:${name}`,
    roleArn: arn,
  }));
  const targets = new Targets({ partition: "aws", principals, functions }, { account, now });
  for (const role of targets.roles) role.marks;
  const seconds = secondsSince(start);
  for (const role of targets.roles) escalationsOf(role, targets);
  const memoryMb = (process.memoryUsage().rss - before) / 2 ** 20;
  const secondsWithWays = secondsSince(start);
  const actions = targets.roles.reduce((sum, { marks }) => sum + marks.filter((mark) => mark > 0).length, 0);
  return { seconds, secondsWithWays, memoryMb, actions: actions / count };
}

function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
