import { describe, expect, onTestFinished, test } from "vitest";
import { aWatchdog } from "../a-watchdog.ts";
import { account, functionArn, StubAccount, type StubFunction } from "../stub-account.ts";

const shared = `arn:aws:iam::${account}:role/shared`;
const admin = `arn:aws:iam::${account}:role/admin`;
const other = "us-east-1";
const ofRoles = new Set(["iam/shared-function-role", "iam/admin-function-role", "iam/orphaned-function-role", "iam/excess-permissions"]);

function aRole(Arn: string, actions: string) {
  const trust = { Statement: { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" } };
  const document = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: actions, Resource: "*" } };
  return {
    Arn,
    RoleName: Arn.split("/")[1],
    AssumeRolePolicyDocument: JSON.stringify(trust),
    RolePolicyList: [{ PolicyName: "own", PolicyDocument: JSON.stringify(document) }],
    CreateDate: new Date("2025-01-01"),
  };
}

function having(Role: string, name: string, region = "eu-west-1"): StubFunction {
  return { name, region, configuration: { Role } };
}

/** An account of three Regions, its functions in two, and what its scans of chosen Regions say of roles. */
async function anAccount(...functions: StubFunction[]) {
  const stub = new StubAccount({
    now: new Date("2026-11-24T03:00:00Z"),
    regions: ["eu-west-1", other, "eu-north-1"],
    functions,
    answers: {
      "iam:GetAccountAuthorizationDetails": () => ({ RoleDetailList: [aRole(shared, "sqs:SendMessage"), aRole(admin, "*")], Policies: [] }),
    },
  });
  const dog = await aWatchdog(stub);
  onTestFinished(() => dog.close());
  let day = 24;
  return {
    stub,
    /** What the scan says of roles, a line each, and what changed. */
    async scan(...regions: string[]) {
      day += 2;
      stub.data.now = new Date(Date.UTC(2026, 10, day, 3));
      const { document } = await dog.scan({ regions });
      const said = document.findings
        .filter(({ rule }) => ofRoles.has(rule))
        .map(({ rule, resource, severity, evidence }) => `${severity} ${rule.slice(4)} ${resource.name}: ${evidence.functions}`);
      const known = await dog.store.findings(account, ["eu-west-1", other, "eu-north-1", "global"]);
      const isOfRole = new Set(known.filter(({ rule }) => ofRoles.has(rule)).map(({ id }) => id));
      const many = (ids: readonly string[]) => ids.filter((id) => isOfRole.has(id)).length;
      const { opened, changed, resolved } = document.changes;
      return { said: said.sort(), opened: many(opened), changed: many(changed), resolved: many(resolved) };
    },
  };
}

const two = "MEDIUM shared-function-role shared: a (eu-west-1),b (eu-west-1)";
const three = `${two},c (${other})`;

describe("a scan of chosen Regions", () => {
  test("finds administrators and shared roles among the functions there, and says nothing of excess and of what is left over", async () => {
    const { scan } = await anAccount(having(shared, "a"), having(shared, "b"), having(admin, "root"), having(admin, "far", other));
    expect((await scan("eu-west-1")).said).toEqual(["HIGH admin-function-role admin: root (eu-west-1)", two]);
  });

  test("takes back what a scan of the same or fewer Regions found", async () => {
    const { stub, scan } = await anAccount(having(shared, "a"), having(shared, "b"), having(admin, "root"));
    expect((await scan("eu-west-1")).opened).toBe(2);
    expect(await scan("eu-west-1")).toMatchObject({ changed: 0, resolved: 0 });
    stub.data.functions = [having(shared, "a"), having(admin, "root")];
    expect(await scan("eu-west-1", other)).toMatchObject({ said: ["HIGH admin-function-role admin: root (eu-west-1)"], resolved: 1 });
  });

  test("neither changes nor takes back what other Regions showed", async () => {
    const { stub, scan } = await anAccount(having(shared, "a"), having(shared, "b"), having(shared, "c", other));
    const { said } = await scan();
    expect(said).toContain(three);
    expect(await scan("eu-west-1")).toEqual({ said, opened: 0, changed: 0, resolved: 0 });
    expect(await scan("eu-north-1")).toEqual({ said, opened: 0, changed: 0, resolved: 0 });
    stub.data.functions = [having(shared, "a"), having(shared, "c", other)];
    expect(await scan("eu-west-1")).toMatchObject({ said: expect.arrayContaining([three]), resolved: 0 });
    expect((await scan()).said).toContain(`MEDIUM shared-function-role shared: a (eu-west-1),c (${other})`);
  });

  test("in other Regions leaves it as it was, too; both together tell more", async () => {
    const { scan } = await anAccount(having(shared, "a"), having(shared, "b"), having(shared, "c", other));
    expect((await scan("eu-west-1")).said).toEqual([two]);
    expect(await scan(other)).toMatchObject({ said: [two], changed: 0, resolved: 0 });
    expect(await scan("eu-west-1", other)).toMatchObject({ said: [three], changed: 1, resolved: 0 });
    // it knows of c from both
    expect(await scan("eu-west-1")).toMatchObject({ said: [three], changed: 0, resolved: 0 });
  });

  test("hears of what is graver at once", async () => {
    const { stub, scan } = await anAccount(having(admin, "root"), having(admin, "far", other));
    const { said } = await scan();
    expect(said).toContain(`HIGH admin-function-role admin: far (${other}),root (eu-west-1)`);
    const root = functionArn("root");
    const url = { FunctionUrl: "https://x.lambda-url.eu-west-1.on.aws/", AuthType: "NONE", FunctionArn: root };
    const anybody = { Effect: "Allow", Principal: "*", Action: ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"], Resource: root };
    stub.data.answers = {
      ...stub.data.answers,
      "lambda:ListFunctionUrlConfigs": ({ input }) => (input.FunctionName === "root" ? { FunctionUrlConfigs: [url] } : {}),
      "lambda:GetPolicy": ({ input }) => (input.FunctionName === "root" ? { Policy: JSON.stringify({ Statement: anybody }) } : {}),
    };
    const open = ["CRITICAL admin-function-role admin: root (eu-west-1)"];
    expect(await scan("eu-west-1")).toMatchObject({ said: expect.arrayContaining(open), changed: 1 });
    // it is still for a scan of all Regions to take back
    stub.data.functions = [having(admin, "far", other)];
    expect((await scan("eu-west-1")).resolved).toBe(0);
  });

  test("of all there are is a scan of all", async () => {
    const { scan } = await anAccount(having(admin, "a"), having(admin, "b"));
    expect((await scan("eu-west-1", other, "eu-north-1")).said.some((line) => line.includes("orphaned-function-role shared"))).toBe(true);
    expect((await scan("eu-west-1", other)).resolved).toBe(0);
  });

  test("says nothing of roles where a chosen Region did not answer", async () => {
    const { stub, scan } = await anAccount(having(shared, "a"), having(shared, "b"));
    stub.fault = ({ region, operation }) =>
      region === other && operation === "lambda:ListFunctions"
        ? Object.assign(new Error("no"), { name: "AccessDeniedException" })
        : undefined;
    expect((await scan("eu-west-1", other)).said).toEqual([]);
  });
});
