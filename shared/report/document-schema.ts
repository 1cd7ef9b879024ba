/** JSON Schema of the scan document, published as docs/scan-document.schema.json. A test holds it against real documents. */
import { ackLimits, ackReasons, ackScopes, releaseReasons } from "../model/ack-words.ts";
import { coverageStatuses } from "../model/coverage.ts";
import { documentSchemaVersion } from "../model/document.ts";
import { severities } from "../model/finding.ts";
import { ecosystems } from "../model/packages.ts";
import { lambdaFunction } from "./function-schema.ts";
import { confidence, exposureLevels, owner, relation, resource, value } from "./inventory-schema.ts";
import { flag, list, map, object, oneOf, type Schema, text, texts, time, whole } from "./json-schema.ts";

const scan = object({
  id: text,
  account: { type: "string", pattern: "^\\d{12}$" },
  "accountAlias?": { ...text, description: "absent: the account has none, or AWS did not say" },
  partition: text,
  regions: texts,
  regionSource: oneOf("account", "ec2", "configured", "asked"),
  startedAt: time,
  finishedAt: time,
  complete: { ...flag, description: "everything was looked at" },
  "advisories?": {
    ...list(
      object({
        ecosystem: oneOf(...ecosystems),
        source: text,
        "fetchedAt?": { ...time, description: "absent: nothing is known of this ecosystem" },
        "newest?": { ...text, description: "the newest change in it" },
        "failure?": { ...text, description: "why it is not of the last look" },
      }),
    ),
    description: "what libraries were put to; absent where advisories are switched off",
  },
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

const acknowledged = object(
  {
    ack: { ...text, description: "id of the decision: A-..." },
    scope: oneOf(...ackScopes),
    reason: oneOf(...ackReasons),
    comment: text,
    until: time,
    alsoUntil: oneOf(...ackLimits),
    "ticket?": text,
    by: text,
    at: time,
    severity: { ...oneOf(...severities), description: "of the finding, when the decision began to hold it" },
    evidenceDigest: text,
    "endsSoon?": flag,
  },
  "the decision that holds a SUPPRESSED finding",
);

const released = object(
  { ack: text, why: oneOf(...releaseReasons), at: time, version: whole, "by?": text },
  "why the last decision about it no longer holds it",
);

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
  "concludedFrom?": { ...texts, description: "the Regions that it was concluded from, where only these were looked at; absent: all" },
  "acknowledged?": acknowledged,
  "released?": released,
});

const changes = object({
  baseline: { ...flag, description: "the first scan of the account" },
  opened: texts,
  reopened: texts,
  changed: texts,
  resolved: texts,
  "suppressed?": { ...texts, description: "held by a decision since this scan" },
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
