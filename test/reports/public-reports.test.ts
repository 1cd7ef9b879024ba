/**
 * Situations that people reported against other tools as false alarms, or as silence where there should have been one; each rebuilt as
 * small as it goes, in one account, and looked at by the whole watchdog. The issue that told of it stands in the name.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Call } from "../../shared/aws/client-options.ts";
import { dayOf } from "../../shared/model/day.ts";
import type { ScanDocument } from "../../shared/model/document.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { account, awsError, functionArn, StubAccount, type StubData } from "../stub-account.ts";

const now = new Date("2026-11-24T03:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const place = `eu-west-1:${account}`;
const daily = Array.from({ length: 120 }, (_, n) => ({ day: dayOf(now) - n, samples: 50, maxMs: 900 - (n % 7) }));

const allow = (more: object) => ({ Sid: "S", Effect: "Allow", Principal: "*", ...more });
const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const from = (arn: string, operator = "ArnEquals") => ({ [operator]: { "aws:SourceArn": arn } });
const queueArn = (name: string) => `arn:aws:sqs:${place}:${name}`;

const queues: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "own-topic": {
    Policy: policy(allow({ Action: "SQS:*", Resource: queueArn("own-topic"), Condition: from(`arn:aws:sns:us-east-1:${account}:orders`) })),
  },
  "partner-topic": {
    Policy: policy(
      allow({
        Action: "sqs:SendMessage",
        Resource: queueArn("partner-topic"),
        Condition: from("arn:aws:sns:eu-west-1:444455556666:theirs"),
      }),
    ),
  },
  "own-bucket": {
    Policy: policy(
      allow({ Action: "sqs:SendMessage", Resource: "arn:aws:sqs:*:*:own-bucket", Condition: from("arn:aws:s3:::our-uploads") }),
    ),
  },
  "short.fifo": { VisibilityTimeout: "120", FifoQueue: "true" },
  "ninety-minutes": { VisibilityTimeout: "5400" },
};

const functionPolicies: Readonly<Record<string, readonly object[]>> = {
  "by-bucket-and-api": [
    allow({
      Sid: "Bucket",
      Principal: { Service: "s3.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Condition: from("arn:aws:s3:::our-uploads", "ArnLike"),
    }),
    allow({
      Sid: "Api",
      Principal: { Service: "apigateway.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Condition: from(`arn:aws:execute-api:${place}:priv1/*/GET/`, "ArnLike"),
    }),
  ],
  rotation: [allow({ Sid: "Rotate", Principal: { Service: "secretsmanager.amazonaws.com" }, Action: "lambda:InvokeFunction" })],
  skill: [
    allow({
      Sid: "Alexa",
      Principal: { Service: "alexa-appkit.amazon.com" },
      Action: "lambda:InvokeFunction",
      Condition: { StringEquals: { "lambda:EventSourceToken": "amzn1.ask.skill.1" } },
    }),
  ],
  "rule-is-gone": [
    allow({
      Sid: "Rule",
      Principal: { Service: "events.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Condition: from(`arn:aws:events:${place}:rule/custodian-open-groups`, "ArnLike"),
    }),
  ],
};

const buckets: Readonly<Record<string, { readonly policy?: string; readonly isPublic?: boolean; readonly blocked?: boolean }>> = {
  "our-uploads": { blocked: true },
  "key-in-lower-case": {
    policy: policy(
      allow({
        Action: "s3:*",
        Resource: ["arn:aws:s3:::key-in-lower-case", "arn:aws:s3:::key-in-lower-case/*"],
        Condition: { StringEquals: { "aws:sourcevpc": "vpc-0123456789abcdef0" } },
      }),
    ),
  },
  "get-only": { policy: policy(allow({ Action: "s3:Get*", Resource: "arn:aws:s3:::get-only/*" })), isPublic: true },
  "write-but-blocked": {
    policy: policy(allow({ Action: "s3:PutObject", Resource: "arn:aws:s3:::write-but-blocked/*" })),
    isPublic: true,
    blocked: true,
  },
};

const bucketOf = ({ input }: Call) => buckets[String(input.Bucket)];
const execute = (more: object) => ({ Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*", ...more });
const privateApi = (id: string, ...statements: object[]) => ({
  id,
  name: id,
  createdDate: daysAgo(200),
  endpointConfiguration: { types: ["PRIVATE"] },
  policy: policy(...statements),
});
const trust = (...services: string[]) =>
  encodeURIComponent(policy({ Effect: "Allow", Principal: { Service: services }, Action: "sts:AssumeRole" }));

const answers: NonNullable<StubData["answers"]> = {
  "lambda:ListAliases": ({ input }) => {
    if (input.FunctionName === "layer-of-old-version") return { Aliases: [{ Name: "live", FunctionVersion: "2", RevisionId: "r" }] };
    if (input.FunctionName !== "alias-per-build") return { Aliases: [] };
    // AWS answers fifty at a time
    const from = Number(input.Marker ?? 0);
    const builds = Array.from({ length: 50 }, (_, n) => from + n);
    return {
      Aliases: builds.map((n) => ({ Name: `build-${n}`, FunctionVersion: n % 2 === 0 ? "1" : "2", RevisionId: `r${n}` })),
      ...(from + 50 < 1200 ? { NextMarker: String(from + 50) } : {}),
    };
  },
  "lambda:GetFunctionConfiguration": ({ input }) => ({
    FunctionName: input.FunctionName,
    FunctionArn: functionArn(String(input.FunctionName)),
    Runtime: "python3.8",
    Timeout: 4,
    Layers: [{ Arn: `arn:aws:lambda:${place}:layer:pandas:3` }],
  }),
  "lambda:ListLayers": () => ({
    Layers: ["pandas", "nobody-uses-it"].map((LayerName) => ({
      LayerName,
      LatestMatchingVersion: {
        LayerVersionArn: `arn:aws:lambda:${place}:layer:${LayerName}:3`,
        Version: 3,
        CreatedDate: "2025-01-01T00:00:00.000+0000",
      },
    })),
  }),
  "apigatewayv2:GetApis": () => ({ Items: [{ ApiId: "mapped1", Name: "mapped", ProtocolType: "HTTP", CreatedDate: daysAgo(500) }] }),
  "apigatewayv2:GetDomainNames": () => ({ Items: [{ DomainName: "api.example.com" }] }),
  "apigatewayv2:GetApiMappings": () => ({ Items: [{ ApiId: "mapped1" }] }),
  "lambda:GetPolicy": ({ input }) => {
    const name = String(input.FunctionName);
    const statements = functionPolicies[name];
    if (!statements) throw awsError("ResourceNotFoundException");
    return { Policy: policy(...statements.map((one) => ({ ...one, Resource: functionArn(name) }))) };
  },
  "s3:ListBuckets": () => ({
    Buckets: Object.keys(buckets).map((Name) => ({ Name, CreationDate: daysAgo(300), BucketRegion: "eu-west-1" })),
  }),
  "s3:GetBucketPolicy": (call) => {
    const text = bucketOf(call)?.policy;
    if (!text) throw awsError("NoSuchBucketPolicy");
    return { Policy: text };
  },
  "s3:GetBucketPolicyStatus": (call) => {
    if (!bucketOf(call)?.policy) throw awsError("NoSuchBucketPolicy");
    return { PolicyStatus: { IsPublic: bucketOf(call)?.isPublic === true } };
  },
  "s3:GetPublicAccessBlock": (call) => {
    if (!bucketOf(call)?.blocked) throw awsError("NoSuchPublicAccessBlockConfiguration");
    return {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    };
  },
  "s3control:GetPublicAccessBlock": () => {
    throw awsError("NoSuchPublicAccessBlockConfiguration");
  },
  "apigateway:GetRestApis": () => ({
    items: [
      privateApi(
        "priv1",
        { Sid: "All", Effect: "Allow", ...execute({}) },
        { Sid: "NotElsewhere", Effect: "Deny", ...execute({ Condition: { StringNotEquals: { "aws:sourceVpce": "vpce-0aaa" } } }) },
      ),
      privateApi("priv2", { Sid: "All", Effect: "Allow", ...execute({}) }),
    ],
  }),
  "apigateway:GetResources": () => ({
    items: [
      {
        id: "r",
        path: "/",
        resourceMethods: {
          GET: {
            httpMethod: "GET",
            authorizationType: "NONE",
            methodIntegration: {
              type: "AWS_PROXY",
              uri: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${functionArn("by-bucket-and-api")}/invocations`,
            },
          },
        },
      },
    ],
  }),
  "apigateway:GetStages": () => ({ item: [{ stageName: "prod" }] }),
  "logs:DescribeLogGroups": ({ input }) => {
    const names = ["/aws/lambda/us-east-1.viewer-request", "/aws/lambda/long-gone"];
    const all = names.map((logGroupName) => ({
      logGroupName,
      arn: `arn:aws:logs:${place}:log-group:${logGroupName}:*`,
      creationTime: daysAgo(300).getTime(),
      storedBytes: 0,
    }));
    return { logGroups: all.filter(({ logGroupName }) => logGroupName.startsWith(String(input.logGroupNamePrefix ?? ""))) };
  },
  "secretsmanager:ListSecrets": () => ({
    SecretList: [
      ["read-yesterday", 900, 1],
      ["read-500-days-ago", 900, 500],
      ["made-lately", 10, undefined],
    ].map(([Name, age, read]) => ({
      ARN: `arn:aws:secretsmanager:${place}:secret:${Name}-AbCdEf`,
      Name,
      CreatedDate: daysAgo(Number(age)),
      ...(read === undefined ? {} : { LastAccessedDate: daysAgo(Number(read)) }),
    })),
  }),
  "iam:GetAccountAuthorizationDetails": () => ({
    RoleDetailList: [
      ["config-rule-role", trust("lambda.amazonaws.com", "config.amazonaws.com")] as const,
      ["nobody-has-it", trust("lambda.amazonaws.com")] as const,
    ].map(([RoleName, AssumeRolePolicyDocument]) => ({
      RoleName,
      Arn: `arn:aws:iam::${account}:role/${RoleName}`,
      Path: "/",
      CreateDate: daysAgo(500),
      AssumeRolePolicyDocument,
      RolePolicyList: [],
      AttachedManagedPolicies: [],
    })),
    Policies: [],
  }),
};

