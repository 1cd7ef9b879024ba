import { describe, expect, test } from "vitest";
import { describeBucket } from "../../shared/describe/bucket.ts";
import { graphOf } from "../../shared/graph/graph.ts";
import { openRoutes } from "../../shared/graph/open-routes.ts";
import { type GraphRow, outside, type Relation, type Resource } from "../../shared/model/graph.ts";

const url = "https://id.lambda-url.eu-west-1.on.aws/";
const distribution = "arn:aws:cloudfront::111122223333:distribution/E1";
const fn = "arn:aws:lambda:eu-west-1:111122223333:function:orders";
const hop = (from: string, to: string, auth: Relation["auth"]): Relation => ({
  from,
  to,
  kind: "routes-to",
  auth,
  enabled: true,
  evidence: "test",
});

function aGraph(...rows: readonly GraphRow[]) {
  const parts = ["functions", "eventSourceMappings", "queues", "tags"];
  const none = Object.fromEntries(parts.map((part) => [part, { items: [] }]));
  return graphOf({ regions: [{ ...none, region: "eu-west-1", services: { "lambda-access": { items: rows } } }] } as never);
}

function exposureBehindSignature(details: NonNullable<Resource["details"]>) {
  const resource = {
    arn: url,
    type: "AWS::Lambda::Url",
    name: "orders",
    region: "eu-west-1",
    details: { authType: "AWS_IAM", ...details },
  };
  const row = { resource, relations: [hop(outside.internet, url, "iam"), hop(url, fn, "service")] };
  const front = { relations: [hop(outside.internet, distribution, "none"), hop(distribution, url, "service")] };
  return aGraph(row, front).exposure(fn).level;
}

test("a distribution that signs opens a function URL only where the function lets CloudFront in", () => {
  expect(exposureBehindSignature({ servesCloudfront: [distribution] })).toBe("internet-anonymous");
  expect(exposureBehindSignature({ servesCloudfront: ["*"] })).toBe("internet-anonymous");
  expect(exposureBehindSignature({ servesCloudfront: [`${distribution}2`] })).toBe("internet-authenticated");
  expect(exposureBehindSignature({ servesCloudfront: [] })).toBe("internet-authenticated");
  // not knowing the policy, the more open is said
  expect(exposureBehindSignature({})).toBe("internet-anonymous");
});

describe("a route to a function", () => {
  const routeArn = "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/*/GET/orders/{id}";
  const api = "arn:aws:apigateway:eu-west-1::/restapis/a1b2c3";
  const resource = (arn: string, type: string, details: NonNullable<Resource["details"]>): Resource => ({
    arn,
    type,
    name: arn,
    region: "eu-west-1",
    details,
  });
  const graph = (permittedServices: readonly string[] | undefined, invokesBy = "permission") =>
    aGraph(
      { resource: resource(api, "AWS::ApiGateway::RestApi", { stages: ["prod"], routes: [routeArn] }), relations: [] },
      {
        resource: resource(routeArn, "AWS::ApiGateway::Method", { api, invokesBy, targets: [fn], doors: ["internet none"], id: "r1" }),
        relations: [hop(outside.internet, routeArn, "none"), hop(routeArn, fn, "service")],
      },
      { resource: resource(fn, "AWS::Lambda::Function", permittedServices ? { permittedServices } : {}), relations: [] },
    );
  const open = (...given: Parameters<typeof graph>) => {
    const { resources, exposure } = graph(...given);
    const routes = openRoutes(resources.get(api) as Resource, (arn) => resources.get(arn));
    return [exposure(fn).level, routes.length];
  };
  const execute = "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3";

  test.each([
    "apigateway.amazonaws.com",
    "*",
    `apigateway.amazonaws.com ${execute}/*`,
    `apigateway.amazonaws.com ${execute}/*/*/*`,
    `apigateway.amazonaws.com ${execute}/*/GET/orders/*`,
    `apigateway.amazonaws.com ${execute}/*/GET/orders/{id}`,
    `apigateway.amazonaws.com ${execute}/prod/GET/orders/*`,
    `apigateway.amazonaws.com ${execute}/prod/GET/orders/17`,
    "apigateway.amazonaws.com arn:aws:execute-api:*:111122223333:*",
  ])("that lets in %s is one", (permission) => expect(open([permission])).toEqual(["internet-anonymous", 1]));

  test.each([
    [[]],
    [["s3.amazonaws.com", "apigateway.amazonaws.com arn:aws:execute-api:eu-west-1:111122223333:z9/*"]],
    [[`apigateway.amazonaws.com ${execute}/test/GET/orders/*`]],
    [[`apigateway.amazonaws.com ${execute}/*/POST/orders/*`]],
    [[`apigateway.amazonaws.com ${execute}/authorizers/x1`]],
  ])("that lets in %j answers an error: nobody has it run, and no route is open", (permissions) => {
    expect(open(permissions)).toEqual(["none", 0]);
  });

  test("is one by a role, with the caller's own permissions, and where the policy could not be read", () => {
    expect(open([], "role")).toEqual(["internet-anonymous", 1]);
    expect(open([], "caller")).toEqual(["internet-anonymous", 1]);
    expect(open(undefined)).toEqual(["internet-anonymous", 1]);
  });
});

