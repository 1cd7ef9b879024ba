/** Decisions in a YAML file, as people review them in git: read with the line of everything that is wrong. Pure. */
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import { type AckLimit, type AckReason, ackLimits, ackReasons } from "../model/ack-words.ts";
import type { AckScope } from "../model/acknowledgement.ts";
import { type Severity, severities } from "../model/finding.ts";
import { scopeName } from "./book.ts";

/** A decision is some 400 characters: more than any account has. */
const mostFileCharacters = 5_000_000;

/** Stands for "nobody owns it", as in messages. A team cannot be called so. */
export const nobody = "unowned";

/** One decision of the file. */
export interface FileDecision {
  readonly line: number;
  readonly scope: AckScope;
  /** The finding that it was said of, where the file names one. */
  readonly finding?: string;
  /** The gravest that is accepted; absent: as grave as the finding is. */
  readonly severity?: Severity;
  readonly reason: AckReason;
  readonly comment: string;
  readonly until: string;
  readonly alsoUntil: AckLimit;
  readonly ticket?: string;
  /** Who decided and when, as the file says. */
  readonly written?: { readonly by: string; readonly at: string };
}

export interface FileMistake {
  readonly line: number;
  readonly what: string;
}

/** Keys of an entry, in the order in which they are written. */
export const entryKeys = [
  "finding",
  "rule",
  "resource",
  "owner",
  "tag",
  "severity",
  "reason",
  "comment",
  "until",
  "alsoUntil",
  "ticket",
  "by",
  "at",
  "id",
] as const;
type Key = (typeof entryKeys)[number];

