/** The words of a question to an owner: which of these quiet resources are still needed? Pure. */

import { createHash } from "node:crypto";
import type { AskPlan, QuietResource } from "../decisions/questions.ts";
import { type Severity, severities } from "../model/finding.ts";
import { cleanText } from "../model/plain-text.ts";
import { accountName } from "../wording/account-name.ts";
import { subjectLine } from "./ascii.ts";
import type { Message } from "./channel.ts";
import { chatCode, chatText } from "./chat-text.ts";
import { wrap } from "./layout.ts";
import type { Deployment } from "./pointer.ts";

export interface QuestionWords {
  readonly account: string;
  readonly accountAlias?: string;
  /** Team that is spoken to; empty: whoever hears of what nobody owns. */
  readonly to: string;
  readonly deployment?: Deployment;
  /** A page where a person may answer, by question id; absent: only the commands are named. */
  readonly linkOf?: (question: string) => string;
}

/** Resources that one message names; the others follow with the next round. */
export const mostAsked = 40;
const chatLines = 12;

/** To the owner: each resource with what it is and why it seems unused, and how to answer. */
export function questionMessage(asked: AskPlan["ask"], words: QuestionWords): Message {
  const count = `${asked.length} quiet ${asked.length === 1 ? "resource" : "resources"}`;
  const again = asked.filter(({ round }) => round > 1).length;
  const opening = `${words.to === "" ? "Nobody owns" : `${cleanText(words.to, 80)} owns`} ${count} in account ${cleanText(accountName(words.account, words.accountAlias), 100)}. Is each of them still needed?${again > 0 ? ` ${again} of them asked before.` : ""}`;
  return compose(asked, `Still needed? ${count} of ${words.to || "nobody"}`, opening, words);
}

/** To the account's owner: what nobody claims. */
export function unclaimedMessage(unclaimed: AskPlan["escalate"], owner: string, words: QuestionWords): Message {
  const count = `${unclaimed.length} quiet ${unclaimed.length === 1 ? "resource" : "resources"}`;
  const silent = unclaimed.filter(({ because }) => because === "silence").length;
  const why = [
    silent > 0 ? `asked twice about ${silent} of them, ${cleanText(owner, 80)} did not answer` : "",
    silent < unclaimed.length ? `of ${unclaimed.length - silent} it says that they are not its own` : "",
  ].filter((text) => text !== "");
  const opening = `Nobody claims ${count} in account ${cleanText(accountName(words.account, words.accountAlias), 100)}: ${why.join("; ")}. Whoever answers for the account decides.`;
  return compose(unclaimed, `Nobody claims ${count}`, opening, words);
}

function compose(
  resources: readonly QuietResource[],
  subject: string,
  opening: string,
  { to, deployment, linkOf }: QuestionWords,
): Message {
  const where = deployment ? ` --stack ${deployment.stack} --region ${deployment.region}` : "";
  const [first] = resources;
  const answer = (what: string) => `smalltarget answer ${first?.question ?? "Q-..."} ${what}${where}`;
  const lines = resources.flatMap((one) => [
    `  ${one.question}  ${cleanText(one.name, 100)} (${cleanText(one.region, 40)})`,
    ...wrap(cleanText(one.why, 200), 70).map((line) => `      ${line}`),
    ...(linkOf ? [`      ${linkOf(one.question)}`] : []),
  ]);
  const how = [
    "Answer for each, by its id:",
    "",
    `  still needed:  ${answer("needed --until DAY")}`,
    `  can go:        ${answer("can-go")}`,
    `  not mine:      ${answer("not-mine")}`,
  ];
  const shown = resources.slice(0, chatLines);
  const more = resources.length - shown.length;
  const content = {
    kind: "question" as const,
    severity: gravest(resources),
    teams: to === "" ? [] : [to],
    envs: [],
    ruleGroups: [],
    subject: subjectLine("[QUESTION]", subject),
    text: `${[...wrap(opening), "", ...lines, "", ...how].join("\n")}\n`,
    markdown: [
      chatText(opening, 400),
      ...shown.map((one) => `• ${chatCode(one.question, 20)} ${chatText(one.name, 80)}: ${chatText(one.why, 120)}`),
      ...(more > 0 ? [`• and ${more} more`] : []),
    ].join("\n"),
    nextSteps: [answer("needed --until DAY"), answer("can-go"), answer("not-mine")].map((command) => `\`${command}\``),
    resources: resources.slice(0, 10).map(({ arn }) => cleanText(arn, 300)),
    findingIds: [],
  };
  const id = `M-${createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 24)}`;
  return { id, ...content, findings: [] };
}

function gravest(resources: readonly QuietResource[]): Severity {
  return severities.find((severity) => resources.some((one) => one.severity === severity)) ?? "LOW";
}
