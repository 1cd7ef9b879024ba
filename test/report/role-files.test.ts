import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { roleConfiguration, roleConstruct, roleTemplate } from "../../shared/report/role-files.ts";
import { root } from "../cli/run-command.ts";
import { aProposal, aSubject, twoPolicies } from "./a-proposal.ts";
import { readConfiguration } from "./read-hcl.ts";

const forms = [
  ["one inline policy", aProposal()],
  ["several managed policies", aProposal(twoPolicies)],
  ["no policy at all", aProposal({ policies: [] })],
] as const;

interface Template {
  readonly Transform?: string;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>>;
  readonly Outputs: unknown;
}

/** Policies as CloudFormation would make them: those of the role, and those that are attached to it. */
function policiesIn({ Resources }: Pick<Template, "Resources">): unknown[] {
  return Object.values(Resources).flatMap(({ Type, Properties }) =>
    Type === "AWS::IAM::Role"
      ? ((Properties.Policies as { PolicyDocument: unknown }[] | undefined) ?? []).map((one) => one.PolicyDocument)
      : [Properties.PolicyDocument],
  );
}

describe.each(["cloudformation", "sam"] as const)("as a template of %s", (kind) => {
  test.each(forms)("%s", (_, proposal) => {
    const template = parse(roleTemplate(proposal, aSubject(), kind)) as Template;
    expect(template.Transform).toBe(kind === "sam" ? "AWS::Serverless-2016-10-31" : undefined);
    expect(template.Resources.ShopOrders).toMatchObject({
      Type: "AWS::IAM::Role",
      Properties: {
        RoleName: "shop-orders",
        Path: "/team/",
        AssumeRolePolicyDocument: proposal.trustPolicy,
        PermissionsBoundary: proposal.boundaryArn,
      },
    });
    expect(policiesIn(template)).toEqual(proposal.policies);
    for (const { Type, Properties } of Object.values(template.Resources))
      if (Type === "AWS::IAM::ManagedPolicy") expect(Properties.Roles).toEqual([{ Ref: "ShopOrders" }]);
    expect(template.Outputs).toEqual({ RoleArn: { Value: { "Fn::GetAtt": ["ShopOrders", "Arn"] } } });
  });
});

describe("as code of the CDK", () => {
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-cdk-"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("makes the role with its policies", { timeout: 120_000 }, () => {
    for (const [n, [, proposal]] of forms.entries()) writeFileSync(join(folder, `form${n}.mts`), roleConstruct(proposal, aSubject()));
    const main = [
      'import { App, Stack } from "aws-cdk-lib";',
      ...forms.map((_, n) => `import { addShopOrders as add${n} } from "./form${n}.mts";`),
      `const made = [${forms.map((_, n) => `add${n}`).join(", ")}].map((add) => { const stack = new Stack(new App(), "S"); add(stack); return stack.node.root.synth().getStackByName("S").template; });`,
      "console.log(JSON.stringify(made));",
    ];
    writeFileSync(join(folder, "main.mjs"), main.join("\n"));
    const templates = JSON.parse(
      execFileSync(process.execPath, ["--preserve-symlinks", "main.mjs"], { cwd: folder, encoding: "utf8" }),
    ) as Template[];
    for (const [n, [, proposal]] of forms.entries()) {
      expect(Object.values(templates[n]?.Resources ?? {})[0]).toMatchObject({
        Type: "AWS::IAM::Role",
        Properties: { RoleName: "shop-orders", PermissionsBoundary: proposal.boundaryArn },
      });
      expect(policiesIn(templates[n] as Template)).toEqual(proposal.policies);
    }
  });

  test("compiles", { timeout: 120_000 }, () => {
    const names = forms.map(([, proposal], n) => {
      writeFileSync(join(folder, `checked${n}.mts`), roleConstruct(proposal, aSubject()));
      return `checked${n}.mts`;
    });
    const options = ["--noEmit", "--strict", "--skipLibCheck", "--target", "esnext", "--module", "nodenext", "--types", ""];
    expect(execFileSync(join(root, "node_modules/.bin/tsc"), [...options, ...names], { cwd: folder, encoding: "utf8" })).toBe("");
  });
});

describe("as configuration of Terraform", () => {
  test.each(forms)("%s", (_, proposal) => {
    const resources = readConfiguration(roleConfiguration(proposal, aSubject()));
    const role = resources.find(({ type }) => type === "aws_iam_role");
    expect(role).toMatchObject({
      name: "shop_orders",
      values: { name: "shop-orders", path: "/team/", permissions_boundary: proposal.boundaryArn, assume_role_policy: proposal.trustPolicy },
    });
    const policies = resources.filter(({ type }) => type === "aws_iam_role_policy" || type === "aws_iam_policy");
    expect(policies.map(({ values }) => values.policy)).toEqual(proposal.policies);
    const joined = resources.flatMap(({ type, values }) =>
      type === "aws_iam_role_policy" ? [values.role] : type === "aws_iam_role_policy_attachment" ? [values.role] : [],
    );
    expect(joined).toEqual(
      proposal.policies.map(() => (proposal.placement === "inline" ? "=aws_iam_role.shop_orders.id" : "=aws_iam_role.shop_orders.name")),
    );
  });

  test("is written as terraform fmt leaves it", () => {
    const [before = "", policy = ""] = roleConfiguration(aProposal(), aSubject()).split("\nresource ").slice(1);
    const attributes = before.split("\n").filter((line) => /^ {2}\w+ /.test(line));
    expect([...new Set(attributes.slice(0, -1).map((line) => line.indexOf("=")))]).toHaveLength(1);
    expect(attributes.at(-1)).toBe("  assume_role_policy = jsonencode({");
    expect(policy).toContain('    "Version" : "2012-10-17",');
    expect(policy).not.toMatch(/^ *"[^"]*":/m);
  });

  test("is read strictly: what is no HCL is refused", () => {
    expect(() => readConfiguration('resource "a" "b" {\n  x = {\n}')).toThrow();
    expect(() => readConfiguration('resource "a" "b" {\n  x = "$' + '{y}"\n}')).toThrow(/template/);
  });
});

test("names of functions cannot leave a comment", () => {
  const subject = { ...aSubject(), functionName: 'orders\nresource "x" {' };
  expect(readConfiguration(roleConfiguration(aProposal(), subject)).map(({ type }) => type)).toEqual([
    "aws_iam_role",
    "aws_iam_role_policy",
  ]);
});
