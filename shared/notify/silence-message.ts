/** What is said to the operations topic while no scan completes. */
import { createHash } from "node:crypto";
import { cleanText } from "../model/plain-text.ts";
import { subjectLine } from "./ascii.ts";
import type { Message } from "./channel.ts";
import { chatText } from "./chat-text.ts";
import { wrap } from "./layout.ts";
import type { Deployment } from "./pointer.ts";

export interface SilenceFacts {
  readonly account: string;
  /** Whole hours without a completed scan. */
  readonly hours: number;
  /** When the last one ended, ISO 8601; absent: none of those that are remembered completed. */
  readonly lastCompletedAt?: string;
  /** How the newest one ended, in words. */
  readonly newest?: string;
  readonly deployment?: Deployment;
}

/** The message; another one for each hour count, so that a receiver does not take tomorrow's for a repetition. */
export function silenceMessage({ account, hours, lastCompletedAt, newest, deployment }: SilenceFacts): Message {
  const where = deployment ? ` --stack ${deployment.stack} --region ${deployment.region}` : "";
  const command = `smalltarget doctor${where}`;
  const last = lastCompletedAt ? `The last one ended ${lastCompletedAt.slice(0, 16).replace("T", " ")} UTC.` : "No scan has completed yet.";
  const said = [
    `No scan of account ${cleanText(account, 40)} has completed for ${hours} hours. ${last} Until one completes, nobody is told what changes.`,
    ...(newest ? [cleanText(newest, 400)] : []),
    "This is said once a day until a scan completes. The runbook's section No scan completed says where to look.",
  ];
  const content = {
    kind: "ops" as const,
    severity: "HIGH" as const,
    teams: [],
    envs: [],
    ruleGroups: [],
    subject: subjectLine("[HIGH]", `No scan of account ${account} completed for ${hours} hours`),
    text: `${[...said.flatMap((line) => [...wrap(line), ""]), `Look:  ${command}`].join("\n")}\n`,
    markdown: said.map((line) => chatText(line, 600)).join("\n"),
    nextSteps: [`\`${command}\``],
    findingIds: [],
  };
  const id = `M-${createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 24)}`;
  return { id, ...content, findings: [] };
}
