import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../infra/configuration.ts";
import { resources, template } from "./synthesized.ts";

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
}

const stack = template();
const actionsOf = ({ Action }: Statement) => [Action].flat();

function statementsOf(part: string): Statement[] {
  const roles = resources(stack, "AWS::IAM::Role").flatMap(([id]) => (id.startsWith(part) ? [id] : []));
  return resources(stack, "AWS::IAM::Policy")
    .filter(([, { Properties }]) => Properties.Roles.some(({ Ref }: { Ref: string }) => roles.includes(Ref)))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
}

const fetchers = (of: typeof stack) => resources(of, "AWS::Lambda::Function").filter(([id]) => id.startsWith("Advisories"));

describe("the function that fetches advisories", () => {
  it("runs every few hours, from the deployment on, so that a scan at any time finds them", () => {
    stack.hasResourceProperties("AWS::Scheduler::Schedule", {
      ScheduleExpression: "rate(4 hours)",
      FlexibleTimeWindow: { Mode: "OFF" },
      State: "ENABLED",
    });
    const [[, { Properties }] = ["", { Properties: {} }]] = fetchers(stack);
    expect(Properties).toMatchObject({ Timeout: 900, Runtime: "nodejs24.x", Architectures: ["arm64"] });
    // nothing of the table and the topics
    expect(Object.keys(Properties.Environment.Variables).toSorted()).toEqual([
      "BUCKET_NAME",
      "MALLOC_ARENA_MAX",
      "NODE_OPTIONS",
      "POWERTOOLS_SERVICE_NAME",
    ]);
  });

  it("may read and write the advisories in our bucket, and nothing else", () => {
    const allowed = statementsOf("AdvisoriesRole").filter(({ Effect }) => Effect === "Allow");
    expect(allowed.map(actionsOf)).toEqual([
      ["s3:GetObject", "s3:PutObject"],
      ["s3:ListBucket"],
      ["logs:CreateLogStream", "logs:PutLogEvents"],
    ]);
    expect(JSON.stringify(allowed[0]?.Resource)).toMatch(/\/advisories\/\*"/);
    const denied = statementsOf("AdvisoriesRole").filter(({ Effect }) => Effect === "Deny");
    expect(denied.flatMap(actionsOf)).toEqual(
      statementsOf("NearTimeoutRole")
        .filter(({ Effect }) => Effect === "Deny")
        .flatMap(actionsOf),
    );
  });

  it("is started by a role that may start it and nothing else", () => {
    expect(statementsOf("AdvisoriesStarter")).toEqual([
      { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: { "Fn::GetAtt": [fetchers(stack)[0]?.[0], "Arn"] } },
    ]);
  });

  it("is heard of when it fails two days in a row", () => {
    stack.hasResourceProperties("AWS::CloudWatch::Alarm", {
      MetricName: "Errors",
      Dimensions: [{ Name: "FunctionName", Value: { Ref: fetchers(stack)[0]?.[0] } }],
      Period: 86_400,
      EvaluationPeriods: 2,
      DatapointsToAlarm: 2,
      TreatMissingData: "notBreaching",
    });
  });

  it.each([
    ["the settings switch advisories off", { settings: { advisories: { source: "off" } } }],
    ["no code is read", { code: false }],
  ])("is not there where %s, nor is its alarm", (_, options) => {
    const without = template(options);
    expect(fetchers(without)).toEqual([]);
    expect(resources(without, "AWS::CloudWatch::Alarm")).toHaveLength(resources(stack, "AWS::CloudWatch::Alarm").length - 1);
  });

  it.each(["source", "kev", "epss"])("reads no files: %s has to be an address", (name) => {
    const options = (place: string) => ({ settings: { advisories: { [name]: place } } });
    expect(() => template(options("./osv"))).toThrow(ConfigurationError);
    expect(() => template(options("./osv"))).toThrow(new RegExp(`advisories\\.${name} is no address`));
    expect(fetchers(template(options("https://mirror.example.com/osv")))).toHaveLength(1);
  });
});
