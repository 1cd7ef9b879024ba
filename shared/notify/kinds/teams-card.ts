/** A message as an adaptive card. Everything is in text runs, which know no markup: nothing in a name can format, link or mention. Pure. */
import { cleanText, hasUnsafeCharacters } from "../../model/plain-text.ts";
import type { Message } from "../channel.ts";

/** Teams takes messages of 28 KB; a part is left for what the workflow adds. */
const mostBytes = 24_000;

interface Run {
  readonly type: "TextRun";
  readonly text: string;
  readonly weight?: "Bolder";
  readonly fontType?: "Monospace";
  readonly size?: "Large" | "Small";
  readonly isSubtle?: true;
}

/** What the workflow "when a Teams webhook request is received" posts into a channel or chat. */
export function teamsMessage(message: Message): object {
  const title = line([{ type: "TextRun", text: cleanText(message.subject, 150), weight: "Bolder", size: "Large" }]);
  const footer = line([{ type: "TextRun", text: `Message ${cleanText(message.id, 60)}`, size: "Small", isSubtle: true }]);
  const lines = [...message.markdown.split("\n").filter((one) => one.trim() !== ""), ...stepsOf(message)];
  const blocks = lines.map((one) => line(typeof one === "string" ? runs(one) : [one]));
  let kept = blocks.length;
  while (kept > 0 && bytesOf(card([title, ...blocks.slice(0, kept), footer])) > mostBytes) kept -= 1;
  const cut = kept < blocks.length ? [line([{ type: "TextRun", text: "…" }])] : [];
  return card([title, ...blocks.slice(0, kept), ...cut, footer]);
}

function card(body: readonly object[]): object {
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    msteams: { width: "Full" },
    body,
  };
  return { type: "message", attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content }] };
}

/** The marks of our own chat text as runs; names hold none of them (chat-text.ts). */
function runs(text: string): Run[] {
  return text
    .split(/(\*[^*]+\*|`[^`]+`)/)
    .filter((part) => part !== "")
    .map((part): Run => {
      if (/^\*[^*]+\*$/.test(part)) return { type: "TextRun", text: part.slice(1, -1), weight: "Bolder" };
      return /^`[^`]+`$/.test(part) ? { type: "TextRun", text: part.slice(1, -1), fontType: "Monospace" } : { type: "TextRun", text: part };
    });
}

/** What to do; the command of one finding exactly as it is pasted. */
function stepsOf({ nextSteps = [], findings }: Message): (string | Run)[] {
  const [only, ...others] = findings;
  const command = others.length === 0 && only?.pending.transition !== "resolved" ? only?.remediation.commands[0] : undefined;
  if (command === undefined || command.length > 1500 || hasUnsafeCharacters(command)) return [...nextSteps];
  return [...nextSteps.filter((step) => step !== `\`${command}\``), { type: "TextRun", text: command, fontType: "Monospace" }];
}

function line(inlines: readonly Run[]): object {
  return { type: "RichTextBlock", inlines };
}

function bytesOf(value: object): number {
  return Buffer.byteLength(JSON.stringify(value));
}
