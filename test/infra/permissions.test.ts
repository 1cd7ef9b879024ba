import { describe, expect, it } from "vitest";
import { readActions } from "../../shared/collect/collectors.ts";
import { imageActions } from "../../shared/collect/lambda/code.ts";
import { type Resource, resources, template } from "./synthesized.ts";

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
}

const usual = template();
const stack = usual;
const actionsOf = ({ Action }: Statement) => [Action].flat();

function rolesNamed(part: string, stack = usual): [string, Resource][] {
  return resources(stack, "AWS::IAM::Role").filter(([id]) => id.startsWith(part));
}

/** All statements of the policies of a role. */
function statementsOf(part: string, stack = usual): Statement[] {
  const [[role, { Properties }] = ["", { Properties: {} }]] = rolesNamed(part, stack);
  expect(Properties.ManagedPolicyArns, "managed policies").toBeUndefined();
  expect(Properties.Policies, "policies in the role").toBeUndefined();
  return resources(stack, "AWS::IAM::Policy")
    .filter(([, policy]) => policy.Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role))
    .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement);
}

const statements = statementsOf("Scan");
const allowed = statements.filter(({ Effect }) => Effect === "Allow");
const denied = statements.filter(({ Effect }) => Effect === "Deny");
const onEverything = allowed.filter(({ Resource: on }) => JSON.stringify(on) === '"*"');

/** The one of IAM that does not sound like it asks IAM to put together a report; AWS has it as Read. */
const readOnly = /^([a-z0-9-]+:(GET|(List|Describe|Get|Lookup)[A-Za-z]+)|ecr:BatchGetImage|iam:GenerateServiceLastAccessedDetails)$/;

