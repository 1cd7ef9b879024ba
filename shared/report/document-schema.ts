/** JSON Schema of the scan document, published as docs/scan-document.schema.json. A test holds it against real documents. */
import { coverageStatuses } from "../model/coverage.ts";
import { documentSchemaVersion, paces, triggerKinds } from "../model/document.ts";
import { severities } from "../model/finding.ts";
import { type ExposureLevel, relationKinds } from "../model/graph.ts";
import { day, flag, list, map, number, object, oneOf, type Schema, text, texts, time, whole } from "./json-schema.ts";

const confidence = oneOf("high", "medium", "low");
/** A piece of evidence, or a detail of a resource. */
const value = { type: ["string", "number", "boolean", "null", "array"], items: text };
const exposureLevels: readonly ExposureLevel[] = [
  "internet-anonymous",
  "internet-authenticated",
  "cross-account",
  "internal",
  "none",
  "unknown",
];

const owner = object({
  "team?": text,
  "env?": text,
  "source?": { ...text, description: "where the team came from, e.g. `tag team`" },
  "confidence?": confidence,
});

const scan = object({
  id: text,
  account: { type: "string", pattern: "^\\d{12}$" },
  partition: text,
  regions: texts,
  regionSource: oneOf("account", "ec2", "configured", "asked"),
  startedAt: time,
  finishedAt: time,
  complete: { ...flag, description: "everything was looked at" },
  apiCalls: object({ total: whole, byOperation: map(whole, "requests by service:Operation, retries included") }),
});

const coverage = object({
  collector: text,
  region: { ...text, description: "a Region, or global" },
  status: oneOf(...coverageStatuses),
  "operation?": text,
  "code?": text,
  "message?": text,
  "follows?": { ...text, description: "could not be read only because that collector could not" },
  "regions?": { ...texts, description: "Regions that one cause closes" },
  "resources?": whole,
  "resourcesBefore?": { ...whole, description: "how many of what could not be read earlier scans saw" },
});

const lastInvocation = object({
  state: oneOf("invoked", "none-seen", "unknown"),
  "at?": day,
  "quietDays?": { ...whole, description: "since `at`; where none was seen, since the earliest evidence that the function existed" },
  source: oneOf("metrics", "role", "last-modified", "first-seen", "log-group", "none"),
  lookbackDays: whole,
  "why?": { ...text, description: "for unknown" },
});

const duration = object({
  "longestMs?": number,
  "longestAt?": day,
  "extensionMs?": { ...number, description: "longest time that extensions took after the handler, inside the timeout" },
  samples: whole,
  observedDays: whole,
  censored: { ...flag, description: "the longest run was cut off by the timeout" },
});

const timeout = object({
  verdict: oneOf("timing-out", "tight", "fine", "loose", "insufficient-data", "unknown"),
  "why?": { ...text, description: "for unknown: why" },
  "headroom?": { ...number, description: "share of the timeout that the longest run left free" },
  "recommendedSeconds?": whole,
  "chanceOfExceeding?": {
    type: "number",
    minimum: 0,
    maximum: 1,
    description: "that some run of the next 90 days exceeds the recommendation",
  },
  "limitedBy?": text,
  "atCeiling?": { ...flag, description: "more time would help, and what limits it allows no more: make it asynchronous or split it" },
  confidence,
});

const trigger = object({
  kind: oneOf(...triggerKinds),
  arn: { ...text, description: "of what starts it; or internet, account:ID, service:PRINCIPAL" },
  enabled: flag,
  "periodDays?": { ...number, description: "longest wait between two runs by its own schedule, or one that leads to it" },
  "pace?": { ...oneOf(...paces), description: "how rarely it comes" },
  "why?": { ...text, description: "how we know" },
});

const exposure = object({
  level: oneOf(...exposureLevels),
  "indirectLevel?": {
    ...oneOf(...exposureLevels),
    description: "by a chain through other resources, or by a call that a function's environment suggests, where that is more open",
  },
  paths: list(texts, "the most open ways, each from outside to the resource itself"),
});

