/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written so */
import { describe, expect, test } from "vitest";
import { policyReader } from "../../shared/policies/policy.ts";

const context = { account: "111122223333", now: new Date("2026-11-24T00:00:00Z") };
const queue = "arn:aws:sqs:eu-west-1:111122223333:orders";
const allow = (Condition?: object, more: object = {}) => ({
  Sid: "A",
  Effect: "Allow",
  Principal: "*",
  Action: "sqs:*",
  Resource: "*",
  ...(Condition ? { Condition } : {}),
  ...more,
});
const deny = (Condition?: object, more: object = {}) => ({ ...allow(Condition, more), Sid: "D", Effect: "Deny" });
const ask = (statements: readonly object[], more: object = {}) =>
  policyReader({ Version: "2012-10-17", Statement: statements }, { ...context, ...more })({ action: "sqs:SendMessage", resource: queue });
const who = (statements: readonly object[], more: object = {}) => ask(statements, more).grants.map((grant) => `${grant.who} ${grant.auth}`);

const anybody = ["internet none"];
const anyAccount = ["internet cross-account"];
const network = ["internet network"];
const organization = ["organization:o-abc123 cross-account"];
const partner = ["account:444455556666 cross-account"];
const addresses = "203.0.113.0/24";

describe("keys that a request has or has not", () => {
  test.each([
    ["not sent by a service on somebody's behalf: all direct requests", allow({ Bool: { "aws:ViaAWSService": "false" } }), anybody],
    ["sent by a service with the caller's credentials: any account's", allow({ Bool: { "aws:ViaAWSService": "true" } }), anyAccount],
    ["signed, and no service: any account", allow({ Bool: { "aws:PrincipalIsAWSService": "false" } }), anyAccount],
    ["without a signature", allow({ StringEquals: { "aws:PrincipalType": "Anonymous" } }), anybody],
    ["by an assumed role", allow({ StringEquals: { "aws:PrincipalType": "AssumedRole" } }), anyAccount],
    ["by a role with a tag, which each account gives its own", allow({ StringEquals: { "aws:PrincipalTag/team": "shop" } }), anyAccount],
    ["with a second factor", allow({ Bool: { "aws:MultiFactorAuthPresent": "true" } }), anyAccount],
    ["by a session name, which is chosen", allow({ StringLike: { "aws:userid": "*:deploy" } }), anyAccount],
    ["by the unique id of one role", allow({ StringLike: { "aws:userid": "AROAEXAMPLEEXAMPLE:*" } }), []],
    ["with a header", allow({ StringLike: { "aws:Referer": "https://example.com/*" } }), anybody],
    ["over TLS", allow({ Bool: { "aws:SecureTransport": "true" } }), anybody],
    ["from a function of any account", allow({ Null: { "lambda:SourceFunctionArn": "false" } }), anyAccount],
    ["from an own function", allow({ ArnLike: { "lambda:SourceFunctionArn": "arn:aws:lambda:*:111122223333:function:*" } }), []],
    ["from a partner's function", allow({ ArnLike: { "lambda:SourceFunctionArn": "arn:aws:lambda:*:444455556666:function:*" } }), partner],
    ["by the managing account of an organization", allow({ StringEquals: { "aws:PrincipalOrgMasterAccount": "444455556666" } }), partner],
    ["by keys of a web identity, which AWS credentials have none of", allow({ StringEquals: { "accounts.google.com:aud": "x" } }), []],
    ["with no value that would fit", allow({ StringEquals: { "aws:PrincipalOrgID": [] } }), []],
  ])("%s", (_name, statement, expected) => {
    expect(who([statement])).toEqual(expected);
  });
});

