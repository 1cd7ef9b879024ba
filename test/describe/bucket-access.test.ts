import { describe, expect, test } from "vitest";
import { bucketAccess } from "../../shared/describe/bucket-access.ts";
import { fn, hop, level, open, place, policy } from "./a-policy.ts";

describe("a bucket", () => {
  const arn = "arn:aws:s3:::uploads";
  const closed = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
  const access = (read: Partial<Parameters<typeof bucketAccess>[1]>) =>
    bucketAccess(arn, { policy: "", grants: [], bucketBlock: {}, accountBlock: {}, ...read }, place);
  const writable = policy(open(["s3:PutObject", "s3:GetObject"]));

  test("is open by policy, unless bucket or account restrict public buckets", () => {
    expect(access({ policy: writable })).toMatchObject({ publicWrite: ["Open"], publicRead: ["Open"], unread: [] });
    expect(level([...access({ policy: writable }).relations, hop(arn, fn, "notifies")])).toBe("internet-anonymous");
    expect(access({ policy: writable, bucketBlock: { RestrictPublicBuckets: true } }).relations).toEqual([]);
    expect(access({ policy: writable, accountBlock: { RestrictPublicBuckets: true } }).publicWrite).toEqual([]);
    // refuses new policies, does not close what is open
    expect(access({ policy: writable, bucketBlock: { BlockPublicPolicy: true } }).publicWrite).toEqual(["Open"]);
  });

  test("that is restricted still lets in the accounts that a policy without everybody names", () => {
    const named = policy(open("s3:GetObject", { Principal: { AWS: "444455556666" } }));
    expect(access({ policy: named, bucketBlock: closed }).relations).toMatchObject([{ from: "account:444455556666", kind: "may-read" }]);
    const both = policy(open("s3:GetObject"), open("s3:GetObject", { Principal: { AWS: "444455556666" } }));
    expect(access({ policy: both, bucketBlock: closed }).relations).toEqual([]);
  });

  test("is open by any of several grants of one grantee, unless public grants are ignored", () => {
    const grants = [
      { grantee: "AllUsers", permission: "READ" },
      { grantee: "AllUsers", permission: "WRITE" },
      { grantee: "AuthenticatedUsers", permission: "READ_ACP" },
      { grantee: "LogDelivery", permission: "WRITE" },
      { grantee: "other", permission: "FULL_CONTROL" },
    ];
    expect(access({ grants })).toMatchObject({ publicWrite: ["ACL WRITE for AllUsers"], publicRead: ["ACL READ for AllUsers"] });
    expect(access({ grants, bucketBlock: { IgnorePublicAcls: true } }).relations).toEqual([]);
    expect(access({ grants, bucketBlock: { BlockPublicAcls: true } }).publicWrite).toHaveLength(1);
  });

  test("open to whoever has an AWS account is open to the internet, signed", () => {
    const { relations, publicWrite } = access({ grants: [{ grantee: "AuthenticatedUsers", permission: "WRITE_ACP" }] });
    expect(publicWrite).toEqual(["ACL WRITE_ACP for AuthenticatedUsers"]);
    expect(level(relations, arn)).toBe("internet-authenticated");
  });

  test("whose blocks could not be read shows its doors as guesses; the account's block is not missed where the bucket's is whole", () => {
    const unread = access({ policy: writable, accountBlock: undefined });
    expect(unread.unread).toEqual(["accountPublicAccessBlock"]);
    expect(unread.relations.every(({ inferred }) => inferred)).toBe(true);
    expect(access({ bucketBlock: closed, accountBlock: undefined }).unread).toEqual([]);
    expect(access({ policy: undefined, grants: undefined }).unread).toEqual(["policy", "acl"]);
  });

  test("behind an origin access identity of CloudFront is not public", () => {
    const oai = open("s3:GetObject", { Principal: { AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1" } });
    expect(access({ policy: policy(oai) }).relations).toEqual([]);
  });
});
