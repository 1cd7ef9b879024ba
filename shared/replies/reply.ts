/** What comes in from outside: a reply link, and the button in chat. */
import { newDecision } from "../decisions/new-decision.ts";
import { dayMs } from "../model/day.ts";
import { materialDigest } from "../model/outbox.ts";
import { type AnswerWord, answers, type QuestionEvent } from "../model/question.ts";
import { acknowledge } from "../scan/acknowledge.ts";
import { type AnswerPlace, answerQuestion } from "../scan/answer.ts";
import { replyHeaders, replyNote, replyPage } from "./page.ts";
import { readReply } from "./token.ts";

/** What the function is invoked with: a request to its URL, or what the button in chat sends. */
export interface ReplyEvent {
  /** Of a finding. */
  readonly id?: unknown;
  readonly requestContext?: { readonly http?: { readonly method: string } };
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** A request as it comes to the function's URL. */
export interface ReplyRequest {
  readonly method: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The form, with POST. */
  readonly body: string;
}

export interface ReplyAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const mostDays = 365;
const proposedDays = 90;
const mostBody = 5000;

/** A link was opened (GET: a page that asks) or a button pressed (POST: it is done). The table is asked only where the signature is right. */
export async function replyTo({ method, query, body }: ReplyRequest, place: AnswerPlace, key: string): Promise<ReplyAnswer> {
  if (method !== "GET" && method !== "POST") return note(405, "That cannot be done here", "Open the link of the message.");
  const form = new URLSearchParams(method === "POST" && body.length <= mostBody ? body : "");
  const token = (method === "POST" ? form.get("token") : query.t) ?? "";
  const claim = readReply(token, key, place.now);
  if (claim === "invalid") return note(403, "This link is not one of ours", "It is not whole: copy all of it from the message.");
  if (claim === "expired")
    return note(410, "This link is too old", "The next question brings a new one; until then there is smalltarget answer.");
  const question = (await place.store.questions.all(place.account)).find(({ id }) => id === claim.question);
  if (!question) return note(404, "There is no such question", "It was asked of another deployment.");
  if (method === "GET") {
    const days = { first: dayAfter(place.now, 1), last: dayAfter(place.now, mostDays), proposed: dayAfter(place.now, proposedDays) };
    return send(
      200,
      replyPage({ question: question.id, arn: question.arn, to: claim.to, token, days, history: question.events.map(eventText) }),
    );
  }
  const answer = answers.find((word): word is AnswerWord => word === form.get("answer"));
  const until = form.get("until") ?? "";
  if (!answer || (answer === "needed" && !isDayIn(until, place.now))) {
    return note(400, "That is no answer", `Needed goes with a day from ${dayAfter(place.now, 1)} to ${dayAfter(place.now, mostDays)}.`);
  }
  const by = `whoever has the reply link that was sent to ${claim.to || "the account's owner"}`;
  const done = await answerQuestion(place, question, {
    answer,
    by,
    ...(answer === "needed" ? { until: new Date(`${until}T00:00:00Z`).toISOString() } : {}),
  });
  const accepted = done.held.length === 1 ? "1 finding is" : `${done.held.length} findings are`;
  const what = {
    needed: `It is needed until ${until}: ${accepted} accepted until then.`,
    "can-go": "It can go: whoever cleans up sees that you said so.",
    "not-mine": "It is somebody else's: the account's owner is told next.",
  };
  return note(200, "Thank you", what[answer]);
}

/** Days that a button in chat accepts a finding for: nobody can see who pressed it, so it buys time and accepts nothing for good. */
export const snoozeDays = 7;

/** The button in chat. Answers a sentence for the channel. */
export async function snooze(id: string, place: AnswerPlace): Promise<string> {
  const { store, account, now } = place;
  const finding = /^F-[0-9A-Z]{10}$/.test(id) ? await store.findingById(id) : undefined;
  if (!finding || finding.resource.account !== account) return "There is no such finding in this account.";
  if (finding.status === "RESOLVED") return `${id} is resolved: there is nothing to wait for.`;
  // a decision that somebody made with a name and a reason is not shortened by a button
  if (finding.acknowledged)
    return `${id} is accepted until ${finding.acknowledged.until.slice(0, 10)} already (${finding.acknowledged.ack}).`;
  const until = new Date(now.getTime() + snoozeDays * dayMs).toISOString();
  const wanted = {
    scope: { kind: "finding", finding: id } as const,
    reason: "fix-scheduled" as const,
    comment: `snoozed for ${snoozeDays} days by the button in chat`,
    until,
    alsoUntil: "evidence-changed" as const,
    by: "a button in chat: whoever may press it there",
    finding: { id, severity: finding.severity, evidenceDigest: materialDigest(finding.materialKey) },
  };
  await acknowledge(place, newDecision(wanted, await store.decisions.all(account), now));
  return `${id} is not told again until ${until.slice(0, 10)}, unless it changes. To accept it for longer, with a reason: smalltarget ack ${id}`;
}

function isDayIn(day: string, now: Date): boolean {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && new Date(`${day}T00:00:00Z`).toString() !== "Invalid Date";
  return isDay && day >= dayAfter(now, 1) && day <= dayAfter(now, mostDays);
}

function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * dayMs).toISOString().slice(0, 10);
}

function eventText({ kind, at, by, until, note: said }: QuestionEvent): string {
  return `${at.slice(0, 10)} ${kind}${until ? ` until ${until.slice(0, 10)}` : ""}, ${by}${said ? `: ${said}` : ""}`;
}

function note(statusCode: number, title: string, text: string): ReplyAnswer {
  return send(statusCode, replyNote(title, text));
}

function send(statusCode: number, body: string): ReplyAnswer {
  return { statusCode, headers: replyHeaders, body };
}
