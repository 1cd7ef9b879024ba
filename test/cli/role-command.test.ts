import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildProgram } from "../../cli/program.ts";
import type { RoleProposal } from "../../shared/model/proposal.ts";
import { captureOutput, withoutOutput } from "./captured-output.ts";
import { aFolder, root } from "./run-command.ts";

const folder = aFolder();
const store = join(folder.path, "store");
const printed = captureOutput();

async function run(...args: string[]): Promise<string> {
  await buildProgram().parseAsync([...args, "--store", `dir:${store}`, "--quiet"], { from: "user" });
  return printed.out;
}

beforeAll(async () => {
  await withoutOutput(() =>
    buildProgram().parseAsync(["scan", "--replay", join(root, "samples", "sample-account.ndjson"), "--store", `dir:${store}`, "--quiet"], {
      from: "user",
    }),
  );
}, 120_000);
afterAll(() => folder.remove());

/** Of the sample account: its role lacks something that it needs. */
const shared = "orders-api";

describe("role", () => {
  test("prints the proposal as data, with proof, and nothing of it is more than today", async () => {
    const proposal = JSON.parse(await run("role", shared, "--as", "json")) as RoleProposal;
    expect(proposal.proof).toEqual({ subsetOfToday: true, coversNeed: true });
    expect(proposal.trustPolicy).toMatchObject({ Statement: [{ Principal: { Service: "lambda.amazonaws.com" } }] });
    expect(proposal.policies).toHaveLength(1);
    expect(proposal.roleName).toMatch(/orders-api/);
    const missing = proposal.missing.map(({ action }) => action);
    expect(missing).not.toEqual([]);
    for (const key of ["kept", "removed", "unresolved"]) expect(proposal).toHaveProperty(key);
    const allowed = proposal.policies.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
    expect(allowed.filter((action) => missing.includes(action))).toEqual([]);
    expect(allowed.some((action) => action.includes("*"))).toBe(false);
  });

  test("reads as a page: what stays, what is missing, in which order to go on", async () => {
    const page = await run("role", shared);
    expect(page).toMatch(/^A role for orders-api in eu-west-1: /);
    expect(page).toMatch(/MISSING today, and not added\n +[a-z0-9-]+:[A-Z]\w+ on arn:aws:/);
    expect(page).toMatch(/aws iam create-role --role-name \S*orders-api/);
    expect(page).toMatch(/aws lambda update-function-configuration --function-name orders-api --role /);
  });

  test.each([
    ["cloudformation", /"AWS::IAM::Role"/],
    ["sam", /"AWS::Serverless-2016-10-31"/],
    ["cdk", /new CfnRole\(scope/],
    ["terraform", /^resource "aws_iam_role" /m],
    ["cli", /^aws iam create-role /m],
  ])("prints %s, and says beside it what is missing", async (form, expected) => {
    expect(await run("role", shared, "--as", form)).toMatch(expected);
    expect(printed.err).toMatch(/missing today, and not added: [a-z0-9-]+:[A-Z]\w+ on /);
  });

  test("says of a name that it does not know which one is near", async () => {
    await expect(run("role", "orders-apj")).rejects.toThrow(/knows no function orders-apj; did you mean orders-api\?/);
    await expect(run("role", shared, "--as", "yaml")).rejects.toThrow(/one of json, cloudformation, sam, cdk, terraform, cli/);
  });
});
