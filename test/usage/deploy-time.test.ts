import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, CustomResource, RemovalPolicy, Stack } from "aws-cdk-lib";
import { DnsValidatedCertificate } from "aws-cdk-lib/aws-certificatemanager";
import { UserPool } from "aws-cdk-lib/aws-cognito";
import { Vpc } from "aws-cdk-lib/aws-ec2";
import { Repository } from "aws-cdk-lib/aws-ecr";
import { OpenIdConnectProvider } from "aws-cdk-lib/aws-iam";
import { Alias, Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { PublicHostedZone } from "aws-cdk-lib/aws-route53";
import { Bucket, EventType } from "aws-cdk-lib/aws-s3";
import { BucketDeployment, Source } from "aws-cdk-lib/aws-s3-deployment";
import { LambdaDestination } from "aws-cdk-lib/aws-s3-notifications";
import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, Provider } from "aws-cdk-lib/custom-resources";
import { Trigger, TriggerFunction } from "aws-cdk-lib/triggers";
import type { Construct } from "constructs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { calledByDeployment } from "../../shared/aws/stack-template.ts";
import { deployTimeReasons } from "../../shared/usage/deploy-time.ts";
import { aConfiguration } from "../collect/a-service.ts";

type Json = Record<string, unknown>;

const folder = mkdtempSync(join(tmpdir(), "smalltarget-cdk-"));
const arnOf = (id: string) => `arn:aws:lambda:us-east-1:111122223333:function:${id}`;
/** Reasons by stack and logical id; undefined where a function runs for its users. */
const reasons = new Map<string, string | undefined>();

beforeAll(() => {
  for (const [stack, template] of synthesized()) {
    const resources = Object.entries(template.Resources as Record<string, { Type: string; Properties: Json }>);
    const functions = resources
      .filter(([, { Type }]) => Type === "AWS::Lambda::Function")
      .map(([id, { Properties }]) => asListed(id, Properties));
    // names are cut to 64 characters, the tag has the whole logical id
    const ofLooks = deployTimeReasons(functions, (arn) => arn.split(":").at(-1));
    const ofTemplate = calledByDeployment(JSON.stringify(template));
    for (const one of functions) reasons.set(`${stack}/${one.name}`, ofLooks(one) ?? ofTemplate.calls[one.name]);
  }
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function asListed(id: string, properties: Json) {
  const { Description, Handler, Environment } = properties;
  const variables = Object.entries(((Environment as Json | undefined)?.Variables ?? {}) as Record<string, Json>);
  return aConfiguration(id, {
    arn: arnOf(id),
    ...(Description
      ? {
          description:
            typeof Description === "string" ? Description : (Description as { "Fn::Join": [string, string[]] })["Fn::Join"][1].join(""),
        }
      : {}),
    handler: String(Handler),
    environmentReferences: variables.flatMap(([name, value]) => {
      const [target] = (value["Fn::GetAtt"] as string[] | undefined) ?? [];
      return target ? [{ name, value: arnOf(target) }] : [];
    }),
  });
}

/** Stacks full of what CDK adds of its own. */
function synthesized(): [string, Json][] {
  const app = new App({ outdir: join(folder, "out") });
  const env = { account: "111122223333", region: "us-east-1" };
  const fn = (scope: Construct, id: string) =>
    new LambdaFunction(scope, id, {
      runtime: Runtime.NODEJS_24_X,
      handler: "index.handler",
      code: Code.fromInline("exports.handler = () => {}"),
    });

  const site = new Stack(app, "Site", { env });
  mkdirSync(join(folder, "site"));
  writeFileSync(join(folder, "site", "index.html"), "");
  const pages = new Bucket(site, "Pages", { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
  new BucketDeployment(site, "Deployment", {
    destinationBucket: pages,
    sources: [Source.asset(join(folder, "site"))],
    logRetention: RetentionDays.ONE_DAY,
  });
  const hostedZone = new PublicHostedZone(site, "Zone", { zoneName: "example.com" });
  new DnsValidatedCertificate(site, "Certificate", { domainName: "www.example.com", hostedZone });

  const storage = new Stack(app, "Storage", { env });
  new Vpc(storage, "Vpc", { restrictDefaultSecurityGroup: true, natGateways: 0 });
  new Repository(storage, "Images", { emptyOnDelete: true, removalPolicy: RemovalPolicy.DESTROY });
  new Bucket(storage, "Uploads").addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(fn(storage, "AppThumbnails")));
  new OpenIdConnectProvider(storage, "Pipeline", { url: "https://token.example.com" });
  const pool = new UserPool(storage, "Users");
  pool.addDomain("Login", { cognitoDomain: { domainPrefix: "shop" } }).cloudFrontEndpoint;
  pool.addClient("Web", { generateSecret: true }).userPoolClientSecret;

  const customs = new Stack(app, "Customs", { env });
  const provider = new Provider(customs, "Provider", {
    onEventHandler: fn(customs, "OnEvent"),
    isCompleteHandler: fn(customs, "IsComplete"),
  });
  new CustomResource(customs, "Thing", { serviceToken: provider.serviceToken });
  new CustomResource(customs, "Rows", { serviceToken: fn(customs, "SeedDatabase").functionArn });
  new CustomResource(customs, "Aliased", {
    serviceToken: new Alias(customs, "Live", { aliasName: "live", version: fn(customs, "SeedByAlias").currentVersion }).functionArn,
  });
  new AwsCustomResource(customs, "Call", {
    onUpdate: { service: "SSM", action: "getParameter", parameters: { Name: "x" }, physicalResourceId: PhysicalResourceId.of("x") },
    policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
  });
  new TriggerFunction(customs, "Migrate", {
    runtime: Runtime.NODEJS_24_X,
    handler: "index.handler",
    code: Code.fromInline("exports.handler = () => {}"),
  });
  new Trigger(customs, "Check", { handler: fn(customs, "SmokeTest") });
  fn(customs, "AppOrders");

  const there = new Stack(app, "There", { env: { ...env, region: "eu-west-1" }, crossRegionReferences: true });
  const shared = new Bucket(there, "Shared");
  const here = new Stack(app, "Here", { env, crossRegionReferences: true });
  new StringParameter(here, "Name", { stringValue: shared.bucketArn });

  return app.synth().stacks.map((stack) => [stack.stackName, stack.template as Json]);
}

test("every helper of synthesized CDK stacks, and every handler behind one, is known to run at deployments only", () => {
  const unknown = [...reasons].filter(([, reason]) => reason === undefined).map(([name]) => name.replace(/[0-9A-F]{8}$/, ""));
  expect(unknown.sort()).toEqual(["Customs/AppOrders", "Storage/AppThumbnails"]);
  expect(reasons.size).toBeGreaterThanOrEqual(20);
});

test("the reason says what calls it", () => {
  const reasonOf = (name: string) => [...reasons].find(([key]) => key.startsWith(name))?.[1];
  expect(reasonOf("Customs/OnEvent")).toMatch(/^runs only while a stack is deployed, called by Providerframework/);
  expect(reasonOf("Customs/SeedDatabase")).toBe("called by custom resource Rows");
  expect(reasonOf("Customs/SeedByAlias")).toBe("called by custom resource Aliased");
  expect(reasonOf("Customs/SmokeTest")).toMatch(/^called by custom resource Check/);
});
