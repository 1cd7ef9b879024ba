import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { account, allow, deny } from "../permissions/a-principal.ts";
import { aFolder, smalltarget } from "./run-command.ts";

const folder = aFolder();
afterAll(() => folder.remove());

const document = (...Statement: unknown[]) => ({ Version: "2012-10-17", Statement });
const trust = (Principal: unknown) => document({ Effect: "Allow", Principal, Action: "sts:AssumeRole" });
const lambda = { Service: "lambda.amazonaws.com" };
const role = (RoleName: string, statements: readonly unknown[], more: object = {}) => ({
  RoleName,
  Path: "/",
  Arn: `arn:aws:iam::${account}:role/${RoleName}`,
  CreateDate: "2025-01-01T00:00:00+00:00",
  AssumeRolePolicyDocument: trust(lambda),
  RolePolicyList: statements.length > 0 ? [{ PolicyName: "inline", PolicyDocument: document(...statements) }] : [],
  AttachedManagedPolicies: [],
  InstanceProfileList: [],
  ...more,
});
const fn = (FunctionName: string, roleName: string, region = "eu-west-1") => ({
  FunctionName,
  FunctionArn: `arn:aws:lambda:${region}:${account}:function:${FunctionName}`,
  Role: `arn:aws:iam::${account}:role/${roleName}`,
  Runtime: "nodejs24.x",
});
const managed = `arn:aws:iam::${account}:policy/half`;

