import { describe, expect, test } from "vitest";
import { actionOf } from "../../shared/data/action-table.ts";
import type { FunctionNeed, Need } from "../../shared/model/permissions.ts";
import type { Principal } from "../../shared/model/principal.ts";
import type { RoleProposal } from "../../shared/model/proposal.ts";
import type { RoleUse } from "../../shared/model/role-use.ts";
import { commonPatterns } from "../../shared/permissions/pattern-meet.ts";
import { proposalOf } from "../../shared/permissions/proposal.ts";
import { roleNameFor } from "../../shared/permissions/role-name.ts";
import { account, allow, aRole, deny, documentOf, now } from "./a-principal.ts";

const table = `arn:aws:dynamodb:eu-west-1:${account}:table/orders`;
const queue = `arn:aws:sqs:eu-west-1:${account}:jobs`;

function aNeed(action: string, resources: readonly string[] = ["*"], given: Partial<Need> = {}): Need {
  return { action, resources, source: "code", confidence: "high", why: "a call at src/a.mjs:1", ...given };
}

function propose(
  statements: readonly unknown[],
  needs: readonly Need[],
  given: Partial<FunctionNeed> & { use?: RoleUse; role?: Partial<Principal> } = {},
): RoleProposal {
  const { use, role = {}, ...need } = given;
  return proposalOf({
    role: aRole("orders", statements, role),
    need: { needs, unresolved: [], open: [], ...need },
    ...(use ? { use } : {}),
    roleName: "shop-orders",
    place: { account, now },
  });
}

const statementsOf = ({ policies }: RoleProposal) => policies.flatMap(({ Statement }) => Statement);

