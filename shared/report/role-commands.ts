/** A proposed role as commands of the AWS command line: a script that goes up to the switch, the rest as comments. Pure. */
import { cleanText } from "../model/plain-text.ts";
import type { RoleProposal } from "../model/proposal.ts";
import { awsCommand } from "../wording/aws-cli.ts";
import { policyName, type RoleSubject, rollOut } from "./role-subject.ts";

/** Commands that make the role with its policies. */
export function makingCommands(proposal: RoleProposal, { oldRole }: RoleSubject): readonly string[] {
  const { roleName, path, trustPolicy, boundaryArn, placement, policies } = proposal;
  const root = oldRole.arn.split(":").slice(0, 5).join(":");
  return [
    awsCommand("iam", "create-role", {
      "role-name": roleName,
      path,
      "assume-role-policy-document": JSON.stringify(trustPolicy),
      ...(boundaryArn ? { "permissions-boundary": boundaryArn } : {}),
    }),
    ...policies.flatMap((policy, n) => {
      const name = policyName(proposal, n);
      const document = JSON.stringify(policy);
      if (placement === "inline")
        return [awsCommand("iam", "put-role-policy", { "role-name": roleName, "policy-name": name, "policy-document": document })];
      return [
        awsCommand("iam", "create-policy", { "policy-name": name, "policy-document": document }),
        awsCommand("iam", "attach-role-policy", { "role-name": roleName, "policy-arn": `${root}:policy/${name}` }),
      ];
    }),
    awsCommand("iam", "wait role-exists", { "role-name": roleName }),
  ];
}

/** What is done on a later day stands behind a comment sign. */
export function roleCommands(proposal: RoleProposal, subject: RoleSubject): string {
  const say = (text: string) => `# ${cleanText(text, 2000)}`;
  const [change, ...then] = rollOut(proposal, subject);
  return [
    say(`Role of the function ${subject.functionName} alone.`),
    ...makingCommands(proposal, subject),
    ...(change ? [say(change.text), ...change.commands] : []),
    ...then.flatMap(({ text, commands }) => [say(text), ...commands.map((command) => `#   ${command}`)]),
  ].join("\n");
}