describe("the role of the scan", () => {
  it("may do with every resource exactly what the collectors say they use", () => {
    expect(onEverything.flatMap(actionsOf).toSorted()).toEqual(readActions());
  });

  it("may ask for links to code only where reading code is switched on", () => {
    const withoutCode = resources(template({ code: false }), "AWS::IAM::Policy").flatMap(
      ([, policy]) => policy.Properties.PolicyDocument.Statement as Statement[],
    );
    const links = ["lambda:GetFunction", "lambda:GetLayerVersion"];
    const effects = (all: readonly Statement[]) =>
      all.filter((statement) => actionsOf(statement).some((action) => links.includes(action))).map(({ Effect, Sid }) => `${Effect} ${Sid}`);
    expect(effects(statements)).toEqual(["Allow LookAtTheAccount"]);
    expect(new Set(effects(withoutCode))).toEqual(new Set(["Deny NeverCode"]));
    expect(readActions({ code: false })).toEqual(readActions().filter((action) => !links.includes(action)));
  });

  it("may ask for images only where reading them is switched on, and code is", () => {
    const effects = (options: Readonly<Record<string, unknown>>) =>
      resources(template(options), "AWS::IAM::Policy")
        .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement as Statement[])
        .filter((statement) => actionsOf(statement).includes("ecr:BatchGetImage"))
        .map(({ Effect, Sid }) => `${Effect} ${Sid}`);
    expect(new Set(effects({ images: true }))).toEqual(new Set(["Allow LookAtTheAccount", "Deny NeverCode"]));
    for (const off of [{}, { images: false }, { images: true, code: false }])
      expect(new Set(effects(off))).toEqual(new Set(["Deny NeverCode"]));
    const withImages = readActions({ images: true });
    expect(readActions()).toEqual(withImages.filter((action) => !imageActions.some((one) => one === action)));
    expect(withImages.length).toBe(readActions().length + imageActions.length);
  });

  it("may only look there: no action that writes, runs or reads contents", () => {
    for (const action of onEverything.flatMap(actionsOf)) expect(action).toMatch(readOnly);
  });

  it("may write to what is ours and to nothing else", () => {
    const own = allowed.filter((statement) => !onEverything.includes(statement));
    const byResource = own.map((statement) => [statement.Sid, actionsOf(statement), JSON.stringify(statement.Resource)]);
    expect(byResource.map(([sid, actions]) => [sid, actions])).toEqual([
      [
        "OwnTable",
        [
          "dynamodb:BatchWriteItem",
          "dynamodb:DeleteItem",
          "dynamodb:DescribeTable",
          "dynamodb:GetItem",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
        ],
      ],
      ["OwnTableQueries", ["dynamodb:Query"]],
      ["OwnObjects", ["s3:GetObject", "s3:PutObject"]],
      ["ReadAdvisories", ["s3:GetObject"]],
      ["OwnBucket", ["s3:ListBucket"]],
      ["OwnTopic", ["sns:Publish"]],
      ["OwnLogs", ["logs:CreateLogStream", "logs:PutLogEvents"]],
      ["OwnCheckpoints", ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]],
    ]);
    const inStack = new Set(resources(stack).map(([id]) => id));
    for (const [sid, , on] of byResource) {
      const ids = [...String(on).matchAll(/"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/g)].map(([, id]) => id);
      expect(ids.length, String(sid)).toBeGreaterThan(0);
      for (const id of ids) expect(inStack, String(sid)).toContain(id);
    }
  });

  it("has wildcards on what is ours only where names are made at run time", () => {
    const wild = allowed.filter((statement) => !onEverything.includes(statement) && JSON.stringify(statement.Resource).includes("*"));
    expect(wild.map(({ Sid }) => Sid)).toEqual(["OwnObjects", "ReadAdvisories", "OwnCheckpoints"]);
    expect(JSON.stringify(wild[0]?.Resource).match(/\/\w*\/?\*/g)).toEqual([
      "/artifacts/*",
      "/reads/*",
      "/reports/*",
      "/scans/*",
      "/snapshots/*",
    ]);
  });

  it.each([
    "secretsmanager:BatchGetSecretValue",
    "ssm:GetParameterHistory",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
    "lambda:InvokeFunction",
    "sqs:ReceiveMessage",
  ])("is denied %s everywhere, whatever else is attached to it", (action) => {
    expect(denied.filter(({ Resource: on }) => on === "*").flatMap(actionsOf)).toContain(action);
  });

  it("is denied objects and items outside of its own bucket and table", () => {
    const [[bucket] = []] = resources(stack, "AWS::S3::Bucket");
    const [[table] = []] = resources(stack, "AWS::DynamoDB::GlobalTable");
    const exceptions = denied.filter(({ NotResource }) => NotResource !== undefined);
    expect(
      exceptions.map((statement) => [
        statement.Sid,
        JSON.stringify(statement.NotResource).includes(String(statement.Sid === "NeverOtherObjects" ? bucket : table)),
      ]),
    ).toEqual([
      ["NeverOtherObjects", true],
      ["NeverOtherItems", true],
    ]);
  });

  const ofChannels = /^(sns:Publish|events:PutEvents|ssm:GetParameter$|secretsmanager:Get|kms:)/;
  const arn = (service: string, resource: string) => ({
    "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, `:${service}:`, { Ref: "AWS::Region" }, ":", { Ref: "AWS::AccountId" }, resource]],
  });
  const one = <T>(list: readonly T[]): unknown => (list.length === 1 ? list[0] : list);

  it.each(["Scan", "NearTimeout"])("of %s reads no secret where no channel names one", (role) => {
    const all = statementsOf(role);
    const about = all.filter((statement) =>
      actionsOf(statement).some((action) => /^(secretsmanager:GetSecretValue|ssm:GetParameter$|kms:)/.test(action)),
    );
    expect(about.filter(({ Effect }) => Effect === "Allow")).toEqual([]);
    const denials = about.filter(({ Effect, Resource: on }) => Effect === "Deny" && on === "*").flatMap(actionsOf);
    expect(denials).toEqual(expect.arrayContaining(["ssm:GetParameter", "secretsmanager:GetSecretValue"]));
  });

  it.each(["Scan", "NearTimeout"])("of %s may do what the channels of the settings need, and is denied all other secrets", (role) => {
    const elsewhere = "arn:aws:sns:eu-west-1:111122223333:alerts";
    const channels = {
      chat: { kind: "slack", webhook: "ssm:/team/slack" },
      hook: { kind: "webhook", url: "secretsmanager:team/hook#url", signingKey: "secretsmanager:team/hook#key" },
      bus: { kind: "eventbridge", bus: "integration" },
      far: { kind: "eventbridge", bus: "arn:aws:events:eu-west-1:222233334444:event-bus/central" },
      mail: { kind: "sns", topic: elsewhere },
    };
    const all = statementsOf(role, template({ settings: { channels } }));
    const parameter = arn("ssm", ":parameter/team/slack");
    const secret = arn("secretsmanager", ":secret:team/hook-??????");
    const allowing = all.filter(
      (statement) => statement.Effect === "Allow" && actionsOf(statement).some((action) => ofChannels.test(action)),
    );
    const key = arn("kms", ":key/*");
    const keyOf = (service: string, context: string, name: unknown) => ({
      StringEquals: { "kms:ViaService": { "Fn::Join": ["", [`${service}.`, { Ref: "AWS::Region" }, ".", { Ref: "AWS::URLSuffix" }]] } },
      StringLike: { [`kms:EncryptionContext:${context}`]: [name] },
    });
    expect(allowing.filter(({ Sid }) => Sid !== "OwnTopics")).toEqual(
      [
        { Sid: "ChannelTopics", Action: "sns:Publish", Resource: elsewhere },
        { Sid: "ChannelBuses", Action: "events:PutEvents", Resource: [channels.far.bus, arn("events", ":event-bus/integration")] },
        { Sid: "ChannelParameters", Action: "ssm:GetParameter", Resource: parameter },
        { Sid: "ChannelParameterKeys", Action: "kms:Decrypt", Resource: key, Condition: keyOf("ssm", "PARAMETER_ARN", parameter) },
        { Sid: "ChannelSecrets", Action: "secretsmanager:GetSecretValue", Resource: one([secret]) },
        { Sid: "ChannelSecretKeys", Action: "kms:Decrypt", Resource: key, Condition: keyOf("secretsmanager", "SecretARN", secret) },
      ].map((statement) => ({ Effect: "Allow", ...statement })),
    );
    expect(all.find(({ Sid }) => Sid === "NeverOtherParameters")).toMatchObject({ Effect: "Deny", NotResource: parameter });
    expect(all.find(({ Sid }) => Sid === "NeverOtherSecrets")).toMatchObject({ Effect: "Deny", NotResource: secret });
  });

  it.each(["Scan", "NearTimeout"])(
    "of %s may write findings of our own product where a channel goes to Security Hub, and only there",
    (role) => {
      const about = (hub?: object) =>
        statementsOf(role, hub ? template({ settings: { channels: { hub: { kind: "securityhub", ...hub } } } }) : undefined)
          .filter((statement) => actionsOf(statement).some((action) => action.startsWith("securityhub:")))
          .map(({ Effect, Action, Resource: on }) => [Effect, Action, on]);
      const inRegion = (region: string, ...resource: unknown[]) => ({
        "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, `:securityhub:${region}:`, { Ref: "AWS::AccountId" }, ...resource]],
      });
      const allowed = (region: string) => [
        ["Allow", "securityhub:BatchImportFindings", inRegion(region, ":product/", { Ref: "AWS::AccountId" }, "/default")],
        ["Allow", "securityhub:BatchUpdateFindings", inRegion(region, ":hub/default")],
      ];
      expect(about()).toEqual([]);
      expect(about({})).toEqual(allowed("*"));
      expect(about({ region: "eu-central-1" })).toEqual(allowed("eu-central-1"));
    },
  );

  it("is denied nothing that it needs", () => {
    const needed = new Set(onEverything.flatMap(actionsOf));
    expect(denied.flatMap(actionsOf).filter((action) => needed.has(action) || action.startsWith("kms:"))).toEqual([]);
  });
});

describe("the role of the schedule", () => {
  it("may start the scan and keep what it could not start, no more", () => {
    const [[alias] = []] = resources(stack, "AWS::Lambda::Alias");
    const [[queue] = []] = resources(stack, "AWS::SQS::Queue");
    expect(statementsOf("Schedule").map(({ Action, Resource: on }) => [Action, on])).toEqual([
      ["lambda:InvokeFunction", { Ref: alias }],
      ["sqs:SendMessage", { "Fn::GetAtt": [queue, "Arn"] }],
    ]);
  });

  it("is for schedules of our group in this account", () => {
    const [[, role] = []] = rolesNamed("Schedule");
    const condition = role?.Properties.AssumeRolePolicyDocument.Statement[0].Condition.StringEquals;
    expect(condition["aws:SourceAccount"]).toEqual({ Ref: "AWS::AccountId" });
    expect(JSON.stringify(condition["aws:SourceArn"])).toContain("Group");
  });
});
