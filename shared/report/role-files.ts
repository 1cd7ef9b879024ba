/** A proposed role as files of tools that deploy: CloudFormation, SAM, CDK, Terraform. Pure. */
import { cleanText } from "../model/plain-text.ts";
import type { RoleProposal } from "../model/proposal.ts";
import { logicalId, policyName, type RoleSubject, rollOut } from "./role-subject.ts";

/** A template in JSON, which is YAML as well. */
export function roleTemplate(proposal: RoleProposal, subject: RoleSubject, kind: "cloudformation" | "sam"): string {
  const id = logicalId(proposal.roleName);
  const managed = proposal.placement === "managed" ? proposal.policies : [];
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    ...(kind === "sam" ? { Transform: "AWS::Serverless-2016-10-31" } : {}),
    Description: `Role of the function ${subject.functionName} alone`,
    Metadata: {
      RollOut: [`Give the function "Role": {"Fn::GetAtt": ["${id}", "Arn"]}`, ...rollOut(proposal, subject).map(({ text }) => text)],
    },
    Resources: {
      [id]: {
        Type: "AWS::IAM::Role",
        Properties: {
          RoleName: proposal.roleName,
          Path: proposal.path,
          AssumeRolePolicyDocument: proposal.trustPolicy,
          ...(proposal.boundaryArn ? { PermissionsBoundary: proposal.boundaryArn } : {}),
          ...(proposal.placement === "inline" && proposal.policies.length > 0
            ? { Policies: proposal.policies.map((PolicyDocument, n) => ({ PolicyName: policyName(proposal, n), PolicyDocument })) }
            : {}),
        },
      },
      ...Object.fromEntries(
        managed.map((PolicyDocument, n) => [
          `${id}Policy${n + 1}`,
          {
            Type: "AWS::IAM::ManagedPolicy",
            Properties: { ManagedPolicyName: policyName(proposal, n), PolicyDocument, Roles: [{ Ref: id }] },
          },
        ]),
      ),
    },
    Outputs: { RoleArn: { Value: { "Fn::GetAtt": [id, "Arn"] } } },
  };
  return JSON.stringify(template, null, 2);
}

/** A function in TypeScript that adds the role to a stack. */
export function roleConstruct(proposal: RoleProposal, subject: RoleSubject): string {
  const id = logicalId(proposal.roleName);
  const managed = proposal.placement === "managed";
  const properties = {
    roleName: proposal.roleName,
    path: proposal.path,
    assumeRolePolicyDocument: proposal.trustPolicy,
    ...(proposal.boundaryArn ? { permissionsBoundary: proposal.boundaryArn } : {}),
    ...(managed
      ? {}
      : { policies: proposal.policies.map((policyDocument, n) => ({ policyName: policyName(proposal, n), policyDocument })) }),
  };
  const policies = proposal.policies.map((policyDocument, n) => ({ managedPolicyName: policyName(proposal, n), policyDocument }));
  return [
    `import { ${managed ? "CfnManagedPolicy, " : ""}CfnRole } from "aws-cdk-lib/aws-iam";`,
    'import type { Construct } from "constructs";',
    "",
    ...comment("//", proposal, subject),
    `export function add${id}(scope: Construct): CfnRole {`,
    `  const role = new CfnRole(scope, ${JSON.stringify(id)}, ${indented(properties, 2)});`,
    ...(managed
      ? policies.map(
          (policy, n) =>
            `  new CfnManagedPolicy(scope, ${JSON.stringify(`${id}Policy${n + 1}`)}, { ...${indented(policy, 2)}, roles: [role.ref] });`,
        )
      : []),
    "  return role;",
    "}",
  ].join("\n");
}

/** Resources of the AWS provider. */
export function roleConfiguration(proposal: RoleProposal, subject: RoleSubject): string {
  const name = proposal.roleName.replace(/[^A-Za-z0-9_]/g, "_").replace(/^(?=\d)/, "_");
  const policies = proposal.policies.flatMap((policy, n) => {
    const label = proposal.policies.length === 1 ? name : `${name}_${n + 1}`;
    const written = [`  name = ${hcl(policyName(proposal, n))}`, `  policy = jsonencode(${hcl(policy, 2)})`];
    if (proposal.placement === "inline")
      return ["", `resource "aws_iam_role_policy" "${label}" {`, `  role = aws_iam_role.${name}.id`, ...written, "}"];
    return [
      "",
      `resource "aws_iam_policy" "${label}" {`,
      ...written,
      "}",
      "",
      `resource "aws_iam_role_policy_attachment" "${label}" {`,
      `  role       = aws_iam_role.${name}.name`,
      `  policy_arn = aws_iam_policy.${label}.arn`,
      "}",
    ];
  });
  return [
    ...comment("#", proposal, subject),
    `resource "aws_iam_role" "${name}" {`,
    ...aligned({ name: proposal.roleName, path: proposal.path, permissions_boundary: proposal.boundaryArn }),
    `  assume_role_policy = jsonencode(${hcl(proposal.trustPolicy, 2)})`,
    "}",
    ...policies,
  ].join("\n");
}

function comment(sign: string, proposal: RoleProposal, subject: RoleSubject): string[] {
  const lines = [
    `Role of the function ${subject.functionName} alone.`,
    ...rollOut(proposal, subject).flatMap(({ text, commands }) => [text, ...commands.map((one) => `  ${one}`)]),
  ];
  return lines.map((line) => `${sign} ${cleanText(line, 2000)}`);
}

function indented(value: unknown, by: number): string {
  return JSON.stringify(value, null, 2).replaceAll("\n", `\n${" ".repeat(by)}`);
}

/** Attributes one below the other, as `terraform fmt` writes them; those without a value are left out. */
function aligned(attributes: Readonly<Record<string, string | undefined>>): string[] {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const width = Math.max(...given.map(([name]) => name.length));
  return given.map(([name, value]) => `  ${name.padEnd(width)} = ${hcl(value)}`);
}

/** JSON is an expression of HCL, but for signs that begin templates there, and two escapes that it does not know. */
function hcl(value: unknown, by = 0): string {
  return indented(value, by)
    .replace(/^( *"(?:[^"\\]|\\.)*"): /gm, "$1 : ")
    .replace(/([$%])\{/g, "$1$1{")
    .replace(/(?<!\\)((?:\\\\)*)\\b/g, "$1\\u0008")
    .replace(/(?<!\\)((?:\\\\)*)\\f/g, "$1\\u000c");
}
