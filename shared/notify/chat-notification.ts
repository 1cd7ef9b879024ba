/**
 * A message as Amazon Q Developer in chat applications shows it in Slack and Teams: a custom notification, schema 1.0.
 * Source: "Custom notifications using Amazon Q Developer in chat applications" of its administrator guide, as of 2026-11-27. It gives no
 * lengths: these are known to arrive. What is not of this shape is dropped without a word.
 */
import { asciiText } from "./ascii.ts";
import type { Message } from "./channel.ts";
import { chatText } from "./chat-text.ts";
import { unowned } from "./teams.ts";

const longestTitle = 100;
const longestDescription = 2500;
const mostSteps = 6;
const longestStep = 500;
const mostResources = 10;

/**
 * Messages about one finding share a thread, where the channel allows threads, and carry what a custom action (a button) can hand on:
 * `$findingId` and its like, each of visible ASCII characters without a space, as the variables of an action have to be.
 */
export function chatNotification(message: Message): object {
  const listed = message.kind === "digest" || message.kind === "summary" || message.kind === "ops";
  const [only, ...others] = message.findings;
  const finding = listed || others.length > 0 ? undefined : only;
  return {
    version: "1.0",
    source: "custom",
    id: message.id,
    content: {
      textType: "client-markdown",
      title: chatText(message.subject, longestTitle),
      description: cutLines(message.markdown, longestDescription) || chatText(message.subject, longestTitle),
      nextSteps: (message.nextSteps ?? []).slice(0, mostSteps).filter((step) => step !== "" && step.length <= longestStep),
      keywords: [
        message.severity,
        message.kind,
        ...message.ruleGroups.slice(0, 5),
        ...message.teams.slice(0, 5).map((team) => chatText(team, 60)),
      ],
    },
    metadata: {
      ...(finding ? { threadId: finding.id } : {}),
      summary: chatText(message.subject, longestTitle),
      eventType: listed ? message.kind : `finding.${message.kind}`,
      relatedResources: (message.resources ?? []).slice(0, mostResources),
      additionalContext: {
        severity: message.severity,
        team: chatText(message.teams.slice(0, 10).join(", ") || unowned),
        findings: String(message.findingIds.length),
        ...(finding
          ? {
              findingId: finding.id,
              rule: word(finding.rule),
              account: word(finding.resource.account),
              region: word(finding.resource.region),
            }
          : {}),
      },
      enableCustomActions: finding !== undefined,
    },
  };
}

/** As a variable of a custom action may be: [\x21-\x7E], at most 1,024 characters. */
function word(text: string): string {
  return asciiText(text, 200).replaceAll(" ", "_") || "-";
}

/** Whole lines, as many as fit. */
function cutLines(text: string, most: number): string {
  if (text.length <= most) return text;
  const lines = text.split("\n");
  let kept = lines.length;
  const cut = () => [...lines.slice(0, kept), "..."].join("\n");
  while (kept > 0 && cut().length > most) kept -= 1;
  return cut();
}
