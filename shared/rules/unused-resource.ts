/** What the rules about unused resources share: how long is long, what silence does not count, and what to say. */
import { dayOf } from "../model/day.ts";
import type { FunctionFacts, Trigger } from "../model/document.ts";
import type { Evidence, Remediation } from "../model/finding.ts";
import type { ResourceRef } from "../model/resource.ts";
import type { Judgement, ResourceRule, RuleContext } from "../model/rule.ts";
import type { Declared } from "../model/rule-settings.ts";
import type { ResourceSubject } from "../model/rule-subject.ts";
import { stackAdvice } from "../wording/aws-cli.ts";
import { dateText, daysText, text } from "../wording/words.ts";

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
  const own = (subject.triggers ?? []).filter(({ enabled }) => enabled);
  // it is there for what seldom happens
  if (own.some(({ pace }) => pace === "rare")) return { answer: "clear" };
  const limit = Math.max(settings.quietDays, ...[...own, ...nextTo(subject)].flatMap(waitOf));
  const young = createdAt !== undefined && dayOf(now) - dayOf(createdAt) < limit;
  if (quietDays < limit || young) return { answer: "clear" };
  const mayBeWaiting = own.flatMap(({ pace, why }) => (pace === "unknown" && why ? [why] : []));
  return {
    answer: "hit",
    severity: "LOW",
    confidence: mayBeWaiting.length > 0 ? "low" : state === "used" || createdAt !== undefined ? "high" : "medium",
    materialKey: state,
    evidence: {
      state,
      lastUsedAt: at ?? null,
      quietDays,
      source,
      lookbackDays,
      createdAt: createdAt ?? null,
      ...waitingEvidence(mayBeWaiting),
      ...stackEvidence(tags),
    },
  };
}

/** Whoever may come as rarely as they like, in words. */
export function waitingEvidence(whys: readonly string[]): Evidence {
  return whys.length > 0 ? { mayBeWaiting: whys.slice(0, 10) } : {};
}

/** What the evidence says of who may only be waiting; undefined where it names nobody. */
export function waitingWords({ mayBeWaiting }: Evidence): string | undefined {
  if (!Array.isArray(mayBeWaiting) || mayBeWaiting.length === 0) return undefined;
  return `It may only be waiting: ${mayBeWaiting.join("; ")}. Ask there before anything else.`;
}

export function stackEvidence(tags: Readonly<Record<string, string>>): Evidence {
  const stack = tags["aws:cloudformation:stack-name"];
  return stack ? { stack, logicalId: tags["aws:cloudformation:logical-id"] ?? null } : {};
}

/** Enabled triggers of the functions next to it: it is used when they are. */
function nextTo({ incoming, outgoing, functionOf }: ResourceSubject): Trigger[] {
  const neighbours = [...incoming.map(({ from }) => from), ...outgoing.map(({ to }) => to)].flatMap((arn) => functionOf(arn) ?? []);
  return neighbours.flatMap(({ triggers }) => triggers.filter(({ enabled }) => enabled));
}

/** Twice the longest wait between two runs; endless where a run is still to come, or nobody can say when. */
function waitOf({ kind, pace, periodDays }: Trigger): number[] {
  if (periodDays !== undefined) return [Math.ceil(2 * periodDays)];
  const untold = pace !== "rare" && (kind === "schedule" || kind === "rule");
  return pace === "once" || untold ? [Number.POSITIVE_INFINITY] : [];
}

/**
 * What functions next to the resource say of it, where they say anything: one that was called within the threshold may not need it because
 * nothing went wrong, and nobody knows of one whose use could not be told.
 */
export function saidByFunctions(
  arns: readonly string[],
  { functionOf }: ResourceSubject,
  { settings }: UnusedContext,
): Judgement | undefined {
  const uses = arns.flatMap((arn) => functionOf(arn) ?? []);
  const isActive = ({ lastInvocation: { state, quietDays = 0 } }: FunctionFacts) => state === "invoked" && quietDays < settings.quietDays;
  if (uses.some(isActive)) return { answer: "clear" };
  const untold = uses.find(({ lastInvocation }) => lastInvocation.state === "unknown");
  return untold ? { answer: "unknown", why: `when ${untold.name}, which it starts, ran last could not be told` } : undefined;
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
  const waiting = waitingWords(evidence);
  // nobody is handed a deletion for what may be in use
  if (waiting) return { text: waiting, commands: commands.filter((command) => !/^aws \S+ delete-/.test(command)) };
  return { text: `${inStack}${advice}`, commands };
}
