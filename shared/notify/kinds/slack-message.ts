/** A message as Slack shows it. Pure. */
import { hasUnsafeCharacters } from "../../model/plain-text.ts";
import type { Message } from "../channel.ts";
import { chatText } from "../chat-text.ts";

/** Characters: of a section's text and of a header (Slack, Block Kit reference); of all blocks, where Slack begins to refuse. */
const limits = { section: 3000, header: 150, whole: 12_000, fallback: 3000 };

export interface SlackMessage {
  /** For notifications, and where blocks cannot be shown. */
  readonly text: string;
  readonly blocks: readonly object[];
}

/** `&`, `<` and `>` are the characters by which Slack knows links and mentions. Pasting gives them back. */
export function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

export function slackMessage(message: Message): SlackMessage {
  const steps = slackSteps(message);
  const room = limits.whole - limits.header - 500;
  const body = sections(escapeSlack(message.markdown), room);
  const used = body.reduce((sum, text) => sum + text.length, 0);
  const more = sections(steps.join("\n"), Math.max(0, Math.min(limits.section, room - used)));
  return {
    text: escapeSlack(chatText(message.subject, limits.fallback)),
    blocks: [
      { type: "header", text: { type: "plain_text", text: chatText(message.subject, limits.header), emoji: false } },
      ...[...body, ...more].map((text) => ({ type: "section", text: { type: "mrkdwn", text, verbatim: true } })),
      { type: "context", elements: [{ type: "mrkdwn", text: `Message ${escapeSlack(chatText(message.id, 60))}`, verbatim: true }] },
    ],
  };
}

/** The message with what to do, as one text. */
export function slackText(message: Message): string {
  return [escapeSlack(message.markdown), ...slackSteps(message)].join("\n");
}

/** What to do; the first command of one finding exactly as it is pasted, for Slack can be told to show any character but its own mark. */
function slackSteps({ nextSteps = [], findings }: Message): string[] {
  const [only, ...others] = findings;
  const command = others.length === 0 && only?.pending.transition !== "resolved" ? only?.remediation.commands[0] : undefined;
  const shown = command !== undefined && command.length <= 1500 && !command.includes("`") && !hasUnsafeCharacters(command);
  const steps = nextSteps.filter((step) => !shown || step !== `\`${command}\``).map((step) => `• ${escapeSlack(step)}`);
  return shown ? [...steps, `\`\`\`${escapeSlack(command)}\`\`\``] : steps;
}

/** Whole lines, in pieces that fit; what is beyond `room` is left out, and said to be. */
function sections(text: string, room: number): string[] {
  const pieces: string[] = [];
  let [piece, left] = ["", room];
  const cut = limits.section - 100;
  for (const line of text
    .split("\n")
    .flatMap((one) => (one.length > cut ? [`${one.slice(0, cut).replace(/(&\w*|[\ud800-\udbff])$/, "")}…`] : [one]))) {
    if (line.length + 1 > left) {
      piece += "\n…";
      break;
    }
    left -= line.length + 1;
    if (piece !== "" && piece.length + 1 + line.length > cut) {
      pieces.push(piece);
      piece = line;
    } else piece = piece === "" ? line : `${piece}\n${line}`;
  }
  return [...pieces, piece].filter((one) => one.trim() !== "");
}
