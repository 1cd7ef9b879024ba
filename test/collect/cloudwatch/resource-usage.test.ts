import { describe, expect, test } from "vitest";
import { collectResourceUsage } from "../../../shared/collect/cloudwatch/resource-usage.ts";
import type { CachedReads } from "../../../shared/collect/contract/cached-reads.ts";
import { describePart } from "../../../shared/describe/services/describe-part.ts";
import { dayOf, startOfDay } from "../../../shared/model/day.ts";
import type { GraphRow, Resource } from "../../../shared/model/graph.ts";
import { awsError } from "../../stub-account.ts";
import { type Answers, aContext, now } from "../a-context.ts";

const dayMs = 86_400_000;
const later = (days: number) => new Date(now.getTime() + days * dayMs);

function row(type: string, name: string, more: Partial<Resource> = {}): GraphRow {
  const arn = `arn:aws:x:eu-west-1:111122223333:${name}`;
  return { resource: { arn, type, name, region: "eu-west-1", createdAt: "2025-01-01T00:00:00Z", ...more }, relations: [] };
}

/** Points by `metric name=value`, as days before now and values; `listed` are those in ListMetrics. */
function metrics(points: Record<string, [number, number][]>, listed: readonly string[] = []): Answers {
  const keyOf = (metric: string, dimensions: { Name: string; Value: string }[]) =>
    `${metric} ${dimensions.map(({ Value }) => Value).join("+")}`;
  return {
    "cloudwatch:ListMetrics": (input) => ({
      Metrics: listed.flatMap((key) => {
        const [metric, value] = key.split(" ");
        return metric === input.MetricName ? [{ Dimensions: [{ Name: "TableName", Value: value }] }] : [];
      }),
    }),
    "cloudwatch:DescribeAlarms": () => ({ MetricAlarms: [] }),
    "cloudwatch:GetMetricData": (input) => ({
      MetricDataResults: (
        input.MetricDataQueries as { Id: string; MetricStat: { Metric: { MetricName: string; Dimensions: never[] } } }[]
      ).map(({ Id, MetricStat }) => {
        const found = points[keyOf(MetricStat.Metric.MetricName, MetricStat.Metric.Dimensions)] ?? [];
        const seen = found.filter(([ago]) => startOfDay(dayOf(now) - ago) >= (input.StartTime as Date));
        return {
          Id,
          StatusCode: "Complete",
          Timestamps: seen.map(([ago]) => startOfDay(dayOf(now) - ago)),
          Values: seen.map(([, value]) => value),
        };
      }),
    }),
  };
}

/** @param isWhole false: the service could not list all of them */
async function useOf(rows: readonly GraphRow[], answers: Answers, at = now, cached: CachedReads = {}, isWhole = true) {
  const context = aContext(answers, { now: at }, cached);
  const resources = rows.flatMap(({ resource }) => resource ?? []);
  const answered = await collectResourceUsage(context, [
    { service: "listing", resources, isWhole },
    { service: "another", resources: [], isWhole: true },
  ]);
  const part = describePart("resource-usage", answered, { ...context, at: context.now.toISOString() });
  const use = Object.fromEntries(part.items.flatMap(({ resource }) => (resource ? [[resource.name, resource.lastUsed]] : [])));
  return { use, part, calls: context.calls, cached: context.rotation.kept };
}

