/**
 * An AWS account as data, answered at the place where requests leave the SDK: AWS's answers are stubbed, nothing of ours is.
 * Used by tests and by the bench. Answers are paged as AWS pages them.
 */
import type { Call, Tape } from "../shared/aws/client-options.ts";
import type { MetricQuery } from "../shared/aws/recording.ts";
import { dayOf, startOfDay } from "../shared/model/day.ts";

export const account = "111122223333";

/** One function; `use` are the days on which it ran. */
export interface StubFunction {
  readonly name: string;
  readonly region?: string;
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly use?: readonly {
    readonly day: number;
    readonly samples: number;
    readonly maxMs: number;
    readonly errors?: number;
    readonly p99Ms?: number;
    /** Longest time of extensions after the handler. */
    readonly extensionMs?: number;
  }[];
  readonly tags?: Readonly<Record<string, string>>;
  /** Reserved concurrency. */
  readonly reserved?: number;
  readonly role?: { readonly edge?: boolean; readonly lastUsed?: string };
  readonly logGroupCreated?: string;
}

export interface StubData {
  now: Date;
  regions: string[];
  functions: StubFunction[];
  mappings?: readonly Readonly<Record<string, unknown>>[];
  /** Scheduled or pattern rules of the default bus, with targets. */
  rules?: readonly { readonly rule: Readonly<Record<string, unknown>>; readonly targets: readonly Readonly<Record<string, unknown>>[] }[];
  schedules?: readonly Readonly<Record<string, unknown>>[];
  alarms?: readonly Readonly<Record<string, unknown>>[];
  /** Attributes by queue name. */
  queues?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Answers of further operations; what is in neither is answered emptily. */
  answers?: Readonly<Record<string, (call: Call) => Record<string, unknown>>>;
  /** Series that exist under other dimensions: `us-east-1.NAME` in a Region, or a Resource. */
  elsewhere?: readonly { readonly region: string; readonly key: string; readonly day: number }[];
}

/** Thrown instead of an answer; return undefined to let the call through. */
export type Fault = (call: Call) => Error | undefined;

export function functionArn(name: string, region = "eu-west-1"): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
}

/** An AWS error with its code. */
export function awsError(code: string, message = `${code} on purpose`): Error {
  return Object.assign(new Error(message), { name: code });
}

/** Refuses operations that match, in Regions that match. */
export function denying(operation: RegExp, region = /./): Fault {
  return (call) => (operation.test(call.operation) && region.test(call.region) ? awsError("AccessDeniedException") : undefined);
}

/** The account as a tape. `calls` counts what was asked. */
export class StubAccount implements Tape {
  readonly offline = true;
  readonly calls: Record<string, number> = {};
  readonly data: StubData;
  fault: Fault = () => undefined;

  constructor(data: StubData) {
    this.data = data;
  }

  async answer(call: Call): Promise<Record<string, unknown>> {
    this.calls[call.operation] = (this.calls[call.operation] ?? 0) + 1;
    const fault = this.fault(call);
    if (fault) throw fault;
    // what is not in the data is not in the account: an empty answer, as AWS gives it
    const own = this.data.answers?.[call.operation];
    return own ? own(call) : (answers[call.operation]?.(this.data, call) ?? {});
  }
}

type Answer = (data: StubData, call: Call) => Record<string, unknown>;
type Input = Readonly<Record<string, unknown>>;

