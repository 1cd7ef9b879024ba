/** Names in chat: nothing in them may format, mention somebody or become a link. */
import { cleanText } from "../model/plain-text.ts";

/**
 * Text of our own making with foreign names in it, safe in Slack and Teams markdown. Characters that would start formatting, a mention or
 * a link are replaced by look-alikes, not escaped: Slack and Teams escape differently, and nobody says which of them Amazon Q applies.
 */
export function chatText(text: string, maxLength = 200): string {
  return cleanText(text, maxLength)
    .replaceAll("`", "'")
    .replaceAll("*", "∗")
    .replaceAll("~", "∼")
    .replaceAll("<", "‹")
    .replaceAll(">", "›")
    .replaceAll("&", "＆")
    .replaceAll("@", "＠")
    .replaceAll("](", "]（")
    .replaceAll("|", "¦")
    .replaceAll("\\", "＼")
    .replaceAll("://", ":∕∕")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "＿");
}

/** A name as inline code. */
export function chatCode(text: string, maxLength = 200): string {
  const safe = chatText(text, maxLength);
  return safe === "" ? "" : `\`${safe}\``;
}

/** True when a command can be shown in chat exactly as it has to be pasted. */
export function showsInChat(command: string): boolean {
  return command.length <= 400 && chatText(command, 400) === command;
}
