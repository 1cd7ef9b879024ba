import { describe, expect, test } from "vitest";
import { escalationPaths } from "../../shared/data/escalation-paths.ts";
import type { Principal } from "../../shared/model/principal.ts";
import { account, allow, aRole, aUser, deny, documentOf, lambda, now, trusting } from "./a-principal.ts";
import { byId, climb, climbIn } from "./an-account-to-climb.ts";

const paths = escalationPaths.map((path) => [path.id, path] as const);
const ids = (found: readonly { readonly path: string }[]) => found.map(({ path }) => path);
const nothing = [allow("logs:PutLogEvents")];

describe("every known path", () => {
  test.each(paths)("%s is found, and only with it what it takes", (id, path) => {
    const found = climb(path);
    expect(ids(found)).toContain(id);
    const held = new Set(path.permissions);
    for (const one of found)
      expect(
        one.permissions.every((name) => held.has(name)),
        one.path,
      ).toBe(true);
    const statements = found.find((one) => one.path === id)?.statements;
    expect(statements).toEqual(["policy own, statement 1"]);
  });

  test.each(paths)("%s is found where its permissions stand in several policies", (id, path) => {
    const own = `arn:aws:iam::${account}:policy/own`;
    const versions = path.kind === "own-policy-version" ? { otherVersions: [{ version: "v1", document: documentOf(allow("*")) }] } : {};
    const policies = path.permissions.map((name, n) => ({
      name: `p${n}`,
      document: documentOf(allow(name)),
      ...(n === 0 ? { arn: own, ...versions } : {}),
    }));
    expect(ids(climb(path, { own: { policies } }))).toContain(id);
  });

  test.each(paths)("%s is none where one permission is missing, denied, outside the boundary or never given", (id, path) => {
    for (const missing of path.permissions) {
      // taking a role whose trust names the caller needs no permission of his
      if (missing === "sts:AssumeRole" && id === "iam-016") continue;
      const rest = path.permissions.filter((name) => name !== missing);
      const never = { Condition: { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } } };
      const boundary = { hasBoundary: true, boundary: { arn: "arn:aws:iam::1:policy/b", document: documentOf(allow("*"), deny(missing)) } };
      expect(ids(climb(path, { statements: () => [allow(rest.length > 0 ? rest : "logs:PutLogEvents")] })), missing).not.toContain(id);
      expect(ids(climb(path, { statements: (needs) => [allow([...needs]), deny(missing)] })), `deny ${missing}`).not.toContain(id);
      expect(ids(climb(path, { statements: (needs) => [allow([...needs]), deny(`${missing.slice(0, -3)}*`)] }))).not.toContain(id);
      expect(ids(climb(path, { own: boundary })), `boundary ${missing}`).not.toContain(id);
      expect(ids(climb(path, { statements: () => [...rest.map((name) => allow(name)), allow(missing, "*", never)] }))).not.toContain(id);
    }
  });

  test.each(paths)("%s is none where nothing is there to reach", (id, path) => {
    if (["own-role", "own-user", "own-policy"].includes(path.kind)) {
      // the caller itself is always there; a boundary that gives nothing more leaves nothing to reach
      const document = documentOf(allow([...path.permissions]));
      expect(ids(climb(path, { own: { hasBoundary: true, boundary: { arn: "arn:aws:iam::1:policy/b", document } } }))).not.toContain(id);
    } else expect(ids(climb(path, { nobody: true }))).not.toContain(id);
  });

  test.each(paths)("%s is none where what is reached may do nothing more", (id, path) => {
    const raising = /own-(role|user|policy$|group)|raised|-role$|policy-of/.test(path.kind);
    if (raising && !/version/.test(path.kind)) return;
    expect(ids(climb(path, { target: nothing }))).not.toContain(id);
    expect(ids(climb(path, { target: [allow([...path.permissions])] }))).not.toContain(id);
  });

  test.each(paths)("%s is none where its resources are others", (id, path) => {
    const elsewhere = `arn:aws:*:*:${account}:elsewhere/*`;
    const found = climb(path, { statements: (needs) => needs.map((name) => allow(name, elsewhere)) });
    if (id === "iam-016") return;
    expect(ids(found)).not.toContain(id);
  });
});