const answers: Readonly<Record<string, Answer>> = {
  "sts:GetCallerIdentity": () => ({ Account: account, Arn: `arn:aws:sts::${account}:assumed-role/reader/test` }),
  "account:ListRegions": ({ regions }) => ({ Regions: regions.map((RegionName) => ({ RegionName })) }),
  "ec2:DescribeRegions": ({ regions }) => ({ Regions: regions.map((RegionName) => ({ RegionName })) }),
  "lambda:ListFunctions": (data, { region, input }) => {
    const [Functions, NextMarker] = page(functionsIn(data, region), input.Marker, 50);
    return { Functions: Functions.map((f) => configurationOf(f)), NextMarker };
  },
  "lambda:ListEventSourceMappings": (data, { region, input }) => {
    const own = (data.mappings ?? []).filter((one) => String(one.FunctionArn).split(":")[3] === region);
    const [EventSourceMappings, NextMarker] = page(own, input.Marker, 100);
    return { EventSourceMappings, NextMarker };
  },
  "lambda:GetFunctionConcurrency": (data, { input }) => {
    const [, , , region, , , name] = String(input.FunctionName).split(":");
    const f = indexOf(data).get(`${region}|${name}`);
    if (!f) throw awsError("ResourceNotFoundException");
    return f.reserved === undefined ? {} : { ReservedConcurrentExecutions: f.reserved };
  },
  "lambda:GetFunctionConfiguration": (data, { region, input }) => {
    const f = indexOf(data).get(`${region}|${input.FunctionName}`);
    if (!f) throw awsError("ResourceNotFoundException");
    return configurationOf(f);
  },
  "lambda:ListAliases": () => ({ Aliases: [{ Name: "live" }] }),
  "lambda:ListVersionsByFunction": () => ({ Versions: [{ Version: "$LATEST" }, { Version: "1" }] }),
  "events:ListEventBuses": (_data, { region }) => ({
    EventBuses: [{ Name: "default", Arn: `arn:aws:events:${region}:${account}:event-bus/default` }],
  }),
  "events:ListRules": (data, { region, input }) => {
    const [Rules, NextToken] = page(
      (data.rules ?? []).filter(({ rule }) => String(rule.Arn).includes(`:${region}:`)).map(({ rule }) => rule),
      input.NextToken,
      100,
    );
    return { Rules, NextToken };
  },
  "events:ListTargetsByRule": (data, { input }) => ({ Targets: data.rules?.find(({ rule }) => rule.Name === input.Rule)?.targets ?? [] }),
  "scheduler:ListSchedules": (data, { region, input }) => {
    const [Schedules, NextToken] = page(
      (data.schedules ?? []).filter((one) => String(one.Arn).includes(`:${region}:`)),
      input.NextToken,
      100,
    );
    return { Schedules, NextToken };
  },
  "scheduler:GetSchedule": (data, { input }) => ({ ...data.schedules?.find((one) => one.Name === input.Name) }),
  "cloudwatch:DescribeAlarms": (data, { region, input }) => {
    const {
      ActionPrefix = "",
      AlarmNamePrefix = "",
      AlarmNames,
    } = input as { ActionPrefix?: string; AlarmNamePrefix?: string; AlarmNames?: string[] };
    const asked = (data.alarms ?? [])
      .filter((one) => String(one.AlarmArn).includes(`:${region}:`))
      .filter((one) => ActionPrefix === "" || (one.AlarmActions as string[] | undefined)?.some((arn) => arn.startsWith(ActionPrefix)))
      .filter((one) => String(one.AlarmName ?? "").startsWith(AlarmNamePrefix))
      .filter((one) => AlarmNames === undefined || AlarmNames.includes(String(one.AlarmName)));
    const [MetricAlarms, NextToken] = page(asked, input.NextToken, 100);
    return { MetricAlarms, CompositeAlarms: [], NextToken };
  },
  "sqs:ListQueues": (data, { region }) => ({
    QueueUrls: Object.keys(data.queues ?? {}).map((name) => `https://sqs.${region}.amazonaws.com/${account}/${name}`),
  }),
  // every stream that a mapping names is there
  "kinesis:ListStreams": (data) => ({
    StreamSummaries: (data.mappings ?? []).flatMap(({ EventSourceArn }) => {
      const arn = String(EventSourceArn);
      return arn.includes(":kinesis:") ? [{ StreamARN: arn, StreamName: arn.split("/").at(-1), StreamStatus: "ACTIVE" }] : [];
    }),
  }),
  "sqs:GetQueueAttributes": (data, { input }) => {
    const attributes = data.queues?.[String(input.QueueUrl).split("/").at(-1) ?? ""];
    if (!attributes) throw awsError("QueueDoesNotExist");
    return { Attributes: attributes };
  },
  "tag:GetResources": (data, { region, input }) => {
    const tagged = functionsIn(data, region).flatMap(({ name, tags }) =>
      tags ? [{ ResourceARN: functionArn(name, region), Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }] : [],
    );
    const wanted = input.ResourceARNList as string[] | undefined;
    const [ResourceTagMappingList, PaginationToken] = page(
      wanted ? tagged.filter(({ ResourceARN }) => wanted.includes(ResourceARN)) : tagged,
      input.PaginationToken,
      100,
    );
    return { ResourceTagMappingList, PaginationToken: PaginationToken ?? "" };
  },
  "iam:GetRole": (data, { input }) => {
    const role = data.functions.find(({ name }) => `${name}-role` === input.RoleName)?.role;
    const service = role?.edge ? "edgelambda.amazonaws.com" : "lambda.amazonaws.com";
    return {
      Role: {
        AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify({ Statement: [{ Principal: { Service: service } }] })),
        ...(role?.lastUsed ? { RoleLastUsed: { LastUsedDate: new Date(role.lastUsed) } } : {}),
      },
    };
  },
  "iam:GenerateServiceLastAccessedDetails": (_data, { input }) => ({ JobId: `report of ${input.Arn}` }),
  // whatever a role allows was used today
  "iam:GetServiceLastAccessedDetails": () => ({ JobStatus: "COMPLETED", ServicesLastAccessed: [], IsTruncated: false }),
  "logs:DescribeLogGroups": (data, { region }) => ({
    logGroups: functionsIn(data, region).flatMap(({ name, logGroupCreated }) => {
      const logGroupName = `/aws/lambda/${name}`;
      const logGroupArn = `arn:aws:logs:${region}:${account}:log-group:${logGroupName}`;
      return logGroupCreated ? [{ logGroupName, logGroupArn, creationTime: Date.parse(logGroupCreated) }] : [];
    }),
  }),
  "cloudwatch:ListMetrics": (data, { region, input }) => {
    if (input.Namespace !== "AWS/Lambda") return { Metrics: [] };
    const active = functionsIn(data, region).filter(({ use }) => use?.some(({ day }) => day > dayOf(data.now) - 14));
    const rows = active.flatMap(({ name }) => [
      { Namespace: "AWS/Lambda", MetricName: "Duration", Dimensions: [{ Name: "FunctionName", Value: name }] },
      {
        Namespace: "AWS/Lambda",
        MetricName: "Duration",
        Dimensions: [
          { Name: "FunctionName", Value: name },
          { Name: "Resource", Value: name },
        ],
      },
    ]);
    const [Metrics, NextToken] = page(rows, input.NextToken, 500);
    return { Metrics, NextToken };
  },
  "cloudwatch:GetMetricData": metricData,
};

