/**
 * What of a file of JavaScript survives bundling and minifying: its texts, regular expressions and the names of members; and, where nothing was
 * renamed, all other names and what comments say. Each as a number, so that a table of thousands of packages stays small. Pure.
 */
import { type Token, tokenizer } from "acorn";

/** Shorter ones stand in every program. */
const shortest = { name: 5, text: 8, pattern: 8, comment: 16 };
const longest = 400;

/** A text that is a version, or ends with one: `1.8.2`, `axios/1.8.2`. */
export interface VersionText {
  /** How many features stand before it. */
  readonly at: number;
  readonly version: string;
  /** What stands before the version in the same text, but for a `v`. */
  readonly before: string;
}

const endsWithVersion = /^([\w@/. -]{0,40}?)v?(\d{1,5}\.\d{1,5}\.\d{1,5}(?:-[0-9A-Za-z.-]{1,30})?)$/;

/** What is told beside the numbers. */
export interface FeatureWatcher {
  /** Each text that is a version, in order. */
  readonly onVersion?: (found: VersionText) => void;
  /** What the feature that is given next is: a name, a text, a pattern (r) or a line of a comment. */
  readonly onKind?: (kind: string) => void;
}

/** The features in the order of the text. Where the text stops being JavaScript it ends: what was told before stands. */
export function* featuresOf(text: string, { onVersion, onKind }: FeatureWatcher = {}): Generator<number> {
  const comments: string[] = [];
  const onComment = (_: boolean, comment: string) => comments.push(comment);
  const tokens = tokenizer(text, { ecmaVersion: "latest", sourceType: "module", allowHashBang: true, onComment });
  for (let at = 0; ; ) {
    let token: Token;
    try {
      token = tokens.getToken();
    } catch {
      return;
    }
    for (const comment of comments.splice(0)) {
      for (const line of linesOf(comment)) {
        at += 1;
        onKind?.("c");
        yield hashOf(line);
      }
    }
    if (token.type.label === "eof") return;
    const version = onVersion && versionText(token, at);
    if (version) onVersion(version);
    const feature = textOf(token);
    if (feature === undefined) continue;
    at += 1;
    onKind?.(feature.charAt(0));
    yield hashOf(feature);
  }
}

/** acorn's own types leave the value out. */
function versionText({ type: { label }, value }: Token & { readonly value?: unknown }, at: number): VersionText | undefined {
  if ((label !== "string" && label !== "template") || typeof value !== "string" || value.length < 5) return undefined;
  const last = value.charCodeAt(value.length - 1);
  // most texts are no version: a look at the end tells it sooner than the pattern
  if (value.length > 80 || !value.includes(".") || !(last < 58 || (last > 64 && value.includes("-")))) return undefined;
  const [, before = "", version] = endsWithVersion.exec(value) ?? [];
  return version === undefined ? undefined : { at, version, before };
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

/** The feature that a name is. */
export function featureOfName(name: string): number {
  return hashOf(`n${name}`);
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
