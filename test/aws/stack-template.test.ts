import { describe, expect, test } from "vitest";
import { redactAnswer } from "../../shared/aws/redact.ts";
import { calledByDeployment } from "../../shared/aws/stack-template.ts";

describe("what a template says about who runs at a deployment", () => {
  test("in YAML with short forms, of custom resources, macros and hooks", () => {
    const called = calledByDeployment(`
AWSTemplateFormatVersion: "2010-09-09"
Parameters: {Secret: {Type: String, NoEcho: true}}
Resources:
  Seed: {Type: "AWS::Lambda::Function", Properties: {Environment: {Variables: {KEY: !Ref Secret}}}}
  Fill: {Type: AWS::Lambda::Function}
  Rows: {Type: "Custom::Rows", Properties: {ServiceToken: !GetAtt Seed.Arn, Rows: !Sub "\${App}"}}
  Other: {Type: AWS::CloudFormation::CustomResource, Properties: {ServiceToken: !GetAtt [Fill, Arn]}}
  Macro: {Type: AWS::CloudFormation::Macro, Properties: {FunctionName: !Sub "arn:x:\${Expand}"}}
  Expand: {Type: AWS::Lambda::Function}
  Hook: {Type: AWS::Lambda::Function}
  App: {Type: AWS::Lambda::Function}
  Live:
    Type: AWS::Lambda::Alias
    Properties: {FunctionName: !Ref App}
    UpdatePolicy: {CodeDeployLambdaAliasUpdate: {BeforeAllowTrafficHook: !Ref Hook, ApplicationName: !Ref Deploy}}
  Elsewhere: {Type: "Custom::Far", Properties: {ServiceToken: "arn:aws:lambda:eu-west-1:111122223333:function:shared"}}
`);
    expect(called.calls).toEqual({
      Seed: "called by custom resource Rows",
      Fill: "called by custom resource Other",
      Expand: "called by macro Macro",
      Hook: "hook of the deployment of Live",
      "function:shared": "called by custom resource Elsewhere",
    });
  });

  test("is nothing where there is nothing, and an error where it is no template", () => {
    for (const text of ['{"Resources":null}', '{"Resources":{"A":null,"B":{"Type":7}}}', "Resources: {}"]) {
      expect(calledByDeployment(text)).toEqual({ calls: {}, exports: [] });
    }
    const torn = 'Resources:\n  A: {Type: "Custom::A}\n  B: {Type: Custom::B}\n';
    for (const text of ["", "{", "{}", "just text", "null", torn, "a: 1\n---\nb: 2"]) expect(() => calledByDeployment(text)).toThrow();
  });

  test("does not run away with references in circles or aliases of YAML that multiply", () => {
    const circle = {
      V: { Type: "AWS::Lambda::Version", Properties: { FunctionName: { Ref: "V" } } },
      C: { Type: "Custom::C", Properties: { ServiceToken: { Ref: "V" } } },
    };
    expect(calledByDeployment(JSON.stringify({ Resources: circle })).calls).toEqual({});
    const everything = (i: number) => ({ "Fn::Sub": Array.from({ length: 60 }, (_, n) => `\${L${i}x${n}}`).join("") });
    const layers = Array.from({ length: 5 }, (_, i) =>
      Array.from({ length: 60 }, (_, n) => [`L${i}x${n}`, { Type: "AWS::Lambda::Alias", Properties: { FunctionName: everything(i + 1) } }]),
    ).flat();
    const wide = { ...Object.fromEntries(layers), C: { Type: "Custom::C", Properties: { ServiceToken: everything(0) } } };
    expect(calledByDeployment(JSON.stringify({ Resources: wide })).calls).toEqual({});
    const bomb = [
      "a: &a [x, x, x, x, x, x, x, x, x]",
      ..."bcdefghi".split("").map((l, i) => `${l}: &${l} [${Array(9).fill(`*${"abcdefghi"[i]}`).join(", ")}]`),
    ];
    expect(() => calledByDeployment(bomb.join("\n"))).toThrow(/alias/);
  });
});

test("a recording holds no more of a template than that", () => {
  const template = {
    Parameters: { Password: { Default: "hunter2" } },
    Resources: {
      Seed: { Type: "AWS::Lambda::Function", Properties: { Environment: { Variables: { KEY: "hunter2" } } } },
      Rows: { Type: "Custom::Rows", Properties: { ServiceToken: { "Fn::GetAtt": ["Seed", "Arn"] }, Password: "hunter2" } },
    },
  };
  const text = JSON.stringify(template);
  const { TemplateBody } = redactAnswer("cloudformation:GetTemplate", { TemplateBody: text }) as { TemplateBody: string };
  expect(TemplateBody).not.toContain("hunter2");
  expect(calledByDeployment(TemplateBody)).toEqual(calledByDeployment(text));
  expect(redactAnswer("cloudformation:GetTemplate", { TemplateBody: "{ hunter2" })).toEqual({ TemplateBody: "{}" });
});
