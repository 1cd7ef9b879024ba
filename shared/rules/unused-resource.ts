/** What the rules about unused resources share: how long is long, what silence does not count, and what to say. */
import { dayOf } from "../model/day.ts";
import type { Evidence, Remediation } from "../model/finding.ts";
import type { ResourceRef } from "../model/resource.ts";
import type { Judgement, ResourceRule, ResourceSubject, RuleContext } from "../model/rule.ts";
import type { Declared } from "../model/rule-settings.ts";
import { periodOf } from "../usage/schedule-period.ts";
import { stackAdvice } from "./aws-cli.ts";
import { dateText, daysText, text } from "./words.ts";

export const unusedSettings = {
  quietDays: {
    default: 90,
    unit: "days",
    minimum: 1,
    meaning:
      "no use for this long, of a resource that is older than this; twice the longest wait of a schedule that leads to it, where that is longer",
  },
} as const satisfies Declared;

type UnusedContext = RuleContext<typeof unusedSettings>;

/** What every rule about an unused resource says of itself. */
export const unusedRule = {
  subject: "resource",
  usageBased: true,
  severities: [{ severity: "LOW", when: "not used for at least quietDays" }],
  settings: unusedSettings,
} as const satisfies Partial<ResourceRule>;

/** Judges a resource by its last use. Silence that was not wholly looked for, or that a rare schedule explains, is none. */
export function judgeUnused(subject: ResourceSubject, { settings, now }: UnusedContext): Judgement {
  const { resource } = subject;
  const { lastUsed, createdAt, tags = {} } = resource;
  if (!lastUsed || lastUsed.state === "unknown") return { answer: "unknown", why: lastUsed?.why ?? "its last use could not be told" };
  const { state, quietDays, at, source, lookbackDays } = lastUsed;
  if (quietDays === undefined) return { answer: "unknown", why: "since when it exists is not known" };
  const limit = Math.max(settings.quietDays, ...waitsOf(subject), ...ownWaits(subject, now));
  const young = createdAt !== undefined && dayOf(now) - dayOf(createdAt) < limit;
  if (quietDays < limit || young) return { answer: "clear" };
  return {
    answer: "hit",
    severity: "LOW",
    confidence: state === "used" || createdAt !== undefined ? "high" : "medium",
    materialKey: state,
    evidence: { state, lastUsedAt: at ?? null, quietDays, source, lookbackDays, createdAt: createdAt ?? null, ...stackEvidence(tags) },
  };
}

export function stackEvidence(tags: Readonly<Record<string, string>>): Evidence {
  const stack = tags["aws:cloudformation:stack-name"];
  return stack ? { stack, logicalId: tags["aws:cloudformation:logical-id"] ?? null } : {};
}

/** Twice the longest wait of the schedules of functions next to it; endless where a one-time run is still to come. */
function waitsOf({ incoming, outgoing, functionOf }: ResourceSubject): number[] {
  const neighbours = [...incoming.map(({ from }) => from), ...outgoing.map(({ to }) => to)].flatMap((arn) => functionOf(arn) ?? []);
  return neighbours.flatMap(({ triggers }) =>
    triggers.flatMap(({ kind, enabled, periodDays }) => {
      if (!enabled || (kind !== "schedule" && kind !== "rule")) return [];
      return [periodDays === undefined ? Number.POSITIVE_INFINITY : Math.ceil(2 * periodDays)];
    }),
  );
}

/** The same of the schedules that start, or send to, the resource itself. */
function ownWaits({ incoming, resourceOf }: ResourceSubject, now: Date): number[] {
  return incoming.flatMap(({ from, kind, enabled }) => {
    const expression = enabled && kind !== "dead-letters-to" ? resourceOf(from)?.details?.schedule : undefined;
    if (typeof expression !== "string") return [];
    const period = periodOf(expression, now);
    if (period.kind === "repeating") return [Math.ceil(2 * period.longestGapDays)];
    return period.kind === "ended" ? [] : [Number.POSITIVE_INFINITY];
  });
}

/** Functions next to the resource that were called within the threshold: it may be quiet because nothing went wrong. */
export function hasActiveFunction(arns: readonly string[], { functionOf }: ResourceSubject, { settings }: UnusedContext): boolean {
  return arns.some((arn) => {
    const last = functionOf(arn)?.lastInvocation;
    return last?.state === "unknown" || (last?.state === "invoked" && (last.quietDays ?? 0) < settings.quietDays);
  });
}

/** `The table orders was last used on 3 Sep 2025, 446 days ago`. */
export function unusedTitle(noun: string, use: string, evidence: Evidence, { name }: ResourceRef): string {
  const days = daysText(Number(evidence.quietDays));
  if (evidence.state !== "used") return `${noun} ${name} was not ${use} once in the ${days} that could be seen`;
  return `${noun} ${name} was last ${use} on ${dateText(text(evidence.lastUsedAt))}, ${days} ago`;
}

/** Advice and commands, the stack first. */
export function unusedRemediation(evidence: Evidence, advice: string, commands: readonly string[]): Remediation {
  const inStack = stackAdvice(text(evidence.stack) || undefined, text(evidence.logicalId) || undefined, "remove it");
  return { text: `${inStack}${advice}`, commands };
}