/** Pages as the AWS CLI prints them one after the other; a policy URL-encoded, as the API answers it. */
const pages = [
  {
    RoleDetailList: [
      role("admin", [allow("*")]),
      role("deploy", [allow("iam:PassRole")], { AttachedManagedPolicies: [{ PolicyName: "half", PolicyArn: managed }] }),
    ],
    IsTruncated: true,
  },
  {
    RoleDetailList: [
      role("denied", [allow(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"]), deny("iam:PassRole")]),
      role("mail", [allow(["ses:SendEmail", "sts:GetCallerIdentify"])]),
    ],
    UserDetailList: [
      { UserName: "ann", Arn: `arn:aws:iam::${account}:user/ann`, GroupList: ["crew"], UserPolicyList: [], AttachedManagedPolicies: [] },
    ],
    GroupDetailList: [
      {
        GroupName: "crew",
        Arn: `arn:aws:iam::${account}:group/crew`,
        GroupPolicyList: [{ PolicyName: "g", PolicyDocument: document(allow("iam:PutGroupPolicy")) }],
        AttachedManagedPolicies: [],
      },
    ],
    Policies: [
      {
        Arn: managed,
        PolicyName: "half",
        DefaultVersionId: "v2",
        PolicyVersionList: [
          { VersionId: "v1", IsDefaultVersion: false, Document: document(allow("*")) },
          {
            VersionId: "v2",
            IsDefaultVersion: true,
            Document: encodeURIComponent(JSON.stringify(document(allow(["lambda:CreateFunction", "lambda:InvokeFunction"])))),
          },
        ],
      },
    ],
  },
];

function file(name: string, ...values: unknown[]): string {
  const path = join(folder.path, name);
  writeFileSync(path, values.map((value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2))).join("\n"));
  return path;
}
const from = file("details.json", ...pages);
const functions = file(
  "functions.json",
  { Functions: [fn("a", "admin"), fn("d", "deploy")] },
  { Functions: [fn("m", "mail"), fn("n", "mail", "us-east-1"), fn("x", "denied")] },
);
const run = (...args: string[]) => smalltarget(["roles", ...args], { cwd: folder.path });

interface Found {
  readonly rule: string;
  readonly resource: { readonly name: string };
  readonly evidence: { readonly paths?: readonly string[] };
}
const found = (out: string) =>
  (JSON.parse(out).findings as Found[])
    .map(({ rule, resource, evidence: { paths } }) => [rule, resource.name, ...(paths ?? [])].join(" "))
    .sort();

describe("smalltarget roles", () => {
  test("judges the files of an account by the rules of a scan", async () => {
    const { code, out, err } = await run("--from", from, "--functions", functions, "--output", "json");
    expect([code, err]).toEqual([0, ""]);
    expect(found(out)).toEqual([
      "iam/admin-function-role admin",
      "iam/privilege-escalation ann iam-011",
      "iam/privilege-escalation deploy lambda-001",
      "iam/shared-function-role mail",
      "iam/unknown-action mail",
    ]);
    const [first] = JSON.parse(out).findings;
    expect(Object.keys(first)).toEqual(
      expect.arrayContaining(["id", "rule", "severity", "status", "confidence", "resource", "title", "evidence", "remediation"]),
    );
  });

  test("without the functions, roles that trust Lambda are theirs, and nothing is said of sharing", async () => {
    const { out } = await run("--from", from, "--output", "json");
    expect(found(out)).toEqual([
      "iam/admin-function-role admin",
      "iam/privilege-escalation ann iam-011",
      "iam/privilege-escalation deploy lambda-001",
      "iam/unknown-action mail",
    ]);
    expect((await run("--from", from)).out).toMatch(/^ROLES {3}account 111122223333 {3}4 roles {3}1 users[\s\S]*--functions/);
  });

  test("judges what settings and environments say too, without a secret's value, and names what it cannot judge", async () => {
    const secret = ["sk_live", "0123456789abcdefABCDEF01"].join("_");
    const keeps = { ...fn("m", "mail"), Environment: { Variables: { STRIPE: secret } } };
    const settings = file("names.json", { rules: { "iam/role-name-convention": { pattern: "{function}" } } });
    const args = ["--from", from, "--functions", file("keeps.json", { Functions: [keeps] }), "--settings", settings];
    const { out } = await run(...args, "-o", "json");
    expect(found(out)).toEqual(expect.arrayContaining(["iam/role-name-convention mail", "lambda/readable-secret-in-environment m"]));
    const text = (await run(...args)).out;
    expect(text).toContain("Not judged, as neither code nor use is in the files: iam/excess-permissions, iam/missing-permission");
    expect(out + text).not.toContain(secret);
  });

  test("exits 1 with --fail-on, and by what is graver only", async () => {
    expect((await run("--from", from, "--fail-on", "HIGH")).code).toBe(1);
    expect((await run("--from", from, "--fail-on", "CRITICAL")).code).toBe(0);
  });

  test("says what the files do not have", async () => {
    const attached = { AttachedManagedPolicies: [{ PolicyName: "lost", PolicyArn: `arn:aws:iam::${account}:policy/lost` }] };
    const { err, code } = await run("--from", file("lost.json", { RoleDetailList: [role("r", [], attached)] }));
    expect(code).toBe(0);
    expect(err).toContain("r: the text of policy lost is not in the file");
  });

  test("an administrator is known by the policy's name where its text is missing", async () => {
    const attached = {
      AttachedManagedPolicies: [{ PolicyName: "AdministratorAccess", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }],
    };
    const { out } = await run("--from", file("named.json", { RoleDetailList: [role("r", [], attached)] }), "-o", "json");
    expect(found(out)).toEqual(["iam/admin-function-role r"]);
  });

  test.each([
    ["a file that is not there", () => ["--from", join(folder.path, "none.json")], /there is no such file/],
    ["no JSON", () => ["--from", file("bad.json", "{ no")], /is not JSON/],
    ["a cut file", () => ["--from", file("cut.json", '{"RoleDetailList": [{"RoleName"')], /is not JSON/],
    ["other JSON", () => ["--from", file("other.json", { Functions: [] })], /names no roles/],
    ["functions that are none", () => ["--from", from, "--functions", from], /names no functions/],
    ["functions without roles", () => ["--functions", from], /--functions goes with --from/],
  ])("%s is a mistake of usage, said in a line", async (_, args, line) => {
    const { code, err, out } = await run(...args());
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(line);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  test("hostile documents cost themselves only", async () => {
    const broken = [
      role("a", [], {
        RolePolicyList: [
          { PolicyName: "p", PolicyDocument: 7 },
          { PolicyName: "q", PolicyDocument: "%zz" },
        ],
      }),
      role("b", [7, [], { Effect: "Allow", Action: { "*": 1 }, Resource: "*" }]),
      role("c", [allow("*")], { AssumeRolePolicyDocument: "{" }),
      role("d", [allow("*")]),
    ];
    const { code, out, err } = await run("--from", file("hostile.json", { RoleDetailList: broken }), "-o", "json");
    expect(code).toBe(0);
    expect(err).toContain("b: policy inline, statement 3: Action is not a list of texts: it grants nothing");
    expect(found(out)).toEqual(["iam/admin-function-role d"]);
  });
});
