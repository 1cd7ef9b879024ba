/**
 * Stands between the emulator and the recorder. An emulator's account is a minute old, nobody is refused anything in it, and
 * nothing in it ever ran: what AWS would have answered instead comes from the plan (samples/README.md lists all of it).
 */
import { GetResourcesCommand, type ResourceTagMapping } from "@aws-sdk/client-resource-groups-tagging-api";
import type { Call } from "../../shared/aws/client-options.ts";
import type { Clients } from "../../shared/aws/clients.ts";
import { presignedRead } from "../../shared/aws/pace.ts";
import { pages } from "../../shared/aws/paginate.ts";
import { dayMs, dayOf, startOfDay } from "../../shared/model/day.ts";
import { getPolicy, listUrls } from "./access-answers.ts";
import { type AccountPlan, type PlannedFunction, regionOf } from "./account-plan.ts";
import { idTag } from "./create-inventory.ts";
import { listMetrics, metricData } from "./metric-answers.ts";
import { codeBytes } from "./planned-code.ts";
import { roleOf } from "./planned-names.ts";
import { createdAt, retouchedInventory } from "./retouch-inventory.ts";
import { generateReport, getReport, roleUsedDaysAgo } from "./role-use-answers.ts";
import { describeStacks } from "./stack-answers.ts";
import { idOf } from "./steady-id.ts";

export interface Setting {
  /** Clients that ask the emulator and are not recorded. */
  readonly clients: Clients;
  readonly account: string;
  readonly plan: AccountPlan;
  readonly now: Date;
  readonly regions: readonly string[];
  readonly deniedRegion: string;
}

/** What every bucket has since January 2023. */
const encryptedByS3 = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false }] };

type Answer = Record<string, unknown>;

/** Answers `call`, from the plan or, with dates and ids put right, from the emulator. @throws where the plan denies it */
export async function retouched(setting: Setting, call: Call, ask: () => Promise<Answer>): Promise<Answer> {
  const { account, plan, now, regions, deniedRegion } = setting;
  if (call.region === deniedRegion) throw denied(setting, call);
  switch (call.operation) {
    case "sts:GetCallerIdentity":
      return { Account: account, Arn: readerArn(account), UserId: "AROAEXAMPLE:scan" };
    case "account:ListRegions":
      return { Regions: regions.map((RegionName) => ({ RegionName, RegionOptStatus: "ENABLED_BY_DEFAULT" })) };
    case "tag:GetResources":
      return allTags(setting, call);
    case "cloudformation:DescribeStacks":
      return describeStacks(plan, account, call.region, now);
    case "cloudwatch:ListMetrics":
      return listMetrics(plan, call);
    case "cloudwatch:GetMetricData":
      return metricData(plan, call, now);
    case "cloudformation:GetTemplate":
      // no custom resource of Fernhill's own
      return { TemplateBody: JSON.stringify({ Resources: {} }) };
    case "cloudtrail:LookupEvents":
      // whatever is younger than the 90 days of the history was deployed by a pipeline
      return { Events: [] };
    case "cloudformation:ListResources":
      return { TypeName: call.input.TypeName, ResourceDescriptions: [] };
    case "s3:GetBucketEncryption":
      return { ServerSideEncryptionConfiguration: encryptedByS3 };
    case "iam:GenerateServiceLastAccessedDetails":
      return generateReport(call);
    case "iam:GetServiceLastAccessedDetails":
      return getReport(plan, call, now);
    case presignedRead:
      return codeBytes(plan, call);
    case "lambda:GetPolicy":
      return getPolicy(plan, account, call);
    case "lambda:ListFunctionUrlConfigs":
      return listUrls(plan, account, call, now);
    default:
      return put(setting, call, await ask());
  }
}

/** All tags as one page: the emulator's pages are short and their tokens random. */
async function allTags({ clients }: Setting, { region, input }: Call): Promise<Answer> {
  const ResourceTagMappingList: ResourceTagMapping[] = [];
  const list = pages(
    (PaginationToken) =>
      clients.tagging(region).send(new GetResourcesCommand({ ...input, ...(PaginationToken ? { PaginationToken } : {}) })),
    (page) => page.PaginationToken,
  );
  for await (const page of list) {
    for (const { ResourceARN, Tags = [] } of page.ResourceTagMappingList ?? []) {
      ResourceTagMappingList.push({ ResourceARN, Tags: Tags.filter(({ Key }) => Key !== idTag) });
    }
  }
  return { PaginationToken: "", ResourceTagMappingList };
}

function readerArn(account: string): string {
  return `arn:aws:sts::${account}:assumed-role/SmallTargetReader/scan`;
}

