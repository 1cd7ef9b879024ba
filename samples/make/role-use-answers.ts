/** What roles were used for: the emulator knows no such reports. */
import type { Call } from "../../shared/aws/client-options.ts";
import { dayMs } from "../../shared/model/day.ts";
import type { AccountPlan } from "./account-plan.ts";
import { roleOf } from "./planned-names.ts";

/** IAM remembers when a role was last used for 400 days. */
const roleDays = 400;

/** Days since one of its functions ran; undefined: longer than IAM remembers. */
export function roleUsedDaysAgo(plan: AccountPlan, role: string): number | undefined {
  const users = plan.functions.filter((f) => roleOf(f) === role);
  const lastUse = Math.min(...users.flatMap(({ use = [] }) => use.map(({ daysAgo }) => daysAgo)));
  return lastUse < roleDays ? lastUse : undefined;
}

/** `iam:GenerateServiceLastAccessedDetails`: the job has the role's name. */
export function generateReport({ input }: Call): Record<string, unknown> {
  return { JobId: `report of ${String(input.Arn).split("/").at(-1)}` };
}

/** `iam:GetServiceLastAccessedDetails`. */
export function getReport(plan: AccountPlan, { input }: Call, now: Date): Record<string, unknown> {
  const role = String(input.JobId).replace("report of ", "");
  const daysAgo = roleUsedDaysAgo(plan, role);
  const policies = plan.rolePolicies?.filter((one) => one.role === role) ?? [];
  const unused = new Set(policies.flatMap((one) => one.unused ?? []));
  const allowed = policies.flatMap(({ statements }) => statements.flatMap(({ actions }) => actions.map((action) => action.split(":")[0])));
  const ServicesLastAccessed = [...new Set(allowed)].toSorted().map((ServiceNamespace = "") => ({
    ServiceName: ServiceNamespace,
    ServiceNamespace,
    ...(daysAgo === undefined || unused.has(ServiceNamespace) ? {} : { LastAuthenticated: new Date(now.getTime() - daysAgo * dayMs) }),
  }));
  return {
    JobStatus: "COMPLETED",
    JobType: "ACTION_LEVEL",
    JobCreationDate: now,
    JobCompletionDate: now,
    ServicesLastAccessed,
    IsTruncated: false,
  };
}