describe("a role is passed on", () => {
  const pass = byId("lambda-001");
  const with_ = (statement: object) =>
    ids(climb(pass, { statements: () => [allow(["lambda:CreateFunction", "lambda:InvokeFunction"]), statement] }));

  test("only to the service that the condition names, in any way of writing it", () => {
    const to = (operator: string, service: string) =>
      with_(allow("iam:PassRole", "*", { Condition: { [operator]: { "iam:PassedToService": service } } }));
    expect(to("StringEquals", "lambda.amazonaws.com")).toEqual(["lambda-001"]);
    expect(to("StringLike", "lambda.*")).toEqual(["lambda-001"]);
    expect(to("StringEquals", "ec2.amazonaws.com")).toEqual([]);
    expect(to("StringNotEquals", "lambda.amazonaws.com")).toEqual([]);
  });

  test("only where it is named, and where it trusts the service", () => {
    expect(with_(allow("iam:PassRole", `arn:aws:iam::${account}:role/tar*`))).toEqual(["lambda-001"]);
    expect(with_(allow("iam:PassRole", `arn:aws:iam::${account}:role/other-*`))).toEqual([]);
    expect(with_(allow("iam:PassRole", "arn:aws:iam::444455556666:role/*"))).toEqual([]);
    expect(ids(climb(pass, { trustPolicy: trusting({ Service: "ec2.amazonaws.com" }) }))).toEqual([]);
    expect(ids(climb(pass, { trustPolicy: trusting({ Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"] }) }))).toEqual(["lambda-001"]);
  });

  test("by calls that go to one function, not to two", () => {
    const on = (create: string, invoke: string) =>
      ids(
        climb(pass, {
          statements: () => [
            allow("iam:PassRole"),
            allow("lambda:CreateFunction", `arn:aws:lambda:*:*:function:${create}`),
            allow("lambda:InvokeFunction", `arn:aws:lambda:*:*:function:${invoke}`),
          ],
        }),
      );
    expect(on("a-*", "*-z")).toEqual(["lambda-001"]);
    expect(on("a-*", "b-*")).toEqual([]);
  });

  test("by NotAction too, as far as it goes", () => {
    const but = (NotAction: unknown) => ids(climb(pass, { statements: () => [{ Effect: "Allow", NotAction, Resource: "*" }] }));
    expect(but(["iam:Create*", "iam:Put*"])).toEqual(expect.arrayContaining(["lambda-001", "iam-009"]));
    expect(but(["iam:Create*", "iam:Put*"])).not.toContain("iam-005");
    expect(but("iam:*")).not.toContain("lambda-001");
    expect(but("iam:*")).toContain("lambda-003");
  });

  test("CreateStack with DescribeStacks alone passes nothing", () => {
    const statements = () => [allow(["cloudformation:CreateStack", "cloudformation:DescribeStacks"])];
    expect(climb(byId("cloudformation-001"), { statements })).toEqual([]);
  });
});

describe("a function is taken over", () => {
  const update = byId("lambda-003");
  const functions = [
    { name: "orders", arn: `arn:aws:lambda:eu-west-1:${account}:function:orders`, roleArn: `arn:aws:iam::${account}:role/orders` },
  ];
  const climber = (...statements: unknown[]) => aRole("climber", statements);
  const role = (...statements: unknown[]) => aRole("orders", statements);
  const found = (who: ReturnType<typeof aRole>, its: ReturnType<typeof aRole>) =>
    climbIn({ partition: "aws", principals: [who, its], functions }, who);

  test("only where its role may do what matters and the caller may not", () => {
    const who = climber(allow(["lambda:UpdateFunctionCode", "dynamodb:*"]));
    expect(found(who, role(allow("secretsmanager:GetSecretValue")))).toMatchObject([
      { path: "lambda-003", gain: "more", confidence: "high" },
    ]);
    expect(found(who, role(allow("dynamodb:PutItem", "arn:aws:dynamodb:*:*:table/a")))).toEqual([]);
    expect(found(who, role(allow(["logs:PutLogEvents", "ec2:DescribeInstances", "xray:PutTraceSegments"])))).toEqual([]);
    expect(
      found(
        climber(allow(["lambda:UpdateFunctionCode"]), allow("dynamodb:*", "arn:aws:dynamodb:*:*:table/b")),
        role(allow("dynamodb:PutItem", "arn:aws:dynamodb:*:*:table/a")),
      ),
    ).toHaveLength(1);
  });

  test("only where the function is the one that is named", () => {
    const on = (arn: string) => found(climber(allow("lambda:UpdateFunctionCode", arn)), role(allow("*")));
    expect(on(`arn:aws:lambda:*:${account}:function:ord*`)).toMatchObject([
      { targets: ["function orders (role orders)"], gain: "administrator" },
    ]);
    expect(on(`arn:aws:lambda:*:${account}:function:mail*`)).toEqual([]);
    expect(on(`arn:aws:lambda:us-east-1:${account}:function:*`)).toEqual([]);
  });

  test("only in the Regions that denials leave open, which is where it lies", () => {
    const outside = (...regions: string[]) =>
      found(
        climber(allow("lambda:UpdateFunctionCode"), {
          Effect: "Deny",
          NotAction: ["iam:*"],
          Resource: "*",
          Condition: { StringNotEquals: { "aws:RequestedRegion": regions } },
        }),
        role(allow("*")),
      );
    expect(outside("us-east-1", "eu-west-1")).toMatchObject([{ path: "lambda-003", confidence: "high" }]);
    expect(outside("us-east-1")).toEqual([]);
  });

  test("perhaps, where nobody said which functions there are", () => {
    const who = climber(allow("lambda:UpdateFunctionCode"));
    expect(climbIn({ partition: "aws", principals: [who, role(allow("*"))] }, who)).toMatchObject([
      { path: "lambda-003", confidence: "low" },
    ]);
    expect(climbIn({ partition: "aws", principals: [who, role(...nothing)] }, who)).toEqual([]);
    expect(update.kind).toBe("function");
  });
});

describe("a role is taken", () => {
  const assume = byId("sts-001");
  const me = `arn:aws:iam::${account}:role/climber`;
  const by = (trustPolicy: string, statements?: () => readonly unknown[]) =>
    ids(climb(assume, { trustPolicy, ...(statements ? { statements } : {}) }));

  test("where its trust lets the caller in", () => {
    expect(by(trusting({ AWS: `arn:aws:iam::${account}:root` }))).toEqual(["sts-001"]);
    expect(by(trusting({ AWS: "arn:aws:iam::444455556666:root" }))).toEqual([]);
    expect(by(trusting({ AWS: `arn:aws:iam::${account}:role/other` }))).toEqual([]);
    expect(by(trusting(lambda))).toEqual([]);
    expect(by("{")).toEqual([]);
    expect(by(trusting({ AWS: account }, { Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/climb*" } } }))).toEqual([
      "sts-001",
    ]);
    expect(by(trusting({ AWS: account }, { Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/admin*" } } }))).toEqual([]);
    expect(by(trusting({ AWS: account }, { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }))).toEqual([]);
  });

  test("without a permission of the caller's where it is named, unless that is denied", () => {
    expect(by(trusting({ AWS: me }), () => nothing)).toEqual(["sts-001"]);
    expect(by(trusting({ AWS: account }), () => nothing)).toEqual([]);
    expect(by(trusting({ AWS: me }), () => [deny("sts:AssumeRole")])).toEqual([]);
  });

  test("without one of his where it lets in anybody", () => {
    expect(by(trusting("*"), () => nothing)).toEqual(["sts-001"]);
    expect(by(trusting("*", { Condition: { StringEquals: { "aws:PrincipalAccount": "444455556666" } } }), () => nothing)).toEqual([]);
  });

  test("by its tags, where the statement asks for them", () => {
    const tagged = (value: string) => () => [
      allow("sts:AssumeRole", "*", { Condition: { StringEquals: { "aws:ResourceTag/team": value } } }),
    ];
    const target = aRole("target", [allow("*")], { trustPolicy: trusting({ AWS: account }), tags: { Team: "pay" } });
    const climber = (value: string) => aRole("climber", tagged(value)());
    const found = (value: string, more: object = {}) =>
      ids(climbIn({ partition: "aws", principals: [climber(value), { ...target, ...more }] }, climber(value)));
    expect(found("pay")).toEqual(["sts-001"]);
    expect(found("web")).toEqual([]);
    expect(found("pay", { tags: {} })).toEqual([]);
  });

  test("over roles that trust one another in a row, however weak those between are", () => {
    const link = (name: string, trusted: string, statements: readonly unknown[] = []) =>
      aRole(name, statements, { trustPolicy: trusting({ AWS: `arn:aws:iam::${account}:role/${trusted}` }) });
    const climber = aRole("climber", []);
    const found = (...roles: readonly Principal[]) => climbIn({ partition: "aws", principals: [climber, ...roles] }, climber);
    const row = [link("first", "climber"), link("second", "first"), link("top", "second", [allow("*")])];
    expect(found(...row)).toMatchObject([
      { path: "sts-001", targets: ["role top by role second"], gain: "administrator", confidence: "high" },
    ]);
    expect(found(...row.slice(1))).toEqual([]);
    expect(found(link("first", "climber", [deny("sts:AssumeRole")]), ...row.slice(1))).toEqual([]);
    expect(found(link("first", "second"), link("second", "first"))).toEqual([]);
    expect(found(link("first", "climber"), link("second", "first"), link("first", "second"))).toEqual([]);
  });

  test("not where a trust that names a role by its ARN is all that lets it, and the role has a boundary that does not", () => {
    const trustPolicy = (principal: object) => trusting(principal);
    const found = (principal: object, more: Partial<Principal>) => {
      const climber = { ...aRole("climber", []), ...more };
      const target = aRole("target", [allow("*")], { trustPolicy: trustPolicy(principal) });
      return climbIn({ partition: "aws", principals: [climber, target] }, climber).map(({ confidence }) => confidence);
    };
    const itself = { AWS: `arn:aws:iam::${account}:role/climber` };
    const bounded = (...statements: readonly object[]) => ({
      hasBoundary: true,
      boundary: { arn: `arn:aws:iam::${account}:policy/edge`, document: documentOf(...statements) },
    });
    expect(found(itself, {})).toEqual(["high"]);
    expect(found(itself, bounded(allow("s3:GetObject")))).toEqual([]);
    expect(found(itself, bounded(allow("*"), deny("sts:AssumeRole")))).toEqual([]);
    expect(found(itself, bounded(allow("sts:AssumeRole")))).toEqual(["high"]);
    expect(found(itself, { hasBoundary: true })).toEqual(["medium"]);
    // to everybody is to the session, which a boundary does not hold back
    expect(found({ AWS: "*" }, bounded(allow("s3:GetObject")))).toEqual(["high"]);
  });

  test("not where the resource is another role", () => {
    expect(by(trusting({ AWS: account }), () => [allow("sts:AssumeRole", `arn:aws:iam::${account}:role/other`)])).toEqual([]);
  });
});

describe("the caller is raised", () => {
  test("only by statements about itself", () => {
    const put = byId("iam-005");
    const on = (arn: string) => ids(climb(put, { statements: () => [allow("iam:PutRolePolicy", arn)] }));
    expect(on(`arn:aws:iam::${account}:role/climber`)).toEqual(["iam-005"]);
    expect(on("arn:aws:iam::*:role/cl*")).toEqual(["iam-005"]);
    expect(on(`arn:aws:iam::${account}:role/app/*`)).toEqual([]);
  });

  test("only by policies that may be attached and give more", () => {
    const attach = byId("iam-009");
    const only = (policy: string) =>
      ids(
        climb(attach, {
          statements: () => [allow("iam:AttachRolePolicy", "*", { Condition: { ArnEquals: { "iam:PolicyARN": policy } } })],
        }),
      );
    expect(only("arn:aws:iam::aws:policy/AdministratorAccess")).toEqual(["iam-009"]);
    expect(only("arn:aws:iam::aws:policy/*")).toEqual(["iam-009"]);
    expect(only("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")).toEqual([]);
  });

  test("not where the target has to have a boundary that it has not", () => {
    const under = { Condition: { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/edge" } } };
    expect(climb(byId("iam-005"), { statements: () => [allow("iam:PutRolePolicy", "*", under)] })).toEqual([]);
  });

  test("by a policy of its own only where that is the account's", () => {
    const write = byId("iam-001");
    const on = (arn: string) => ids(climb(write, { statements: () => [allow("iam:CreatePolicyVersion", arn)] }));
    expect(on("arn:aws:iam::*:policy/own*")).toEqual(["iam-001"]);
    expect(on("arn:aws:iam::aws:policy/own*")).toEqual([]);
    expect(on(`arn:aws:iam::${account}:policy/other`)).toEqual([]);
  });

  test("by a user in a session that he may take, as the condition wants it", () => {
    const when = (operator: string) =>
      climbIn(
        {
          partition: "aws",
          principals: [
            aUser("ann", [
              allow("iam:PutUserPolicy", "*", { Condition: { [operator]: { "aws:TokenIssueTime": "2020-01-01T00:00:00Z" } } }),
            ]),
          ],
        },
        aUser("ann", []),
      );
    expect(ids(when("DateGreaterThan"))).toEqual(["iam-007"]);
    expect(when("DateLessThan")).toEqual([]);
  });

  test("not by a user's own keys", () => {
    const me = aUser("ann", [allow(["iam:CreateAccessKey", "iam:DeleteAccessKey"], "arn:aws:iam::*:user/$" + "{aws:username}")]);
    expect(climbIn({ partition: "aws", principals: [me, aUser("boss", [allow("*")])] }, me)).toEqual([]);
  });
});

describe("who is not looked at, and what is not a way up", () => {
  test("who may do everything has nowhere to go", () => {
    expect(climb(byId("lambda-001"), { statements: () => [allow("*")] })).toEqual([]);
  });

  test("administrators of IAM alone have", () => {
    const found = climb(byId("iam-005"), { statements: () => [allow("iam:*")] });
    expect(ids(found)).toEqual(expect.arrayContaining(["iam-001", "iam-005", "iam-009"]));
  });

  test("roles of AWS's own services are neither raised nor passed", () => {
    const service = aRole("AWSServiceRoleForSupport", [allow("*")], {
      arn: `arn:aws:iam::${account}:role/aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport`,
      trustPolicy: trusting({ Service: ["support.amazonaws.com", "lambda.amazonaws.com"] }),
    });
    const who = aRole("climber", [allow(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction", "iam:UpdateAssumeRolePolicy"])]);
    expect(climbIn({ partition: "aws", principals: [who, service], functions: [] }, who)).toEqual([]);
  });

  test("what hangs on a condition that nobody can tell is said to", () => {
    const found = climb(byId("iam-005"), {
      statements: () => [allow("iam:PutRolePolicy", "*", { Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } })],
    });
    expect(found).toMatchObject([{ path: "iam-005", confidence: "medium" }]);
    expect(now.getUTCFullYear()).toBe(2026);
  });

  test("a denial of what the caller may choose is avoided, unless a permission asks for just that", () => {
    const key = "iam:AssociatedResourceArn";
    const denial = deny("iam:PassRole", "*", { Condition: { ArnLike: { [key]: "arn:aws:lambda:*:*:function:prod-*" } } });
    const of = (...statements: readonly unknown[]) => climb(byId("lambda-001"), { statements: () => [...statements, denial] });
    const calls = ["lambda:CreateFunction", "lambda:InvokeFunction"];
    expect(of(allow(["iam:PassRole", ...calls]))).toMatchObject([{ confidence: "high" }]);
    const same = { Condition: { ArnLike: { [key]: "arn:aws:lambda:*:*:function:prod-a" } } };
    expect(of(allow(calls), allow("iam:PassRole", "*", same))).toMatchObject([{ confidence: "medium" }]);
  });

  test("keys of another service are never in a request", () => {
    const condition = { Condition: { StringEquals: { "ec2:Owner": "111122223333" } } };
    expect(climb(byId("glue-002"), { statements: () => [allow("glue:UpdateDevEndpoint", "*", condition)] })).toEqual([]);
  });

  test("a role that may raise users is told, without certainty; without users nobody knows", () => {
    const who = aRole("climber", [allow("iam:PutUserPolicy", "arn:aws:iam::*:user/dev-*")]);
    const without = { partition: "aws", principals: [who] };
    expect(climbIn(without, who)).toMatchObject([{ path: "iam-007", confidence: "low", targets: ["a user of the account"] }]);
    const others = [aUser("ops", [])];
    expect(climbIn({ ...without, principals: [who, ...others] }, who)).toEqual([]);
    expect(climbIn({ ...without, principals: [who, aUser("dev-1", [])] }, who)).toMatchObject([
      { path: "iam-007", targets: ["user dev-1"] },
    ]);
  });
});
