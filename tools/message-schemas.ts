/** JSON Schemas of what receivers get, published in docs/. Tests hold them against real messages. */

import { coverageStatuses } from "../shared/model/coverage.ts";
import { severities, transitions } from "../shared/model/finding.ts";
import { messageSchemaVersion } from "../shared/notify/finding-json.ts";
import { mostNotLookedAt, scanDetailVersion } from "../shared/notify/kinds/scan-event.ts";
import { confidence, value } from "../shared/report/inventory-schema.ts";
import { flag, list, map, object, oneOf, type Schema, text, texts, time, whole } from "../shared/report/json-schema.ts";

const severity = oneOf(...severities);
const version = {
  const: messageSchemaVersion,
  description: "grows with a change that a reader could trip over; members are added without",
};
const messageId = { type: "string", pattern: "^M-[0-9a-f]{24}$", description: "the same on a repetition: who has it already drops it" };

const render = object({
  subject: text,
  text: { ...text, description: "plain" },
  markdown: { ...text, description: "for GitHub, Jira and others" },
  slack: { ...text, description: "Slack's mrkdwn, escaped" },
  level: { ...oneOf("critical", "error", "warning", "info"), description: "as PagerDuty calls severities" },
});

const change = object({
  transition: oneOf(...transitions),
  at: time,
  "from?": { ...severity, description: "what this receiver knew before" },
  to: severity,
  baseline: { ...flag, description: "it was there before the receiver was, or at the first look" },
  urgent: { ...flag, description: "CRITICAL or HIGH, and new or graver than before" },
  "moved?": { const: true, description: "it is open, but this receiver is not told of it any more: for it, as if it were resolved" },
});

const findingMembers = {
  id: { type: "string", pattern: "^F-[0-9A-HJKMNP-TV-Z]{10}$", description: "the same in every message, ticket and report" },
  rule: text,
  severity,
  confidence,
  status: oneOf("open", "suppressed", "resolved"),
  title: text,
  resource: object({ arn: text, type: text, name: text, account: text, region: text }),
  owner: object({ "team?": text, "env?": text, "source?": text }),
  firstSeenAt: time,
  changedAt: time,
  "evidence?": map(value),
  "remediation?": object({ text, commands: texts }),
  "references?": texts,
  "shortened?": { const: true, description: "there was no room for evidence, remediation and references: smalltarget show ID has them" },
};

const head = { $schema: "https://json-schema.org/draft/2020-12/schema" };

export const webhookSchema: Schema = {
  ...head,
  title: "Body of a webhook message",
  ...object({
    schemaVersion: version,
    id: messageId,
    kind: oneOf(...transitions, "digest", "summary", "ops"),
    test: { ...flag, description: "somebody tries the channel: nothing has happened" },
    account: text,
    "accountAlias?": { ...text, description: "by which people know the account" },
    severity: { ...severity, description: "the gravest it speaks of" },
    subject: text,
    text: { ...text, description: "for people, plain" },
    markdown: { ...text, description: "for people, with *bold*, `code` and lines that begin with •" },
    nextSteps: texts,
    teams: { ...texts, description: "`unowned` among them when nobody owns a part of it; empty: nobody owns any of it" },
    envs: texts,
    ruleGroups: texts,
    findings: list(object({ ...findingMembers, change })),
  }),
};

export const eventSchema: Schema = {
  ...head,
  title: "Detail of an EventBridge event",
  ...object({
    schemaVersion: version,
    id: { ...text, description: "the same on a repetition" },
    messageId,
    account: text,
    "accountAlias?": { ...text, description: "by which people know the account" },
    severity,
    render,
    "finding?": object(findingMembers, "of an event about one finding"),
    "change?": change,
    "findings?": object({ count: whole, ids: texts }, "of a digest: how many, and the gravest by id"),
  }),
};

export const scanEventSchema: Schema = {
  ...head,
  title: "Detail of an EventBridge event about a completed scan",
  ...object({
    version: { const: scanDetailVersion, description: version.description },
    id: { ...text, description: "the same on a repetition" },
    account: text,
    "accountAlias?": { ...text, description: "by which people know the account" },
    scanId: text,
    startedAt: time,
    finishedAt: { ...time, description: "when its conclusions stood and were told; ISO 8601, UTC" },
    complete: { ...flag, description: "everything was looked at" },
    regions: { ...whole, description: "how many were looked at" },
    functions: whole,
    open: object(Object.fromEntries(severities.map((one) => [one, whole])), "open findings that no decision holds"),
    suppressed: { ...whole, description: "open findings that a decision holds" },
    notLookedAt: object(
      {
        count: whole,
        rows: {
          ...list(object({ collector: text, region: text, status: oneOf(...coverageStatuses), "code?": text })),
          maxItems: mostNotLookedAt,
        },
      },
      "what could not be read, or not wholly; none though not complete: the rest is left for the next scan, for want of time",
    ),
    render,
  }),
};
