import { describe, expect, onTestFinished, test } from "vitest";
import { aWatchdog } from "../a-watchdog.ts";
import { account, awsError, type Fault, StubAccount, type StubFunction } from "../stub-account.ts";

const Role = `arn:aws:iam::${account}:role/shared`;
const closed = "eu-south-2";
const byPolicy: Fault = ({ region, operation }) =>
  region === closed
    ? awsError("AccessDeniedException", `not authorized to perform: ${operation} with an explicit deny in a service control policy`)
    : undefined;

/** Two functions of eu-west-1 that share a role, and perhaps some of the Region that a policy closes. */
async function anAccount(...elsewhere: StubFunction[]) {
  const trust = { Statement: { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" } };
  const role = { Arn: Role, RoleName: "shared", AssumeRolePolicyDocument: JSON.stringify(trust), CreateDate: new Date("2025-01-01") };
  const stub = new StubAccount({
    now: new Date("2026-11-24T03:00:00Z"),
    regions: ["eu-west-1", closed],
    functions: [{ name: "a", configuration: { Role } }, { name: "b", configuration: { Role } }, ...elsewhere],
    answers: { "iam:GetAccountAuthorizationDetails": () => ({ RoleDetailList: [role], Policies: [] }) },
  });
  const dog = await aWatchdog(stub);
  onTestFinished(() => dog.close());
  return {
    stub,
    async shared() {
      const { document } = await dog.scan();
      return document.findings.filter(({ rule }) => rule === "iam/shared-function-role").map(({ evidence }) => evidence.functions);
    },
  };
}

describe("a role, where a service control policy closes a Region", () => {
  test("is judged when nothing was ever seen there", async () => {
    const { stub, shared } = await anAccount();
    stub.fault = byPolicy;
    expect(await shared()).toEqual([["a (eu-west-1)", "b (eu-west-1)"]]);
  });

  test("keeps what was said of it when its functions were seen there before", async () => {
    const { stub, shared } = await anAccount({ name: "c", region: closed, configuration: { Role } });
    const all = [["a (eu-west-1)", "b (eu-west-1)", `c (${closed})`]];
    expect(await shared()).toEqual(all);
    stub.fault = byPolicy;
    stub.data.now = new Date("2026-11-25T03:00:00Z");
    expect(await shared()).toEqual(all);
  });

  test("cannot be told where the refusal is ours alone", async () => {
    const { stub, shared } = await anAccount();
    stub.fault = ({ region }) => (region === closed ? awsError("AccessDeniedException", "no identity-based policy allows it") : undefined);
    expect(await shared()).toEqual([]);
  });
});
