/** Items as version 1 of the schema wrote them. Never change them: they are in users' tables. */
import type { Item } from "../../../shared/store/item.ts";

const finding = {
  pk: "111122223333#eu-west-1",
  sk: "FINDING#lambda#orders-api#lambda/timeout-too-tight",
  kind: "finding",
  schemaVersion: 1,
  id: "F-7Q2MX4TB9A",
  rule: "lambda/timeout-too-tight",
  severity: "HIGH",
  confidence: "high",
  title: "orders-api came within 3 % of its timeout",
  evidence: { longestMs: 9700, timeoutSeconds: 10 },
  remediation: { text: "Raise the timeout.", commands: [] },
  references: [],
  materialKey: "tight",
  status: "NOTIFIED",
  firstSeenAt: "2026-11-20T03:00:00.000Z",
  changedAt: "2026-11-24T03:00:00.000Z",
  version: 3,
  state: "OPEN#HIGH",
  day: "2026-11-24",
  ruleOrder: "1#2026-11-24T03:00:00.000Z",
  team: "payments",
  ownerOrder: "OPEN#1#2026-11-24T03:00:00.000Z",
  resourceArn: "arn:aws:lambda:eu-west-1:111122223333:function:orders-api",
  resourceType: "AWS::Lambda::Function",
  resourceName: "orders-api",
  account: "111122223333",
  region: "eu-west-1",
  env: "prod",
  ownerSource: "tag team",
} as const;

const waiting = { at: "2026-11-24T03:00:00.000Z", channels: ["sns"], baseline: false, urgent: false } as const;

/** One of each way in which version 1 wrote a finding. */
export const findings = {
  told: finding,
  opened: { ...finding, status: "NEW", pending: { transition: "opened", ...waiting, urgent: true } },
  baseline: { ...finding, status: "NEW", pending: { transition: "opened", ...waiting, baseline: true } },
  reopened: { ...finding, status: "NEW", pending: { transition: "reopened", ...waiting, urgent: true } },
  changed: { ...finding, status: "NEW", pending: { transition: "changed", ...waiting } },
  worsened: { ...finding, status: "NEW", pending: { transition: "changed", ...waiting, urgent: true } },
  resolved: {
    ...finding,
    status: "RESOLVED",
    state: "RESOLVED#HIGH",
    ownerOrder: "RESOLVED#1#2026-11-24T03:00:00.000Z",
    resolvedAt: "2026-11-24T03:00:00.000Z",
    expiresAt: 1830308400,
    pending: { transition: "resolved", ...waiting },
  },
  resolvedAndTold: {
    ...finding,
    status: "RESOLVED",
    state: "RESOLVED#HIGH",
    resolvedAt: "2026-11-24T03:00:00.000Z",
    expiresAt: 1830308400,
  },
  /** By a scan that had no channel. */
  withoutChannel: { ...finding, status: "NEW" },
} as const satisfies Readonly<Record<string, Item>>;

export const state = {
  pk: "ACCOUNT#111122223333",
  sk: "STATE",
  kind: "state",
  schemaVersion: 1,
  account: "111122223333",
  baselines: { "eu-west-1|lambda/timeout-too-tight": "2026-11-20T03:00:00.000Z" },
  lastDigestAt: "2026-11-24T03:00:00.000Z",
  singlesSentAt: ["2026-11-24T03:00:01.000Z"],
  version: 7,
} as const;
