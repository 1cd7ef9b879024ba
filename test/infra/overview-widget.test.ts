import { Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, it } from "vitest";
import { latestOverviewKey } from "../../shared/page-upkeep/keep-page.ts";
import { anApp, aStack, resources, template } from "./synthesized.ts";

const off = template();
const on = template({ widget: true });
const widgetsIn = (stack: typeof on) =>
  resources(stack, "AWS::CloudWatch::Dashboard").filter(([, { Properties }]) =>
    JSON.stringify(Properties.DashboardBody).includes('\\"type\\":\\"custom\\"'),
  );

describe("the widget", () => {
  it("is off by default", () => {
    expect(resources(off, "AWS::Lambda::Function").filter(([id]) => id.startsWith("Widget"))).toEqual([]);
    expect(widgetsIn(off)).toEqual([]);
  });

  it("switched on, stands in the dashboard with a function that reads one object and nothing else", () => {
    const [[id] = [""], ...more] = resources(on, "AWS::Lambda::Function").filter(([one]) => one.startsWith("Widget"));
    expect(more).toEqual([]);
    expect(JSON.stringify(widgetsIn(on))).toContain(id);
    const roles = resources(on, "AWS::IAM::Role").flatMap(([one]) => (one.startsWith("Widget") ? [one] : []));
    const allowed = resources(on, "AWS::IAM::Policy")
      .filter(([, { Properties }]) => Properties.Roles.some(({ Ref }: { Ref: string }) => roles.includes(Ref)))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
      .filter(({ Effect }: { Effect: string }) => Effect === "Allow");
    expect(allowed.flatMap(({ Action }: { Action: string | string[] }) => [Action].flat()).sort()).toEqual([
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "s3:GetObject",
      "s3:ListBucket",
    ]);
    expect(JSON.stringify(allowed)).toContain(`/${latestOverviewKey}`);
    expect(JSON.stringify(allowed)).not.toMatch(/"Resource":"\*"|\/\*"/);
  });

  it("has its function without the dashboard too, for dashboards of one's own", () => {
    const alone = template({ widget: true, dashboard: false });
    expect(resources(alone, "AWS::CloudWatch::Dashboard")).toEqual([]);
    expect(Object.keys(alone.findOutputs("WidgetFunctionArn"))).toHaveLength(1);
  });

  it("argues what a checker of the stack would say", () => {
    const app = anApp();
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    aStack(app, { widget: true });
    expect(() => app.synth()).not.toThrow();
  });

  it("cannot be switched half", () => {
    expect(() => template({ widget: "yes" })).toThrow('widget: "yes" must be true or false');
  });
});
