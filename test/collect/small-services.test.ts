import { describe, expect, test } from "vitest";
import { vpcCollector } from "../../shared/collect/ec2/vpc.ts";
import { ecrCollector } from "../../shared/collect/ecr/ecr.ts";
import { iotCollector } from "../../shared/collect/iot/iot.ts";
import { webFunctionsCollector } from "../../shared/collect/lambda/web-functions.ts";
import { secretsCollector } from "../../shared/collect/secretsmanager/secrets.ts";
import { cloudMapCollector } from "../../shared/collect/servicediscovery/cloud-map.ts";
import { parametersCollector } from "../../shared/collect/ssm/parameters.ts";
import { latticeCollector } from "../../shared/collect/vpclattice/lattice.ts";
import type { FunctionConfiguration } from "../../shared/model/snapshot.ts";
import { awsError } from "../stub-account.ts";
import { aContext } from "./a-context.ts";
import { describedBy } from "./a-service.ts";

const at = (text: string) => new Date(text);
const arnOf = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111122223333:${resource}`;
const rotate = arnOf("lambda", "function:rotate");

function aFunction(name: string, more: Partial<FunctionConfiguration> = {}): FunctionConfiguration {
  return {
    arn: arnOf("lambda", `function:${name}`),
    name,
    region: "eu-west-1",
    packageType: "Zip",
    timeoutSeconds: 3,
    memoryMb: 128,
    architecture: "arm64",
    roleArn: "",
    layers: [],
    environmentNames: [],
    environmentReferences: [],
    managedInstances: false,
    ...more,
  };
}

describe("secrets", () => {
  test("gives every page, dates and rotation, and the day of the last read", async () => {
    const secrets = [
      {
        ARN: arnOf("secretsmanager", "secret:db"),
        Name: "db",
        CreatedDate: at("2026-01-01"),
        LastAccessedDate: at("2026-11-20"),
        NewMember: 1,
      },
      { ARN: arnOf("secretsmanager", "secret:old"), Name: "old", CreatedDate: at("2026-01-01"), RotationLambdaARN: `${rotate}:live` },
    ];
    const context = aContext({
      "secretsmanager:ListSecrets": (input) => ({
        SecretList: [secrets[input.NextToken ? 1 : 0]],
        NextToken: input.NextToken ? undefined : "2",
      }),
    });
    const { items, coverage } = await describedBy(secretsCollector, context);
    expect(coverage).toMatchObject({ status: "complete", resources: 2 });
    expect(items.map(({ resource }) => resource?.lastUsed)).toMatchObject([
      { state: "used", at: "2026-11-20", quietDays: 4 },
      { state: "none-seen", quietDays: 327 },
    ]);
    expect(items[1]?.relations).toMatchObject([{ to: rotate, kind: "invokes", enabled: false }]);
  });

  test("is denied without an answer", async () => {
    const context = aContext({
      "secretsmanager:ListSecrets": () => {
        throw awsError("AccessDeniedException");
      },
    });
    expect(await describedBy(secretsCollector, context)).toMatchObject({
      items: [],
      coverage: { status: "denied", operation: "secretsmanager:ListSecrets" },
    });
  });
});

test("parameters keep names and kinds, and make the ARN where AWS leaves it out", async () => {
  const context = aContext({
    "ssm:DescribeParameters": () => ({
      Parameters: [
        { Name: "/shop/key", Type: "SecureString" },
        { Name: "plain", Type: "String" },
      ],
    }),
  });
  const { items } = await describedBy(parametersCollector, context);
  expect(items.map(({ resource }) => [resource?.arn, resource?.encryption?.atRest])).toEqual([
    [arnOf("ssm", "parameter/shop/key"), "aws-managed-key"],
    [arnOf("ssm", "parameter/plain"), "none"],
  ]);
});

describe("ecr", () => {
  const repository = (name: string) => ({ repositoryArn: arnOf("ecr", `repository/${name}`), repositoryName: name });
  const image = aFunction("thumbs", { packageType: "Image", codeSha256: "abc" });

  test("asks for images only of repositories that functions use, and never calls silence unused", async () => {
    const context = aContext(
      {
        "ecr:DescribeRepositories": () => ({ repositories: [repository("team/thumbs"), repository("web")] }),
        "lambda:GetFunction": () => ({
          Code: { ResolvedImageUri: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/thumbs@sha256:abc" },
        }),
        "ecr:DescribeImages": () => ({ imageDetails: [{ imagePushedAt: at("2026-01-01") }] }),
      },
      { functions: [image, aFunction("zip")] },
    );
    const { items } = await describedBy(ecrCollector, context);
    expect(context.calls).toMatchObject({ "lambda:GetFunction": 1, "ecr:DescribeImages": 1 });
    expect(items[0]?.relations).toMatchObject([{ from: image.arn, to: arnOf("ecr", "repository/team/thumbs"), kind: "uses-image" }]);
    expect(items.flatMap(({ resource }) => resource?.lastUsed?.state ?? [])).toEqual(["unknown", "unknown"]);
  });

  describe("scans of images", () => {
    const other = aFunction("thumbs-eu", { packageType: "Image", codeSha256: "abd" });
    const foreign = aFunction("of-others", { packageType: "Image", codeSha256: "abe" });
    const uri = (account: string, id: string) => ({
      Code: { ResolvedImageUri: `${account}.dkr.ecr.eu-west-1.amazonaws.com/team/thumbs${id}` },
    });
    const scanned = (answer: (input: Readonly<Record<string, unknown>>) => Record<string, unknown>) => ({
      "ecr:DescribeRepositories": () => ({ repositories: [repository("team/thumbs")] }),
      "lambda:GetFunction": (input: { FunctionName?: string }) =>
        uri(input.FunctionName === foreign.arn ? "444455556666" : "111122223333", "@sha256:abc"),
      "ecr:DescribeImages": () => ({ imageDetails: [] }),
      "ecr:DescribeImageScanFindings": answer,
    });
    const scansOf = async (context: Parameters<typeof describedBy>[1]) => {
      const { items, coverage } = await describedBy(ecrCollector, context);
      return { scans: items.flatMap(({ imageScan }) => imageScan ?? []), coverage };
    };

    test("are asked once for each image, and only of one's own repositories", async () => {
      const asked: unknown[] = [];
      const answers = scanned((input: unknown) => {
        asked.push(input);
        return {
          imageScanStatus: { status: "ACTIVE" },
          imageScanFindings: {
            imageScanCompletedAt: at("2026-11-20"),
            findingSeverityCounts: { CRITICAL: 1, UNTRIAGED: 2 },
            enhancedFindings: [{}],
          },
        };
      });
      const context = aContext(answers, { functions: [image, other, foreign] });
      const { scans, coverage } = await scansOf(context);
      expect(asked).toEqual([{ repositoryName: "team/thumbs", imageId: { imageDigest: "sha256:abc" }, maxResults: 1 }]);
      const scan = {
        image: "team/thumbs@sha256:abc",
        status: "ACTIVE",
        completedAt: at("2026-11-20").toISOString(),
        severities: { CRITICAL: 1, UNTRIAGED: 2 },
      };
      expect(scans).toEqual([
        { functionArn: image.arn, scan },
        { functionArn: other.arn, scan },
      ]);
      expect(coverage.status).toBe("complete");
    });

    test("that never were are no failure, and none that failed has a result", async () => {
      const never = scanned(() => {
        throw awsError("ScanNotFoundException");
      });
      expect(await scansOf(aContext(never, { functions: [image] }))).toMatchObject({ scans: [], coverage: { status: "complete" } });
      const failed = scanned(() => ({ imageScanStatus: { status: "UNSUPPORTED_IMAGE" } }));
      expect((await scansOf(aContext(failed, { functions: [image] }))).scans).toEqual([
        { functionArn: image.arn, scan: { image: "team/thumbs@sha256:abc", status: "UNSUPPORTED_IMAGE", completedAt: null } },
      ]);
    });

    test("that are refused are said in the coverage, and the repositories are there all the same", async () => {
      const refused = scanned(() => {
        throw awsError("AccessDeniedException");
      });
      const context = aContext(refused, { functions: [image] });
      const { items, coverage } = await describedBy(ecrCollector, context);
      expect(coverage).toMatchObject({ status: "partial", operation: "ecr:DescribeImageScanFindings", code: "AccessDeniedException" });
      expect(items.filter(({ resource }) => resource)).toHaveLength(1);
    });
  });

  test("does not ask for a function's image where reading code is switched off, for the same answer has a link to code", async () => {
    const answers = { "ecr:DescribeRepositories": () => ({ repositories: [repository("web")] }) };
    const context = aContext(answers, { functions: [image], readsCode: false });
    const { coverage, items } = await describedBy(ecrCollector, context);
    expect(context.calls).not.toHaveProperty("lambda:GetFunction");
    expect(coverage).toMatchObject({ status: "disabled", message: expect.stringContaining("switched off") });
    expect(items).toHaveLength(1);
    const zips = aContext(answers, { functions: [aFunction("zip")], readsCode: false });
    expect((await describedBy(ecrCollector, zips)).coverage.status).toBe("complete");
  });

  test("goes on when a function is deleted meanwhile", async () => {
    const context = aContext(
      {
        "ecr:DescribeRepositories": () => ({ repositories: [repository("web")] }),
        "lambda:GetFunction": () => {
          throw awsError("ResourceNotFoundException");
        },
      },
      { functions: [image] },
    );
    expect((await describedBy(ecrCollector, context)).coverage.status).toBe("complete");
  });
});

describe("iot", () => {
  const listed = { ruleArn: arnOf("iot", "rule/ingest"), ruleName: "ingest", ruleDisabled: true, topicPattern: "things/#" };

  test("says what a rule starts, by whatever name its action goes, and that it is switched off", async () => {
    const context = aContext({
      "iot:ListTopicRules": () => ({ rules: [listed] }),
      "iot:GetTopicRule": () => ({
        rule: {
          actions: [
            { lambda: { functionArn: `${rotate}:live` } },
            { sqs: { queueUrl: "https://sqs.eu-west-1.amazonaws.com/111122223333/in" } },
            { http: { url: "https://hooks.example/secret" } },
          ],
          errorAction: { kinesis: { streamName: "failed" } },
        },
      }),
    });
    const { items } = await describedBy(iotCollector, context);
    expect(items[0]?.relations.map(({ to, kind, enabled }) => [to, kind, enabled])).toEqual([
      [rotate, "invokes", false],
      [arnOf("sqs", "in"), "publishes-to", false],
      [arnOf("kinesis", "stream/failed"), "publishes-to", false],
    ]);
    expect(JSON.stringify(items)).not.toContain("hooks.example");
  });

  test("names what it could not read of a rule", async () => {
    const context = aContext({
      "iot:ListTopicRules": () => ({ rules: [listed] }),
      "iot:GetTopicRule": () => {
        throw awsError("UnauthorizedException");
      },
    });
    const { items, coverage } = await describedBy(iotCollector, context);
    expect(items[0]?.resource?.details).toMatchObject({ unread: ["actions"] });
    expect(coverage).toMatchObject({ status: "partial", operation: "iot:GetTopicRule" });
  });
});

test("lattice leads from a service to the functions behind it, and callers are known where it asks for IAM", async () => {
  const service = arnOf("vpc-lattice", "service/svc-1");
  const group = arnOf("vpc-lattice", "targetgroup/tg-1");
  const context = aContext({
    "vpc-lattice:ListServices": () => ({ items: [{ arn: service, name: "shop" }] }),
    "vpc-lattice:GetService": () => ({ authType: "AWS_IAM" }),
    "vpc-lattice:ListTargetGroups": () => ({ items: [{ arn: group, name: "fn", serviceArns: [service] }] }),
    "vpc-lattice:ListTargets": () => ({ items: [{ id: rotate }] }),
  });
  const { items } = await describedBy(latticeCollector, context);
  expect(items.flatMap(({ relations }) => relations).map(({ from, to, auth }) => [from, to, auth])).toEqual([
    [service, group, "iam"],
    [group, rotate, "service"],
  ]);
});

test("cloud map asks for services only where there is a namespace", async () => {
  const context = aContext({ "servicediscovery:ListNamespaces": () => ({ Namespaces: [] }) });
  expect((await describedBy(cloudMapCollector, context)).coverage.status).toBe("complete");
  expect(context.calls).toEqual({ "servicediscovery:ListNamespaces": 1 });
});

describe("vpc", () => {
  test("asks nothing where no function sits in a network", async () => {
    const context = aContext({}, { functions: [aFunction("a")] });
    expect(await describedBy(vpcCollector, context)).toMatchObject({ items: [], coverage: { status: "complete" } });
    expect(context.calls).toEqual({});
  });

  test("names network, subnets and endpoints", async () => {
    const context = aContext(
      {
        "ec2:DescribeVpcs": () => ({ Vpcs: [{ VpcId: "vpc-1", Tags: [{ Key: "Name", Value: "core" }] }] }),
        "ec2:DescribeSubnets": () => ({ Subnets: [{ SubnetId: "subnet-1", VpcId: "vpc-1" }] }),
        "ec2:DescribeVpcEndpoints": () => ({ VpcEndpoints: [{ VpcEndpointId: "vpce-1", VpcId: "vpc-1", ServiceName: "s3" }] }),
      },
      { functions: [aFunction("a", { vpcId: "vpc-1" }), aFunction("b", { vpcId: "vpc-1" })] },
    );
    const { items } = await describedBy(vpcCollector, context);
    expect(items.map(({ resource }) => resource?.name)).toEqual(["core", "subnet-1", "vpce-1"]);
    expect(items[1]?.relations).toMatchObject([{ to: arnOf("ec2", "vpc/vpc-1"), kind: "in-vpc" }]);
  });
});

describe("web functions", () => {
  test("are named where Cloud Control lists them", async () => {
    const properties = JSON.stringify({ FunctionArn: arnOf("lambda", "web-function:site"), FunctionName: "site", Tags: [] });
    const context = aContext({
      "cloudformation:ListResources": () => ({ ResourceDescriptions: [{ Identifier: "site", Properties: properties }] }),
    });
    const { items } = await describedBy(webFunctionsCollector, context);
    expect(items[0]?.resource).toMatchObject({ name: "site", details: { lookedAt: false } });
  });

  test("are said not to have been looked at where it does not, but throttling is throttling", async () => {
    const failing = (code: string) =>
      aContext({
        "cloudformation:ListResources": () => {
          throw awsError(code);
        },
      });
    expect((await describedBy(webFunctionsCollector, failing("TypeNotFoundException"))).coverage).toMatchObject({
      status: "unsupported",
      code: "TypeNotFoundException",
    });
    expect((await describedBy(webFunctionsCollector, failing("ThrottlingException"))).coverage.status).toBe("throttled");
  });
});
