import { describe, expect, test } from "vitest";
import { appsyncCollector } from "../../shared/collect/appsync/appsync.ts";
import { cloudfrontCollector } from "../../shared/collect/cloudfront/cloudfront.ts";
import { cognitoCollector } from "../../shared/collect/cognito/cognito.ts";
import { loadBalancersCollector } from "../../shared/collect/elasticloadbalancingv2/load-balancers.ts";
import { awsError } from "../stub-account.ts";
import { type Answers, collectFrom, now } from "./a-service.ts";

const fn = "arn:aws:lambda:eu-west-1:111122223333:function:orders";
const refuse = () => {
  throw awsError("AccessDeniedException");
};
const gone = () => {
  throw awsError("NotFoundException");
};

describe("AppSync", () => {
  const answers: Answers = {
    "appsync:ListGraphqlApis": ({ nextToken }) =>
      nextToken
        ? { graphqlApis: [{ apiId: "b", arn: "arn:b", name: "b", authenticationType: "AWS_IAM" }] }
        : { graphqlApis: [{ apiId: "a", arn: "arn:a", name: "a", authenticationType: "API_KEY", aFieldOfTomorrow: 1 }], nextToken: "t" },
    "appsync:ListApis": () => ({
      apis: [
        {
          apiId: "e",
          apiArn: "arn:e",
          name: "events",
          eventConfig: { authProviders: [{ authType: "AWS_LAMBDA" }], defaultPublishAuthModes: [{ authType: "AWS_IAM" }] },
        },
      ],
    }),
    "appsync:ListChannelNamespaces": ({ nextToken }) =>
      nextToken
        ? { channelNamespaces: [{ name: "b", publishAuthModes: [{ authType: "API_KEY" }] }] }
        : { channelNamespaces: [{ name: "a" }], nextToken: "t" },
    "appsync:ListDataSources": ({ apiId }) => ({
      dataSources: [
        { name: `f-${apiId}`, type: "AWS_LAMBDA", lambdaConfig: { lambdaFunctionArn: fn } },
        { name: "t", type: "AMAZON_DYNAMODB", dynamodbConfig: { tableName: "orders", awsRegion: "us-east-1" } },
        { name: "h", type: "HTTP", httpConfig: { endpoint: "https://hooks.example.com/hunter2" } },
      ],
    }),
  };

  test("lists APIs of both kinds, page by page, with their data sources", async () => {
    const { rows, coverage, kept } = await collectFrom(appsyncCollector, answers);
    expect(coverage.status).toBe("complete");
    expect(rows.get("arn:a")?.relations.map(({ from, to, auth }) => `${from} ${to} ${auth}`)).toEqual([
      "internet arn:a api-key",
      `arn:a ${fn} service`,
      "arn:a arn:aws:dynamodb:us-east-1:111122223333:table/orders service",
      "arn:a https://hooks.example.com/ service",
    ]);
    expect([...rows.keys()]).toEqual(["arn:a", "arn:b", "arn:e"]);
    expect(JSON.stringify([...rows, kept])).not.toContain("hunter2");
  });

  test("asks event APIs for their channel namespaces, which inherit what they do not say", async () => {
    const { rows, of } = await collectFrom(appsyncCollector, answers);
    expect(of("appsync:ListChannelNamespaces").map(({ input }) => input.apiId)).toEqual(["e", "e"]);
    const doors = rows.get("arn:e")?.relations.filter(({ from }) => from === "internet");
    expect(doors?.map(({ auth }) => auth).toSorted()).toEqual(["api-key", "iam", "lambda-authorizer"]);
    const refused = await collectFrom(appsyncCollector, { ...answers, "appsync:ListChannelNamespaces": refuse });
    expect(refused.rows.get("arn:e")?.resource?.details?.unread).toEqual(["channel namespaces"]);
    expect(refused.coverage).toMatchObject({ status: "partial", operation: "appsync:ListChannelNamespaces" });
  });

  test("refused for data sources, still lists APIs and says what is missing", async () => {
    const { rows, coverage } = await collectFrom(appsyncCollector, { ...answers, "appsync:ListDataSources": refuse });
    expect(coverage).toMatchObject({ status: "partial", operation: "appsync:ListDataSources" });
    expect(rows.get("arn:b")?.resource?.details?.unread).toEqual(["data sources"]);
  });
});

