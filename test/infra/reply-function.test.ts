import { Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, it } from "vitest";
import { anApp, aStack, resources, template } from "./synthesized.ts";

const off = template();
const on = template({ replies: true });

describe("answers from outside", () => {
  it("are off by default: nothing of the stack can be reached without credentials", () => {
    expect(resources(off, "AWS::Lambda::Url")).toEqual([]);
    expect(resources(off, "AWS::SecretsManager::Secret")).toEqual([]);
    expect(resources(off, "AWS::Chatbot::CustomAction")).toEqual([]);
  });

  it("switched on, open one URL, whose function may write answers and nothing else", () => {
    expect(resources(on, "AWS::Lambda::Url")).toHaveLength(1);
    const roles = resources(on, "AWS::IAM::Role").flatMap(([id]) => (id.startsWith("Reply") ? [id] : []));
    const statements = resources(on, "AWS::IAM::Policy")
      .filter(([, { Properties }]) => Properties.Roles.some(({ Ref }: { Ref: string }) => roles.includes(Ref)))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
    expect(statements.flatMap(({ Action }: { Action: string | string[] }) => [Action].flat()).sort()).toEqual([
      "dynamodb:DeleteItem",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "secretsmanager:GetSecretValue",
    ]);
    expect(JSON.stringify(statements)).not.toContain('"Resource":"*"');
    const deletion = statements.find(({ Sid }: { Sid: string }) => Sid === "OwnOwners");
    expect(JSON.stringify(deletion.Condition)).toContain("OWNER#");
  });

  it("give the button a command that chat takes", () => {
    const [action] = resources(on, "AWS::Chatbot::CustomAction");
    const command = JSON.stringify(action?.[1].Properties.Definition.CommandText);
    expect(command).toContain("lambda invoke --function-name SmallTarget-reply --payload");
    expect(command).toContain('{\\\\\\"id\\\\\\":\\\\\\"$id\\\\\\"}'.replaceAll("\\\\\\", "\\"));
    expect('lambda invoke --function-name SmallTarget-reply --payload {"id":"$id"} --region ap-southeast-1'.length).toBeLessThanOrEqual(
      100,
    );
  });

  it("argue what a checker of the stack would say", () => {
    const app = anApp();
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    aStack(app, { replies: true });
    expect(() => app.synth()).not.toThrow();
  });

  it("cannot be switched half", () => {
    expect(() => template({ replies: "yes" })).toThrow('replies: "yes" must be true or false');
  });
});
