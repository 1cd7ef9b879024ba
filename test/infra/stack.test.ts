import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { createTableInput } from "../../shared/store/table.ts";
import { resources, template } from "./synthesized.ts";

const stack = template();
const ofType = (type: string) => resources(stack, type).map(([, { Properties }]) => Properties);

describe("the function", () => {
  it("is durable, runs Node 24 on arm64 and is invoked by an alias", () => {
    stack.hasResourceProperties("AWS::Lambda::Function", {
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      MemorySize: 1024,
      Timeout: 900,
      DurableConfig: { ExecutionTimeout: 21_600, RetentionPeriodInDays: 14 },
      ReservedConcurrentExecutions: Match.absent(),
    });
    const [[alias] = []] = resources(stack, "AWS::Lambda::Alias");
    stack.hasResourceProperties("AWS::Scheduler::Schedule", { Target: { Arn: { Ref: alias } } });
  });

  it("is with the hourly sweep and what fetches advisories the only one: the CDK brings no helper of its own, and no custom resource", () => {
    stack.resourceCountIs("AWS::Lambda::Function", 3);
    expect(resources(stack).filter(([, { Type }]) => /^(Custom::|AWS::CloudFormation::CustomResource)/.test(Type))).toEqual([]);
  });

  it("writes to a log group that forgets", () => {
    const [[logGroup] = []] = resources(stack, "AWS::Logs::LogGroup");
    stack.hasResourceProperties("AWS::Logs::LogGroup", { RetentionInDays: 90 });
    stack.hasResourceProperties("AWS::Lambda::Function", { LoggingConfig: { LogGroup: { Ref: logGroup } } });
  });

  it("gets Regions only when they are given", () => {
    const variables = (options: Record<string, unknown>) =>
      resources(template(options), "AWS::Lambda::Function")[0]?.[1].Properties.Environment.Variables;
    expect(Object.keys(variables({}))).not.toContain("REGIONS");
    expect(variables({ regions: ["eu-west-1", "us-east-1"] }).REGIONS).toBe("eu-west-1,us-east-1");
  });
});

describe("the table", () => {
  it("is the one that the program opens", () => {
    const { KeySchema, AttributeDefinitions, BillingMode, GlobalSecondaryIndexes } = createTableInput("any");
    const [table] = ofType("AWS::DynamoDB::GlobalTable");
    expect(table).toMatchObject({ KeySchema, BillingMode });
    expect(table.TableName).toBeUndefined();
    const byName = (a: { AttributeName?: string }, b: { AttributeName?: string }) =>
      String(a.AttributeName).localeCompare(String(b.AttributeName));
    expect(table.AttributeDefinitions.toSorted(byName)).toEqual(AttributeDefinitions?.toSorted(byName));
    expect(table.GlobalSecondaryIndexes).toEqual(GlobalSecondaryIndexes);
    expect(table.TimeToLiveSpecification).toEqual({ AttributeName: "expiresAt", Enabled: true });
  });

  it("can be restored, also after its deletion; and CloudFormation can take it away when a first deployment fails", () => {
    expect(ofType("AWS::DynamoDB::GlobalTable")[0].Replicas).toEqual([
      expect.objectContaining({ DeletionProtectionEnabled: false, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }),
    ]);
  });
});

describe("the bucket", () => {
  it("is private, encrypted, and forgets by folder", () => {
    const [bucket] = ofType("AWS::S3::Bucket");
    expect(new Set(Object.values(bucket.PublicAccessBlockConfiguration))).toEqual(new Set([true]));
    expect(bucket.BucketEncryption).toBeDefined();
    const rules = bucket.LifecycleConfiguration.Rules.map((rule: { Prefix?: string; ExpirationInDays?: number }) => [
      rule.Prefix,
      rule.ExpirationInDays,
    ]);
    expect(rules).toEqual([
      ["artifacts/", 30],
      ["snapshots/", 30],
      ["reads/", 30],
      ["scans/", 400],
      ["reports/", 400],
      ["advisories/", 400],
      [undefined, undefined],
    ]);
  });

  it.each(["AWS::S3::BucketPolicy", "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy"])(
    "and every other door takes encrypted requests only (%s)",
    (type) => {
      for (const { PolicyDocument } of ofType(type)) {
        expect(PolicyDocument.Statement).toContainEqual(
          expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
        );
      }
    },
  );
});

