/** From findings to a message: words, labels for subscription filters, and an id that is the hash of what it says. */
import { createHash } from "node:crypto";
import { compare } from "../model/compare.ts";
import { type PendingFinding, severities, transitions } from "../model/finding.ts";
import { cleanText } from "../model/plain-text.ts";
import type { OwnerShare } from "../owners/owner-share.ts";
import type { Message, MessageKind } from "./channel.ts";
import { type ListShape, wordList } from "./list-message.ts";
import type { Deployment } from "./pointer.ts";
import { wordSingle } from "./single-message.ts";
import { label, teamOf, unowned } from "./teams.ts";

export type Shape = "single" | ListShape;

/**
 * The message about `findings` (at least one), gravest first. A `single` speaks of exactly one; `combined`, `summary` and `digest` of any
 * number. The same findings give the same message with the same id, however late it is sent.
 */
export function composeMessage(
  shape: Shape,
  findings: readonly PendingFinding[],
  account: string,
  owners?: OwnerShare,
  deployment?: Deployment,
): Message {
  const [first] = findings;
  if (!first) throw new Error(`A ${shape} message about no finding was asked for: nothing is sent when nothing happened.`);
  const place = deployment && { stack: deployment.stack, region: deployment.region };
  // an alias may be given, taken or not told one day: a message that is tried again tomorrow is still the same one
  const { accountAlias } = first;
  const unnamed = accountAlias === undefined ? findings : findings.map(({ accountAlias: _, ...finding }): PendingFinding => finding);
  const say = (all: readonly PendingFinding[], to: Deployment | undefined, share?: OwnerShare) =>
    shape === "single" ? wordSingle(all[0] ?? first, to) : wordList(shape, all, account, share, to);
  const plain = say(unnamed, place);
  const content = {
    kind: kindOf(shape, findings),
    severity: severities.find((severity) => findings.some((finding) => finding.severity === severity)) ?? first.severity,
    ...labelsOf(findings),
    ...plain,
    resources: [...new Set(findings.slice(0, 10).map((finding) => cleanText(finding.resource.arn, 300)))],
    findingIds: findings.map((finding) => finding.id),
  };
  const id = `M-${createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 24)}`;
  // the share of owners moves daily, and a second stack comes and goes: a message that is tried again tomorrow is still the same one
  const words = shape === "single" && accountAlias === undefined ? plain : say(findings, deployment, owners);
  return { id, ...(accountAlias === undefined ? {} : { accountAlias }), ...content, ...words, findings };
}

/** A combined message carries the kind that most of its filters wait for: opened before reopened before changed. */
function kindOf(shape: Shape, findings: readonly PendingFinding[]): MessageKind {
  if (shape === "summary" || shape === "digest") return shape;
  return transitions.find((transition) => findings.some((finding) => finding.pending.transition === transition)) ?? "opened";
}

/** What subscription filters can ask for; sorted, each value once. Teams hold `unowned` when only a part of the findings has a team. */
export function labelsOf(findings: readonly PendingFinding[]): Pick<Message, "teams" | "envs" | "ruleGroups"> {
  const teams = distinct(findings.map((finding) => teamOf(finding) ?? unowned));
  return {
    teams: teams.length === 1 && teams[0] === unowned ? [] : teams,
    envs: distinct(findings.map((finding) => label(finding.owner.env))),
    ruleGroups: distinct(findings.map((finding) => label(finding.rule.split("/")[0]))),
  };
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))].sort(compare);
}
