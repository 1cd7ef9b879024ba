/** Makes a planned account in an emulator of AWS, with the calls that its owners would have made. */
import { PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateAccountAliasCommand, CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  PutFunctionConcurrencyCommand,
  type Runtime,
} from "@aws-sdk/client-lambda";
import { CreateScheduleCommand } from "@aws-sdk/client-scheduler";
import { CreateQueueCommand } from "@aws-sdk/client-sqs";
import type { Clients } from "../../shared/aws/clients.ts";
import {
  type AccountPlan,
  mainRegion,
  type PlannedFunction,
  type PlannedQueue,
  plannedFunction,
  regionOf,
  regionOfStarted,
} from "./account-plan.ts";
import { createInventory } from "./create-inventory.ts";
import { zipOfFunction } from "./planned-code.ts";
import { functionArn, roleOf } from "./planned-names.ts";

/** Makes everything of `plan`, in its order. */
export async function createAccount(clients: Clients, account: string, plan: AccountPlan): Promise<void> {
  if (plan.alias !== undefined) await clients.iam(mainRegion).send(new CreateAccountAliasCommand({ AccountAlias: plan.alias }));
  const roles = new Set<string>();
  for (const f of plan.functions) {
    const role = roleOf(f);
    if (!roles.has(role)) await createRole(clients, role);
    roles.add(role);
    await createFunction(clients, account, f);
  }
  const arnOf = (name: string) => functionArn(account, plannedFunction(plan, name));
  for (const queue of plan.queues ?? []) await createQueue(clients, account, plan, queue);
  for (const { name, starts, schedule, pattern, input } of plan.rules ?? []) {
    const events = clients.events(regionOfStarted(plan, starts));
    const when = schedule ? { ScheduleExpression: schedule } : { EventPattern: JSON.stringify(pattern) };
    await events.send(new PutRuleCommand({ Name: name, State: "ENABLED", ...when }));
    await events.send(
      new PutTargetsCommand({ Rule: name, Targets: [{ Id: "function", Arn: arnOf(starts), ...(input ? { Input: input } : {}) }] }),
    );
  }
  for (const { name, starts, schedule, input } of plan.schedules ?? []) {
    const Target = { Arn: arnOf(starts), RoleArn: `arn:aws:iam::${account}:role/scheduler`, ...(input ? { Input: input } : {}) };
    const when = { ScheduleExpression: schedule, FlexibleTimeWindow: { Mode: "OFF" as const } };
    await clients.scheduler(regionOfStarted(plan, starts)).send(new CreateScheduleCommand({ Name: name, ...when, Target }));
  }
  for (const { name, starts } of plan.alarms ?? []) {
    const watched = { Namespace: "AWS/ApiGateway", MetricName: "5XXError", Statistic: "Sum" as const, Period: 300, EvaluationPeriods: 1 };
    const above = { ComparisonOperator: "GreaterThanThreshold" as const, Threshold: 20 };
    await clients
      .cloudwatch(regionOfStarted(plan, starts))
      .send(new PutMetricAlarmCommand({ AlarmName: name, ...watched, ...above, AlarmActions: [arnOf(starts)] }));
  }
  await createInventory(clients, account, plan);
}

async function createRole(clients: Clients, RoleName: string): Promise<void> {
  const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  await clients.iam(mainRegion).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const logs = { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [logs] });
  await clients.iam(mainRegion).send(new PutRolePolicyCommand({ RoleName, PolicyName: "logs", PolicyDocument }));
}

async function createFunction(clients: Clients, account: string, f: PlannedFunction): Promise<void> {
  const region = regionOf(f);
  const { name, timeoutSeconds, memoryMb = 256, description, environment, tags, reservedConcurrency, logGroupDaysAgo } = f;
  await clients.lambda(region).send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: `arn:aws:iam::${account}:role/${roleOf(f)}`,
      Timeout: timeoutSeconds,
      MemorySize: memoryMb,
      ...packageOf(f, account),
      ...(description ? { Description: description } : {}),
      ...(environment ? { Environment: { Variables: environment } } : {}),
      ...(tags ? { Tags: tags } : {}),
    }),
  );
  if (reservedConcurrency !== undefined) {
    const limit = { FunctionName: name, ReservedConcurrentExecutions: reservedConcurrency };
    await clients.lambda(region).send(new PutFunctionConcurrencyCommand(limit));
  }
  if (logGroupDaysAgo !== undefined) await clients.logs(region).send(new CreateLogGroupCommand({ logGroupName: `/aws/lambda/${name}` }));
}

function packageOf(f: PlannedFunction, account: string): Pick<CreateFunctionCommandInput, "Code" | "PackageType" | "Runtime" | "Handler"> {
  const { name, runtime, handler = "index.handler" } = f;
  if (runtime === undefined) {
    return { PackageType: "Image", Code: { ImageUri: `${account}.dkr.ecr.${regionOf(f)}.amazonaws.com/${name}:latest` } };
  }
  return { PackageType: "Zip", Runtime: runtime as Runtime, Handler: handler, Code: { ZipFile: zipOfFunction(f) } };
}

async function createQueue(clients: Clients, account: string, plan: AccountPlan, queue: PlannedQueue): Promise<void> {
  const { name, visibilitySeconds, deadLetterQueue, feeds, enabled = true, tags } = queue;
  const region = feeds ? regionOf(plannedFunction(plan, feeds)) : mainRegion;
  const arnOf = (queueName: string) => `arn:aws:sqs:${region}:${account}:${queueName}`;
  const redrive = deadLetterQueue
    ? { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(deadLetterQueue), maxReceiveCount: 5 }) }
    : {};
  const Attributes = { VisibilityTimeout: String(visibilitySeconds), ...redrive };
  await clients.sqs(region).send(new CreateQueueCommand({ QueueName: name, Attributes, ...(tags ? { tags } : {}) }));
  if (!feeds) return;
  const mapping = { FunctionName: feeds, EventSourceArn: arnOf(name), BatchSize: 10, Enabled: enabled };
  await clients.lambda(region).send(new CreateEventSourceMappingCommand(mapping));
}
