/** Single facts of a resource in words, the same in every table. */
import type { Resource } from "../model/graph.ts";
import { dateText } from "../wording/words.ts";
import type { LastUse } from "./resource-rows.ts";

/** `3 Sep 2025`, `none seen (120 d)`, `unknown`. */
export function lastUseText({ state, at, quietDays }: LastUse): string {
  if (state === "used" && at) return dateText(at);
  if (state === "none-seen") return quietDays === undefined ? "none seen" : `none seen (${quietDays} d)`;
  return "unknown";
}

/** `customer key`, `AWS-owned key, plain text allowed`; `-` where nobody looked. */
export function encryptionText({ encryption }: Pick<Resource, "encryption">): string {
  if (!encryption) return "-";
  const plain = encryption.inTransit === "not-enforced" ? ", plain text allowed" : "";
  return atRestWords[encryption.atRest] + plain;
}

const atRestWords: Readonly<Record<NonNullable<Resource["encryption"]>["atRest"], string>> = {
  "customer-key": "customer key",
  "aws-managed-key": "AWS managed key",
  "aws-owned": "AWS-owned key",
  none: "NOT ENCRYPTED",
  unknown: "unknown",
};

/** The CloudFormation stack that a resource belongs to, from its tags. */
export function stackOf({ tags = {} }: Pick<Resource, "tags">): { readonly name: string; readonly logicalId?: string } | undefined {
  const name = tags["aws:cloudformation:stack-name"];
  const logicalId = tags["aws:cloudformation:logical-id"];
  return name ? { name, ...(logicalId ? { logicalId } : {}) } : undefined;
}

/** `key=value` pairs that people set; what AWS itself keeps in tags is left out. */
export function tagsText({ tags = {} }: Pick<Resource, "tags">): string {
  return Object.entries(tags)
    .filter(([key]) => !key.startsWith("aws:"))
    .map(([key, value]) => (value === "" ? key : `${key}=${value}`))
    .sort()
    .join("; ");
}