const data: StubData = {
  now,
  regions: ["eu-west-1"],
  functions: [
    ...Object.keys(functionPolicies).map((name) => ({ name, use: daily, configuration: { Timeout: 4 } })),
    { name: "layer-of-old-version", use: daily, configuration: { Timeout: 4 } },
    { name: "alias-per-build", use: daily, configuration: { Timeout: 4 } },
    { name: "five-minutes", use: daily, configuration: { Timeout: 300 } },
    { name: "fifteen-minutes", use: daily, configuration: { Timeout: 900 } },
  ],
  queues,
  mappings: [
    ["five-minutes", "short.fifo"],
    ["fifteen-minutes", "ninety-minutes"],
  ].map(([name = "", queue = ""], n) => ({
    UUID: `0000000${n}-0000-4000-8000-000000000000`,
    FunctionArn: functionArn(name),
    EventSourceArn: queueArn(queue),
    State: "Enabled",
  })),
  answers,
};

let dog: TestWatchdog;
let document: ScanDocument;
beforeAll(async () => {
  dog = await aWatchdog(new StubAccount(data));
  document = (await dog.scan()).document;
});
afterAll(() => dog.close());

const rulesOf = (name: string) => document.findings.filter(({ resource }) => resource.name === name).map(({ rule }) => rule);
const levelOf = (name: string) => document.resources.find((one) => one.name === name)?.exposure.level;

