/**
 * Carries out a plan. Every alarm is made with its tag in the one request, and what is there already is asked for its tag right
 * before it is touched: whenever this is cut off, nothing of ours is untagged and nothing of others is changed. The next run reads
 * what is there and does what is missing.
 */
import { DeleteAlarmsCommand, DescribeAlarmsCommand, PutMetricAlarmCommand, TagResourceCommand } from "@aws-sdk/client-cloudwatch";
import type { AlarmPlan, Put, Removal } from "../alarms/alarm-plan.ts";
import { alarmTag, type WantedAlarm } from "../alarms/alarm-shape.ts";
import type { Clients } from "../aws/clients.ts";
import { codeOf, operationOf, statusOf } from "../aws/errors.ts";
import { cleanText } from "../model/plain-text.ts";
import { ownTag } from "./own-alarms.ts";

export interface AlarmLine {
  readonly region: string;
  readonly name: string;
  readonly why: string;
}

export interface ApplyReport {
  readonly put: readonly AlarmLine[];
  readonly removed: readonly AlarmLine[];
  /** Not touched, for it is not ours. */
  readonly foreign: readonly AlarmLine[];
  readonly failed: readonly AlarmLine[];
}

/** @throws nothing that AWS answers: that is in `failed`, and the rest goes on, except where the same refusal awaits it */
export async function applyAlarms(clients: Clients, { put, remove }: Pick<AlarmPlan, "put" | "remove">): Promise<ApplyReport> {
  const report = { put: [] as AlarmLine[], removed: [] as AlarmLine[], foreign: [] as AlarmLine[], failed: [] as AlarmLine[] };
  const refused = new Set<string>();
  // one after the other: three a second is all that AWS allows, and the pace sees to that
  const attempt = async (
    kind: "put" | "removed",
    { region, name }: { region: string; name: string },
    why: string,
    work: () => Promise<boolean>,
  ) => {
    if (refused.has(`${kind}|${region}`)) return void report.failed.push({ region, name, why: "refused like the one before" });
    try {
      const isOurs = await work();
      report[isOurs ? kind : "foreign"].push({ region, name, why: isOurs ? why : "it does not carry our tag: left alone" });
    } catch (error) {
      if (statusOf(error) === "denied") refused.add(`${kind}|${region}`);
      report.failed.push({ region, name, why: reasonOf(error) });
    }
  };
  // what goes makes room and money for what comes
  for (const removal of remove) await attempt("removed", removal.alarm, removal.why, () => removeOne(clients, removal));
  for (const one of put) await attempt("put", one.alarm, one.why, () => putOne(clients, one));
  return report;
}

/** False when what has that name is not ours. */
async function putOne(clients: Clients, { alarm }: Put): Promise<boolean> {
  const cloudwatch = clients.cloudwatch(alarm.region);
  const there = await arnOf(clients, alarm);
  if (there === undefined) {
    await cloudwatch.send(new PutMetricAlarmCommand({ ...inputOf(alarm), Tags: [{ Key: alarmTag, Value: alarm.hash }] }));
    return true;
  }
  if ((await ownTag(clients, alarm.region, there)) === undefined) return false;
  // tags of an update are ignored by AWS. It keeps the old tag until the new one is set: cut off in between, the next run does both again
  await cloudwatch.send(new PutMetricAlarmCommand(inputOf(alarm)));
  await cloudwatch.send(new TagResourceCommand({ ResourceARN: there, Tags: [{ Key: alarmTag, Value: alarm.hash }] }));
  return true;
}

async function removeOne(clients: Clients, { alarm }: Removal): Promise<boolean> {
  const there = await arnOf(clients, alarm);
  // somebody was quicker
  if (there === undefined) return true;
  if ((await ownTag(clients, alarm.region, there)) === undefined) return false;
  await clients.cloudwatch(alarm.region).send(new DeleteAlarmsCommand({ AlarmNames: [alarm.name] }));
  return true;
}

/** The alarm of that name, of either kind, as it is now. */
async function arnOf(clients: Clients, { region, name }: { readonly region: string; readonly name: string }): Promise<string | undefined> {
  const answer = await clients
    .cloudwatch(region)
    .send(new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ["MetricAlarm", "CompositeAlarm"] }));
  return [...(answer.MetricAlarms ?? []), ...(answer.CompositeAlarms ?? [])].find(({ AlarmName }) => AlarmName === name)?.AlarmArn;
}

function inputOf(alarm: WantedAlarm) {
  return {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description,
    ActionsEnabled: true,
    AlarmActions: [alarm.topicArn],
    Namespace: "AWS/Lambda",
    MetricName: "Duration",
    Dimensions: [{ Name: "FunctionName", Value: alarm.functionName }],
    Statistic: "Maximum" as const,
    Period: alarm.periodSeconds,
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: 1,
    Threshold: alarm.thresholdMs,
    ComparisonOperator: "GreaterThanOrEqualToThreshold" as const,
    TreatMissingData: "notBreaching",
  };
}

function reasonOf(error: unknown): string {
  const said = error instanceof Error ? cleanText(error.message, 200) : String(error);
  return `${operationOf(error) ?? "cloudwatch"} failed (${codeOf(error)}: ${said})`;
}