describe("a distribution before a bucket", () => {
  const bucket = "arn:aws:s3:::uploads";
  const worker = "arn:aws:lambda:eu-west-1:111122223333:function:resize";
  const statement = (Action: string, Principal: unknown, SourceArn?: string) => ({
    Effect: "Allow",
    Principal,
    Action,
    Resource: `${bucket}/*`,
    ...(SourceArn ? { Condition: { StringEquals: { "AWS:SourceArn": SourceArn } } } : {}),
  });
  const cloudfront = { Service: "cloudfront.amazonaws.com" };
  const levels = (...Statement: readonly object[]) => {
    const notifications = { targets: [{ arn: worker, id: "n" }], eventBus: false };
    const row = describeBucket(
      { name: "uploads", createdAt: undefined, region: "eu-west-1" },
      { policy: JSON.stringify({ Version: "2012-10-17", Statement }), policyIsPublic: false, grants: [], block: null, notifications },
      undefined,
      { account: "111122223333", partition: "aws", now: new Date("2026-11-24T00:00:00Z"), accountBlock: null },
    );
    const { exposure } = aGraph(row, { relations: [hop(outside.internet, distribution, "none"), hop(distribution, bucket, "service")] });
    return [exposure(bucket).level, exposure(worker).indirectLevel ?? exposure(worker).level];
  };

  test("that passes on writes opens it to everybody where the bucket lets it write", () => {
    expect(levels(statement("s3:PutObject", cloudfront, distribution))).toEqual(["internet-anonymous", "internet-anonymous"]);
    expect(levels(statement("s3:*", { AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E9" }))).toEqual([
      "internet-anonymous",
      "internet-anonymous",
    ]);
  });

  test("that may only read sets nothing off behind it", () => {
    expect(levels(statement("s3:GetObject", cloudfront, distribution))).toEqual(["internet-anonymous", "internal"]);
  });

  test("that is not let in opens nothing", () => {
    expect(levels()).toEqual(["none", "internal"]);
    expect(levels(statement("s3:*", cloudfront, `${distribution}2`))).toEqual(["none", "internal"]);
    expect(levels(statement("s3:*", { Service: "logging.s3.amazonaws.com" }))).toEqual(["none", "internal"]);
  });
});

test("a Firehose stream that reads from a data stream is encrypted as that is", () => {
  const stream = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks";
  const delivery = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/clicks";
  const one = (arn: string, type: string, atRest: "unknown" | "customer-key") =>
    ({ arn, type, name: "clicks", region: "eu-west-1", encryption: { atRest, inTransit: "enforced" } }) as const;
  const feeds: Relation = { ...hop(stream, delivery, "service"), kind: "feeds" };
  const { resources } = aGraph(
    { resource: one(stream, "AWS::Kinesis::Stream", "customer-key"), relations: [] },
    { resource: one(delivery, "AWS::KinesisFirehose::DeliveryStream", "unknown"), relations: [feeds] },
  );
  expect(resources.get(delivery)?.encryption).toEqual({ atRest: "customer-key", inTransit: "enforced" });
});
