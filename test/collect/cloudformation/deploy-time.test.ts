import { expect, test } from "vitest";
import { readDeployTime } from "../../../shared/collect/cloudformation/deploy-time.ts";
import type { Coverage } from "../../../shared/model/coverage.ts";
import { awsError } from "../../stub-account.ts";
import { type Answers, aContext, answering } from "../a-context.ts";
import { aConfiguration } from "../a-service.ts";

const seed = aConfiguration("seed");
const template = JSON.stringify({
  Resources: {
    Seed: { Type: "AWS::Lambda::Function" },
    Rows: { Type: "Custom::Rows", Properties: { ServiceToken: { "Fn::GetAtt": ["Seed", "Arn"] } } },
    Far: { Type: "Custom::Far", Properties: { ServiceToken: aConfiguration("shared").arn } },
  },
});
const inStack = (name: string, logicalId: string) => ({
  arn: aConfiguration(name).arn,
  tags: { "aws:cloudformation:stack-name": "shop", "aws:cloudformation:logical-id": logicalId },
});

async function read(names: readonly string[], answers: Answers, tags = [inStack("seed", "Seed")], status: Coverage["status"] = "complete") {
  const tape = answering(answers);
  const missed: unknown[] = [];
  const part = { items: tags, coverage: { collector: "tags", region: "eu-west-1", status } };
  const of = await readDeployTime(
    aContext(tape),
    names.map((name) => aConfiguration(name)),
    part,
    (error) => missed.push(error),
  );
  return { of, missed, calls: tape.asked.length };
}

test("the template of each stack with a quiet function is asked once, and says what calls it", async () => {
  const answers: Answers = { "cloudformation:GetTemplate": () => ({ TemplateBody: template }) };
  const { of, calls } = await read(["seed", "shared", "orders"], answers, [inStack("seed", "Seed"), inStack("orders", "Orders")]);
  expect(of(seed)).toEqual({ reason: "called by custom resource Rows of stack shop" });
  expect(of(aConfiguration("shared"))).toEqual({ reason: "called by custom resource Far of stack shop" });
  expect(of(aConfiguration("orders"))).toEqual({});
  // the list of stacks, and one template
  expect(calls).toBe(2);
  expect((await read([], answers)).calls).toBe(0);
});

test("templates of other stacks name it by an export, a parameter or its name", async () => {
  const exporter = {
    Resources: { Provider: { Type: "AWS::Lambda::Function" } },
    Outputs: { Arn: { Value: { "Fn::GetAtt": ["Provider", "Arn"] }, Export: { Name: { "Fn::Sub": `\${AWS::StackName}-Arn` } } } },
  };
  const custom = (token: object) => ({ Resources: { Key: { Type: "Custom::Key", Properties: { ServiceToken: token } } } });
  const bodies: Record<string, string> = {
    shop: JSON.stringify(exporter),
    // as people write YAML: in one line, with single quotes
    user: "{'Resources': {'Key': {'Type': 'Custom::Key', 'Properties': {'ServiceToken': {'Fn::ImportValue': 'shop-Arn'}}}}}",
    told: JSON.stringify({ ...custom({ Ref: "Token" }), Parameters: { Token: { Type: "String" } } }),
    named: JSON.stringify(custom({ "Fn::Sub": `arn:aws:lambda:\${AWS::Region}:\${AWS::AccountId}:function:by-name` })),
  };
  const { of } = await read(
    ["seed", "by-parameter", "by-name", "alone"],
    {
      "cloudformation:DescribeStacks": () => ({
        Stacks: Object.keys(bodies).map((StackName) => ({
          StackName,
          CreationTime: new Date("2026-01-01T00:00:00Z"),
          Parameters: [{ ParameterKey: "Token", ParameterValue: aConfiguration("by-parameter").arn }],
        })),
      }),
      "cloudformation:GetTemplate": ({ StackName }) => ({ TemplateBody: bodies[String(StackName)] ?? "{}" }),
    },
    [inStack("seed", "Provider")],
  );
  expect(of(seed)).toEqual({ reason: "called by custom resource Key of stack user" });
  expect(of(aConfiguration("by-parameter"))).toEqual({ reason: "called by custom resource Key of stack told" });
  expect(of(aConfiguration("by-name"))).toEqual({ reason: "called by custom resource Key of stack named" });
  expect(of(aConfiguration("alone"))).toEqual({});
});

test("a stack that is gone calls nobody any more", async () => {
  const gone = Object.assign(new Error("Stack with id shop does not exist"), { name: "ValidationError" });
  const { of, missed } = await read(["seed"], {
    "cloudformation:GetTemplate": () => {
      throw gone;
    },
  });
  expect(of(seed)).toEqual({});
  expect(missed).toEqual([]);
});

test("refused, unreadable, or with tags unread, it is not known", async () => {
  const refused = await read(["seed"], {
    "cloudformation:GetTemplate": () => {
      throw awsError("AccessDenied");
    },
  });
  expect(refused.of(seed)).toEqual({ unread: true });
  expect(refused.missed).toHaveLength(1);
  const garbled = await read(["seed"], { "cloudformation:GetTemplate": () => ({ TemplateBody: "{" }) });
  expect(garbled.of(seed)).toEqual({ unread: true });
  const untagged = await read(["seed"], {}, [], "denied");
  expect(untagged.of(seed)).toEqual({ unread: true });
});
