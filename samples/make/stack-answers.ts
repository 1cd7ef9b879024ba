/** CloudFormation's stacks from the plan: those that the functions' tags name. The emulator has none, as nothing in it was deployed. */
import { dayOf, startOfDay } from "../../shared/model/day.ts";
import { type AccountPlan, regionOf } from "./account-plan.ts";
import { idOf } from "./steady-id.ts";

/** `cloudformation:DescribeStacks` of a Region. A stack hands its own tags on to what is in it, so team and environment are its tags. */
export function describeStacks({ functions }: AccountPlan, account: string, region: string, now: Date): Record<string, unknown> {
  const inRegion = functions.filter((f) => regionOf(f) === region);
  const names = new Set(inRegion.flatMap(({ tags }) => tags?.["aws:cloudformation:stack-name"] ?? []));
  const Stacks = [...names].map((StackName) => {
    const members = inRegion.filter(({ tags }) => tags?.["aws:cloudformation:stack-name"] === StackName);
    const oldest = Math.max(...members.map(({ deployedDaysAgo, use = [] }) => Math.max(deployedDaysAgo, use[0]?.daysAgo ?? 0)));
    const own = Object.entries(members[0]?.tags ?? {}).filter(([key]) => !key.startsWith("aws:"));
    return {
      StackId: `arn:aws:cloudformation:${region}:${account}:stack/${StackName}/${idOf(`${region} ${StackName}`)}`,
      StackName,
      CreationTime: new Date(startOfDay(dayOf(now) - oldest).getTime() + 9 * 3_600_000),
      StackStatus: "UPDATE_COMPLETE",
      Tags: own.map(([Key, Value]) => ({ Key, Value })),
    };
  });
  return { Stacks };
}