function denied({ account }: Setting, { operation }: Call): Error {
  const message = `User: ${readerArn(account)} is not authorized to perform: ${operation} on resource: * with an explicit deny in a service control policy`;
  return Object.assign(new Error(message), { name: "AccessDeniedException" });
}

/** The emulator's answer with the plan's dates in it. */
function put(setting: Setting, call: Call, answer: Answer): Answer {
  const list = (name: string, change: (item: Answer) => Answer) => ({ ...answer, [name]: ((answer[name] as Answer[]) ?? []).map(change) });
  const { account } = setting;
  switch (call.operation) {
    case "lambda:ListFunctions":
      return list("Functions", (item) => ({
        ...item,
        LastModified: deployedAt(setting, item.FunctionName).toISOString().replace("Z", "+0000"),
        RevisionId: idOf(String(item.FunctionArn)),
      }));
    case "lambda:ListEventSourceMappings":
      return list("EventSourceMappings", (item) => {
        const UUID = idOf(`${item.FunctionArn} ${item.EventSourceArn}`);
        const EventSourceMappingArn = `arn:aws:lambda:${call.region}:${account}:event-source-mapping:${UUID}`;
        return { ...item, UUID, EventSourceMappingArn, LastModified: deployedAt(setting, functionName(item.FunctionArn)) };
      });
    case "scheduler:ListSchedules":
      return list("Schedules", (item) => ({ ...item, ...scheduleDates(setting, item) }));
    case "scheduler:GetSchedule":
      return { ...answer, ...scheduleDates(setting, answer) };
    case "cloudwatch:DescribeAlarms":
      return list("MetricAlarms", (item) => {
        const at = deployedAt(setting, functionName((item.AlarmActions as string[])[0]));
        return { ...item, AlarmConfigurationUpdatedTimestamp: at, StateUpdatedTimestamp: at, StateTransitionedTimestamp: at };
      });
    case "logs:DescribeLogGroups":
      return list("logGroups", (item) => ({ ...item, ...logGroupFacts(setting, String(item.logGroupName)) }));
    case "iam:GetRole":
      return { ...answer, Role: roleDates(setting, answer.Role as Answer) };
    case "iam:GetAccountAuthorizationDetails":
      return list("RoleDetailList", (item) => roleDates(setting, item));
    default:
      return retouchedInventory(setting, call, answer) ?? answer;
  }
}

function functionName(arn: unknown): string {
  return String(arn).split(":")[6] ?? "";
}

function planned({ plan }: Setting, name: unknown): PlannedFunction {
  const found = plan.functions.find((f) => f.name === name);
  if (!found) throw new Error(`the emulator has a function that is not in the plan: ${name}`);
  return found;
}

/** A working hour of the planned day, another one for every function. */
function deployedAt(setting: Setting, name: unknown): Date {
  const { deployedDaysAgo } = planned(setting, name);
  const minutes = 8 * 60 + (Number.parseInt(idOf(String(name)).slice(0, 4), 16) % 540);
  return new Date(startOfDay(dayOf(setting.now) - deployedDaysAgo).getTime() + minutes * 60_000);
}

function scheduleDates(setting: Setting, { Target }: Answer): Answer {
  const at = deployedAt(setting, functionName((Target as { Arn: string }).Arn));
  return { CreationDate: at, LastModificationDate: at };
}

function logGroupFacts(setting: Setting, group: string): Answer {
  const { plan, now } = setting;
  const own = plan.logGroups?.find(({ name }) => name === group);
  if (own) return { creationTime: createdAt(setting, plan.logGroups, group).getTime(), storedBytes: own.storedBytes };
  const { logGroupDaysAgo = 0 } = planned(setting, group.split("/").at(-1));
  return { creationTime: startOfDay(dayOf(now) - logGroupDaysAgo).getTime() + 10 * 3_600_000 };
}

function roleDates(setting: Setting, role: Answer): Answer {
  const users = setting.plan.functions.filter((f) => roleOf(f) === role.RoleName);
  const usedDaysAgo = roleUsedDaysAgo(setting.plan, String(role.RoleName));
  const created = Math.max(...users.map(({ deployedDaysAgo }) => deployedDaysAgo));
  const [region] = users.map(regionOf);
  return {
    ...role,
    RoleId: `AROA${idOf(String(role.RoleName)).replaceAll("-", "").slice(0, 16).toUpperCase()}`,
    CreateDate: new Date(setting.now.getTime() - created * dayMs),
    RoleLastUsed: usedDaysAgo === undefined ? {} : { LastUsedDate: new Date(setting.now.getTime() - usedDaysAgo * dayMs), Region: region },
  };
}
