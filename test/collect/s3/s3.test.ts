import { describe, expect, test } from "vitest";
import { s3Collector } from "../../../shared/collect/s3/s3.ts";
import { awsError } from "../../stub-account.ts";
import { type Answers, collectFrom, now } from "../a-service.ts";

const fn = "arn:aws:lambda:eu-west-1:111122223333:function:orders";
const refuse = (code: string) => () => {
  throw awsError(code);
};
const whole = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
const answers: Answers = {
  "s3:ListBuckets": ({ ContinuationToken }) =>
    ContinuationToken
      ? { Buckets: [{ Name: "second", CreationDate: now }] }
      : { Buckets: [{ Name: "first", CreationDate: now, BucketRegion: "eu-central-1", FieldOfTomorrow: 1 }], ContinuationToken: "2" },
  "s3:GetBucketLocation": () => ({ LocationConstraint: "EU" }),
  "s3:GetBucketPolicy": refuse("NoSuchBucketPolicy"),
  "s3:GetBucketAcl": () => ({
    Owner: { ID: "me" },
    Grants: [
      { Grantee: { Type: "CanonicalUser", ID: "me" }, Permission: "FULL_CONTROL" },
      { Grantee: { Type: "Group", URI: "http://acs.amazonaws.com/groups/global/AllUsers" }, Permission: "READ" },
      { Grantee: { Type: "Group", URI: "http://acs.amazonaws.com/groups/global/AllUsers" }, Permission: "WRITE" },
    ],
  }),
  "s3:GetPublicAccessBlock": refuse("NoSuchPublicAccessBlockConfiguration"),
  "s3control:GetPublicAccessBlock": refuse("NoSuchPublicAccessBlockConfiguration"),
  "s3:GetBucketNotificationConfiguration": () => ({
    LambdaFunctionConfigurations: [{ Id: "n", LambdaFunctionArn: `${fn}:live`, Events: ["s3:ObjectCreated:*"] }],
    EventBridgeConfiguration: {},
  }),
  "s3:GetBucketWebsite": refuse("NoSuchWebsiteConfiguration"),
  "s3:GetBucketEncryption": () => ({
    ServerSideEncryptionConfiguration: {
      Rules: [
        { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "arn:aws:kms:eu-west-1:111122223333:key/1" } },
      ],
    },
  }),
  "s3:GetBucketVersioning": () => ({ Status: "Enabled" }),
};
const first = "arn:aws:s3:::first";

describe("buckets", () => {
  test("are listed page by page, each read in its own Region", async () => {
    const { rows, coverage, asked } = await collectFrom(s3Collector, answers);
    expect(coverage).toMatchObject({ collector: "s3", status: "complete", resources: 2 });
    expect([...rows.values()].map(({ resource }) => resource?.region)).toEqual(["eu-central-1", "eu-west-1"]);
    const regions = asked.flatMap(({ operation, region }) => (operation === "s3:GetBucketAcl" ? [region] : []));
    expect(regions.toSorted()).toEqual(["eu-central-1", "eu-west-1"]);
    expect(asked.map(({ operation }) => operation)).not.toContain("s3:GetBucketPolicyStatus");
  });

  test("say who may reach them, whom they notify, and what encrypts them", async () => {
    const { rows } = await collectFrom(s3Collector, answers);
    const { resource, relations } = rows.get(first) ?? { relations: [] };
    expect(resource).toMatchObject({
      encryption: { atRest: "unknown", inTransit: "not-enforced" },
      details: { publicWrite: ["ACL WRITE for AllUsers"], publicRead: ["ACL READ for AllUsers"], versioning: "enabled", website: false },
    });
    expect(relations.map(({ from, kind, to }) => `${from} ${kind} ${to}`)).toEqual([
      `internet may-read ${first}`,
      `internet may-write ${first}`,
      `${first} notifies ${fn}`,
      `${first} notifies arn:aws:events:eu-central-1:111122223333:event-bus/default`,
    ]);
  });

  test("are closed by the block of the account", async () => {
    const { rows } = await collectFrom(s3Collector, {
      ...answers,
      "s3control:GetPublicAccessBlock": () => ({ PublicAccessBlockConfiguration: whole }),
    });
    expect(rows.get(first)?.resource?.details).toMatchObject({ publicWrite: [], publicRead: [] });
    expect(rows.get(first)?.resource?.details?.publicAccessBlocked).toHaveLength(4);
  });

  test("one that refuses by its own policy keeps no other from being read", async () => {
    const { rows, coverage } = await collectFrom(s3Collector, {
      ...answers,
      "s3:GetBucketAcl": (input) => (input.Bucket === "first" ? refuse("AccessDenied")() : (answers["s3:GetBucketAcl"]?.(input) ?? {})),
    });
    expect(coverage).toMatchObject({ status: "partial", operation: "s3:GetBucketAcl", code: "AccessDenied" });
    expect(rows.get(first)?.resource?.details?.unread).toEqual(["acl"]);
    expect(rows.get("arn:aws:s3:::second")?.resource?.details?.publicWrite).toHaveLength(1);
  });

  test("a question that every bucket refuses is given up", async () => {
    const Buckets = Array.from({ length: 300 }, (_, i) => ({ Name: `b${i}`, CreationDate: now, BucketRegion: "eu-west-1" }));
    const { operations, coverage } = await collectFrom(s3Collector, {
      ...answers,
      "s3:ListBuckets": () => ({ Buckets }),
      "s3:GetBucketAcl": refuse("AccessDenied"),
    });
    expect(operations.filter((one) => one === "s3:GetBucketAcl").length).toBeLessThan(30);
    expect(coverage.status).toBe("partial");
  });

  test("deleted meanwhile are no failure; without the account's block nothing is said to be closed or open for certain", async () => {
    const gone = Object.fromEntries(
      Object.keys(answers).map((one) => [one, one === "s3:ListBuckets" ? answers[one] : refuse("NoSuchBucket")]),
    );
    expect((await collectFrom(s3Collector, { ...gone, "s3control:GetPublicAccessBlock": () => ({}) } as Answers)).coverage.status).toBe(
      "complete",
    );
    const { rows, coverage } = await collectFrom(s3Collector, { ...answers, "s3control:GetPublicAccessBlock": refuse("AccessDenied") });
    expect(coverage).toMatchObject({ status: "partial", code: "AccessDenied" });
    expect(rows.get(first)?.resource?.details?.unread).toEqual(["accountPublicAccessBlock"]);
  });

  test("whose list is refused are denied", async () => {
    const { coverage } = await collectFrom(s3Collector, {
      "s3:ListBuckets": refuse("AccessDenied"),
      "s3control:GetPublicAccessBlock": () => ({}),
    });
    expect(coverage).toMatchObject({ status: "denied", operation: "s3:ListBuckets" });
  });
});