function metricData(data: StubData, { region, input }: Call): Record<string, unknown> {
  const queries = input.MetricDataQueries as MetricQuery[];
  const from = dayOf(input.StartTime as Date);
  const days = dayOf(input.EndTime as Date) - from + 1;
  if (queries.length > 500 || queries.length * days > 100_800) throw awsError("ValidationError", "too many queries or points in one call");
  const index = indexOf(data);
  const results = queries.map((query) => {
    const dimensions = query.MetricStat?.Metric?.Dimensions ?? [];
    const key = dimensions.find(({ Name }) => Name === "Resource")?.Value ?? dimensions[0]?.Value ?? "";
    const elsewhere = (data.elsewhere ?? []).filter((one) => one.region === region && one.key === key);
    const use = dimensions.length === 1 ? (index.get(`${region}|${key}`)?.use ?? []) : [];
    const points = [...use, ...elsewhere.map(({ day }) => ({ day, samples: 1, maxMs: 1 }))]
      .filter(({ day }) => day >= from && day < from + days)
      .sort((a, b) => b.day - a.day);
    const stat = query.MetricStat?.Stat;
    const ofExtensions = query.MetricStat?.Metric?.MetricName === "PostRuntimeExtensionsDuration";
    const value = (one: (typeof points)[number] & { errors?: number; p99Ms?: number; extensionMs?: number }) =>
      ofExtensions
        ? (one.extensionMs ?? 0)
        : stat === "SampleCount"
          ? one.samples
          : stat === "Maximum"
            ? one.maxMs
            : stat === "Sum"
              ? (one.errors ?? 0)
              : (one.p99Ms ?? one.maxMs);
    return { Id: query.Id, StatusCode: "Complete", Timestamps: points.map(({ day }) => startOfDay(day)), Values: points.map(value) };
  });
  return { MetricDataResults: results };
}

const indexes = new WeakMap<readonly StubFunction[], Map<string, StubFunction>>();

function indexOf({ functions }: StubData): Map<string, StubFunction> {
  let index = indexes.get(functions);
  if (!index) {
    index = new Map(functions.map((f) => [`${f.region ?? "eu-west-1"}|${f.name}`, f]));
    indexes.set(functions, index);
  }
  return index;
}

function functionsIn(data: StubData, region: string): StubFunction[] {
  return data.functions.filter((f) => (f.region ?? "eu-west-1") === region);
}

function configurationOf({ name, region, configuration }: StubFunction): Record<string, unknown> {
  return {
    FunctionArn: functionArn(name, region),
    FunctionName: name,
    Runtime: "nodejs24.x",
    Handler: "index.handler",
    Role: `arn:aws:iam::${account}:role/${name}-role`,
    Timeout: 30,
    MemorySize: 256,
    Architectures: ["arm64"],
    PackageType: "Zip",
    CodeSha256: `sha-of-${name}`,
    LastModified: "2025-10-20T09:30:00.000+0000",
    ...configuration,
  };
}

/** A page and the token of the next one. */
function page<T>(items: readonly T[], token: Input[string], size: number): [T[], string | undefined] {
  const start = Number(token ?? 0);
  const end = start + size;
  return [items.slice(start, end), end < items.length ? String(end) : undefined];
}
