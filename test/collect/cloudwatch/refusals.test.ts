import { expect, test } from "vitest";
import { readRefusals } from "../../../shared/collect/cloudwatch/refusals.ts";
import { awsError, functionArn } from "../../stub-account.ts";
import { type Answers, aContext, now } from "../a-context.ts";
import { aConfiguration } from "../a-service.ts";

const backup = aConfiguration("backup");
const asked = [{ configuration: backup, usage: { arn: backup.arn, ledger: {} }, reservedConcurrency: null }] as never;
const schedule = (group: string, name: string, more: object = {}) => ({
  arn: `arn:aws:scheduler:eu-west-1:111122223333:schedule/${group}/${name}`,
  name,
  enabled: true,
  read: { value: { targets: [{ to: functionArn("backup"), kind: "invokes" as const }] }, readAt: now.toISOString() },
  ...more,
});

interface Query {
  readonly Id: string;
  readonly MetricStat: {
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions: readonly { readonly Value: string }[];
    };
  };
}
/** Three failures for each metric of a group's on each of two days. */
const counting: Answers = {
  "cloudwatch:GetMetricData": ({ MetricDataQueries }) => ({
    MetricDataResults: (MetricDataQueries as readonly Query[]).map(({ Id, MetricStat: { Metric } }) => {
      expect(Metric.Namespace).toBe("AWS/Scheduler");
      const count = Metric.Dimensions[0]?.Value === "night" ? 3 : 0;
      return { Id, StatusCode: "Complete", Timestamps: [now, new Date(now.getTime() - 86_400_000)], Values: [count, count] };
    }),
  }),
};

test("failed starts are counted by the group of the schedules that are on, errors of the target and dropped starts", async () => {
  const schedules = [
    schedule("night", "backup"),
    schedule("night", "again"),
    schedule("day", "b"),
    schedule("off", "c", { enabled: false }),
  ];
  const refusals = await readRefusals(aContext(counting), asked, { rules: [], schedules }, () => undefined);
  expect(refusals(backup.arn)).toEqual({
    failedInGroups: [
      { group: "night", failed: 12 },
      { group: "day", failed: 0 },
    ],
  });
});

test("a function that no schedule starts is asked nothing, and a refusal is no zero", async () => {
  const none = await readRefusals(aContext({}), asked, { rules: [], schedules: [] }, () => undefined);
  expect(none(backup.arn)).toEqual({});
  const missed: unknown[] = [];
  const denied: Answers = {
    "cloudwatch:GetMetricData": () => {
      throw awsError("AccessDeniedException");
    },
  };
  const refused = await readRefusals(aContext(denied), asked, { rules: [], schedules: [schedule("night", "backup")] }, (error) =>
    missed.push(error),
  );
  expect(refused(backup.arn)).toEqual({});
  expect(missed).toHaveLength(1);
});
