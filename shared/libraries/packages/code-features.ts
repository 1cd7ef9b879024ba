/**
 * What of a file of JavaScript survives bundling and minifying: its texts, regular expressions and the names of members; and, where nothing was
 * renamed, all other names and what comments say. Each as a number, so that a table of thousands of packages stays small. Pure.
 */
import { type Token, tokenizer } from "acorn";

/** Shorter ones stand in every program. */
const shortest = { name: 5, text: 8, pattern: 8, comment: 16 };
const longest = 400;

/**
 * The features in the order of the text. Where the text stops being JavaScript it ends: what was told before stands.
 */
export function* featuresOf(text: string): Generator<number> {
  const comments: string[] = [];
  const onComment = (_: boolean, comment: string) => comments.push(comment);
  const tokens = tokenizer(text, { ecmaVersion: "latest", sourceType: "module", allowHashBang: true, onComment });
  for (;;) {
    let token: Token;
    try {
      token = tokens.getToken();
    } catch {
      return;
    }
    for (const comment of comments.splice(0)) for (const line of linesOf(comment)) yield hashOf(line);
    if (token.type.label === "eof") return;
    const feature = textOf(token);
    if (feature !== undefined) yield hashOf(feature);
  }
}

/** Sentences of a comment. */
function linesOf(comment: string): string[] {
  return comment.split("\n").flatMap((line) => within("c", line.replace(/^[\s*]+|\s+$/g, ""), shortest.comment) ?? []);
}

/** acorn's own types leave the value out. */
function textOf(token: Token & { readonly value?: unknown }): string | undefined {
  const { value } = token;
  const { label } = token.type;
  if (label === "name") return within("n", value, shortest.name);
  if (label === "string" || label === "template") return within("s", value, shortest.text);
  return label === "regexp" ? within("r", (value as { pattern?: unknown } | undefined)?.pattern, shortest.pattern) : undefined;
}

function within(kind: string, value: unknown, least: number): string | undefined {
  return typeof value === "string" && value.length >= least && value.length <= longest ? `${kind}${value}` : undefined;
}

/** The feature that a text is. */
export function featureOfText(text: string): number {
  return hashOf(`s${text}`);
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