describe("what is needed", () => {
  test("is kept by name, on the resources that are named, where today allows everything", () => {
    const proposal = propose(
      [allow("*")],
      [aNeed("dynamodb:GetItem", [table]), aNeed("dynamodb:PutItem", [table]), aNeed("sqs:ListQueues")],
    );
    expect(statementsOf(proposal)).toEqual([
      { Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource: [table] },
      { Effect: "Allow", Action: ["sqs:ListQueues"], Resource: ["*"] },
    ]);
    expect(proposal.proof).toEqual({ subsetOfToday: true, coversNeed: true });
    expect(proposal.missing).toEqual([]);
  });

  test("is kept where today allows it, if that is less than is named", () => {
    const proposal = propose(
      [allow("s3:Get*", ["arn:aws:s3:::in/*", "arn:aws:s3:::out/public/*"])],
      [aNeed("s3:GetObject", ["arn:aws:s3:::*/*.json"])],
    );
    expect(statementsOf(proposal)).toEqual([
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::in/*.json", "arn:aws:s3:::out/public/*.json"] },
    ]);
  });

  test("is kept as it is written for a list that AWS asks for on an ARN of all", () => {
    const proposal = propose([allow("logs:*", "arn:aws:logs:*:*:*")], [aNeed("logs:DescribeLogGroups")]);
    expect(statementsOf(proposal)).toEqual([{ Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: ["arn:aws:logs:*:*:*"] }]);
    expect(proposal.proof).toEqual({ subsetOfToday: true, coversNeed: true });
    expect(proposal.missing).toEqual([]);
  });

  test("fits the resource: a bucket's ARN is not kept for its objects", () => {
    const proposal = propose(
      [allow("s3:*", ["arn:aws:s3:::in", "arn:aws:s3:::in/*"])],
      [aNeed("s3:GetObject"), aNeed("s3:ListBucket", ["arn:aws:s3:::in"])],
    );
    expect(statementsOf(proposal)).toEqual([
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::in/*"] },
      { Effect: "Allow", Action: ["s3:ListBucket"], Resource: ["arn:aws:s3:::in"] },
    ]);
  });

  test("keeps the conditions and the denials of today", () => {
    const condition = { StringEquals: { "aws:SourceVpc": "vpc-1" } };
    const proposal = propose(
      [allow("sqs:*", "*", { Condition: condition }), deny(["sqs:Purge*", "sqs:Send*"], `${queue}-dead`), deny("s3:*")],
      [aNeed("sqs:SendMessage", [`${queue}*`])],
    );
    expect(statementsOf(proposal)).toEqual([
      { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: [`${queue}*`], Condition: condition },
      { Effect: "Deny", Action: ["sqs:SendMessage"], Resource: [`${queue}-dead`] },
    ]);
    expect(proposal.proof).toEqual({ subsetOfToday: true, coversNeed: true });
  });

  test("of a key that a service uses goes through that service only", () => {
    const condition = { StringEquals: { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" } };
    const key = `arn:aws:kms:eu-west-1:${account}:key/*`;
    const proposal = propose([allow("*")], [aNeed("kms:Decrypt", [key], { source: "forwarded", condition: JSON.stringify(condition) })]);
    expect(statementsOf(proposal)).toEqual([{ Effect: "Allow", Action: ["kms:Decrypt"], Resource: [key], Condition: condition }]);
    expect(proposal.proof.coversNeed).toBe(true);
  });

  test("is reported, not granted, where today does not allow it", () => {
    const proposal = propose([allow("dynamodb:*", table)], [aNeed("dynamodb:GetItem", [table]), aNeed("sqs:SendMessage", [queue])]);
    expect(statementsOf(proposal).flatMap(({ Action }) => Action)).toEqual(["dynamodb:GetItem"]);
    expect(proposal.missing).toEqual([
      {
        action: "sqs:SendMessage",
        resources: [queue],
        confidence: "high",
        why: "a call at src/a.mjs:1",
        statement: { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: [queue] },
      },
    ]);
    expect(proposal.proof).toEqual({ subsetOfToday: true, coversNeed: true });
  });

  test("keeps a policy variable as it is written", () => {
    const own = `arn:aws:s3:::in/\${aws:PrincipalTag/team}/*`;
    const proposal = propose([allow("s3:GetObject", own)], [aNeed("s3:GetObject", ["arn:aws:s3:::in/*"])], {
      role: { tags: { team: "payments" } },
    });
    expect(statementsOf(proposal)).toEqual([{ Effect: "Allow", Action: ["s3:GetObject"], Resource: [own] }]);
    expect(proposal.proof.subsetOfToday).toBe(true);
  });
});

describe("what is not known to be needed", () => {
  test("goes where all needs are known: a service as a whole, or action by action", () => {
    const { removed, kept } = propose([allow(["dynamodb:GetItem", "dynamodb:PutItem", "sns:*"])], [aNeed("dynamodb:GetItem", [table])]);
    expect(removed).toEqual([
      { action: "dynamodb:PutItem", why: "nothing in its settings or code asks for it" },
      { action: "sns:*", why: "nothing in its settings or code asks for it" },
    ]);
    expect(kept).toEqual([{ action: "dynamodb:GetItem", resources: [table], why: "a call at src/a.mjs:1", evidence: "needed" }]);
  });

  test("stays in the one service of which a call is not known", () => {
    const proposal = propose([allow(["dynamodb:*Item", "sns:Publish"])], [aNeed("dynamodb:GetItem", [table])], {
      open: ["dynamodb"],
      unresolved: ["an operation put together at run time at a.mjs:1"],
    });
    expect(proposal.removed.map(({ action }) => action)).toEqual(["sns:Publish"]);
    expect(proposal.kept.find(({ action }) => action === "dynamodb:PutItem")).toMatchObject({
      evidence: "undecided",
      why: "whether it is needed cannot be told: an operation put together at run time at a.mjs:1",
    });
  });

  test("stays everywhere when code was not read, as it is written where names would be too many", () => {
    const proposal = propose([allow("*"), deny("iam:*")], [aNeed("dynamodb:GetItem", [table])], {
      open: ["*"],
      unresolved: ["its code is an image, which is not read"],
    });
    expect(statementsOf(proposal)).toEqual(
      expect.arrayContaining([
        { Effect: "Allow", Action: ["*"], Resource: ["*"] },
        { Effect: "Deny", Action: ["iam:*"], Resource: ["*"] },
      ]),
    );
    expect(proposal.removed).toEqual([]);
    expect(proposal.proof).toEqual({ subsetOfToday: true, coversNeed: true });
  });

  test("goes all the same where the role never used the service in its long life", () => {
    const use: RoleUse = {
      roleArn: `arn:aws:iam::${account}:role/orders`,
      readAt: "2026-11-20T00:00:00Z",
      services: [
        { service: "dynamodb", lastUsedAt: "2026-11-20T00:00:00Z" },
        { service: "sns" },
        { service: "sqs", lastUsedAt: "2026-01-01T00:00:00Z" },
      ],
    };
    const given = { open: ["*"], unresolved: ["a client put together at run time"], use };
    const statements = [allow(["dynamodb:GetItem", "sns:Publish", "sqs:SendMessage"])];
    const old = propose(statements, [], { ...given, role: { createdAt: "2025-01-01T00:00:00Z" } });
    expect(old.kept.map(({ action }) => action)).toEqual(["dynamodb:GetItem"]);
    expect(old.removed).toEqual([
      { action: "sns:Publish", why: "nothing in its settings or code asks for it, and the role never used the service" },
      { action: "sqs:SendMessage", why: "nothing in its settings or code asks for it, and the role last used the service 327 days ago" },
    ]);
    expect(propose(statements, [], { ...given, role: { createdAt: "2026-11-01T00:00:00Z" } }).removed).toEqual([]);
  });
});

describe("limits of IAM", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => `arn:aws:dynamodb:eu-west-1:${account}:table/a-table-with-a-rather-long-name-${n}`);

  test("split a long role into managed policies, and lose nothing", () => {
    const proposal = propose([allow("*")], [aNeed("dynamodb:GetItem", many(400))]);
    expect(proposal.placement).toBe("managed");
    expect(proposal.policies.length).toBeGreaterThan(1);
    for (const policy of proposal.policies) expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6144);
    expect(statementsOf(proposal).flatMap(({ Resource = [] }) => Resource)).toHaveLength(400);
    expect(proposal.proof).toEqual({ subsetOfToday: true, coversNeed: true });
  });

  test("leave the statements of today where ten managed policies would not do", () => {
    const proposal = propose([allow("dynamodb:*")], [aNeed("dynamodb:GetItem", many(900))]);
    expect(statementsOf(proposal)).toEqual([{ Effect: "Allow", Action: ["dynamodb:*"], Resource: ["*"] }]);
    expect(proposal.unresolved[0]).toMatch(/managed policies, and a role has 10/);
    expect(proposal.proof).toEqual({ subsetOfToday: true, coversNeed: true });
  });
});

test("policies that could not be read and statements that cannot be understood are said", () => {
  const { unresolved } = propose([allow("s3:GetObject"), { Effect: "Allow", Action: "s3:*" }], [], { role: { unread: ["shared-policy"] } });
  expect(unresolved).toEqual([expect.stringContaining("shared-policy was not given"), expect.stringContaining("statement 2")]);
});

test("trust, path and boundary are today's", () => {
  const boundary = { arn: `arn:aws:iam::${account}:policy/edge`, document: documentOf(allow("s3:*")) };
  const proposal = propose([allow("*")], [aNeed("s3:GetObject", ["arn:aws:s3:::in/*"]), aNeed("sqs:SendMessage", [queue])], {
    role: { boundary, path: "/team/" },
  });
  expect(proposal).toMatchObject({ path: "/team/", boundaryArn: boundary.arn, trustPolicy: { Statement: [{ Action: "sts:AssumeRole" }] } });
  expect(proposal.missing.map(({ action }) => action)).toEqual(["sqs:SendMessage"]);
});

test("only actions of the table are proposed, each on a type of resource that it knows", () => {
  const proposal = propose([allow(["s3:*", "dynamodb:*"])], [aNeed("s3:GetObject")], { open: ["dynamodb", "s3"], unresolved: ["x"] });
  for (const action of statementsOf(proposal).flatMap(({ Action }) => Action)) expect(actionOf(action)?.name).toBe(action);
});

describe("names of roles", () => {
  test("follow stack and function, are cut with a hash, and are not taken twice", () => {
    expect(roleNameFor("orders", "eu-west-1", "shop", new Set())).toBe("shop-orders");
    expect(roleNameFor("shop-orders", "eu-west-1", "shop", new Set())).toBe("shop-orders-role");
    expect(roleNameFor("orders", "eu-west-1", undefined, new Set(["Orders-Role"]))).toBe("orders-role-2");
    const [one, other] = ["a", "b"].map((end) => roleNameFor(`${"long".repeat(15)}${end}`, "eu-west-1", "shop", new Set()));
    expect(one).toHaveLength(64);
    expect(one).not.toBe(other);
  });
});

describe("what two patterns have in common", () => {
  test.each([
    ["arn:aws:s3:::a*", "arn:aws:s3:::*b", ["arn:aws:s3:::a*b"]],
    ["arn:aws:s3:::a?", "arn:aws:s3:::?b", ["arn:aws:s3:::ab"]],
    ["arn:aws:s3:::a", "arn:aws:s3:::b", []],
    ["arn:aws:sqs:*:1:q", "arn:aws:sqs:eu-*:*:*", ["arn:aws:sqs:eu-*:1:q"]],
    ["*", "arn:aws:s3:::b", ["arn:aws:s3:::b"]],
  ])("%s and %s", (one, other, common) => {
    expect(commonPatterns(one, other)).toEqual(common);
  });
  test("is given up on where it would take forever", () => {
    const hostile = (letter: string) => `arn:aws:s3:::${`*${letter}`.repeat(40)}*`;
    expect(commonPatterns(hostile("a"), hostile("b"))).toBeUndefined();
  });
});
