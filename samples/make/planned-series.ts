/** The metrics that AWS would have kept of what is in the plan. */
import { type AccountPlan, mainRegion, type PlannedCount, plannedFunction, regionOf, regionOfStarted } from "./account-plan.ts";

/** One series, or several of the same name in one namespace. */
export interface PlannedSeries {
  readonly region: string;
  readonly namespace: string;
  readonly metrics: readonly string[];
  readonly dimensions: Readonly<Record<string, string>>;
  readonly use: readonly PlannedCount[];
}

/** Series of everything but functions. Rules and queues are used as often as the function that they start. */
export function seriesOf(plan: AccountPlan): PlannedSeries[] {
  const { rules = [], queues = [], apis = [], buckets = [], tables = [], topics = [], logGroups = [] } = plan;
  const useOf = (name: string) => plannedFunction(plan, name).use ?? [];
  const here = { region: mainRegion };
  return [
    ...rules.map(({ name, starts }) => ({
      region: regionOfStarted(plan, starts),
      namespace: "AWS/Events",
      metrics: ["Invocations", "MatchedEvents"],
      dimensions: { RuleName: name },
      use: useOf(starts),
    })),
    ...queues.flatMap(({ name, feeds, use }) => {
      if (!feeds) return [];
      const f = plannedFunction(plan, feeds);
      const metrics = ["NumberOfMessagesSent", "NumberOfMessagesReceived"];
      return [{ region: regionOf(f), namespace: "AWS/SQS", metrics, dimensions: { QueueName: name }, use: use ?? f.use ?? [] }];
    }),
    ...apis.map(({ name, use = [] }) => ({
      ...here,
      namespace: "AWS/ApiGateway",
      metrics: ["Count"],
      dimensions: { ApiName: name },
      use,
    })),
    ...buckets.map(({ name, use = [] }) => ({
      ...here,
      namespace: "AWS/S3",
      metrics: ["NumberOfObjects"],
      dimensions: { BucketName: name, StorageType: "AllStorageTypes" },
      use,
    })),
    ...tables.map(({ name, use = [] }) => ({
      ...here,
      namespace: "AWS/DynamoDB",
      metrics: ["ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"],
      dimensions: { TableName: name },
      use,
    })),
    ...topics.map(({ name, starts, use = [] }) => ({
      region: regionOfStarted(plan, starts),
      namespace: "AWS/SNS",
      metrics: ["NumberOfMessagesPublished"],
      dimensions: { TopicName: name },
      use,
    })),
    ...logGroups.map(({ name, use = [] }) => ({
      ...here,
      namespace: "AWS/Logs",
      metrics: ["IncomingLogEvents"],
      dimensions: { LogGroupName: name },
      use,
    })),
  ];
}
