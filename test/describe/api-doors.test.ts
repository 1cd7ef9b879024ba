import { describe, expect, test } from "vitest";
import type { ApiListed, RouteRead } from "../../shared/describe/api-reads.ts";
import { describeApi } from "../../shared/describe/apis.ts";
import { api, domain, doors, place, read, readAt, route, rowsOf } from "./an-api.ts";

describe("doors of a route", () => {
  test("are as the method asks; a key is told apart from none", () => {
    const asking = (authorization: string, apiKeyRequired = false) => doors(api(), read([route({ authorization, apiKeyRequired })]));
    expect(asking("NONE")).toEqual(["internet none"]);
    expect(asking("NONE", true)).toEqual(["internet api-key"]);
    expect(asking("AWS_IAM")).toEqual(["internet iam"]);
    expect(asking("COGNITO_USER_POOLS", true)).toEqual(["internet cognito"]);
    expect(asking("CUSTOM")).toEqual(["internet lambda-authorizer"]);
    expect(asking("JWT")).toEqual(["internet jwt"]);
  });

  test("without a stage there is none", () => {
    expect(doors(api(), read([route()], { stages: [] }))).toEqual([]);
  });

  test("a WebSocket is let in at $connect for all its routes", () => {
    const socket = api({ protocol: "WEBSOCKET" });
    const { verb: _, ...own } = route();
    const of = (authorization: string) =>
      doors(
        socket,
        read([
          { ...own, path: "$connect", authorization },
          { ...own, path: "$default" },
          { ...own, path: "say", authorization: "AWS_IAM" },
        ]),
      );
    expect(of("CUSTOM")).toEqual(Array(3).fill("internet lambda-authorizer"));
    expect(of("NONE")).toEqual(Array(3).fill("internet none"));
    expect(doors(socket, read([{ ...own, path: "say", authorization: "AWS_IAM" }]))).toEqual(["internet none"]);
  });

  test("a default endpoint that is off leaves custom domains, and only their client certificates count", () => {
    const off = api({ protocol: "HTTP", defaultEndpointOff: true });
    expect(doors(off, read([route()]), [])).toEqual([]);
    expect(doors(off, read([route()]), [domain(true)])).toEqual(["internet mutual-tls"]);
    expect(doors(off, read([route()]), [domain(true), domain(false)])).toEqual(["internet none"]);
    expect(doors(off, read([route({ authorization: "JWT" })]), [domain(true)])).toEqual(["internet jwt"]);
    // with the default endpoint on, the certificate can be walked around
    expect(doors(api({ protocol: "HTTP" }), read([route()]), [domain(true)])).toEqual(["internet none"]);
  });

  test("unread custom domains are said to be unread", () => {
    const rows = describeApi(
      api({ defaultEndpointOff: true }),
      read([route()]),
      readAt,
      { domains: undefined, vpcLinks: new Map() },
      place,
    );
    expect(rows.slice(0, 2).map(({ resource }) => resource?.details?.unread)).toEqual([["custom domains"], ["custom domains"]]);
  });

  test("a policy that asks for a key nobody here knows is no door and no wall: the statement is named on API and route", () => {
    const policy = JSON.stringify({
      Statement: [
        {
          Sid: "New",
          Effect: "Allow",
          Principal: "*",
          Action: "execute-api:Invoke",
          Resource: "execute-api:/*",
          Condition: { StringEquals: { "aws:BrandNew": "x" } },
        },
      ],
    });
    const listed = api({ policy });
    expect(doors(listed, read([route()]))).toEqual([]);
    const untold = rowsOf(listed, read([route()])).map(({ resource }) => resource?.details?.untold);
    expect(untold).toEqual([["New: aws:brandnew"], ["New: aws:brandnew"]]);
    expect(rowsOf(api(), read([route()]))[0]?.resource?.details).not.toHaveProperty("untold");
  });

  describe("behind a resource policy", () => {
    const execute = "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3";
    const allow = (more: object = {}) => ({
      Effect: "Allow",
      Principal: "*",
      Action: "execute-api:Invoke",
      Resource: `${execute}/*`,
      ...more,
    });
    const deny = (Condition: object, more: object = {}) => ({ ...allow(more), Effect: "Deny", Condition });
    const behind = (statements: object[], given: Partial<RouteRead> = {}, listed: Partial<ApiListed> = {}) =>
      doors(api({ policy: JSON.stringify({ Statement: statements }), ...listed }), read([route(given)]));

    test("everybody, escaped as API Gateway answers it", () => {
      const escaped = JSON.stringify({ Statement: [allow()] })
        .replaceAll('"', '\\"')
        .replaceAll("/", "\\/");
      expect(doors(api({ policy: escaped }), read([route()]))).toEqual(["internet none"]);
    });

    test("addresses, VPCs and endpoints leave the network", () => {
      expect(behind([allow({ Condition: { IpAddress: { "aws:SourceIp": ["198.51.100.0/24"] } } })])).toEqual(["internet network"]);
      expect(behind([allow(), deny({ NotIpAddress: { "aws:SourceIp": ["198.51.100.0/24"] } })])).toEqual(["internet network"]);
      expect(behind([allow(), deny({ StringNotEquals: { "aws:SourceVpce": "vpce-1" } })])).toEqual(["internet network"]);
      // a list in one text is no address: it turns nobody away
      expect(behind([allow(), deny({ IpAddress: { "aws:SourceIp": ["198.51.100.7, 203.0.113.0/24"] } })])).toEqual(["internet none"]);
      // turning some addresses away leaves the rest of the world
      expect(behind([allow(), deny({ IpAddress: { "aws:SourceIp": ["198.51.100.0/24"] } })])).toEqual(["internet none"]);
    });

    test("a statement about another stage, verb or path is not about this route", () => {
      expect(behind([allow({ Resource: `${execute}/prod/GET/orders` })])).toEqual(["internet none"]);
      expect(behind([allow({ Resource: `${execute}/prod/POST/orders` })])).toEqual([]);
      expect(behind([allow({ Resource: "execute-api:/prod/GET/*" })])).toEqual(["internet none"]);
      expect(behind([allow({ Resource: `${execute}/test/*` })])).toEqual([]);
      expect(behind([allow(), deny({}, { Resource: `${execute}/prod/GET/orders`, Condition: undefined })])).toEqual([]);
      expect(behind([allow(), { ...deny({}), Condition: undefined, Resource: `${execute}/prod/POST/*` }])).toEqual(["internet none"]);
      expect(behind([allow({ Resource: `${execute}/prod/GET/orders/17` })], { path: "/orders/{id}" })).toEqual(["internet none"]);
      expect(behind([allow({ Resource: `${execute}/prod/POST/orders` })], { verb: "ANY" })).toEqual(["internet none"]);
    });

    test("dates expire", () => {
      expect(behind([allow({ Condition: { DateLessThan: { "aws:CurrentTime": "2022-09-30T00:00:00Z" } } })])).toEqual([]);
      expect(behind([allow({ Condition: { DateLessThan: { "aws:CurrentTime": "2027-09-30T00:00:00Z" } } })])).toEqual(["internet none"]);
    });

    test("another account gets in where requests are signed, and only there", () => {
      const foreign = allow({ Principal: { AWS: "arn:aws:iam::444455556666:root" } });
      expect(behind([foreign], { authorization: "AWS_IAM" })).toEqual(["internet iam", "account:444455556666 cross-account"]);
      expect(behind([foreign])).toEqual([]);
      const members = allow({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abc123" } } });
      expect(behind([members], { authorization: "AWS_IAM" })).toEqual(["internet iam", "organization:o-abc123 cross-account"]);
      expect(behind([allow()], { authorization: "AWS_IAM" })).toEqual(["internet iam", "internet cross-account"]);
    });

    test("the statement by which every AWS account may sign in is named; with another authorization it opens to no account", () => {
      const named = (authorization: string) => {
        const listed = api({ policy: JSON.stringify({ Statement: [allow({ Sid: "Everybody" })] }) });
        return rowsOf(listed, read([route({ authorization })]))[0]?.resource?.details?.everyAccountStatements;
      };
      expect(named("AWS_IAM")).toEqual(["Everybody"]);
      expect(named("CUSTOM")).toEqual([]);
      expect(named("NONE")).toEqual([]);
    });

    test("an authorizer's or IAM's word is enough where nothing refuses; Cognito's and none are not", () => {
      const office = { IpAddress: { "aws:SourceIp": ["203.0.113.0/24"] } };
      const some = allow({ Condition: office });
      const partner = allow({ Principal: { AWS: "arn:aws:iam::444455556666:root" } });
      const elsewhere = allow({ Resource: `${execute}/prod/POST/other` });
      for (const statement of [some, partner, elsewhere]) {
        expect(behind([statement], { authorization: "CUSTOM" })).toContain("internet lambda-authorizer");
        expect(behind([statement], { authorization: "AWS_IAM" })).toContain("internet iam");
      }
      expect(behind([some], { authorization: "COGNITO_USER_POOLS" })).toEqual(["internet network"]);
      expect(behind([partner], { authorization: "COGNITO_USER_POOLS" })).toEqual([]);
      expect(behind([deny({ IpAddress: { "aws:SourceIp": ["198.51.100.7/32"] } })], { authorization: "CUSTOM" })).toEqual([
        "internet lambda-authorizer",
      ]);
      expect(behind([partner], { authorization: "CUSTOM" }, { isPrivate: true })).toEqual(["account:444455556666 network"]);
    });

    test("what the policy refuses, no authorizer opens", () => {
      const unlessOffice = deny({ NotIpAddress: { "aws:SourceIp": ["203.0.113.0/24"] } });
      const everything = { ...deny({}), Condition: undefined };
      for (const authorization of ["CUSTOM", "AWS_IAM"]) {
        expect(behind([allow(), unlessOffice], { authorization })).not.toContain(
          `internet ${authorization === "CUSTOM" ? "lambda-authorizer" : "iam"}`,
        );
        expect(behind([allow(), everything], { authorization })).toEqual([]);
      }
      const ofOwn = deny({ StringEquals: { "aws:PrincipalAccount": "111122223333" } });
      const partner = allow({ Principal: { AWS: "arn:aws:iam::444455556666:root" } });
      expect(behind([partner, ofOwn], { authorization: "AWS_IAM" })).toEqual(["account:444455556666 cross-account"]);
      // of the account itself nobody is refused; whoever signs for another is
      const unlessOwn = deny({ StringNotEquals: { "aws:PrincipalAccount": "111122223333" } });
      expect(behind([allow(), unlessOwn], { authorization: "AWS_IAM" })).toEqual(["internet iam"]);
    });

    test("a private API is reached from networks only, and not at all without a policy", () => {
      expect(behind([allow()], {}, { isPrivate: true })).toEqual(["internet network"]);
      expect(doors(api({ isPrivate: true }), read([route()]))).toEqual([]);
    });
  });
});