describe("addresses and endpoints", () => {
  test.each([
    ["one range", { IpAddress: { "aws:SourceIp": addresses } }, network],
    ["the halves of the internet", { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } }, anybody],
    ["its quarters", { IpAddress: { "aws:SourceIp": ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"] } }, anybody],
    ["the halves of IPv6", { IpAddress: { "aws:SourceIp": ["::/1", "8000::/1"] } }, anybody],
    ["any address with /0", { IpAddress: { "aws:SourceIp": "203.0.113.4/0" } }, anybody],
    ["a company's /8", { IpAddress: { "aws:SourceIp": "17.0.0.0/8" } }, network],
    ["more than a /8", { IpAddress: { "aws:SourceIp": "16.0.0.0/7" } }, anybody],
    ["private addresses, however many", { IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] } }, network],
    ["what is no range at all", { IpAddress: { "aws:SourceIp": "the office" } }, []],
    ["all but a range", { NotIpAddress: { "aws:SourceIp": addresses } }, anybody],
    // a request through an endpoint has no such key, and any account can make an endpoint
    ["a range, if there is an address", { IpAddressIfExists: { "aws:SourceIp": addresses } }, [...network, ...anyAccount]],
    ["a range, for all addresses there are", { "ForAllValues:IpAddress": { "aws:SourceIp": addresses } }, [...network, ...anyAccount]],
    ["a range and a header", { IpAddress: { "aws:SourceIp": addresses }, StringLike: { "aws:UserAgent": "app/*" } }, network],
    ["one endpoint", { StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } }, network],
    ["one endpoint, if there is one", { StringEqualsIfExists: { "aws:SourceVpce": "vpce-0a1b2c3d" } }, anybody],
    ["any VPC", { StringLike: { "aws:SourceVpc": "vpc-*" } }, [...anyAccount, ...network]],
    ["endpoints of the account", { StringEquals: { "aws:VpceAccount": "111122223333" } }, network],
    ["endpoints of a partner", { StringEquals: { "aws:VpceAccount": "444455556666" } }, partner],
    ["VPCs of the account", { ArnLike: { "aws:SourceVpcArn": "arn:aws:ec2:*:111122223333:vpc/*" } }, network],
    ["endpoints of an organization", { StringEquals: { "aws:VpceOrgID": "o-abc123" } }, [...network, ...organization]],
  ])("%s", (_name, condition, expected) => {
    expect(who([allow(condition)])).toEqual(expected);
  });
});

