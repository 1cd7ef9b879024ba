/** What follows from an owner's answer about a quiet resource: a decision, a mark for pruning, or another owner. */

import { isInForce } from "../decisions/book.ts";
import { newDecision } from "../decisions/new-decision.ts";
import { isQuietRule, lastAnswer } from "../decisions/questions.ts";
import { materialDigest } from "../model/outbox.ts";
import type { AnswerWord, Question } from "../model/question.ts";
import type { Store } from "../store/store.ts";
import { acknowledge, type DecisionPlace, withdraw } from "./acknowledge.ts";

export interface AnswerPlace extends DecisionPlace {
  readonly store: DecisionPlace["store"] & Pick<Store, "questions" | "ownerOverrides" | "setOwner" | "findingById">;
}

export interface Given {
  readonly answer: AnswerWord;
  /** With `needed`: ISO 8601 UTC. */
  readonly until?: string;
  readonly by: string;
  readonly note?: string;
}

export interface Answered {
  /** Ids of findings that are held now. */
  readonly held: readonly string[];
  /** Ids of findings that an earlier answer held. */
  readonly released: readonly string[];
  /** The team that somebody had named as owner by hand, and that is no longer. */
  readonly disowned?: string;
}

/**
 * Carries an answer out and writes it down last: what is killed before that can be answered again.
 * @throws DecisionRefusedError when it may not be needed for so long
 */
export async function answerQuestion(place: AnswerPlace, question: Question, given: Given): Promise<Answered> {
  const { store, account, now } = place;
  const { arn } = question;
  const open = (await store.openFindings(account)).filter(({ resource, rule }) => resource.arn === arn && isQuietRule(rule));
  const released = given.answer === "needed" ? [] : await takeBack(place, question, given);
  const acks = given.answer === "needed" ? await keep(place, arn, open, given) : [];
  const overrides = await store.ownerOverrides(account);
  const override = overrides.get(arn);
  const disowned = given.answer === "not-mine" && override !== undefined ? override : undefined;
  if (disowned !== undefined) await store.setOwner(account, arn, undefined);
  const owner = question.events.findLast(({ kind }) => kind === "asked")?.owner ?? open[0]?.owner.team ?? "";
  const { answer, until, by, note } = given;
  await store.questions.add(account, [
    {
      question: question.id,
      arn,
      kind: answer,
      at: now.toISOString(),
      by,
      owner,
      ...(answer === "needed" && until ? { until } : {}),
      ...(note ? { note } : {}),
      ...(acks.length > 0 ? { acks: acks.map(({ id }) => id) } : {}),
    },
  ]);
  return { held: acks.flatMap(({ held }) => held), released, ...(disowned === undefined ? {} : { disowned }) };
}

/** Accepts what says that the resource is unused: its advice does not apply to what is needed. */
async function keep(
  place: AnswerPlace,
  arn: string,
  open: Awaited<ReturnType<Store["openFindings"]>>,
  { until = "", by, note }: Given,
): Promise<{ readonly id: string; readonly held: readonly string[] }[]> {
  const { store, account, now } = place;
  const done: { readonly id: string; readonly held: readonly string[] }[] = [];
  for (const { id, rule, severity, materialKey } of open) {
    const wanted = {
      scope: { kind: "rule+resource", rule, arn } as const,
      reason: "not-applicable" as const,
      comment: `still needed until ${until.slice(0, 10)}${note ? `: ${note}` : ", says its owner"}`,
      until,
      alsoUntil: "worse" as const,
      by,
      finding: { id, severity, evidenceDigest: materialDigest(materialKey) },
    };
    const ack = newDecision(wanted, await store.decisions.all(account), now);
    const { held } = await acknowledge(place, ack);
    done.push({ id: ack.id, held: held.map((one) => one.id) });
  }
  return done;
}

/** Ends the decisions of an earlier answer. */
async function takeBack(place: AnswerPlace, { events }: Question, { by, answer }: Given): Promise<string[]> {
  const { store, account, now } = place;
  const ids = new Set(lastAnswer(events)?.acks ?? []);
  const records = ids.size === 0 ? [] : await store.decisions.all(account);
  const released: string[] = [];
  for (const record of records.filter((one) => ids.has(one.id) && isInForce(one, now))) {
    const settled = await withdraw(place, record, by, `answered ${answer}`);
    released.push(...settled.released.map(({ id }) => id));
  }
  return released;
}
