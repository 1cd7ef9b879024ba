/** A message by which a person tries a channel: marked as a test, about nothing that happened. */
import { createHash } from "node:crypto";
import { cleanText } from "../model/plain-text.ts";
import { subjectLine } from "./ascii.ts";
import type { Message } from "./channel.ts";
import { chatText } from "./chat-text.ts";
import { wrap } from "./layout.ts";

/** Another one each time that it is sent: a receiver that drops repetitions would show nothing. */
export function testMessage(channel: string, account: string, now: Date): Message {
  const said = `This is a test of the channel ${cleanText(channel, 40)} of Small Target in account ${cleanText(account, 40)}, sent ${now.toISOString().slice(0, 16).replace("T", " ")} UTC. Nothing has happened, and nothing is to be done: messages about findings arrive here.`;
  const content = {
    kind: "ops" as const,
    severity: "INFORMATIONAL" as const,
    teams: [],
    envs: [],
    ruleGroups: [],
    subject: subjectLine("[TEST]", `Small Target can reach the channel ${channel}`),
    text: `${wrap(said).join("\n")}\n`,
    markdown: chatText(said, 600),
    findingIds: [],
  };
  const id = `M-${createHash("sha256")
    .update(JSON.stringify([content, now.toISOString()]))
    .digest("hex")
    .slice(0, 24)}`;
  return { id, ...content, findings: [], test: true };
}
