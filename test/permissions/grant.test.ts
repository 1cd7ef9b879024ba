import { describe, expect, test } from "vitest";
import { Grant } from "../../shared/permissions/grant.ts";
import { account, allow, aRole, aUser, deny, documentOf, grantOf, now, trusting } from "./a-principal.ts";

const photos = "arn:aws:s3:::photos/*";
const boundary = (...statements: unknown[]) => ({
  boundary: { arn: `arn:aws:iam::${account}:policy/edge`, document: documentOf(...statements) },
});
const names = (grant: Grant, service: string) => grant.actions.filter((name) => name.startsWith(`${service}:`));

describe("a role may do", () => {
  test("what its statements say, in any case, with wildcards inside names", () => {
    const grant = grantOf([allow(["DynamoDB:*ITEM", "sqs:Send?essage", "nosuch:Thing"])]);
    expect(names(grant, "dynamodb")).toEqual([
      "dynamodb:BatchGetItem",
      "dynamodb:BatchWriteItem",
      "dynamodb:ConditionCheckItem",
      "dynamodb:DeleteItem",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:UpdateItem",
    ]);
    expect(names(grant, "sqs")).toEqual(["sqs:SendMessage"]);
    expect(grant.allows("DYNAMODB:getitem", "*")).toBe("all");
    expect(grant.allows("dynamodb:Query", "*")).toBe("none");
    // also what the table does not know yet
    expect(grant.allows("nosuch:Thing", "*")).toBe("all");
  });

  test("everything but what NotAction names, everywhere but where NotResource says", () => {
    const grant = grantOf([{ Effect: "Allow", NotAction: ["iam:*", "s3:Delete*"], Resource: "*" }]);
    expect(names(grant, "iam")).toEqual([]);
    expect(grant.allows("s3:DeleteBucket", "*")).toBe("none");
    expect(grant.allows("s3:GetObject", photos)).toBe("all");
    const but = grantOf([{ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::secret*" }]);
    expect([photos, "arn:aws:s3:::secrets/*", "arn:aws:s3:::*"].map((arn) => but.allows("s3:GetObject", arn))).toEqual([
      "all",
      "none",
      "some",
    ]);
  });

  test("on what a pattern takes in: all of it, some of it, nothing", () => {
    const grant = grantOf([allow("s3:GetObject", ["arn:aws:s3:::photos/2026/*", "arn:aws:s3:::logs-?/*"])]);
    expect(grant.allows("s3:GetObject", "arn:aws:s3:::photos/2026/11/*")).toBe("all");
    expect(grant.allows("s3:GetObject", photos)).toBe("some");
    expect(grant.allows("s3:GetObject", "arn:aws:s3:::logs-a/today")).toBe("all");
    expect(grant.allows("s3:GetObject", "arn:aws:s3:::logs-ab/today")).toBe("none");
  });

  test("nothing that knows no resources where only some are named", () => {
    expect(grantOf([allow("s3:*", "arn:aws:s3:::photos")]).allows("s3:ListAllMyBuckets", "*")).toBe("none");
    expect(names(grantOf([allow("s3:*", "arn:aws:s3:::photos")]), "s3")).not.toContain("s3:ListAllMyBuckets");
    expect(grantOf([allow("s3:*")]).allows("s3:ListAllMyBuckets", "arn:aws:s3:::photos")).toBe("all");
    expect(grantOf([allow("*", "arn:aws:sqs:*:*:orders")]).actions.every((name) => name.startsWith("sqs:"))).toBe(true);
  });

  test("lists for which AWS asks about an ARN of all, where everything below it is named", () => {
    const may = (action: string, resource: string) => grantOf([allow(action, resource)]).allows(action, "*");
    expect(may("logs:DescribeLogGroups", "arn:aws:logs:*:*:*")).toBe("some");
    expect(may("logs:DescribeLogGroups", "arn:aws:logs:*:*:log-group:/aws/lambda/f:*")).toBe("none");
    expect(may("dynamodb:ListTables", "arn:aws:dynamodb:eu-west-1:*:table/*")).toBe("some");
    expect(may("dynamodb:ListTables", "arn:aws:dynamodb:eu-west-1:*:table/orders")).toBe("none");
    expect(may("sqs:ListQueues", "arn:aws:sqs:*:*:*")).toBe("none");
  });

  test("what several policies say together", () => {
    const policies = [
      { name: "a", document: documentOf(allow("sqs:SendMessage")) },
      { name: "b", document: documentOf(allow("sqs:ReceiveMessage", "*")), arn: "arn:aws:iam::aws:policy/b" },
    ];
    const grant = grantOf([], { policies });
    expect(grant.actions).toEqual(["sqs:ReceiveMessage", "sqs:SendMessage"]);
    expect(grant.scopesOf("sqs:receivemessage")).toEqual([{ resources: ["*"], statement: "policy b, statement 1" }]);
  });
});

describe("a denial", () => {
  test("takes away everywhere, or exactly where it says", () => {
    expect(grantOf([allow("s3:*"), deny("s3:Delete*")]).actions).not.toContain("s3:DeleteBucket");
    const narrow = grantOf([allow("s3:GetObject"), deny("s3:*", "arn:aws:s3:::secret/*")]);
    expect(narrow.actions).toEqual(["s3:GetObject"]);
    expect(["arn:aws:s3:::secret/a", photos, "*"].map((arn) => narrow.allows("s3:GetObject", arn))).toEqual(["none", "all", "some"]);
    const gone = grantOf([allow("s3:GetObject", "arn:aws:s3:::secret/*"), deny("s3:*", "arn:aws:s3:::sec*")]);
    expect(gone.actions).toEqual([]);
    expect(gone.scopesOf("s3:GetObject")).toEqual([]);
  });

  test("of everything else leaves what NotResource and NotAction spare", () => {
    const spared = grantOf([allow("s3:GetObject"), { Effect: "Deny", Action: "s3:*", NotResource: photos }]);
    expect([photos, "arn:aws:s3:::other/*", "*"].map((arn) => spared.allows("s3:GetObject", arn))).toEqual(["all", "none", "some"]);
    const { actions } = grantOf([allow(["sqs:SendMessage", "sns:Publish"]), { Effect: "Deny", NotAction: "sqs:*", Resource: "*" }]);
    expect(actions).toEqual(["sqs:SendMessage"]);
  });

  test("under a condition takes nothing away for certain, one that always holds does", () => {
    const under = (Condition: object) => grantOf([allow("sqs:SendMessage"), deny("*", "*", { Condition })]).allows("sqs:SendMessage", "*");
    expect(under({ StringNotEquals: { "aws:SourceVpc": "vpc-1" } })).toBe("all");
    expect(under({ DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } })).toBe("none");
    // a function never comes with MFA
    expect(under({ BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } })).toBe("none");
  });
});

describe("a condition", () => {
  const under = (Condition: object, more = {}) =>
    grantOf([allow("sqs:SendMessage", "*", { Condition })], more).allows("sqs:SendMessage", "*");

  test("makes a permission conditional, never hides it", () => {
    expect(under({ StringEquals: { "aws:SourceVpc": "vpc-1" } })).toBe("conditional");
    expect(under({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } })).toBe("conditional");
    const grant = grantOf([allow("sqs:SendMessage", "*", { Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } })]);
    expect(grant.actions).toEqual(["sqs:SendMessage"]);
    expect(grant.scopesOf("sqs:SendMessage")[0]?.condition).toBe('{"StringEquals":{"aws:SourceVpc":"vpc-1"}}');
  });

  test("that always holds, or never, is none", () => {
    expect(under({ DateGreaterThan: { "aws:TokenIssueTime": "2020-01-01T00:00:00Z" } })).toBe("all");
    expect(under({ DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } })).toBe("none");
    expect(under({ Bool: { "aws:MultiFactorAuthPresent": "true" } })).toBe("none");
    expect(under({ StringEquals: { "aws:PrincipalTag/team": "pay" } }, { tags: { team: "pay" } })).toBe("all");
    expect(under({ StringEquals: { "aws:PrincipalTag/team": "pay" } }, { tags: { team: "web" } })).toBe("none");
    // people who take the role may bring both
    const people = { trustPolicy: trusting({ AWS: account }) };
    expect(under({ Bool: { "aws:MultiFactorAuthPresent": "true" } }, people)).toBe("conditional");
    expect(under({ StringEquals: { "aws:PrincipalTag/team": "pay" } }, people)).toBe("conditional");
  });
});