describe("load balancers", () => {
  test("where no target group holds a function, one call is all", async () => {
    const { operations, coverage } = await collectFrom(loadBalancersCollector, {
      "elasticloadbalancing:DescribeTargetGroups": () => ({ TargetGroups: [{ TargetGroupArn: "tg", TargetType: "instance" }] }),
    });
    expect(coverage).toMatchObject({ status: "complete", resources: 0 });
    expect(operations).toEqual(["elasticloadbalancing:DescribeTargetGroups"]);
  });

  test("lead to functions by listeners and rules; a login that lets anybody pass is none", async () => {
    const action = (OnUnauthenticatedRequest: string) => [
      { Type: "authenticate-oidc", AuthenticateOidcConfig: { OnUnauthenticatedRequest } },
      { Type: "forward", ForwardConfig: { TargetGroups: [{ TargetGroupArn: "tg", Weight: 1 }] } },
    ];
    const { rows } = await collectFrom(loadBalancersCollector, {
      "elasticloadbalancing:DescribeTargetGroups": () => ({
        TargetGroups: [{ TargetGroupArn: "tg", TargetType: "lambda", TargetGroupName: "tg", LoadBalancerArns: ["lb"] }],
      }),
      "elasticloadbalancing:DescribeTargetHealth": () => ({ TargetHealthDescriptions: [{ Target: { Id: `${fn}:live` } }] }),
      "elasticloadbalancing:DescribeLoadBalancers": () => ({
        LoadBalancers: [
          { LoadBalancerArn: "other" },
          { LoadBalancerArn: "lb", LoadBalancerName: "shop", Type: "application", Scheme: "internet-facing", CreatedTime: now },
        ],
      }),
      "elasticloadbalancing:DescribeListeners": () => ({ Listeners: [{ ListenerArn: "l", Protocol: "HTTPS", Port: 443 }] }),
      "elasticloadbalancing:DescribeRules": ({ Marker }) =>
        Marker
          ? { Rules: [{ IsDefault: true, Priority: "default", Actions: action("authenticate") }] }
          : { Rules: [{ Priority: "1", Actions: action("allow") }], NextMarker: "m" },
    });
    expect([...rows.keys()]).toEqual(["tg", "lb"]);
    expect(
      rows
        .get("lb")
        ?.relations.filter(({ to }) => to === fn)
        .map(({ auth }) => auth),
    ).toEqual(["none", "login"]);
  });
});

describe("a network load balancer", () => {
  const inner = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/inner/50dc";
  const forwards = (TargetGroupArn: string) => [{ Type: "forward", TargetGroupArn }];
  const answers: Answers = {
    "elasticloadbalancing:DescribeTargetGroups": () => ({
      TargetGroups: [
        { TargetGroupArn: "tg", TargetType: "lambda", LoadBalancerArns: [inner] },
        { TargetGroupArn: "to-inner", TargetType: "alb", LoadBalancerArns: ["outer"] },
        { TargetGroupArn: "to-servers", TargetType: "alb", LoadBalancerArns: ["of-servers"] },
      ],
    }),
    "elasticloadbalancing:DescribeTargetHealth": ({ TargetGroupArn }) => ({
      TargetHealthDescriptions: [
        {
          Target: TargetGroupArn === "tg" ? { Id: fn } : { Id: TargetGroupArn === "to-inner" ? inner : `${inner}-of-servers`, Port: 8443 },
        },
      ],
    }),
    "elasticloadbalancing:DescribeLoadBalancers": () => ({
      LoadBalancers: [
        { LoadBalancerArn: inner, Scheme: "internal", Type: "application" },
        { LoadBalancerArn: "outer", Scheme: "internet-facing", Type: "network" },
        { LoadBalancerArn: "of-servers", Scheme: "internet-facing", Type: "network" },
      ],
    }),
    "elasticloadbalancing:DescribeListeners": ({ LoadBalancerArn }) => ({
      Listeners: [
        LoadBalancerArn === inner
          ? { ListenerArn: "l8443", Protocol: "HTTPS", Port: 8443 }
          : { ListenerArn: "tcp", Protocol: "TCP", Port: 443, DefaultActions: forwards("to-inner") },
      ],
    }),
    "elasticloadbalancing:DescribeRules": () => ({ Rules: [{ IsDefault: true, Actions: forwards("tg") }] }),
  };

  test("is read where it stands before one that leads to a function, by its default action alone", async () => {
    const { rows, of } = await collectFrom(loadBalancersCollector, answers);
    expect([...rows.keys()].toSorted()).toEqual([inner, "outer", "tg", "to-inner"]);
    expect(rows.get("outer")?.relations).toContainEqual(expect.objectContaining({ from: "outer", to: "l8443", auth: "none" }));
    expect(of("elasticloadbalancing:DescribeRules").map(({ input }) => input.ListenerArn)).toEqual(["l8443"]);
  });

  test("keeps what its rules ask of addresses, and whether plain text goes further", async () => {
    const redirect = (Protocol?: string) => [
      { Type: "redirect", RedirectConfig: { StatusCode: "HTTP_301", ...(Protocol ? { Protocol } : {}) } },
    ];
    const inTransit = async (Actions: object[]) => {
      const { rows } = await collectFrom(loadBalancersCollector, {
        ...answers,
        "elasticloadbalancing:DescribeListeners": () => ({ Listeners: [{ ListenerArn: "l", Protocol: "HTTP", Port: 80 }] }),
        "elasticloadbalancing:DescribeRules": () => ({ Rules: [{ IsDefault: true, Actions }] }),
      });
      return rows.get(inner)?.resource?.encryption?.inTransit;
    };
    expect(await inTransit(redirect("HTTPS"))).toBe("enforced");
    expect(await inTransit([{ Type: "fixed-response" }])).toBe("enforced");
    expect(await inTransit(redirect())).toBe("not-enforced");
    expect(await inTransit(forwards("tg"))).toBe("not-enforced");
    const conditions = [{ Field: "source-ip", SourceIpConfig: { Values: ["203.0.113.0/24"] } }];
    const { rows } = await collectFrom(loadBalancersCollector, {
      ...answers,
      "elasticloadbalancing:DescribeRules": () => ({ Rules: [{ Priority: "1", Conditions: conditions, Actions: forwards("tg") }] }),
    });
    expect(rows.get(inner)?.relations).toContainEqual(expect.objectContaining({ to: fn, auth: "network" }));
  });
});

