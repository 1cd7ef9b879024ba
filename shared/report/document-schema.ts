/** JSON Schema of the scan document, published as docs/scan-document.schema.json. A test holds it against real documents. */
import { coverageStatuses } from "../model/coverage.ts";
import { documentSchemaVersion } from "../model/document.ts";
import { severities } from "../model/finding.ts";

type Schema = Readonly<Record<string, unknown>>;

const text = { type: "string" };
const number = { type: "number" };
const whole = { type: "integer", minimum: 0 };
const flag = { type: "boolean" };
const time = { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$", description: "ISO 8601, UTC" };
const day = { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\d", description: "a day, UTC; with the time of day where the source knows it" };
const texts = list(text);
const confidence = oneOf("high", "medium", "low");

/** Members named `name?` may be missing. Members that are not listed are allowed: changes to the document are additive only. */
function object(members: Readonly<Record<string, Schema>>, description?: string): Schema {
  const properties = Object.fromEntries(Object.entries(members).map(([name, schema]) => [name.replace("?", ""), schema]));
  const required = Object.keys(members).filter((name) => !name.endsWith("?"));
  return { type: "object", ...(description ? { description } : {}), required, properties };
}

function list(items: Schema, description?: string): Schema {
  return { type: "array", ...(description ? { description } : {}), items };
}

function map(values: Schema, description?: string): Schema {
  return { type: "object", ...(description ? { description } : {}), additionalProperties: values };
}

function oneOf(...values: readonly string[]): Schema {
  return { enum: values };
}

const owner = object({ "team?": text, "env?": text, "source?": { ...text, description: "where the team came from, e.g. `tag team`" } });

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
  "resources?": whole,
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
  samples: whole,
  observedDays: whole,
  censored: { ...flag, description: "the longest run was cut off by the timeout" },
});

const timeout = object({
  verdict: oneOf("timing-out", "tight", "fine", "loose", "insufficient-data", "unknown"),
  "headroom?": { ...number, description: "share of the timeout that the longest run left free" },
  "recommendedSeconds?": whole,
  "chanceOfExceeding?": {
    type: "number",
    minimum: 0,
    maximum: 1,
    description: "that some run of the next 90 days exceeds the recommendation",
  },
  "limitedBy?": text,
  confidence,
});

const trigger = object({
  kind: oneOf("event-source-mapping", "rule", "schedule", "event-rule", "alarm"),
  arn: text,
  enabled: flag,
  "periodDays?": number,
});

const lambdaFunction = object({
  arn: text,
  name: text,
  region: text,
  "runtime?": text,
  packageType: oneOf("Zip", "Image"),
  timeoutSeconds: whole,
  memoryMb: whole,
  "lastModified?": time,
  roleArn: text,
  "codeSha256?": text,
  tags: map(text),
  owner,
  "stack?": object({ name: text, "logicalId?": text }),
  "ignored?": { ...text, description: "reason given in the tag smalltarget:ignore" },
  lastInvocation,
  duration,
  timeout,
  triggers: list(trigger),
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
  evidence: map({ type: ["string", "number", "boolean", "null", "array"], items: text }),
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

export const documentSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Small Target scan document",
  ...object(
    {
      schemaVersion: { const: documentSchemaVersion },
      scan,
      coverage: list(coverage),
      functions: list(lambdaFunction),
      findings: list(finding, "open findings"),
      changes,
    },
    "What `smalltarget scan --output json` prints and what is kept of every scan. Members may be added, never changed or taken away.",
  ),
};
