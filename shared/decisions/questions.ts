/** What is to be asked of the owner of quiet resources, and what was. Pure. */
import { dayMs } from "../model/day.ts";
import type { DocumentFinding } from "../model/document.ts";
import { isOpen } from "../model/document-finding.ts";
import { type Severity, severityRank } from "../model/finding.ts";
import { shortHash } from "../model/finding-id.ts";
import type { Question, QuestionEvent } from "../model/question.ts";

/** A resource that nothing seems to use. */
export interface QuietResource {
  readonly question: string;
  readonly arn: string;
  readonly name: string;
  readonly type: string;
  readonly region: string;
  /** Why it seems so: the title of its gravest finding. */
  readonly why: string;
  readonly severity: Severity;
  /** Team; empty: nobody. */
  readonly owner: string;
}

/** Rules whose advice is to take the resource away. */
const quietRule = /\/(unused-|never-invoked-|only-warmed-|redundant-copy$)/;
/** Of these it is not the resource that is unused. */
const notQuiet: readonly string[] = ["iam/unused-service-access"];

/** Days before somebody is asked again, and rounds before the account's owner is told. */
export const askAgainDays = 7;
export const mostRounds = 2;

export function questionId(arn: string): string {
  return `Q-${shortHash(`question|${arn}`)}`;
}

/** A finding that says of its resource that nothing uses it. */
export function isQuietRule(rule: string): boolean {
  return quietRule.test(rule) && !notQuiet.includes(rule);
}

/** The quiet resources of a team (empty: of nobody), gravest first, each once. */
export function quietResources(findings: readonly DocumentFinding[], owner: string): QuietResource[] {
  const mine = findings
    .filter((one) => isOpen(one) && isQuietRule(one.rule) && (one.owner.team ?? "") === owner)
    .toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity) || (a.resource.arn < b.resource.arn ? -1 : 1));
  const first = new Map(mine.toReversed().map((one) => [one.resource.arn, one]));
  return [...new Set(mine.map(({ resource }) => resource.arn))].flatMap((arn) => {
    const one = first.get(arn);
    if (!one) return [];
    const { name, type, region } = one.resource;
    return [{ question: questionId(arn), arn, name, type, region, why: one.title, severity: one.severity, owner }];
  });
}

export interface AskPlan {
  /** To be asked now. */
  readonly ask: readonly (QuietResource & { readonly round: number })[];
  /** Nobody claims them: to be said to the account's owner. */
  readonly escalate: readonly (QuietResource & { readonly because: "not-mine" | "silence" })[];
  /** Asked within the last days, or said to the account's owner: an answer is being waited for. */
  readonly waiting: number;
  /** Answered, and the answer still counts. */
  readonly answered: number;
}

/** What of it is to be asked now: never twice a week, and not what was answered. What nobody owns is asked of the account's owner at once. */
export function planQuestions(quiet: readonly QuietResource[], questions: readonly Question[], now: Date): AskPlan {
  const byId = new Map(questions.map((one) => [one.id, one]));
  const ask: (QuietResource & { round: number })[] = [];
  const escalate: (QuietResource & { because: "not-mine" | "silence" })[] = [];
  let [waiting, answered] = [0, 0];
  for (const one of quiet) {
    const events = byId.get(one.question)?.events ?? [];
    const last = lastAnswer(events);
    const isOwners = last?.kind !== "not-mine" || last.owner === one.owner;
    const since = events.slice(last ? events.indexOf(last) + 1 : 0);
    const told = since.findLast(({ kind }) => kind === "escalated");
    const rounds = since.filter(({ kind, owner }) => kind === "asked" && owner === one.owner);
    // where nobody is asked but the account's owner, a refusal is no reason to ask at once again
    const refused = last?.kind === "not-mine" && one.owner === "" ? [last] : [];
    const isRecent = [...rounds, ...refused].some(({ at }) => now.getTime() - Date.parse(at) < askAgainDays * dayMs);
    if (last && last.kind !== "not-mine" && counts(last, now)) answered += 1;
    else if (told || isRecent) waiting += 1;
    else if (last?.kind === "not-mine" && isOwners && one.owner !== "") escalate.push({ ...one, because: "not-mine" });
    else if (rounds.length >= mostRounds && one.owner !== "") escalate.push({ ...one, because: "silence" });
    else ask.push({ ...one, round: rounds.length + 1 });
  }
  return { ask, escalate, waiting, answered };
}

/** Of all teams: by ARN, the quiet resources that their owner disowned or was silent about, also where the account's owner was told. */
export function unclaimedResources(
  findings: readonly DocumentFinding[],
  questions: readonly Question[],
  now: Date,
): Map<string, "not-mine" | "silence"> {
  const told = questions.map((one) => ({ ...one, events: one.events.filter(({ kind }) => kind !== "escalated") }));
  const teams = new Set(findings.flatMap(({ owner }) => owner.team ?? []));
  const unclaimed = [...teams].flatMap((team) => planQuestions(quietResources(findings, team), told, now).escalate);
  return new Map(unclaimed.map(({ arn, because }) => [arn, because]));
}

/** The answer that was given last. */
export function lastAnswer(events: readonly QuestionEvent[]): QuestionEvent | undefined {
  return events.findLast(({ kind }) => kind === "needed" || kind === "can-go" || kind === "not-mine");
}

function counts({ kind, until }: QuestionEvent, now: Date): boolean {
  return kind === "can-go" || (until !== undefined && now.getTime() < Date.parse(until));
}
