import { describe, expect, it } from "vitest";
import { sweepActions } from "../../shared/collect/cloudwatch/recent-durations.ts";
import { resources, template } from "./synthesized.ts";

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
}

const plain = template();
const withAlarms = template({ alarms: true });
const actionsOf = ({ Action }: Statement) => [Action].flat();

/** Statements of every policy of the roles whose logical id begins like this. */
function statementsOf(stack: typeof plain, part: string): Statement[] {
  const roles = resources(stack, "AWS::IAM::Role").flatMap(([id]) => (id.startsWith(part) ? [id] : []));
  return resources(stack, "AWS::IAM::Policy")
    .filter(([, { Properties }]) => Properties.Roles.some(({ Ref }: { Ref: string }) => roles.includes(Ref)))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
}

function allowedToWriteAlarms(stack: typeof plain): [string, unknown][] {
  const all = resources(stack, "AWS::IAM::Policy").flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as Statement[]);
  return all
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap((statement) =>
      actionsOf(statement)
        .filter((action) => /^cloudwatch:(?!(Get|List|Describe))/.test(action))
        .map((action): [string, unknown] => [action, statement.Resource]),
    );
}

function variablesOf(stack: typeof plain, part: string): Record<string, unknown> {
  return resources(stack, "AWS::Lambda::Function").find(([id]) => id.startsWith(part))?.[1].Properties.Environment.Variables;
}

describe("alarms that follow the timeout", () => {
  it("are off by default: no role of the stack may write to CloudWatch", () => {
    expect(allowedToWriteAlarms(plain)).toEqual([]);
    expect(variablesOf(plain, "Scan")).not.toHaveProperty("ALARM_TOPIC_ARN");
  });

  it("switched on, let the scan write alarms of our names and no others, and publish where alarms can", () => {
    const written = allowedToWriteAlarms(withAlarms);
    expect(written.map(([action]) => action)).toEqual(["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"]);
    for (const [, on] of written) expect(JSON.stringify(on)).toMatch(/:cloudwatch:\*:.*:alarm:smalltarget-\*"/);
    expect(variablesOf(withAlarms, "Scan").ALARM_TOPIC_ARN).toEqual(withAlarms.toJSON().Outputs.OperationsTopicArn.Value);
    expect(statementsOf(withAlarms, "NearTimeout").flatMap(actionsOf)).not.toContain("cloudwatch:PutMetricAlarm");
  });

  it("cannot be switched half", () => {
    expect(() => template({ alarms: "yes" })).toThrow('alarms: "yes" must be true or false');
  });
});

describe("the hourly sweep", () => {
  it("runs every hour, for minutes at most, and forgets its log", () => {
    plain.hasResourceProperties("AWS::Scheduler::Schedule", { ScheduleExpression: "rate(1 hour)" });
    plain.hasResourceProperties("AWS::Lambda::Function", { Timeout: 300, Runtime: "nodejs24.x", Architectures: ["arm64"] });
    plain.hasResourceProperties("AWS::Logs::LogGroup", { RetentionInDays: 30 });
  });

  it("may look at run times, write its own table and publish to its own topic, no more", () => {
    const allowed = statementsOf(plain, "NearTimeoutRole").filter(({ Effect }) => Effect === "Allow");
    expect(allowed.filter(({ Resource: on }) => on === "*").flatMap(actionsOf)).toEqual([...sweepActions]);
    const writes = allowed.flatMap(actionsOf).filter((action) => !/:(Get|List|Describe|Query)/.test(action));
    expect(writes).toEqual([
      "dynamodb:DeleteItem",
      "dynamodb:PutItem",
      "dynamodb:UpdateItem",
      "sns:Publish",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
    ]);
  });

  it("may speak on the two topics of the stack, and is told when no scan is overdue as the alarm is", () => {
    const topics = resources(plain, "AWS::SNS::Topic").map(([id]) => ({ Ref: id }));
    const publish = statementsOf(plain, "NearTimeoutRole").find((statement) => actionsOf(statement).includes("sns:Publish"));
    expect(publish?.Resource).toEqual(topics);
    const { OPERATIONS_TOPIC_ARN, OVERDUE_HOURS } = variablesOf(plain, "NearTimeout");
    expect(OPERATIONS_TOPIC_ARN).toEqual(plain.toJSON().Outputs.OperationsTopicArn.Value);
    const [, alarm] = resources(plain, "AWS::CloudWatch::Alarm").find(([id]) => id.includes("NoScanCompleted")) ?? [];
    expect(Number(OVERDUE_HOURS) * 3600).toBe(alarm?.Properties.EvaluationPeriods * alarm?.Properties.Period);
  });

  it("is denied what a scan is denied that reads no code, and nothing that it needs", () => {
    const denied = statementsOf(plain, "NearTimeoutRole").filter(({ Effect }) => Effect === "Deny");
    expect(denied.flatMap(actionsOf)).toEqual(
      statementsOf(template({ code: false }), "Scan")
        .filter(({ Effect }) => Effect === "Deny")
        .flatMap(actionsOf),
    );
    expect(denied.flatMap(actionsOf).filter((action) => sweepActions.includes(action))).toEqual([]);
  });

  it("is started by a role that may start it and nothing else", () => {
    const [[sweep] = []] = resources(plain, "AWS::Lambda::Function").filter(([id]) => id.startsWith("NearTimeout"));
    expect(statementsOf(plain, "NearTimeoutStarter")).toEqual([
      { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: { "Fn::GetAtt": [sweep, "Arn"] } },
    ]);
  });
});