test("everything of it can be read", () => {
  expect(document.coverage.filter(({ status, collector }) => status !== "complete" && collector !== "libraries")).toEqual([]);
});

describe("exposure", () => {
  test("prowler 2565, Scout2 184: a queue for everybody, but only from a topic of the own account, is not public", () => {
    expect(rulesOf("own-topic")).not.toContain("sqs/public-policy");
    expect(levelOf("own-topic")).toBe("none");
  });

  test("prowler 3199: a topic of another account is that account's door, not everybody's", () => {
    expect(rulesOf("partner-topic")).not.toContain("sqs/public-policy");
    expect(levelOf("partner-topic")).toBe("cross-account");
  });

  test("prowler 3212 and 8326: the ARN of an own bucket holds no account, and names one all the same", () => {
    expect(rulesOf("own-bucket")).not.toContain("sqs/public-policy");
    expect(levelOf("own-bucket")).toBe("none");
  });

  test("prowler 4870: permissions of one bucket and one API make a function neither public nor a deputy", () => {
    expect(rulesOf("by-bucket-and-api").filter((rule) => /public|deputy|cross/.test(rule))).toEqual([]);
  });

  test("prowler 5336: a skill is named by its token; a rotation without its account is the least of findings, as AWS advises the account", () => {
    expect(rulesOf("skill")).not.toContain("lambda/confused-deputy");
    const finding = document.findings.find(({ rule, resource }) => rule === "lambda/confused-deputy" && resource.name === "rotation");
    expect(finding).toMatchObject({ severity: "LOW" });
    expect(finding?.remediation.commands.join("\n")).toContain(`--source-account ${account}`);
  });

  test("prowler 4257: condition keys are written in any case", () => {
    expect(rulesOf("key-in-lower-case").filter((rule) => rule.startsWith("s3/public"))).toEqual([]);
  });

  test("prowler 3346: who may only get may not write", () => {
    expect(rulesOf("get-only")).toContain("s3/public-read");
    expect(rulesOf("get-only")).not.toContain("s3/public-write");
  });

  test("prowler 2052: a policy that blocked public access neuters opens nothing", () => {
    expect(rulesOf("write-but-blocked").filter((rule) => rule.startsWith("s3/public"))).toEqual([]);
  });

  test("aws-cdk 32719, serverless-patterns 935: a private API is not on the internet, with or without a Deny for other endpoints", () => {
    for (const name of ["priv1", "priv2"]) {
      expect(levelOf(name)).toBe("internal");
      expect(rulesOf(name)).not.toContain("apigateway/open-method");
    }
  });
});