describe("the last use of resources", () => {
  test("is the last day with a value above zero; zeros of an idle queue are none", async () => {
    const rows = [row("AWS::DynamoDB::Table", "orders"), row("AWS::SQS::Queue", "idle"), row("AWS::SNS::Topic", "news")];
    const points = {
      "ConsumedReadCapacityUnits orders": [[5, 3]],
      "ConsumedWriteCapacityUnits orders": [[100, 1]],
      "NumberOfMessagesReceived idle": [
        [0, 0],
        [1, 0],
      ],
    } as Record<string, [number, number][]>;
    const { use, part } = await useOf(rows, metrics(points));
    expect(part.coverage.status).toBe("complete");
    expect(use.orders).toMatchObject({ state: "used", at: "2026-11-19", quietDays: 5, lookbackDays: 455 });
    expect(use.idle).toMatchObject({ state: "none-seen", quietDays: 454 });
    expect(use.news).toMatchObject({ state: "none-seen" });
  });

  test("of a young resource starts with it: older points were its predecessor's", async () => {
    const young = row("AWS::DynamoDB::Table", "orders", { createdAt: later(-10).toISOString() });
    const { use } = await useOf([young], metrics({ "ConsumedReadCapacityUnits orders": [[50, 3]] }));
    expect(use.orders).toMatchObject({ state: "none-seen", quietDays: 10 });
  });

  test("without a date of creation counts from the first scan that saw it", async () => {
    const { resource } = row("AWS::SNS::Topic", "news");
    const { createdAt, ...undated } = resource as Resource;
    const rows = [{ resource: undated, relations: [] }];
    const first = await useOf(rows, metrics({}));
    expect(first.use.news).toMatchObject({ state: "none-seen", quietDays: 0 });
    const second = await useOf(rows, metrics({}), later(5), first.cached);
    expect(second.use.news).toMatchObject({ state: "none-seen", quietDays: 5 });
  });

  test("is remembered of what could not be listed for a day: it is as old as the first scan that saw it, and forgotten once it is gone", async () => {
    const { resource } = row("AWS::SNS::Topic", "news");
    const { createdAt, ...undated } = resource as Resource;
    const rows = [{ resource: undated, relations: [] }];
    const first = await useOf(rows, metrics({}));
    const refused = await useOf([], metrics({}), later(5), first.cached, false);
    expect(refused.use).toEqual({});
    expect((await useOf(rows, metrics({}), later(6), refused.cached)).use.news).toMatchObject({ quietDays: 6 });
    const gone = await useOf([], metrics({}), later(5), first.cached);
    expect((await useOf(rows, metrics({}), later(6), gone.cached)).use.news).toMatchObject({ quietDays: 0 });
  });

  test("is not read again while a screening every two weeks shows silence, and is after a longer gap", async () => {
    const rows = [row("AWS::DynamoDB::Table", "orders")];
    const points = metrics({ "ConsumedReadCapacityUnits orders": [[100, 3]] });
    const first = await useOf(rows, points);
    expect(first.calls).toEqual({ "cloudwatch:GetMetricData": 1 });
    const second = await useOf(rows, points, later(12), first.cached);
    expect(second.calls).toEqual({ "cloudwatch:ListMetrics": 2 });
    expect(second.use.orders).toMatchObject({ state: "used", quietDays: 112 });
    const third = await useOf(rows, points, later(40), second.cached);
    expect(third.calls).toMatchObject({ "cloudwatch:GetMetricData": 1 });
  });

  test("is read again as soon as a quiet resource shows up in the screening", async () => {
    const rows = [row("AWS::DynamoDB::Table", "orders")];
    const first = await useOf(rows, metrics({ "ConsumedReadCapacityUnits orders": [[100, 3]] }));
    const woken = metrics({ "ConsumedReadCapacityUnits orders": [[-1, 2]] }, ["ConsumedReadCapacityUnits orders"]);
    const second = await useOf(rows, woken, later(1), first.cached);
    expect(second.use.orders).toMatchObject({ state: "used", at: "2026-11-25", quietDays: 0 });
  });

  test("is unknown, never none, where CloudWatch refuses, throttles or does not finish", async () => {
    const rows = [row("AWS::DynamoDB::Table", "orders")];
    const failing = (code: string): Answers => ({
      "cloudwatch:GetMetricData": () => {
        throw awsError(code);
      },
    });
    for (const code of ["AccessDenied", "ThrottlingException"]) {
      const { use, part } = await useOf(rows, failing(code));
      expect(use.orders?.state).toBe("unknown");
      expect(part.coverage).toMatchObject({ status: "partial", code });
    }
    const partial = { "cloudwatch:GetMetricData": () => ({ MetricDataResults: [{ Id: "q0", StatusCode: "PartialData" }] }) };
    expect((await useOf(rows, partial)).use.orders?.state).toBe("unknown");
  });

  test("is unknown where AWS keeps no trace, and where two APIs of one name share their count", async () => {
    const rows = [
      row("AWS::SSM::Parameter", "key"),
      row("AWS::ServiceDiscovery::Service", "cart"),
      row("AWS::S3::Bucket", "photos"),
      row("AWS::ApiGateway::RestApi", "shop"),
      {
        ...row("AWS::ApiGateway::RestApi", "shop"),
        resource: { ...(row("AWS::ApiGateway::RestApi", "shop").resource as Resource), arn: "b" },
      },
    ];
    const { use } = await useOf(rows, metrics({ "Count shop": [[1, 5]] }));
    expect(Object.values(use).map((one) => one?.state)).toEqual(["unknown", "unknown", "unknown", "unknown"]);
  });

  test("of a bucket without request metrics is the last day on which its number of objects changed", async () => {
    const points = {
      "NumberOfObjects photos+AllStorageTypes": [
        [30, 7],
        [29, 7],
        [28, 9],
        [27, 9],
      ],
    } as Record<string, [number, number][]>;
    const { use } = await useOf([row("AWS::S3::Bucket", "photos")], metrics(points));
    expect(use.photos).toMatchObject({ state: "used", source: "storage-metrics", quietDays: 28 });
  });

  test("of a bucket whose requests are counted is the last day with one; where that is asked is refused, its size says the rest", async () => {
    const lists: Answers = {
      "cloudwatch:ListMetrics": ({ Namespace }) =>
        Namespace === "AWS/S3"
          ? {
              Metrics: [
                {
                  Dimensions: [
                    { Name: "BucketName", Value: "photos" },
                    { Name: "FilterId", Value: "all" },
                  ],
                },
              ],
            }
          : {
              Metrics: [
                {
                  Dimensions: [
                    { Name: "configuration_id", Value: "lens" },
                    { Name: "bucket_name", Value: "films" },
                  ],
                },
              ],
            },
    };
    const points = { "GetRequests photos+all": [[2, 5]], "DeleteRequests lens+films": [[3, 1]] } as Record<string, [number, number][]>;
    const rows = [row("AWS::S3::Bucket", "photos"), row("AWS::S3::Bucket", "films"), row("AWS::S3::Bucket", "plain")];
    const { use } = await useOf(rows, { ...metrics(points), ...lists });
    expect(use.photos).toMatchObject({ state: "used", source: "metrics", quietDays: 2 });
    expect(use.films).toMatchObject({ state: "used", source: "metrics", quietDays: 3 });
    expect(use.plain).toMatchObject({ state: "unknown" });
    const refused = await useOf(rows, {
      ...metrics({
        "NumberOfObjects photos+AllStorageTypes": [
          [30, 7],
          [29, 8],
        ],
      }),
      "cloudwatch:ListMetrics": () => {
        throw awsError("AccessDenied");
      },
    });
    expect(refused.use.photos).toMatchObject({ state: "used", source: "storage-metrics" });
    expect(refused.part.coverage).toMatchObject({ status: "partial", operation: "cloudwatch:ListMetrics" });
  });

  test("of a user pool is the last sign-in, failed ones too, of any of its clients", async () => {
    const pool = (name: string, clientIds: readonly string[]) => {
      const { resource } = row("AWS::Cognito::UserPool", name);
      return {
        resource: { ...(resource as Resource), arn: `arn:aws:cognito-idp:eu-west-1:111122223333:userpool/${name}`, details: { clientIds } },
        relations: [],
      };
    };
    const { use } = await useOf([pool("p1", ["web", "app"]), pool("p2", [])], metrics({ "SignInSuccesses p1+app": [[4, 1]] }));
    expect(use.p1).toMatchObject({ state: "used", quietDays: 4 });
    expect(use.p2).toMatchObject({ state: "unknown" });
  });
});