describe("the topics", () => {
  it("have no subscription unless an address is given", () => {
    stack.resourceCountIs("AWS::SNS::Subscription", 0);
  });

  it("send findings and alarms to one address, or each to its own", () => {
    const addresses = (options: Record<string, string>) =>
      resources(template(options), "AWS::SNS::Subscription").map(([, { Properties }]) => Properties.Endpoint);
    expect(addresses({ email: "team@example.com" })).toEqual(["team@example.com", "team@example.com"]);
    expect(addresses({ email: "team@example.com", operationsEmail: "ops@example.com" })).toEqual(["team@example.com", "ops@example.com"]);
    expect(addresses({ operationsEmail: "ops@example.com" })).toEqual(["ops@example.com"]);
  });

  it("for alarms is one that CloudWatch can publish to: not under the AWS-managed key, and its policy says so", () => {
    const { OperationsTopicArn } = stack.toJSON().Outputs;
    const operations = OperationsTopicArn.Value.Ref;
    expect(resources(stack).find(([id]) => id === operations)?.[1].Properties.KmsMasterKeyId).toBeUndefined();
    const policy = ofType("AWS::SNS::TopicPolicy").find(({ Topics }) => Topics[0].Ref === operations);
    expect(policy.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Effect: "Allow", Action: "sns:Publish", Principal: { Service: "cloudwatch.amazonaws.com" } }),
    );
  });
});

describe("the first scan", () => {
  const schedules = (schedule: string) =>
    resources(template({ schedule }), "AWS::Scheduler::Schedule")
      .filter(([id]) => id.startsWith("Schedule"))
      .map(([, { Properties }]) => Properties);

  it("starts with the deployment: a rate begins when it is made, where no start date is given", () => {
    const [daily, first] = schedules("cron(0 6 * * ? *)");
    expect(daily.ScheduleExpression).toBe("cron(0 6 * * ? *)");
    expect(first).toMatchObject({ ScheduleExpression: "rate(365 days)", FlexibleTimeWindow: { Mode: "OFF" }, Target: daily.Target });
    expect(first.StartDate).toBeUndefined();
  });

  it("is that of the chosen schedule, when that is a rate: not two scans at once", () => {
    expect(schedules("rate(12 hours)").map(({ ScheduleExpression }) => ScheduleExpression)).toEqual(["rate(12 hours)"]);
  });

  it("waits for everything that can fail, so that a first deployment that fails can be taken away whole", () => {
    const all = stack.toJSON().Resources as Record<string, { Type: string; DependsOn?: string[] }>;
    const own = (id: string) => id.startsWith("Schedule");
    for (const [id, { DependsOn = [] }] of Object.entries(all).filter(([id, { Type }]) => own(id) && Type === "AWS::Scheduler::Schedule")) {
      const awaited = Object.keys(all).filter((other) => !own(other));
      expect(
        awaited.filter((other) => !DependsOn.includes(other)),
        id,
      ).toEqual([]);
    }
  });
});

describe("what stays when the stack is deleted", () => {
  it("is the table and the bucket; versions go with their function", () => {
    const kept = resources(stack).filter(([, { DeletionPolicy }]) => DeletionPolicy !== "Delete");
    expect(kept.map(([, { Type }]) => Type).toSorted()).toEqual(["AWS::DynamoDB::GlobalTable", "AWS::Lambda::Version", "AWS::S3::Bucket"]);
  });

  it("was decided for every resource, and nothing of a first deployment that failed stays", () => {
    for (const [id, { DeletionPolicy }] of resources(stack)) expect(DeletionPolicy, id).toMatch(/^(Delete|RetainExceptOnCreate)$/);
  });

  it("stays when an update would replace it", () => {
    const kept = resources(stack).filter(([, { DeletionPolicy }]) => DeletionPolicy === "RetainExceptOnCreate");
    for (const [id, { UpdateReplacePolicy }] of kept) expect(UpdateReplacePolicy, id).toBe("Retain");
  });
});

it("a permissions boundary bounds every role of the stack, by name or by ARN", () => {
  const boundaries = (permissionsBoundary: string) =>
    resources(template({ permissionsBoundary }), "AWS::IAM::Role").map(([, { Properties }]) => Properties.PermissionsBoundary);
  const arn = "arn:aws:iam::111122223333:policy/teams/edge";
  expect(new Set(boundaries(arn))).toEqual(new Set([arn]));
  const byName = boundaries("edge");
  expect(byName.length).toBeGreaterThan(3);
  for (const boundary of byName) expect(JSON.stringify(boundary)).toContain(":policy/edge");
});

it("everything that can have tags has ours", () => {
  const tagless = /Policy$|::(Version|Alias|Schedule|Subscription)$/;
  for (const [id, { Type, Properties }] of resources(stack).filter(([, { Type }]) => !tagless.test(Type))) {
    const tags = Properties.Tags ?? Properties.Replicas?.[0]?.Tags;
    expect(tags, `${id} ${Type}`).toContainEqual({ Key: "smalltarget:app", Value: "watchdog" });
    expect(tags.map(({ Key }: { Key: string }) => Key)).toContain("smalltarget:part");
  }
});

it("the command line finds table, bucket and topics in the outputs", () => {
  expect(Object.keys(stack.toJSON().Outputs)).toEqual(
    expect.arrayContaining(["TableName", "BucketName", "TopicArn", "OperationsTopicArn", "ScanFunctionArn", "LogGroupName"]),
  );
});
