import { describe, expect, test } from "vitest";
import { describeAppsyncApi } from "../../shared/describe/appsync-api.ts";
import { type Behavior, describeDistribution, type Origin } from "../../shared/describe/distribution.ts";
import {
  describeLoadBalancer,
  describeTargetGroup,
  type Listener,
  type ListenerRule,
  type LoadBalancerTargetGroup,
} from "../../shared/describe/load-balancer.ts";
import { exposureOf } from "../../shared/graph/exposure.ts";
import type { Relation } from "../../shared/model/graph.ts";

const fn = "arn:aws:lambda:eu-west-1:111122223333:function:orders";
const url = "https://abc.lambda-url.eu-west-1.on.aws/";
const level = (relations: readonly Relation[], at = fn) => exposureOf(relations)(at).level;

describe("a distribution", () => {
  const behavior = (more: Partial<Behavior> = {}): Behavior => ({
    path: "default",
    originId: "o",
    asksSignature: false,
    methods: ["GET", "HEAD"],
    associations: [],
    ...more,
  });
  const distribution = (origin: Partial<Origin>, behaviors = [behavior()], enabled = true) =>
    describeDistribution(
      {
        arn: "arn:aws:cloudfront::111122223333:distribution/E1",
        id: "E1",
        enabled,
        host: "d1.cloudfront.net",
        aliases: [],
        hasFirewall: false,
        refusesPlainText: true,
        origins: [{ id: "o", host: "abc.lambda-url.eu-west-1.on.aws", signs: true, ...origin }],
        groups: {},
        behaviors,
      },
      "aws",
    ).flatMap((row) => row.relations);
  const behind: Relation[] = [
    { from: "internet", to: url, kind: "routes-to", auth: "iam", enabled: true, evidence: "" },
    { from: url, to: fn, kind: "routes-to", auth: "service", enabled: true, evidence: "" },
  ];

  test("that signs opens a function URL with AWS_IAM to everybody; one that does not, or is off, opens nothing", () => {
    expect(level([...distribution({}), ...behind])).toBe("internet-anonymous");
    expect(level([...distribution({ signs: false }), ...behind])).toBe("internet-authenticated");
    expect(level([...distribution({}, [behavior()], false), ...behind])).toBe("internet-authenticated");
    expect(level([...distribution({}, [behavior({ asksSignature: true })]), ...behind])).toBe("internet-authenticated");
  });

  test("runs functions at the edge, and reads buckets without setting anything off behind them", () => {
    const associations = [{ event: "viewer-request", arn: `${fn}:7`, atEdge: true }];
    const relations = distribution({ host: "site.s3.eu-west-1.amazonaws.com" }, [behavior({ associations })]);
    expect(level(relations)).toBe("internet-anonymous");
    expect(relations.filter(({ to }) => to === "arn:aws:s3:::site")).toMatchObject([{ kind: "may-read", auth: "service" }]);
    const uploads = distribution({ host: "site.s3.amazonaws.com" }, [behavior({ methods: ["GET", "PUT"] })]);
    expect(uploads.at(-1)).toMatchObject({ to: "arn:aws:s3:::site", kind: "routes-to" });
  });
});

