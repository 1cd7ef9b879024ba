/** The commands that put a proposed role to use run as they are pasted, up to the switch; those of a later day too, without their comment sign. */
import { GetRoleCommand, GetRolePolicyCommand, ListAttachedRolePoliciesCommand } from "@aws-sdk/client-iam";
import { CreateFunctionCommand, GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { afterAll, describe, expect, it } from "vitest";
import { CallCount } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { roleCommands } from "../../shared/report/role-commands.ts";
import { aFolder } from "../cli/run-command.ts";
import { aProposal, aSubject, twoPolicies } from "../report/a-proposal.ts";
import { aShell } from "./a-shell.ts";
import { account } from "./moto.ts";
import { motoForThisFile } from "./moto-for-this-file.ts";
import { unpaced } from "./unpaced.ts";

const moto = await motoForThisFile("the commands of a proposed role");
const folder = aFolder();
afterAll(() => folder.remove());
const region = "eu-west-1";
const emptyZip = Buffer.from("504b0506000000000000000000000000000000000000", "hex");

describe.skipIf(!moto)("the commands of a proposed role", () => {
  it.each([
    ["one inline policy", "orders-inline", aProposal({ roleName: "new-inline" })],
    ["several managed policies", "orders-managed", aProposal({ roleName: "new-managed", ...twoPolicies })],
  ])("with %s", async (_, functionName, proposal) => {
    const shell = aShell(moto?.endpoint ?? "", folder.path);
    const clients = createClients({ pace: unpaced(), calls: new CallCount() });
    const run = async (line: string) => {
      const { code, said } = await shell.run(line);
      expect(`${line}\n${code} ${said}`).toBe(`${line}\n0 ${said}`);
    };
    const trust = JSON.stringify(proposal.trustPolicy);
    const old = `old-${functionName}`;
    await run(`aws iam create-role --role-name ${old} --assume-role-policy-document '${trust}'`);
    await run(
      `aws iam put-role-policy --role-name ${old} --policy-name own --policy-document '${JSON.stringify(proposal.policies[0])?.replaceAll("'", "'\\''")}'`,
    );
    await run(`aws logs create-log-group --log-group-name /aws/lambda/${functionName} --region ${region}`);
    const oldArn = `arn:aws:iam::${account}:role/${old}`;
    await clients.lambda(region).send(
      new CreateFunctionCommand({
        FunctionName: functionName,
        Role: oldArn,
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Code: { ZipFile: emptyZip },
      }),
    );
    const subject = { ...aSubject({ arn: oldArn, name: old }), functionName, logGroup: `/aws/lambda/${functionName}` };
    const lines = roleCommands(proposal, subject).split("\n");
    for (const line of lines.filter((one) => one.startsWith("aws "))) await run(line);
    const { Role } = await clients.lambda(region).send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
    expect(Role).toBe(`arn:aws:iam::${account}:role/team/${proposal.roleName}`);
    const role = await clients.iam(region).send(new GetRoleCommand({ RoleName: proposal.roleName }));
    expect(JSON.parse(decodeURIComponent(role.Role?.AssumeRolePolicyDocument ?? ""))).toEqual(proposal.trustPolicy);
    expect(role.Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(proposal.boundaryArn);
    if (proposal.placement === "inline") {
      const policy = await clients
        .iam(region)
        .send(new GetRolePolicyCommand({ RoleName: proposal.roleName, PolicyName: proposal.roleName }));
      expect(JSON.parse(decodeURIComponent(policy.PolicyDocument ?? ""))).toEqual(proposal.policies[0]);
    } else {
      const attached = await clients.iam(region).send(new ListAttachedRolePoliciesCommand({ RoleName: proposal.roleName }));
      expect(attached.AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toEqual(["new-managed-1", "new-managed-2"]);
    }
    const later = lines.flatMap((line) => /^#\s+(aws .*)$/.exec(line)?.[1] ?? []);
    expect(later.length).toBeGreaterThan(3);
    // back to the old role and on again, before the old one goes
    for (const line of later) await run(line);
    await expect(clients.iam(region).send(new GetRoleCommand({ RoleName: old }))).rejects.toThrow(/not found|NoSuchEntity/i);
  });
});
