import { expect, test } from "vitest";
import { collectDurationAlarms } from "../../../shared/collect/cloudwatch/duration-alarms.ts";
import type { CachedReads } from "../../../shared/collect/contract/cached-reads.ts";
import { account, denying, StubAccount } from "../../stub-account.ts";
import { aContext } from "../a-context.ts";

const day = (n: number) => new Date(Date.UTC(2026, 10, n));

function described(name: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    AlarmName: name,
    AlarmArn: `arn:aws:cloudwatch:eu-west-1:${account}:alarm:${name}`,
    Namespace: "AWS/Lambda",
    MetricName: "Duration",
    Dimensions: [{ Name: "FunctionName", Value: "orders-api" }],
    Statistic: "Maximum",
    Period: 60,
    EvaluationPeriods: 4,
    Threshold: 27_000,
    ComparisonOperator: "GreaterThanThreshold",
    AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:alarms"],
    StateValue: "OK",
    StateUpdatedTimestamp: day(3),
    AlarmConfigurationUpdatedTimestamp: day(5),
    ...more,
  };
}

const unrelated = (n: number) =>
  Array.from({ length: n }, (_, i) => described(`errors-${String(i).padStart(5, "0")}`, { MetricName: "Errors" }));

async function collect(stub: StubAccount, cached: CachedReads = {}, now = day(10)) {
  const context = aContext(stub, { now }, cached);
  const before = stub.calls["cloudwatch:DescribeAlarms"] ?? 0;
  const part = await collectDurationAlarms(context);
  return { part, kept: context.rotation.kept, calls: (stub.calls["cloudwatch:DescribeAlarms"] ?? 0) - before };
}

const anAccount = (alarms: readonly Readonly<Record<string, unknown>>[]) =>
  new StubAccount({ now: day(10), regions: ["eu-west-1"], functions: [], alarms });

test("reads what an alarm watches, when it goes off and whom it reaches", async () => {
  const { part } = await collect(anAccount([described("slow"), ...unrelated(1)]));
  expect(part.coverage).toMatchObject({ status: "complete", resources: 1 });
  expect(part.items).toEqual([
    {
      arn: `arn:aws:cloudwatch:eu-west-1:${account}:alarm:slow`,
      name: "slow",
      region: "eu-west-1",
      functionName: "orders-api",
      computed: false,
      statistic: "Maximum",
      comparison: "GreaterThanThreshold",
      thresholdMs: 27_000,
      periodSeconds: 60,
      evaluationPeriods: 4,
      datapointsToAlarm: 4,
      treatMissing: "missing",
      actionsEnabled: true,
      actions: ["arn:aws:sns:eu-west-1:111122223333:alarms"],
      state: "OK",
      changedAt: day(5).toISOString(),
    },
  ]);
});

test("tells aliases, percentiles and metric math from a plain alarm; an alarm on all functions is none of one", async () => {
  const metric = { Namespace: "AWS/Lambda", MetricName: "Duration", Dimensions: [{ Name: "FunctionName", Value: "orders-api" }] };
  const { part } = await collect(
    anAccount([
      described("alias", { Dimensions: [...metric.Dimensions, { Name: "Resource", Value: "orders-api:live" }] }),
      described("tail", { Statistic: undefined, ExtendedStatistic: "p99" }),
      described("math", {
        Namespace: undefined,
        MetricName: undefined,
        Metrics: [
          { Id: "a", MetricStat: { Metric: metric } },
          { Id: "e", Expression: "a/300" },
        ],
      }),
      described("all", { Dimensions: [] }),
    ]),
  );
  expect(part.items.map(({ name, qualifier, computed, statistic }) => [name, qualifier, computed, statistic])).toEqual([
    ["alias", "orders-api:live", false, "Maximum"],
    ["tail", undefined, false, "p99"],
    ["math", undefined, true, "Maximum"],
  ]);
});

test("reads more than a thousand alarms once a week, and ours in every scan", async () => {
  const stub = anAccount([...unrelated(1500), described("slow")]);
  const first = await collect(stub);
  expect(first.calls).toBe(16);
  stub.data.alarms = [...unrelated(1500), described("smalltarget-orders-api-critical")];
  const second = await collect(stub, first.kept, day(11));
  expect(second.calls).toBe(1);
  expect(second.part.items.map(({ name }) => name)).toEqual(["slow", "smalltarget-orders-api-critical"]);
  const later = await collect(stub, second.kept, day(17));
  expect(later.calls).toBe(16);
  expect(later.part.items.map(({ name }) => name)).toEqual(["smalltarget-orders-api-critical"]);
});

test("what is refused is not empty: what was known stands, and the part is partial", async () => {
  const stub = anAccount([described("slow")]);
  const { kept } = await collect(stub);
  stub.fault = denying(/DescribeAlarms/);
  expect((await collect(stub, kept, day(11))).part).toMatchObject({ items: [{ name: "slow" }], coverage: { status: "partial" } });
  expect((await collect(stub, {}, day(11))).part.coverage).toMatchObject({ status: "denied", operation: "cloudwatch:DescribeAlarms" });
});

const query = (Expression: string) => ({
  Metrics: [{ Id: "q", Expression, Period: 300, ReturnData: true }],
  Namespace: undefined,
  MetricName: undefined,
  Dimensions: undefined,
  Statistic: undefined,
  Period: undefined,
});

test.each([
  [
    'SELECT MAX(Duration) FROM SCHEMA("AWS/Lambda", FunctionName) GROUP BY FunctionName ORDER BY MAX() DESC',
    { functionName: "*", statistic: "Maximum", computed: false },
  ],
  ['select max("Duration") from "AWS/Lambda"', { functionName: "*", statistic: "Maximum", computed: false }],
  ['SELECT AVG(Duration) FROM SCHEMA("AWS/Lambda", FunctionName)', { functionName: "*", statistic: "Average", computed: false }],
  [
    `SELECT MAX(Duration) FROM SCHEMA("AWS/Lambda", FunctionName) WHERE FunctionName = 'orders-api'`,
    { functionName: "orders-api", statistic: "Maximum", computed: false },
  ],
  [
    `SELECT MAX(Duration) FROM SCHEMA("AWS/Lambda", FunctionName) WHERE FunctionName != 'slow' GROUP BY FunctionName`,
    { functionName: "*", computed: true },
  ],
])("reads an alarm over the fleet: %s", async (expression, expected) => {
  const { part } = await collect(anAccount([described("fleet", query(expression))]));
  expect(part.items).toEqual([expect.objectContaining({ name: "fleet", periodSeconds: 300, thresholdMs: 27_000, ...expected })]);
});

test("leaves out queries about something else, and takes one metric without arithmetic for that metric", async () => {
  const Metric = { Namespace: "AWS/Lambda", MetricName: "Duration", Dimensions: [{ Name: "FunctionName", Value: "orders-api" }] };
  const { part } = await collect(
    anAccount([
      described("errors", query('SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName)')),
      described("single", { ...query(""), Metrics: [{ Id: "m", MetricStat: { Metric, Stat: "p99", Period: 60 }, ReturnData: true }] }),
    ]),
  );
  expect(part.items).toEqual([
    expect.objectContaining({ name: "single", functionName: "orders-api", statistic: "p99", computed: false, periodSeconds: 60 }),
  ]);
});
