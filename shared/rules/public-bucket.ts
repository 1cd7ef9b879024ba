/** What the rules about reachable buckets share. */
import type { Evidence } from "../model/finding.ts";
import type { Resource } from "../model/graph.ts";
import type { ResourceRef } from "../model/resource.ts";
import { awsCommand } from "./aws-cli.ts";
import { listDetail } from "./from-outside.ts";
import { stackEvidence } from "./unused-resource.ts";

export const blockParts = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"] as const;

/** What has to be read before a bucket counts as closed. */
export const accessParts = ["policy", "acl", "publicAccessBlock", "accountPublicAccessBlock"];

/** Parts without which an open door may turn out to be closed. */
export const blockReads = ["publicAccessBlock", "accountPublicAccessBlock"];

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
