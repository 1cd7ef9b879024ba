/** A small account with one function of each kind, and secrets where people put them. */
import type { AccountPlan, PlannedFunction } from "../../samples/make/account-plan.ts";

/** No byte that we write may hold one of these. */
export const secrets = {
  inEnvironment: "sk_live_not-a-real-key-7Q2MX4TB9A",
  inUrl: "https://hooks.example.com/services/T0SECRET/B0SECRET",
  inUserinfo: "https://user:hunter2-secret@db.eu-west-1.amazonaws.com/shop",
  inRuleInput: "rule-input-secret-61f0",
  inScheduleInput: "schedule-input-secret-92ac",
} as const;

const zip = { runtime: "nodejs22.x", timeoutSeconds: 30, deployedDaysAgo: 0 } as const;

export const image: PlannedFunction = { name: "invoice-pdf", timeoutSeconds: 120, memoryMb: 2048, deployedDaysAgo: 0 };

export const smallAccount: AccountPlan = {
  functions: [
    {
      ...zip,
      name: "orders-api",
      environment: {
        STRIPE_KEY: secrets.inEnvironment,
        ALERTS: secrets.inUrl,
        DATABASE: secrets.inUserinfo,
        TOPIC: "arn:aws:sns:eu-west-1:111122223333:orders",
      },
      tags: { team: "payments", env: "prod", "aws:cloudformation:stack-name": "orders", "aws:cloudformation:logical-id": "ApiFunction" },
    },
    { ...zip, name: "orders-worker", timeoutSeconds: 60, tags: { team: "payments" } },
    image,
    { ...zip, name: "tax-year-close", runtime: "python3.13" },
    { ...zip, name: "quarterly-export" },
    { ...zip, name: "on-alarm" },
    { ...zip, name: "on-finding" },
    { ...zip, name: "switched-off", reservedConcurrency: 0 },
    { ...zip, name: "far-away", region: "us-east-1", tags: { team: "core" } },
  ],
  queues: [
    { name: "orders-dlq", visibilitySeconds: 30 },
    { name: "orders", visibilitySeconds: 30, deadLetterQueue: "orders-dlq", feeds: "orders-worker", tags: { team: "queues" } },
  ],
  rules: [
    {
      name: "year-end",
      starts: "tax-year-close",
      schedule: "cron(0 6 2 1 ? *)",
      input: JSON.stringify({ token: secrets.inRuleInput }),
    },
    { name: "findings", starts: "on-finding", pattern: { source: ["aws.guardduty"] } },
  ],
  schedules: [
    {
      name: "quarter",
      starts: "quarterly-export",
      schedule: "cron(0 3 1 1,4,7,10 ? *)",
      input: JSON.stringify({ token: secrets.inScheduleInput }),
    },
  ],
  alarms: [{ name: "many-errors", starts: "on-alarm" }],
};