describe("use", () => {
  test("terraform-aws-lambda 650, aws-cdk 12690: the log group of an edge function outside its home Region is no orphan", () => {
    expect(rulesOf("/aws/lambda/us-east-1.viewer-request")).toEqual([]);
    expect(document.findings.map(({ resource }) => resource.name)).not.toContain("viewer-request");
  });

  test("steampipe-mod-aws-compliance 751: a secret read yesterday is used, one read 500 days ago is not, a new one is neither", () => {
    expect(rulesOf("read-yesterday")).toEqual([]);
    expect(rulesOf("read-500-days-ago")).toContain("secrets/unused-secret");
    expect(rulesOf("made-lately")).toEqual([]);
  });

  test("cloud-custodian 3450: a role that another service takes too is not left over for want of a function", () => {
    expect(rulesOf("config-rule-role")).toEqual([]);
    expect(rulesOf("nobody-has-it")).toEqual(["iam/orphaned-function-role"]);
  });

  test("cloud-custodian 5755: a function whose rule is gone, while its policy still names it, is told", () => {
    expect(rulesOf("rule-is-gone")).toContain("lambda/orphaned-permission");
  });
});

describe("old versions", () => {
  test("SAR-Lambda-Janitor 22: a layer that only the version behind an alias has is in use", () => {
    expect(rulesOf("pandas")).toEqual([]);
    expect(rulesOf("nobody-uses-it")).toEqual(["lambda/unreferenced-layer-version"]);
  });

  test("go-lambda-cleanup 119, SAR-Lambda-Janitor 24: an alias for each of 1,200 builds is one finding that fits a message", () => {
    const found = document.findings.filter(
      ({ rule, resource }) => rule === "lambda/deprecated-runtime" && resource.name === "alias-per-build",
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.title).toContain("aliases build-0, build-1 and 1198 more");
    expect(found[0]?.confidence).toBe("medium");
    expect(found[0]?.remediation.commands).toHaveLength(10);
    expect(JSON.stringify(found[0]).length).toBeLessThan(6000);
  });

  test("cloud-nuke 370: an API is deleted only after its custom domains let go of it, and that is said", () => {
    const finding = document.findings.find(({ rule, resource }) => rule === "apigateway/unused-api" && resource.name === "mapped");
    expect(finding?.remediation.text).toContain("take it off api.example.com before");
  });
});

describe("timeouts", () => {
  test("cfn-lint 3987: a FIFO queue hands out again what a slow function still works on", () => {
    expect(rulesOf("short.fifo")).toContain("sqs/visibility-timeout-too-short");
  });

  test("arch-guidelines 247: fifteen minutes need ninety, and ninety are enough", () => {
    expect(rulesOf("ninety-minutes")).not.toContain("sqs/visibility-timeout-too-short");
  });
});
