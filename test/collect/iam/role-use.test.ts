import { describe, expect, test } from "vitest";
import type { CachedReads } from "../../../shared/collect/contract/cached-reads.ts";
import { contextOf } from "../../../shared/collect/contract/collector.ts";
import type { Inventory } from "../../../shared/collect/contract/service-collector.ts";
import { collectRoleUse, roleUseCollector } from "../../../shared/collect/iam/role-use.ts";
import type { Resource } from "../../../shared/model/graph.ts";
import { awsError } from "../../stub-account.ts";
import { type Answers, aContext, now } from "../a-context.ts";

function aRole(name: string, trustedServices: readonly string[], path = "/"): Resource {
  const arn = `arn:aws:iam::111122223333:role${path}${name}`;
  return { arn, type: "AWS::IAM::Role", name, region: "global", details: { trustedServices, path } };
}

function inventoryOf(resources: readonly Resource[], status: "complete" | "denied" = "complete"): Inventory {
  return { resources, parts: { iam: { items: [], coverage: { collector: "iam", region: "global", status } } } };
}

const orders = aRole("orders", ["lambda.amazonaws.com"]);
const used = { ServiceNamespace: "dynamodb", LastAuthenticated: new Date("2026-11-20T10:00:00Z") };
const never = { ServiceNamespace: "s3" };
const done = (...ServicesLastAccessed: object[]) => ({ JobStatus: "COMPLETED", ServicesLastAccessed, IsTruncated: false });

async function collect(inventory: Inventory, answers: Answers, cached: CachedReads = {}, at = now) {
  const context = aContext(
    { "iam:GenerateServiceLastAccessedDetails": ({ Arn }) => ({ JobId: `job of ${Arn}` }), ...answers },
    { region: "us-east-1", now: at },
    cached,
  );
  const waited: number[] = [];
  const part = await collectRoleUse(contextOf(roleUseCollector, context), inventory, async (ms) => void waited.push(ms));
  return { part, waited, calls: context.calls, kept: context.kept() };
}

describe("what roles were used for", () => {
  test("is asked only of roles that Lambda may take, and not of those that AWS made for itself", async () => {
    const roles = [
      orders,
      aRole("edge", ["edgelambda.amazonaws.com", "lambda.amazonaws.com"]),
      aRole("people", []),
      aRole("server", ["ec2.amazonaws.com"]),
      aRole("AWSServiceRoleForLambda", ["lambda.amazonaws.com"], "/aws-service-role/lambda.amazonaws.com/"),
    ];
    const { part, calls } = await collect(inventoryOf(roles), { "iam:GetServiceLastAccessedDetails": () => done(used, never) });
    expect(part.coverage).toMatchObject({ status: "complete", resources: 2 });
    expect(part.items[0]).toEqual({
      roleArn: orders.arn,
      services: [{ service: "dynamodb", lastUsedAt: "2026-11-20T10:00:00.000Z" }, { service: "s3" }],
      readAt: now.toISOString(),
    });
    expect(calls["iam:GenerateServiceLastAccessedDetails"]).toBe(2);
  });

  test("is waited for, and read over all its pages, with the actions that IAM keeps track of", async () => {
    let asked = 0;
    const tracked = {
      ServiceNamespace: "lambda",
      TrackedActionsLastAccessed: [{ ActionName: "GetFunction", LastAccessedTime: now }, { ActionName: "ListFunctions" }],
    };
    const { part, waited } = await collect(inventoryOf([orders]), {
      "iam:GetServiceLastAccessedDetails": ({ Marker }) => {
        asked += 1;
        if (asked < 3) return { JobStatus: "IN_PROGRESS" };
        return Marker ? done(tracked) : { ...done(used), IsTruncated: true, Marker: "m" };
      },
    });
    expect(waited).toEqual([250, 500]);
    expect(part.items[0]?.services.map(({ service }) => service)).toEqual(["dynamodb", "lambda"]);
    expect(part.items[0]?.services[1]?.actions).toEqual([
      { action: "lambda:GetFunction", lastUsedAt: now.toISOString() },
      { action: "lambda:ListFunctions" },
    ]);
  });

  test("is not asked for again within a week, and then is", async () => {
    const answers: Answers = { "iam:GetServiceLastAccessedDetails": () => done(used) };
    const first = await collect(inventoryOf([orders]), answers);
    const asked: number[] = [];
    let { kept } = first;
    for (let day = 1; day <= 14; day++) {
      const next = await collect(inventoryOf([orders]), answers, kept, new Date(now.getTime() + day * 86_400_000));
      expect(next.part.items).toHaveLength(1);
      if (next.calls["iam:GenerateServiceLastAccessedDetails"]) asked.push(day);
      kept = next.kept;
    }
    expect(asked).toHaveLength(2);
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBe(7);
  });

  test("that could not be told is never 'used for nothing'", async () => {
    const failed = { JobStatus: "FAILED", Error: { Code: "ServiceFailure", Message: "later" } };
    const one = await collect(inventoryOf([orders]), { "iam:GetServiceLastAccessedDetails": () => failed });
    expect(one.part).toMatchObject({ items: [], coverage: { status: "failed", code: "ServiceFailure" } });
    const slow = await collect(inventoryOf([orders]), { "iam:GetServiceLastAccessedDetails": () => ({ JobStatus: "IN_PROGRESS" }) });
    expect(slow.part).toMatchObject({ items: [], coverage: { status: "failed", code: "ReportNotReady" } });
    const refuse = () => {
      throw awsError("AccessDeniedException");
    };
    const denied = await collect(inventoryOf([orders]), { "iam:GenerateServiceLastAccessedDetails": refuse });
    expect(denied.part).toMatchObject({ items: [], coverage: { status: "denied" } });
    const without = await collect(inventoryOf([], "denied"), {});
    expect(without.part.coverage).toMatchObject({ status: "denied", follows: "iam" });
  });

  test("a service that is broken is not asked for every one of a thousand roles", async () => {
    const roles = Array.from({ length: 60 }, (_, n) => aRole(`role-${n}`, ["lambda.amazonaws.com"]));
    const broken = () => {
      throw awsError("ServiceFailure");
    };
    const { part, calls } = await collect(inventoryOf(roles), { "iam:GetServiceLastAccessedDetails": broken });
    expect(part.coverage.status).toBe("failed");
    expect(calls["iam:GetServiceLastAccessedDetails"]).toBeLessThanOrEqual(10);
  });

  test("an endpoint that does not know the report is asked once, whatever the number of roles", async () => {
    const roles = Array.from({ length: 40 }, (_, n) => aRole(`role-${n}`, ["lambda.amazonaws.com"]));
    const unknown = () => {
      throw awsError("UnsupportedOperation");
    };
    const { part, calls } = await collect(inventoryOf(roles), { "iam:GenerateServiceLastAccessedDetails": unknown });
    expect(part.coverage.status).toBe("unsupported");
    // those that were under way at the same time
    expect(calls["iam:GenerateServiceLastAccessedDetails"]).toBeLessThanOrEqual(5);
  });
});