const resource = object({
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

const relation = object({
  from: { ...text, description: "an ARN, or internet, account:ID, organization:ID" },
  to: { ...text, description: "an ARN; may keep wildcards where a grant does" },
  kind: oneOf(...relationKinds),
  auth: text,
  enabled: flag,
  evidence: { ...text, description: "the API answer that proves it" },
  "inferred?": flag,
});

const lambdaFunction = object({
  arn: text,
  name: text,
  region: text,
  "runtime?": text,
  packageType: oneOf("Zip", "Image"),
  timeoutSeconds: { ...whole, description: "that runs are cut off by: of the version behind the alias, where that is another one" },
  "behindAlias?": {
    ...object({ version: text, aliases: texts, latestTimeoutSeconds: whole }),
    description: "the version that callers of an alias get, where its timeout is not the function's own",
  },
  "timeoutChange?": { ...object({ at: day, fromSeconds: whole }), description: "the last change of the timeout that was seen" },
  memoryMb: whole,
  "lastModified?": time,
  roleArn: text,
  "codeSha256?": text,
  tags: map(text),
  owner,
  "stack?": object({ name: text, "logicalId?": text }),
  "ignored?": { ...text, description: "reason given in the tag smalltarget:ignore" },
  "environmentUnread?": { ...text, description: "why AWS did not tell its environment: what the variables name is not known" },
  lastInvocation,
  duration,
  timeout,
  triggers: list(trigger),
  "exposure?": exposure,
  activity: oneOf("normal", "warmed-only", "switched-off", "paused", "dormant-by-role", "never"),
  "activityReason?": text,
  confidence,
});

const finding = object({
  id: { type: "string", pattern: "^F-[0-9A-HJKMNP-TV-Z]{10}$" },
  rule: text,
  severity: oneOf(...severities),
  status: oneOf("NEW", "NOTIFIED", "SUPPRESSED", "RESOLVED"),
  confidence,
  resource: object({ arn: text, type: text, name: text, account: text, region: text }),
  title: text,
  evidence: map(value),
  remediation: object({ text, commands: texts }),
  owner,
  firstSeenAt: time,
  changedAt: time,
  references: texts,
});

const changes = object({
  baseline: { ...flag, description: "the first scan of the account" },
  opened: texts,
  reopened: texts,
  changed: texts,
  resolved: texts,
  unchanged: whole,
});

const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: "null" }] });

const role = object({
  functionArn: text,
  function: text,
  region: text,
  roleArn: text,
  role: text,
  sharedWith: { ...texts, description: "other functions that have the role" },
  allowed: nullable(whole),
  needed: { ...nullable(whole), description: "of the allowed actions, those that the function is known to need; null: not known" },
  inExcess: nullable(whole),
  worst: { ...texts, description: "the gravest of what is in excess" },
  exposure: oneOf(...exposureLevels),
  risk: nullable(
    object({
      score: { ...whole, description: "0 to 100: the product of the factors" },
      factors: list(object({ name: oneOf("exposure", "strength", "sensitivity", "ease"), value: { type: "number" }, why: text })),
    }),
  ),
  "unknown?": { ...text, description: "why something is not known" },
  "first?": object({ what: text, command: text }),
});

export const documentSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Small Target scan document",
  ...object(
    {
      schemaVersion: { const: documentSchemaVersion },
      scan,
      coverage: list(coverage),
      functions: list(lambdaFunction),
      "resources?": list(resource, "left out where the scan did not look"),
      "relations?": list(relation),
      "roles?": list(role, "functions by the risk of their roles, riskiest first"),
      findings: list(finding, "open findings"),
      changes,
    },
    "What `smalltarget scan --output json` prints and what is kept of every scan. Members may be added, never changed or taken away.",
  ),
};
