/** A thousand roles with managed policies, as accounts have them: what each may do, and how long and how much memory that takes. */
import type { Principal } from "../../shared/model/principal.ts";
import { Grant } from "../../shared/permissions/grant.ts";

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

/** CPU seconds, memory beside what the process had, and how many actions a role has on average. */
export function measureRoles(count: number): { readonly seconds: number; readonly memoryMb: number; readonly actions: number } {
  const roles = benchRoles(count);
  const before = process.memoryUsage().rss;
  const start = process.cpuUsage();
  let actions = 0;
  const kept = roles.map((role) => {
    const grant = new Grant(role, { account, now });
    actions += grant.marks.reduce((sum, mark) => sum + (mark > 0 ? 1 : 0), 0);
    return grant;
  });
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  return { seconds, memoryMb: (process.memoryUsage().rss - before) / 2 ** 20, actions: actions / kept.length };
}
