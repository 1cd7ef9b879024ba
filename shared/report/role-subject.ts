/** What the pages and files about a proposed role say of the function and its role of today. */
import { besideArn } from "../model/arn.ts";
import type { RoleProposal } from "../model/proposal.ts";
import { awsCommand } from "../wording/aws-cli.ts";

export interface RoleSubject {
  readonly functionName: string;
  readonly functionArn: string;
  readonly region: string;
  readonly logGroup: string;
  /** CloudFormation stack of the function, where it has one. */
  readonly stack?: string;
  readonly oldRole: {
    readonly arn: string;
    readonly name: string;
    readonly inline: readonly string[];
    readonly managed: readonly string[];
    /** Names of the other functions that have it. */
    readonly sharedWith: readonly string[];
  };
  /** Number of roles in the account, where they were listed. */
  readonly roles?: number;
}

/** So long the old role stays: two rounds of whatever happens weekly. */
export const watchDays = 14;

/** ARN of the new role: of the account and partition of today's. */
export function newRoleArn({ roleName, path }: RoleProposal, { oldRole }: RoleSubject): string {
  return besideArn(oldRole.arn, "iam", `role${path}${roleName}`);
}

/** In which order the role is put to use, each with its commands. */
export function rollOut(
  proposal: RoleProposal,
  subject: RoleSubject,
): readonly { readonly text: string; readonly commands: readonly string[]; readonly later?: true }[] {
  const { functionName, region, logGroup, oldRole, stack } = subject;
  const switchTo = (role: string) => awsCommand("lambda", "update-function-configuration", { "function-name": functionName, role, region });
  const others = oldRole.sharedWith;
  return [
    {
      text: `Switch ${functionName} alone to the new role${stack ? ` (it belongs to stack ${stack}: set the role in its template, or the next deployment undoes it)` : ""}. If Lambda says that it cannot assume the role, wait some seconds: IAM takes that long to know it everywhere.`,
      commands: [switchTo(newRoleArn(proposal, subject))],
    },
    {
      text: `For ${watchDays} days look for calls that are refused. A refused call names the action that is missing.`,
      commands: [
        awsCommand("logs", "filter-log-events", {
          "log-group-name": logGroup,
          "filter-pattern": '?AccessDenied ?AccessDeniedException ?"not authorized to perform"',
          region,
        }),
      ],
    },
    { text: "To go back at any time:", commands: [switchTo(oldRole.arn)] },
    others.length > 0
      ? {
          text: `The old role ${oldRole.name} stays: ${others.length} other functions have it (${others.slice(0, 8).join(", ")}${others.length > 8 ? ", ..." : ""}).`,
          commands: [],
        }
      : {
          text: `Then delete the old role ${oldRole.name}, unless something else than functions takes it.`,
          commands: deletion(oldRole),
          later: true,
        },
  ];
}

function deletion({ name, inline, managed }: RoleSubject["oldRole"]): readonly string[] {
  return [
    ...inline.map((policy) => awsCommand("iam", "delete-role-policy", { "role-name": name, "policy-name": policy })),
    ...managed.map((arn) => awsCommand("iam", "detach-role-policy", { "role-name": name, "policy-arn": arn })),
    awsCommand("iam", "delete-role", { "role-name": name }),
  ];
}

/** A name for templates and code: letters and digits. */
export function logicalId(roleName: string): string {
  const words = roleName.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const id = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^[A-Za-z]/.test(id) ? id : `Role${id}`;
}

/** `shop-orders`; of several, `shop-orders-2`. */
export function policyName({ roleName, policies }: RoleProposal, index: number): string {
  return policies.length === 1 ? roleName : `${roleName.slice(0, 120)}-${index + 1}`;
}