describe("Cognito", () => {
  const answers: Answers = {
    "cognito-idp:ListUserPools": () => ({
      UserPools: [
        { Id: "p1", Name: "people", CreationDate: now },
        { Id: "p2", Name: "gone" },
      ],
    }),
    "cognito-idp:DescribeUserPool": ({ UserPoolId }) =>
      UserPoolId === "p2"
        ? gone()
        : {
            UserPool: {
              LambdaConfig: { PreSignUp: `${fn}:live`, CustomEmailSender: { LambdaArn: fn }, KMSKeyID: "arn:aws:kms:k" },
              AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
            },
          },
    "cognito-identity:ListIdentityPools": () => ({ IdentityPools: [{ IdentityPoolId: "i1", IdentityPoolName: "guests" }] }),
    "cognito-identity:DescribeIdentityPool": () => ({ AllowUnauthenticatedIdentities: true }),
    "cognito-identity:GetIdentityPoolRoles": () => ({ Roles: { unauthenticated: "arn:aws:iam::111122223333:role/guest" } }),
  };

  test("names triggers, sign-up and what guests are given", async () => {
    const { rows, coverage } = await collectFrom(cognitoCollector, answers);
    expect(coverage.status).toBe("complete");
    const pool = rows.get("arn:aws:cognito-idp:eu-west-1:111122223333:userpool/p1");
    expect(pool?.resource?.details).toMatchObject({ openSignUp: false });
    expect(pool?.relations.map(({ to, evidence }) => `${to} ${evidence}`)).toEqual([
      `${fn} cognito-idp:DescribeUserPool, trigger PreSignUp`,
      `${fn} cognito-idp:DescribeUserPool, trigger CustomEmailSender`,
    ]);
    const guests = rows.get("arn:aws:cognito-identity:eu-west-1:111122223333:identitypool/i1");
    expect(guests?.resource?.details).toEqual({ unauthenticatedAccess: true, classicFlow: false });
    expect(guests?.relations).toMatchObject([
      { from: "internet", kind: "routes-to", auth: "none" },
      { kind: "assumes", auth: "none", enabled: true },
    ]);
  });

  test("either half is read without the other", async () => {
    const { rows, coverage } = await collectFrom(cognitoCollector, { ...answers, "cognito-idp:ListUserPools": refuse });
    expect(coverage).toMatchObject({ status: "partial", code: "AccessDeniedException" });
    expect(rows.size).toBe(1);
  });
});

describe("CloudFront", () => {
  const distribution = (id: string, control: string) => ({
    Id: id,
    ARN: `arn:${id}`,
    Enabled: true,
    DomainName: `${id}.cloudfront.net`,
    Origins: { Items: [{ Id: "o", DomainName: "abc.lambda-url.eu-west-1.on.aws", OriginAccessControlId: control }] },
    DefaultCacheBehavior: { TargetOriginId: "o", ViewerProtocolPolicy: "https-only", AFieldOfTomorrow: {} },
  });
  const answers: Answers = {
    "cloudfront:ListDistributions": ({ Marker }) => ({
      DistributionList: Marker
        ? { Items: [distribution("second", "never")], IsTruncated: false }
        : { Items: [distribution("first", "always")], IsTruncated: true, NextMarker: "m" },
    }),
    "cloudfront:ListOriginAccessControls": () => ({
      OriginAccessControlList: {
        Items: [
          { Id: "never", SigningBehavior: "never" },
          { Id: "always", SigningBehavior: "always" },
        ],
      },
    }),
  };

  test("pages, and weighs whether the origin access control signs", async () => {
    const { rows, operations } = await collectFrom(cloudfrontCollector, answers);
    expect([...rows].map(([arn, row]) => [arn, row.relations[1]?.auth])).toEqual([
      ["arn:first", "service"],
      ["arn:second", "iam"],
    ]);
    expect(operations).not.toContain("cloudfront:ListVpcOrigins");
  });

  test("refused is coverage", async () => {
    const { coverage } = await collectFrom(cloudfrontCollector, { "cloudfront:ListDistributions": refuse });
    expect(coverage).toMatchObject({ collector: "cloudfront", status: "denied", operation: "cloudfront:ListDistributions" });
  });
});