describe("a permission boundary", () => {
  test("leaves what both allow", () => {
    const grant = grantOf([allow("*")], boundary(allow(["sqs:*", "s3:GetObject"], ["*"])));
    expect(grant.allows("sqs:SendMessage", "*")).toBe("all");
    expect(grant.allows("iam:PassRole", "*")).toBe("none");
    expect(grant.actions.every((name) => /^(sqs:|s3:GetObject$)/.test(name))).toBe(true);
  });

  test("narrower than the policy leaves some, beside it nothing", () => {
    const grant = grantOf(
      [allow("s3:GetObject", photos)],
      boundary(allow("s3:*", "arn:aws:s3:::photos/2026/*"), allow("s3:*", "arn:aws:s3:::other/*")),
    );
    expect(grant.allows("s3:GetObject", photos)).toBe("some");
    expect(grant.allows("s3:GetObject", "arn:aws:s3:::photos/2026/a")).toBe("all");
    const beside = grantOf([allow("s3:GetObject", photos)], boundary(allow("s3:*", "arn:aws:s3:::other/*")));
    expect(beside.allows("s3:GetObject", "*")).toBe("none");
    expect(beside.actions).toEqual([]);
  });

  test("denies too, and one that was not read leaves an upper bound that says so", () => {
    expect(grantOf([allow("*")], boundary(allow("*"), deny("iam:*"))).allows("iam:PassRole", "*")).toBe("none");
    const unread = grantOf([allow("*")], { hasBoundary: true, boundary: { arn: "arn:aws:iam::111122223333:policy/edge" } });
    expect(unread.unread).toEqual(["boundary arn:aws:iam::111122223333:policy/edge"]);
    expect(grantOf([allow("*")], { hasBoundary: true }).unread).toEqual(["boundary"]);
  });
});