describe("a load balancer", () => {
  const rule = (more: Partial<ListenerRule> = {}): ListenerRule => ({
    arn: "r",
    isDefault: false,
    priority: "1",
    paths: ["/shop/*"],
    sourceAddresses: [],
    keepsPlainText: true,
    login: false,
    checksToken: false,
    targetGroups: [{ arn: "tg", weight: 1 }],
    ...more,
  });
  const listener = (rules: readonly ListenerRule[], more: Partial<Listener> = {}): Listener => ({
    arn: "listener",
    protocol: "HTTPS",
    port: 443,
    verifiesCertificates: false,
    rules,
    ...more,
  });
  const functions: LoadBalancerTargetGroup = { arn: "tg", name: "tg", targetType: "lambda", targets: [{ arn: fn }] };
  const rowOf = (scheme: string, listeners: readonly Listener[]) =>
    describeLoadBalancer(
      { arn: "lb", name: "shop", scheme, kind: "application", dnsName: "Shop-1.eu-west-1.elb.amazonaws.com" },
      new Map([["lb", listeners]]),
      new Map([["tg", functions]]),
      "eu-west-1",
    );
  const balancer = (scheme: string, one: ListenerRule, verifiesCertificates = false) =>
    rowOf(scheme, [listener([one], { verifiesCertificates })]).relations;
  const from = (...sourceAddresses: string[]) => balancer("internet-facing", rule({ sourceAddresses }));

  test.each([
    ["without login", balancer("internet-facing", rule()), "internet-anonymous"],
    ["with a login", balancer("internet-facing", rule({ login: true })), "internet-authenticated"],
    ["with a token", balancer("internet-facing", rule({ checksToken: true })), "internet-authenticated"],
    ["with client certificates", balancer("internet-facing", rule(), true), "internet-authenticated"],
    ["for listed addresses", from("203.0.113.0/24", "2001:db8::/32"), "internal"],
    ["for every address", from("0.0.0.0/0"), "internet-anonymous"],
    ["for every address, in halves", from("0.0.0.0/1", "128.0.0.0/1"), "internet-anonymous"],
    ["of weight 0", balancer("internet-facing", rule({ targetGroups: [{ arn: "tg", weight: 0 }] })), "none"],
    ["inside", balancer("internal", rule()), "internal"],
  ])("%s", (_name, relations, expected) => {
    expect(level(relations)).toBe(expected);
  });

  test("is asked in plain text only where a listener for http passes that on", () => {
    const inTransit = (...listeners: readonly Listener[]) => rowOf("internet-facing", listeners).resource?.encryption?.inTransit;
    const redirects = rule({ keepsPlainText: false, targetGroups: [] });
    const secure = listener([rule()]);
    expect(inTransit(secure, listener([redirects], { protocol: "HTTP" }))).toBe("enforced");
    expect(inTransit(secure, listener([redirects, rule()], { protocol: "HTTP" }))).toBe("not-enforced");
    expect(inTransit(listener([rule()], { protocol: "TCP" }))).toBe("unknown");
  });

  test("inside is reached through a network load balancer before it, by the listener of the port that this asks", () => {
    const inner = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/inner/50dc";
    const outer = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/outer/60dd";
    const listeners = new Map([
      [inner, [listener([rule({ login: true })], { arn: `${inner}/443` }), listener([rule()], { arn: `${inner}/8443`, port: 8443 })]],
      [
        outer,
        [listener([rule({ isDefault: true, targetGroups: [{ arn: "to-inner", weight: 1 }] })], { arn: `${outer}/1`, protocol: "TCP" })],
      ],
    ]);
    const asking = (port: number) => {
      const toInner = { arn: "to-inner", name: "to-inner", targetType: "alb", targets: [{ arn: inner, port }] };
      const groups = new Map([
        ["tg", functions],
        ["to-inner", toInner],
      ]);
      const describe = (arn: string, scheme: string, kind: string) =>
        describeLoadBalancer({ arn, name: arn, scheme, kind }, listeners, groups, "eu-west-1").relations;
      expect(describeTargetGroup(toInner, listeners, "eu-west-1").relations).toMatchObject([{ from: "to-inner", to: `${inner}/${port}` }]);
      return exposureOf([...describe(inner, "internal", "application"), ...describe(outer, "internet-facing", "network")])(fn);
    };
    expect(asking(8443).level).toBe("internet-anonymous");
    expect(asking(443).level).toBe("internet-authenticated");
  });

  test("inside is also asked by its listener, as a VPC link does", () => {
    expect(balancer("internal", rule())).toContainEqual(expect.objectContaining({ from: "listener", to: fn }));
    expect(balancer("internet-facing", rule())[1]).toMatchObject({ from: "https://shop-1.eu-west-1.elb.amazonaws.com/", to: "lb" });
  });
});

test("an AppSync API is as open as the most open of its modes; a key is none", () => {
  const api = (modes: string[], isPrivate = false) =>
    describeAppsyncApi(
      { arn: "api", id: "a", name: "a", type: "AWS::AppSync::GraphQLApi", modes, isPrivate, hasFirewall: false, authorizers: [], tags: {} },
      [
        { name: "orders", type: "AWS_LAMBDA", target: `${fn}:live` },
        { name: "none", type: "NONE" },
      ],
      [],
      "eu-west-1",
    );
  expect(level(api(["AWS_IAM", "API_KEY"]).relations)).toBe("internet-anonymous");
  expect(level(api(["AMAZON_COGNITO_USER_POOLS"]).relations)).toBe("internet-authenticated");
  expect(level(api(["A_MODE_OF_TOMORROW"]).relations)).toBe("internet-authenticated");
  expect(level(api(["API_KEY"], true).relations)).toBe("internal");
  expect(api(["API_KEY"]).resource?.details?.dataSources).toEqual(["orders (AWS_LAMBDA)", "none (NONE)"]);
});

describe("an event API of AppSync", () => {
  const level = (
    connect: string[],
    publish: string[],
    subscribe: string[],
    namespaces: { publish: string[]; subscribe: string[] }[] = [],
  ) => {
    const { relations } = describeAppsyncApi(
      {
        arn: "api",
        id: "a",
        name: "a",
        type: "AWS::AppSync::Api",
        modes: connect,
        channels: { publish, subscribe },
        isPrivate: false,
        hasFirewall: false,
        authorizers: [],
        tags: {},
      },
      [{ name: "handle", type: "AWS_LAMBDA", target: fn }],
      namespaces,
      "eu-west-1",
    );
    return exposureOf(relations)(fn).level;
  };

  test("is open to whoever may publish: that needs no connection", () => {
    expect(level(["AWS_IAM"], ["API_KEY"], ["AWS_IAM"])).toBe("internet-anonymous");
    expect(level(["API_KEY"], ["AWS_IAM"], ["AWS_IAM"])).toBe("internet-authenticated");
  });

  test("is open to subscribers who pass both connection and subscription", () => {
    expect(level(["API_KEY"], ["AWS_IAM"], ["API_KEY"])).toBe("internet-anonymous");
    expect(level(["AMAZON_COGNITO_USER_POOLS"], ["AWS_IAM"], ["API_KEY"])).toBe("internet-authenticated");
  });

  test("is as open as the most open of its channel namespaces", () => {
    const namespace = { publish: ["API_KEY"], subscribe: ["AWS_IAM"] };
    expect(level(["AWS_IAM"], ["AWS_IAM"], ["AWS_IAM"], [namespace])).toBe("internet-anonymous");
  });
});
