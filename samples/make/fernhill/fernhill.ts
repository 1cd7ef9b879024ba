/** Fernhill sells house plants. This is its AWS account, as its teams left it on a Tuesday in November. */
import type { AccountPlan } from "../account-plan.ts";
import { finance } from "./finance.ts";
import { nobody } from "./nobody.ts";
import { payments } from "./payments.ts";
import { platform } from "./platform.ts";
import { shop } from "./shop.ts";

const parts = [payments, shop, finance, platform, nobody];

export const fernhill: AccountPlan = {
  alias: "fernhill-prod",
  functions: parts.flatMap(({ functions }) => functions),
  queues: parts.flatMap(({ queues = [] }) => queues),
  rules: parts.flatMap(({ rules = [] }) => rules),
  schedules: parts.flatMap(({ schedules = [] }) => schedules),
  alarms: parts.flatMap(({ alarms = [] }) => alarms),
  apis: parts.flatMap(({ apis = [] }) => apis),
  buckets: parts.flatMap(({ buckets = [] }) => buckets),
  tables: parts.flatMap(({ tables = [] }) => tables),
  topics: parts.flatMap(({ topics = [] }) => topics),
  logGroups: parts.flatMap(({ logGroups = [] }) => logGroups),
  rolePolicies: parts.flatMap(({ rolePolicies = [] }) => rolePolicies),
};

/** Regions that the account has; in the last one, nobody may look. */
export const fernhillRegions = ["eu-west-1", "us-east-1", "ap-southeast-2"] as const;
export const deniedRegion = "ap-southeast-2";
/** When the account is looked at. */
export const recordedAt = new Date("2026-11-24T09:30:00Z");