describe("policy variables", () => {
  const own = "arn:aws:iam::*:user/$" + "{aws:username}";
  test("are filled in for a user, and stand for nothing where a role has none", () => {
    const user = new Grant(aUser("ann", [allow("iam:CreateAccessKey", own)]), { account, now });
    expect(user.allows("iam:CreateAccessKey", `arn:aws:iam::${account}:user/ann`)).toBe("all");
    expect(user.allows("iam:CreateAccessKey", `arn:aws:iam::${account}:user/bob`)).toBe("none");
    expect(grantOf([allow("iam:CreateAccessKey", own)]).allows("iam:CreateAccessKey", "*")).toBe("none");
  });

  test("of unknown value make it conditional, and a denial uncertain; in a document of 2008 they are text", () => {
    const loose = "arn:aws:s3:::home/$" + "{aws:userid}/*";
    expect(grantOf([allow("s3:GetObject", loose)]).allows("s3:GetObject", "arn:aws:s3:::home/x/y")).toBe("conditional");
    expect(grantOf([allow("s3:GetObject"), deny("s3:*", loose)]).allows("s3:GetObject", "arn:aws:s3:::home/x/y")).toBe("all");
    const old = JSON.stringify({ Version: "2008-10-17", Statement: [allow("s3:GetObject", loose)] });
    expect(grantOf([], { policies: [{ name: "old", document: old }] }).allows("s3:GetObject", "arn:aws:s3:::home/x/y")).toBe("none");
  });
});

describe("a document that is none", () => {
  const broken = (document: string) => grantOf([], { policies: [{ name: "p", document }] });
  test.each([
    ["no JSON", "{"],
    ["a text", '"x"'],
    ["a list", "[]"],
    ["null", "null"],
    ["no statement", "{}"],
    ["a statement that is a number", '{"Statement":[7]}'],
    ["nested lists", '{"Statement":[[{"Effect":"Allow","Action":"*","Resource":"*"}]]}'],
    ["no effect", '{"Statement":{"Action":"*","Resource":"*"}}'],
    ["an effect in lower case", '{"Statement":{"Effect":"allow","Action":"*","Resource":"*"}}'],
    ["actions that are numbers", '{"Statement":{"Effect":"Allow","Action":[1],"Resource":"*"}}'],
    ["a list in a list of actions", '{"Statement":{"Effect":"Allow","Action":[["*"]],"Resource":"*"}}'],
    ["both Action and NotAction", '{"Statement":{"Effect":"Allow","Action":"*","NotAction":"s3:*","Resource":"*"}}'],
    ["no resource", '{"Statement":{"Effect":"Allow","Action":"*"}}'],
    ["a condition that is a list", '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":[]}}'],
    ["conditions of objects", '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a":{"b":1}}}}}'],
    ["far too long", `{"Statement":{"Effect":"Allow","Action":"${"a".repeat(300_000)}","Resource":"*"}}`],
  ])("%s grants nothing, and is named", (_, document) => {
    const grant = broken(document);
    expect(grant.actions).toEqual([]);
    expect(grant.allows("s3:GetObject", "*")).toBe("none");
    expect(grant.broken).toHaveLength(1);
    expect(grant.broken[0]).toMatch(/^policy p/);
  });

  test("does not take the sound statements beside it", () => {
    const grant = broken('{"Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"},{"Effect":"Allow"}]}');
    expect(grant.actions).toEqual(["sqs:SendMessage"]);
    expect(grant.broken).toEqual(["policy p, statement 2: it needs one of Action and NotAction"]);
  });

  test("a single statement as an object, single texts, and keys given twice are sound", () => {
    expect(broken('{"Statement":{"Effect":"Deny","Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}}').actions).toEqual([
      "sqs:SendMessage",
    ]);
  });
});

test("a hundred kilobytes of statements are read", () => {
  const statements = Array.from({ length: 800 }, (_, n) => allow(["s3:Get*", "*:*Item"], `arn:aws:s3:::bucket-${n}-*/*a*b`));
  expect(grantOf(statements).allows("s3:GetObject", "arn:aws:s3:::*/*b*")).toBe("some");
});

test("a role of the same name in another case is another one", () => {
  expect(
    new Grant(aRole("a", [allow("iam:PassRole", `arn:aws:iam::${account}:role/App`)]), { account, now }).allows(
      "iam:PassRole",
      `arn:aws:iam::${account}:role/app`,
    ),
  ).toBe("none");
});
