import type { AccountPlan } from "../account-plan.ts";
import { everyDay, onDays } from "../rhythm.ts";
import { inStack, node, owned } from "./habits.ts";

const elsewhere = { ...node, region: "us-east-1" } as const;

/** What runs behind everything, in Ireland, and the figures in Virginia. Some of it waits for the day it is needed. */
export const platform: AccountPlan = {
  functions: [
    {
      ...node,
      name: "incident-responder",
      timeoutSeconds: 60,
      tags: { ...owned("platform"), ...inStack("incidents", "Responder") },
      deployedDaysAgo: 320,
      use: onDays([301, 214], 3, [5200, 7100]),
    },
    {
      ...node,
      name: "guardduty-triage",
      timeoutSeconds: 60,
      tags: { ...owned("platform"), ...inStack("incidents", "Triage") },
      deployedDaysAgo: 320,
    },
    {
      ...node,
      name: "log-shipper",
      timeoutSeconds: 20,
      tags: { ...owned("platform"), ...inStack("logs", "Shipper") },
      deployedDaysAgo: 70,
      use: everyDay("log-shipper", { from: 110, runs: 7400, typicalMs: 900, longestMs: 6900, longestDaysAgo: 58 }),
    },
    {
      ...node,
      name: "backup-snapshots",
      runtime: "python3.13",
      tags: { ...owned("platform"), ...inStack("backup", "Snapshots") },
      deployedDaysAgo: 250,
      use: everyDay("backup-snapshots", { from: 130, runs: 4, typicalMs: 14_000, longestMs: 48_000, longestDaysAgo: 71 }),
    },
    {
      // made anew three weeks ago; its log group is older, so it has been idle for much longer than that
      ...node,
      name: "loyalty-points-export",
      timeoutSeconds: 60,
      tags: owned("platform"),
      deployedDaysAgo: 20,
      logGroupDaysAgo: 300,
    },
    {
      ...elsewhere,
      name: "clickstream-enrich",
      memoryMb: 512,
      tags: { ...owned("insights"), ...inStack("clickstream", "Enrich") },
      deployedDaysAgo: 33,
      use: everyDay("clickstream-enrich", { from: 140, runs: 9800, typicalMs: 210, longestMs: 1450, longestDaysAgo: 92 }),
    },
    {
      ...elsewhere,
      name: "clickstream-rollup",
      runtime: "python3.13",
      memoryMb: 1024,
      tags: { ...owned("insights"), ...inStack("clickstream", "Rollup") },
      deployedDaysAgo: 33,
      use: everyDay("clickstream-rollup", { from: 140, runs: 1, typicalMs: 61_000, longestMs: 148_000, longestDaysAgo: 28 }),
    },
    {
      ...elsewhere,
      name: "weekly-report",
      timeoutSeconds: 120,
      tags: owned("insights"),
      deployedDaysAgo: 180,
      use: onDays(
        Array.from({ length: 26 }, (_, week) => 175 - 7 * week),
        1,
        [21_000, 24_300, 19_700, 30_400, 22_100],
      ),
    },
  ],
  rules: [
    {
      name: "guardduty-findings",
      starts: "guardduty-triage",
      pattern: { source: ["aws.guardduty"], "detail-type": ["GuardDuty Finding"] },
    },
    { name: "backup-six-hourly", starts: "backup-snapshots", schedule: "rate(6 hours)" },
    { name: "rollup-nightly", starts: "clickstream-rollup", schedule: "cron(20 0 * * ? *)" },
  ],
  schedules: [{ name: "weekly-report", starts: "weekly-report", schedule: "cron(0 5 ? * TUE *)" }],
  alarms: [{ name: "checkout-errors", starts: "incident-responder" }],
};
