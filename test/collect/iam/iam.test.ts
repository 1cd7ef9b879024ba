import { describe, expect, test } from "vitest";
import { iamCollector } from "../../../shared/collect/iam/iam.ts";
import { awsError } from "../../stub-account.ts";
import { collectFrom, now } from "../a-service.ts";

const refuse = () => {
  throw awsError("AccessDeniedException");
};

describe("IAM", () => {
  const document = (Action: string) => encodeURIComponent(JSON.stringify({ Statement: [{ Effect: "Allow", Action, Resource: "*" }] }));
  const role = (name: string, policies: string[]) => ({
    Arn: `arn:aws:iam::111122223333:role/${name}`,
    RoleName: name,
    CreateDate: now,
    RoleLastUsed: { LastUsedDate: now },
    AssumeRolePolicyDocument: encodeURIComponent(
      '{"Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}',
    ),
    AttachedManagedPolicies: policies.map((PolicyName) => ({ PolicyName, PolicyArn: `arn:${PolicyName}` })),
  });
  const managed = {
    Arn: "arn:writer",
    PolicyVersionList: [
      { VersionId: "v1", IsDefaultVersion: false, Document: document("*") },
      { VersionId: "v2", IsDefaultVersion: true, Document: document("sqs:SendMessage") },
    ],
  };

  test("reads roles in one sweep; a policy's text may come on a later page; only the version in force counts", async () => {
    const { rows, coverage, operations } = await collectFrom(iamCollector, {
      "iam:GetAccountAuthorizationDetails": ({ Marker }) =>
        Marker
          ? { Policies: [managed], IsTruncated: false }
          : { RoleDetailList: [role("a", ["writer", "lost"])], IsTruncated: true, Marker: "m" },
    });
    expect(coverage.status).toBe("complete");
    expect(operations).toHaveLength(2);
    const row = rows.get("arn:aws:iam::111122223333:role/a");
    expect(row?.resource).toMatchObject({
      createdAt: now.toISOString(),
      details: { lastUsedAt: now.toISOString(), unread: ["policy lost"] },
    });
    expect(row?.relations.map(({ kind, to }) => `${kind} ${to}`)).toEqual(["may-write arn:aws:sqs:*"]);
  });

  test("refused half-way keeps the roles that were read, and says that policies are missing", async () => {
    const { rows, coverage } = await collectFrom(iamCollector, {
      "iam:GetAccountAuthorizationDetails": ({ Marker }) =>
        Marker ? refuse() : { RoleDetailList: [role("a", ["writer"])], IsTruncated: true, Marker: "m" },
    });
    expect(coverage).toMatchObject({ status: "partial" });
    expect([...rows.values()][0]?.resource?.details?.unread).toEqual(["policy writer"]);
  });
});
