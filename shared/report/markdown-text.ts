/** Names from AWS as Markdown: they cannot format, link, mention or break out of a table. */
import { cleanText } from "../model/plain-text.ts";

/** Foreign text as text: what Markdown or HTML would read as a sign is escaped, and nobody is mentioned. */
export function markdownText(text: string, maxLength = 400): string {
  return (
    cleanText(text, maxLength)
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(/[\\`*_{}[\]()#+!|~>]/g, "\\$&")
      // a word joiner after the sign: it reads the same and names nobody
      .replaceAll("@", "@\u2060")
      .replaceAll("://", ":\u2060//")
      .replaceAll(/\bwww\./gi, "www\u2060.")
  );
}

/** A foreign name as code in a table cell. */
export function markdownCode(text: string): string {
  const clean = cleanText(text, 200).replaceAll("`", "'").replaceAll("|", "\\|");
  return clean === "" ? "" : `\`${clean}\``;
}
