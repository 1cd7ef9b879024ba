import { type Duration, RemovalPolicy, Stack, TimeZone } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Schedule, ScheduleExpression, ScheduleGroup, type TimeWindow } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import type { Construct } from "constructs";

interface Often {
  /** Of the schedule, within `scope`. */
  readonly id: string;
  /** What it starts, in words that follow "start". */
  readonly what: string;
  readonly description: string;
  /** A rate begins when it is made. */
  readonly rate: string;
  readonly timeWindow: TimeWindow;
  readonly maxEventAge: Duration;
}

/** Starts a function of ours again and again. A start that could not be made is not kept: the next one comes. */
export function startOften(scope: Construct, target: IFunction, { id, what, description, rate, timeWindow, maxEventAge }: Often): void {
  const scheduleGroup = new ScheduleGroup(scope, "Group", { removalPolicy: RemovalPolicy.DESTROY });
  const role = starterRole(scope, "Starter", what, scheduleGroup, target);
  new Schedule(scope, id, {
    description,
    schedule: ScheduleExpression.expression(rate, TimeZone.ETC_UTC),
    scheduleGroup,
    timeWindow,
    // the target would grant itself the invocation of every version
    target: new LambdaInvoke(target, { role: role.withoutPolicyUpdates(), maxEventAge, retryAttempts: 3 }),
  }).node.addDependency(role);
}

/** Lets the schedules of one group start one function. */
export function starterRole(scope: Construct, id: string, what: string, group: ScheduleGroup, target: IFunction): Role {
  const role = new Role(scope, id, {
    description: `Small Target: lets EventBridge Scheduler start ${what}`,
    assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
      conditions: { StringEquals: { "aws:SourceAccount": Stack.of(scope).account, "aws:SourceArn": group.scheduleGroupArn } },
    }),
  });
  role.addToPolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [target.functionArn] }));
  return role;
}