describe("accounts and organizations", () => {
  test.each([
    ["every organization there is", { StringLike: { "aws:PrincipalOrgID": "o-*" } }, anyAccount],
    [
      "an organization and a role in it",
      { StringEquals: { "aws:PrincipalOrgID": "o-abc123" }, ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/job" } },
      organization,
    ],
    [
      "an organization and the own account",
      { StringEquals: { "aws:PrincipalOrgID": "o-abc123", "aws:PrincipalAccount": "111122223333" } },
      [],
    ],
    ["a part of an organization", { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-abc123/*/ou-ab12-11111111/*" } }, organization],
    [
      "paths by ForAllValues that have to be there",
      { "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-abc123/*" }, Null: { "aws:PrincipalOrgPaths": "false" } },
      organization,
    ],
    [
      "paths by ForAllValues alone, which anonymous callers pass",
      { "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-abc123/*" } },
      anybody,
    ],
    ["letters of an id, whatever their case", { StringEqualsIgnoreCase: { "aws:PrincipalOrgID": "O-ABC123" } }, organization],
    [
      "the organization that the queue is in",
      { StringEquals: { "aws:ResourceOrgID": "${aws:PrincipalOrgID}" } },
      ["organization:own cross-account"],
    ],
    [
      "the same, the other way round",
      { StringEquals: { "aws:PrincipalOrgID": "${aws:ResourceOrgID}" } },
      ["organization:own cross-account"],
    ],
    ["the account that the queue is in", { StringEquals: { "aws:PrincipalAccount": "${aws:ResourceAccount}" } }, []],
    ["accounts by a pattern", { StringLike: { "aws:PrincipalAccount": "4444*" } }, anyAccount],
    ["accounts by twelve question marks", { StringLike: { "aws:SourceAccount": "????????????" } }, anyAccount],
    ["a star where no star means more than a star", { StringEquals: { "aws:SourceArn": "arn:aws:sns:*:*:orders" } }, []],
    ["any topic, by a pattern that ends early", { ArnLike: { "aws:SourceArn": "arn:aws:sns:*" } }, anyAccount],
    ["any bucket", { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } }, anyAccount],
    ["buckets whose name begins so: anybody's", { ArnLike: { "aws:SourceArn": "arn:aws:s3:::uploads-*" } }, anyAccount],
    ["one bucket", { ArnLike: { "aws:SourceArn": "arn:aws:s3:::uploads" } }, []],
    [
      "any bucket of a partner",
      { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" }, StringEquals: { "aws:SourceAccount": "444455556666" } },
      partner,
    ],
    ["roles that only AWS services take", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/aws-service-role/*" } }, []],
  ])("%s", (_name, condition, expected) => {
    expect(who([allow(condition)])).toEqual(expected);
  });
});

describe("dates", () => {
  test.each([
    ["seconds that are over", { DateLessThan: { "aws:EpochTime": "1577836800" } }, []],
    ["seconds to come", { DateLessThan: { "aws:EpochTime": "2000000000" } }, anybody],
    ["seconds as a number", { NumericLessThan: { "aws:EpochTime": 2000000000 } }, anybody],
    ["seconds against the clock", { DateLessThan: { "aws:CurrentTime": "4102444800" } }, anybody],
    ["a day to come", { DateGreaterThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" } }, []],
    ["the year as four digits", { DateLessThan: { "aws:CurrentTime": "2027" } }, anybody],
    // signing in lately is nothing that an account could not do
    ["the age of credentials", { DateGreaterThan: { "aws:TokenIssueTime": "2026-01-01T00:00:00Z" } }, anyAccount],
  ])("%s", (_name, condition, expected) => {
    expect(who([allow(condition)])).toEqual(expected);
  });
});

describe("perimeters", () => {
  const notOurs = { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-abc123" } };
  const elsewhere = {
    NotIpAddressIfExists: { "aws:SourceIp": addresses },
    StringNotEqualsIfExists: { "aws:SourceVpc": "vpc-0a1b2c3d" },
    BoolIfExists: { "aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false" },
    ArnNotLikeIfExists: { "aws:PrincipalArn": "arn:aws:iam::*:role/aws-service-role/*" },
  };
  test.each([
    [
      "of identity, sparing services by IfExists",
      deny({ ...notOurs, BoolIfExists: { "aws:PrincipalIsAWSService": "false" } }),
      organization,
    ],
    [
      "of identity, by plain Bool, which anonymous callers have no key for",
      deny({ ...notOurs, Bool: { "aws:PrincipalIsAWSService": "false" } }),
      anybody,
    ],
    [
      "of two, both of which would have to be strange",
      deny({ StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-abc123", "aws:PrincipalAccount": "444455556666" } }),
      [...organization, ...partner],
    ],
    [
      "whose exception is a tag that strangers can give themselves",
      deny({ StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-abc123", "aws:PrincipalTag/exempt": "true" } }),
      anyAccount,
    ],
    ["that wants only that there is an account", deny({ Null: { "aws:PrincipalAccount": "true" } }), anyAccount],
    ["of the network, with services that pass calls on", deny(elsewhere), [...network, ...anyAccount]],
    ["of user ids", deny({ StringNotLike: { "aws:userId": ["AROAEXAMPLE:*", "111122223333"] } }), []],
    [
      "of the own organization",
      deny({ StringNotEqualsIfExists: { "aws:PrincipalOrgID": "${aws:ResourceOrgID}" } }),
      ["organization:own cross-account"],
    ],
  ])("%s", (_name, denial, expected) => {
    expect(who([allow(), denial])).toEqual(expected);
  });

  test("the network's leaves an Allow for the organization to the organization", () => {
    expect(who([allow({ StringEquals: { "aws:PrincipalOrgID": "o-abc123" } }), deny(elsewhere)])).toEqual(organization);
  });

  test("a service that takes signed calls only has no anonymous callers", () => {
    const denial = deny({ ...notOurs, Bool: { "aws:PrincipalIsAWSService": "false" } });
    expect(who([allow(), denial], { signedOnly: true })).toEqual(organization);
  });
});

describe("services", () => {
  const of = (name: string, condition?: object) => ask([allow(condition, { Principal: { Service: name } })]).grants[0];
  test.each([
    ["no condition", undefined, { anybodys: true, owners: [] }],
    ["any bucket", { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } }, { anybodys: true }],
    ["a header that the service itself sends", { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } }, { anybodys: true }],
    ["the own account", { StringEquals: { "aws:SourceAccount": "111122223333" } }, { anybodys: false, owners: [] }],
    ["one bucket", { ArnLike: { "aws:SourceArn": "arn:aws:s3:::uploads" } }, { anybodys: false, owners: [] }],
    [
      "a partner's topic",
      { ArnEquals: { "aws:SourceArn": "arn:aws:sns:eu-west-1:444455556666:news" } },
      { anybodys: false, owners: ["account:444455556666"] },
    ],
    ["an organization", { StringEquals: { "aws:SourceOrgID": "o-abc123" } }, { anybodys: false, owners: ["organization:o-abc123"] }],
  ])("for %s", (_name, condition, expected) => {
    expect(of("s3.amazonaws.com", condition)).toMatchObject({ who: "service:s3.amazonaws.com", auth: "service", ...expected });
  });

  test("are turned away by a Deny that spares only the own account's sources", () => {
    const policy = [
      allow(undefined, { Principal: { Service: "sns.amazonaws.com" } }),
      deny({ StringNotEquals: { "aws:SourceAccount": "111122223333" } }),
    ];
    expect(ask(policy).grants).toMatchObject([{ anybodys: false, owners: [] }]);
  });
});

describe("what cannot be told", () => {
  test.each([
    ["a key that nobody here knows", [allow({ StringEquals: { "aws:BrandNew": "x" } })], ["aws:brandnew"]],
    ["one in a Deny", [allow(), deny({ StringEquals: { "aws:BrandNew": "x" } })], ["aws:brandnew"]],
    ["a tag of the resource", [allow({ StringEquals: { "aws:ResourceTag/open": "yes" } })], ["aws:resourcetag/open"]],
    ["an operator that is none", [allow({ StringResembles: { "aws:PrincipalOrgID": "o-abc123" } })], ["aws:principalorgid"]],
    [
      "access points, whose own policies decide",
      [allow({ StringEquals: { "s3:DataAccessPointAccount": "111122223333" } })],
      ["s3:dataaccesspointaccount"],
    ],
  ])("%s lets nobody in and closes nothing: it is named", (_name, statements, keys) => {
    const { grants, untold } = ask(statements);
    expect(grants).toEqual([]);
    expect(untold).toEqual([{ sid: "A", keys }]);
  });

  test("what another condition closes, or another statement opens, is told all the same", () => {
    const unknown = { StringEquals: { "aws:BrandNew": "x" } };
    expect(ask([allow({ StringEquals: { "aws:BrandNew": "x", "aws:PrincipalAccount": "111122223333" } })])).toEqual({
      grants: [],
      untold: [],
    });
    expect(ask([allow(unknown), deny()])).toEqual({ grants: [], untold: [] });
    expect(who([allow(unknown), allow()])).toEqual(anybody);
  });
});

describe("which statement speaks of the resource", () => {
  test("one policy on two queues opens the one that it names", () => {
    const other = "arn:aws:sqs:eu-west-1:111122223333:invoices";
    expect(who([allow(undefined, { Resource: other })])).toEqual([]);
    expect(who([allow(undefined, { Resource: [other, "arn:aws:sqs:*:*:ord*"] })])).toEqual(anybody);
    expect(who([allow(undefined, { Resource: undefined, NotResource: queue })])).toEqual([]);
  });

  test("a policy variable in a resource may fit what is below", () => {
    const statement = allow(
      { StringEquals: { "aws:PrincipalOrgID": "o-abc123" } },
      { Action: "s3:PutObject", Resource: "arn:aws:s3:::photos/${aws:PrincipalAccount}/*" },
    );
    const read = policyReader({ Version: "2012-10-17", Statement: statement }, context);
    expect(read({ action: "s3:PutObject", resource: "arn:aws:s3:::photos/*" }).grants).toMatchObject([{ who: "organization:o-abc123" }]);
    expect(read({ action: "s3:PutObject", resource: "arn:aws:s3:::others/*" }).grants).toEqual([]);
  });
});

describe("through endpoints of the own VPCs only", () => {
  const within = (...statements: readonly object[]) => ask(statements).grants.map(({ throughOwnEndpoint }) => throughOwnEndpoint === true);
  const office = { IpAddress: { "aws:SourceIp": addresses } };

  test("nobody comes from outside", () => {
    expect(within(allow({ StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } }))).toEqual([true]);
    expect(within(allow({ StringEquals: { "aws:VpceAccount": "111122223333" } }))).toEqual([true]);
  });

  test("somebody does where addresses are let in as well, or another account has the endpoint", () => {
    expect(within(allow(office))).toEqual([false]);
    expect(within(allow({ IpAddressIfExists: office.IpAddress }))).not.toContain(true);
    expect(within(allow({ StringEquals: { "aws:VpceAccount": "444455556666" } }))).toEqual([false]);
  });
});

describe("accounts in which Elastic Load Balancing writes logs", () => {
  test("stand for the service, as its principal does in younger Regions", () => {
    const named = (account: string) => who([{ ...allow(), Principal: { AWS: `arn:aws:iam::${account}:root` } }]);
    expect(named("127311923021")).toEqual(["service:logdelivery.elasticloadbalancing.amazonaws.com service"]);
    expect(named("156460612806")).toEqual(["service:logdelivery.elasticloadbalancing.amazonaws.com service"]);
    expect(named("444455556666")).toEqual(["account:444455556666 cross-account"]);
  });
});