/** The decisions of a file for this account, or all its mistakes. `nearest` names the known word that is most like another one. */
export function readDecisionFile(
  text: string,
  account: string,
  nearest: (word: string, known: readonly string[]) => string,
): { readonly decisions: readonly FileDecision[]; readonly mistakes: readonly FileMistake[] } {
  const mistakes: FileMistake[] = [];
  if (text.length > mostFileCharacters)
    return { decisions: [], mistakes: [{ line: 1, what: `longer than ${mostFileCharacters} characters` }] };
  const lines = new LineCounter();
  const lineOf = (node: unknown) => lines.linePos((node as Node | undefined)?.range?.[0] ?? 0).line;
  const wrong = (node: unknown, what: string) => void mistakes.push({ line: lineOf(node), what });
  const file = parseDocument(text, { lineCounter: lines, merge: false });
  for (const error of file.errors)
    mistakes.push({ line: error.linePos?.[0].line ?? 1, what: error.message.split("\n")[0]?.replace(/ at line.*$/, "") ?? "no YAML" });
  if (mistakes.length > 0) return { decisions: [], mistakes };
  const root = file.contents;
  if (!isMap(root))
    return { decisions: [], mistakes: [{ line: 1, what: "expected a map with version, account and decisions: acks export writes one" }] };
  const top = namesIn(root, ["version", "account", "decisions"]);
  if (scalarOf(top.get("version")) !== 1) wrong(top.get("version") ?? root, "version: must be 1");
  const named = scalarOf(top.get("account"));
  if (String(named) !== account) wrong(top.get("account") ?? root, `account: must be "${account}", whose findings are decided about here`);
  const list = top.get("decisions");
  if (!isSeq(list)) wrong(list ?? root, "decisions: must be a list");
  const decisions = (isSeq(list) ? list.items : []).flatMap((node) => {
    const before = mistakes.length;
    if (!isMap(node)) {
      wrong(node, "a decision is a map with reason, comment and until");
      return [];
    }
    const decision = readEntry(node);
    return mistakes.length === before && decision ? [decision] : [];
  });
  findTwins(decisions, mistakes);
  return { decisions, mistakes: mistakes.sort((a, b) => a.line - b.line) };

  function namesIn(map: YAMLMap, known: readonly string[]): Map<string, unknown> {
    const names = map.items.map((pair: Pair) => [String(scalarOf(pair.key)), pair] as const);
    for (const [name, pair] of names) {
      if (!known.includes(name)) wrong(pair.key, `${name}: there is no such key; did you mean ${nearest(name, known)}?`);
    }
    return new Map(names.map(([name, pair]) => [name, pair.value]));
  }

  function readEntry(map: YAMLMap): FileDecision | undefined {
    const parts = namesIn(map, entryKeys);
    const text = (key: Key, needed = false): string | undefined => {
      const node = parts.get(key);
      const value = scalarOf(node);
      if (typeof value === "string" && value.trim() !== "") return value;
      if (typeof value === "number" || typeof value === "boolean") return isScalar(node) ? String(node.source ?? value) : undefined;
      if (node !== undefined && value !== null) wrong(node, `${key}: must be a text`);
      else if (needed) wrong(map, `${key}: is missing`);
      return undefined;
    };
    const oneOf = <T extends string>(key: Key, allowed: readonly T[], needed: boolean): T | undefined => {
      const value = text(key, needed);
      const found = allowed.find((one) => one === value);
      if (value !== undefined && !found)
        wrong(parts.get(key), `${key}: is one of ${allowed.join(", ")}; did you mean ${nearest(value, allowed)}?`);
      return found;
    };
    const scope = scopeOf(map, parts, text);
    const reason = oneOf("reason", ackReasons, true);
    const comment = text("comment", true);
    const until = momentOf(text("until", true), parts.get("until"));
    const alsoUntil = oneOf("alsoUntil", ackLimits, false) ?? "worse";
    const severity = oneOf("severity", severities, scope !== undefined && scope.kind !== "finding");
    if (!scope || !reason || !comment || !until) return undefined;
    const [finding, ticket, by, at] = [text("finding"), text("ticket"), text("by"), text("at")];
    return {
      line: lineOf(map),
      scope,
      ...(finding ? { finding } : {}),
      ...(severity ? { severity } : {}),
      reason,
      comment,
      until,
      alsoUntil,
      ...(ticket ? { ticket } : {}),
      ...(by && at ? { written: { by, at } } : {}),
    };
  }

  function scopeOf(
    map: YAMLMap,
    parts: ReadonlyMap<string, unknown>,
    text: (key: Key, needed?: boolean) => string | undefined,
  ): AckScope | undefined {
    const [finding, rule, resource, tag] = [text("finding"), text("rule"), text("resource"), parts.get("tag")];
    const wide = [resource !== undefined, parts.has("owner"), tag !== undefined].filter(Boolean).length;
    if (rule === undefined && wide === 0) {
      if (finding && /^F-[0-9A-Z]{10}$/.test(finding)) return { kind: "finding", finding };
      wrong(parts.get("finding") ?? map, "finding: must be the id of a finding (F-...); or name a rule with one of resource, owner, tag");
      return undefined;
    }
    if (rule === undefined || wide !== 1) {
      wrong(map, "a rule goes with one of resource, owner (unowned: what nobody owns) and tag");
      return undefined;
    }
    if (resource !== undefined) return { kind: "rule+resource", rule, arn: resource };
    if (tag === undefined) {
      const owner = text("owner", true);
      return owner === undefined ? undefined : { kind: "rule+owner", rule, team: owner === nobody ? "" : owner };
    }
    const [key, value] = isMap(tag) ? [tag.get("key"), tag.get("value")] : [];
    if (typeof key === "string" && typeof value === "string") return { kind: "rule+tag", rule, key, value };
    wrong(tag, "tag: must be { key: stage, value: test }, both texts");
    return undefined;
  }

  function momentOf(value: string | undefined, node: unknown): string | undefined {
    if (value === undefined) return undefined;
    const at = new Date(/^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00Z` : value);
    const isDay =
      /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?$/.test(value) &&
      !Number.isNaN(at.getTime()) &&
      at.toISOString().startsWith(value.slice(0, 10));
    if (isDay) return at.toISOString();
    wrong(node, "until: must be a day, such as 2027-02-01");
    return undefined;
  }
}

function findTwins(decisions: readonly FileDecision[], mistakes: FileMistake[]): void {
  const seen = new Map<string, number>();
  for (const { scope, line } of decisions) {
    const name = scopeName(scope);
    const first = seen.get(name);
    if (first === undefined) seen.set(name, line);
    else mistakes.push({ line, what: `decides about the same as line ${first}: leave one of them` });
  }
}

/** The value of a scalar. An alias is none: what a reviewer reads has to stand where it counts. */
function scalarOf(node: unknown): unknown {
  return isScalar(node) ? node.value : undefined;
}
