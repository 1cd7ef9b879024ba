/** JSON Schema of what is in the account: resources, how they lead to each other, whose they are. */
import { type ExposureLevel, relationKinds } from "../model/graph.ts";
import { flag, list, map, object, oneOf, text, texts, whole } from "./json-schema.ts";

export const confidence = oneOf("high", "medium", "low");
/** A piece of evidence, or a detail of a resource. */
export const value = { type: ["string", "number", "boolean", "null", "array"], items: text };
export const exposureLevels: readonly ExposureLevel[] = [
  "internet-anonymous",
  "internet-authenticated",
  "cross-account",
  "internal",
  "none",
  "unknown",
];

export const owner = object({
  "team?": text,
  "env?": text,
  "source?": { ...text, description: "where the team came from, e.g. `tag team`" },
  "confidence?": confidence,
});

export const exposure = object({
  level: oneOf(...exposureLevels),
  "indirectLevel?": {
    ...oneOf(...exposureLevels),
    description: "by a chain through other resources, or by a call that a function's environment suggests, where that is more open",
  },
  paths: list(texts, "the most open ways, each from outside to the resource itself"),
});

export const resource = object({
  arn: text,
  type: { ...text, description: "CloudFormation type" },
  name: text,
  region: text,
  "createdAt?": text,
  "createdBy?": { ...object({ name: text, at: text }), description: "the person who created it, where CloudTrail still knew" },
  "tags?": map(text),
  "encryption?": object({
    atRest: oneOf("customer-key", "aws-managed-key", "aws-owned", "none", "unknown"),
    inTransit: oneOf("enforced", "not-enforced", "unknown"),
  }),
  "details?": map(value),
  "lastUsed?": object({
    state: oneOf("used", "none-seen", "unknown"),
    "at?": { ...text, description: "YYYY-MM-DD" },
    "quietDays?": whole,
    source: oneOf("metrics", "storage-metrics", "last-accessed", "last-pull", "role", "none"),
    lookbackDays: whole,
    "why?": text,
  }),
  "readAt?": { ...text, description: "when it was read, where that was an earlier scan" },
  owner,
  exposure,
});

export const relation = object({
  from: { ...text, description: "an ARN, or internet, account:ID, organization:ID" },
  to: { ...text, description: "an ARN; may keep wildcards where a grant does" },
  kind: oneOf(...relationKinds),
  auth: text,
  enabled: flag,
  evidence: { ...text, description: "the API answer that proves it" },
  "inferred?": flag,
});
