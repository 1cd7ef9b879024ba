/** A message as events: one for each finding, and one for a list as a whole. Its schema: docs/event-detail.schema.json. Pure. */
import { type PendingFinding, type Severity, severityRank } from "../../model/finding.ts";
import type { Message } from "../channel.ts";
import { type ChangeJson, type FindingJson, findingJson, jsonBytes, messageSchemaVersion, shortFinding } from "../finding-json.ts";
import { composeMessage } from "../message.ts";
import { slackText } from "./slack-message.ts";

export const eventSource = "smalltarget";

/** What rules can ask for. A finding that was there before the bus is not "opened": rules that page must not meet a thousand old ones. */
export const detailTypes = [
  "Finding Opened",
  "Finding Reopened",
  "Finding Escalated",
  "Finding Changed",
  "Finding Resolved",
  "Finding Moved",
  "Finding Acknowledged",
  "Ack Expired",
  "Finding Known Before",
  "Digest",
  "Operations",
  "Test",
] as const;
export type DetailType = (typeof detailTypes)[number];

/** Texts that are ready, so that an API destination needs no code. */
export interface Render {
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
  /** For GitHub, Jira and whatever else reads Markdown. */
  readonly markdown: string;
  /** Slack's own form. */
  readonly slack: string;
  /** As PagerDuty's Events API calls severities. */
  readonly level: "critical" | "error" | "warning" | "info";
}

export interface Detail {
  readonly schemaVersion: typeof messageSchemaVersion;
  /** The same on a repetition. */
  readonly id: string;
  readonly messageId: string;
  readonly account: string;
  readonly accountAlias?: string;
  readonly severity: Severity;
  readonly render: Render;
  /** Of an event about one finding. */
  readonly finding?: Omit<FindingJson, "change">;
  readonly change?: ChangeJson;
  /** Of a digest: how many findings, and the ids of the gravest. */
  readonly findings?: { readonly count: number; readonly ids: readonly string[] };
}

export interface BusEvent {
  readonly type: DetailType;
  /** The finding that it tells; undefined: it tells of the message. */
  readonly findingId?: string;
  readonly resources: readonly string[];
  readonly detail: Detail;
}

/** Bytes of one detail. EventBridge took 256 KB an entry for years and 1 MB since January 2026: this fits everywhere, ten of them in 1 MB. */
const mostDetailBytes = 90_000;
const mostIds = 500;

/** The list's own event first: whoever reads both knows what the others belong to. */
export function eventsOf(message: Message, account: string, channel: string): BusEvent[] {
  const single = message.findings.length === 1 && message.kind !== "digest" && message.kind !== "summary";
  const each = message.findings.map((finding) => findingEvent(finding, message, account, channel, single));
  return single ? each : [messageEvent(message, account), ...each];
}

function messageEvent(message: Message, account: string): BusEvent {
  const { id, severity, findingIds } = message;
  const type = message.test ? "Test" : message.kind === "ops" ? "Operations" : "Digest";
  const findings = { count: findingIds.length, ids: findingIds.slice(0, mostIds) };
  const named = { account, ...nameOf(message) };
  const common = { schemaVersion: messageSchemaVersion, id, messageId: id, ...named, severity, render: renderOf(message, false) } as const;
  return { type, resources: [], detail: { ...common, ...(type === "Digest" ? { findings } : {}) } };
}

function findingEvent(finding: PendingFinding, message: Message, account: string, channel: string, single: boolean): BusEvent {
  // of a list, each finding has words of its own
  const words = single ? message : composeMessage("single", [finding], account);
  const render = renderOf(words, finding.pending.transition === "resolved");
  const whole = findingJson(finding, channel);
  const room = mostDetailBytes - jsonBytes(render) - 1000;
  const { change, ...data } = jsonBytes(whole) <= room ? whole : { ...shortFinding(finding, channel), shortened: true as const };
  const detail = {
    schemaVersion: messageSchemaVersion,
    id: `${message.id}/${finding.id}`,
    messageId: message.id,
    account,
    ...nameOf(message),
    severity: finding.severity,
  } as const;
  return {
    type: typeOf(finding, change),
    findingId: finding.id,
    resources: [data.resource.arn],
    detail: { ...detail, render, finding: data, change },
  };
}

function typeOf({ severity, released, changedAt }: PendingFinding, { transition, baseline, from, moved }: ChangeJson): DetailType {
  if (moved) return "Finding Moved";
  if (transition === "resolved") return "Finding Resolved";
  if (transition === "suppressed") return "Finding Acknowledged";
  if (transition === "reopened" && released?.why === "expired" && released.at === changedAt) return "Ack Expired";
  if (baseline) return "Finding Known Before";
  if (transition === "opened") return "Finding Opened";
  if (transition === "reopened") return "Finding Reopened";
  return from !== undefined && severityRank(severity) < severityRank(from) ? "Finding Escalated" : "Finding Changed";
}

function nameOf({ accountAlias }: Message): Pick<Detail, "accountAlias"> {
  return accountAlias === undefined ? {} : { accountAlias };
}

const levels = { CRITICAL: "critical", HIGH: "error", MEDIUM: "warning", LOW: "info", INFORMATIONAL: "info" } as const;

function renderOf(message: Message, resolved: boolean): Render {
  const { subject, markdown, nextSteps = [], severity } = message;
  return {
    subject,
    text: cut(message.text, 30_000),
    markdown: cut(commonMarkdown([markdown, ...nextSteps.map((step) => `• ${step}`)].join("\n")), 10_000),
    slack: cut(slackText(message), 10_000),
    level: resolved ? "info" : levels[severity],
  };
}

/** Of our chat text, whose only marks are our own: `*bold*` is `**bold**`, and a list has hyphens. */
function commonMarkdown(text: string): string {
  return text.replace(/\*([^*\n]+)\*/g, "**$1**").replace(/^• /gm, "- ");
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
