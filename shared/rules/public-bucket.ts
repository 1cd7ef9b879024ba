/** What the rules about reachable buckets share. */
import type { Confidence, Evidence } from "../model/finding.ts";
import type { Resource } from "../model/graph.ts";
import type { ResourceRef } from "../model/resource.ts";
import type { Unknown } from "../model/rule.ts";
import { awsCommand } from "../wording/aws-cli.ts";
import { listDetail, unknownWhere } from "./from-outside.ts";
import { stackEvidence } from "./unused-resource.ts";

export const blockParts = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"] as const;

/** What has to be read before a bucket counts as closed. */
export const accessParts = ["policy", "acl", "publicAccessBlock", "accountPublicAccessBlock"];

/** Parts without which an open door may turn out to be closed. */
export const blockReads = ["publicAccessBlock", "accountPublicAccessBlock"];

/** What lets everybody in by the policy, as far as statements were found; the rest is by access control list. */
function byPolicy(resource: Resource): readonly string[] {
  const by = ["publicWrite", "publicRead", "publicInspect"].flatMap((name) => listDetail(resource, name));
  return by.filter((one) => !one.startsWith("ACL "));
}

/** "Could not tell", where no statement lets everybody in as far as is known, but a condition is not, or S3 itself calls the policy public. */
export function unknownAgainstS3(resource: Resource): Unknown | undefined {
  const isRestricted = listDetail(resource, "publicAccessBlocked").includes("RestrictPublicBuckets");
  if (isRestricted || byPolicy(resource).length > 0) return undefined;
  if (resource.details?.policyIsPublic === true) {
    return { answer: "unknown", why: "S3 calls its policy public, and no statement was found that lets everybody in" };
  }
  return unknownWhere(resource);
}

/** Lower where S3 itself does not call the policy public by which everybody gets in. */
export function confidenceBeside(resource: Resource, by: readonly string[]): Confidence {
  return resource.details?.policyIsPublic === false && by.every((one) => !one.startsWith("ACL ")) ? "medium" : "high";
}

export function bucketEvidence(resource: Resource, by: readonly string[]): Evidence {
  return {
    by,
    website: resource.details?.website === true,
    bucketBlocked: listDetail(resource, "bucketBlocked"),
    readAt: resource.readAt ?? null,
    ...stackEvidence(resource.tags ?? {}),
  };
}

/** Switches the whole public access block on, and back to what it was. */
export function blockCommands({ name, region }: ResourceRef, before: readonly string[]): string[] {
  const set = (on: readonly string[]) =>
    awsCommand("s3api", "put-public-access-block", {
      bucket: name,
      "public-access-block-configuration": blockParts.map((part) => `${part}=${on.includes(part)}`).join(","),
      region,
    });
  const back = before.length === 0 ? awsCommand("s3api", "delete-public-access-block", { bucket: name, region }) : set(before);
  return [set(blockParts), back];
}
