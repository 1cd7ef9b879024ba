/** One message through one channel, and everything that is written down about it. */
import type { StoredFinding } from "../model/finding.ts";
import { toldStatus } from "../model/outbox.ts";
import { cleanText } from "../model/plain-text.ts";
import type { ChannelState, ListReceipt } from "../store/store.ts";
import { type Answer, type Channel, DeliveryError, mostMemory, NoAnswerError, type Remembered } from "./channel.ts";
import { type Delivery, stateAfter } from "./plan.ts";
import type { Progress } from "./progress.ts";
import { acceptedReceipt, receiptOf, toldAs } from "./receipt.ts";
import { label } from "./teams.ts";

export interface SendOutcome {
  /** Findings that the channel took. */
  readonly told: number;
  /** Ids of those that could not be marked, because somebody else kept writing them. */
  readonly notCleared: readonly string[];
  /** Why it did not take all, or what else went wrong. */
  readonly error?: string;
  /** No other message would be accepted now. */
  readonly hopeless?: boolean;
  /** What the channel wants a person to know. */
  readonly notes?: readonly string[];
}

/**
 * Sends and writes down. A list is written down before it is sent (`keepsLists`), so that the next run knows what a killed one was doing.
 * @throws when the store cannot be written
 */
export async function sendAndWrite(
  channel: Channel,
  delivery: Delivery,
  progress: Progress,
  now: Date,
  keepsLists: boolean,
): Promise<SendOutcome> {
  const { shape, message, findings } = delivery;
  if (shape === "weekly") return sendWeekly(channel, delivery, progress, now);
  // one finding is marked in one write: only a list can be caught halfway
  const receipt = keepsLists && shape !== "single" && findings.length > 1 ? receiptOf(shape, message, now) : undefined;
  if (receipt) await progress.change(channel.name, (state) => ({ ...state, receipt }));
  let answer: Answer;
  try {
    answer = await inTime(channel, channel.send(message, rememberedBy(channel.name, progress.known)));
  } catch (error) {
    // it may have arrived: then the next run sends the same list again, not another one
    if (receipt && !(error instanceof NoAnswerError)) await progress.change(channel.name, withoutReceipt);
    const hopeless = error instanceof DeliveryError && error.permanent;
    return { told: 0, notCleared: [], error: error instanceof Error ? error.message : String(error), hopeless };
  }
  const took = new Set(answer.accepted);
  const accepted = findings.filter(({ id }) => took.has(id));
  if (accepted.length === 0) {
    if (receipt) await progress.change(channel.name, withoutReceipt);
    const error = answer.why ?? "the channel took none of it; the next scan tries again";
    return { told: 0, notCleared: [], error, ...notesOf(answer) };
  }
  const tooLong = Object.values(answer.remember ?? {}).filter((memory) => memory.length > mostMemory);
  const error = complaint(findings.length - accepted.length, tooLong.length, answer.why);
  const notCleared = await writeDown(channel.name, { ...delivery, findings: accepted }, fitting(answer), progress, now, receipt);
  return { told: accepted.length, notCleared, ...(error === undefined ? {} : { error }), ...notesOf(answer) };
}

/** Tells of no finding, so nothing of any finding is written down: only that it was sent. */
async function sendWeekly(channel: Channel, { message, shape }: Delivery, progress: Progress, now: Date): Promise<SendOutcome> {
  try {
    await inTime(channel, channel.send(message, []));
  } catch (error) {
    const hopeless = error instanceof DeliveryError && error.permanent;
    return { told: 0, notCleared: [], error: error instanceof Error ? error.message : String(error), hopeless };
  }
  await progress.change(channel.name, (state) => stateAfter(state, { shape }, now));
  return { told: 0, notCleared: [] };
}

async function writeDown(
  channel: string,
  { shape, message, findings, moreFollow }: Delivery,
  answer: Answer,
  progress: Progress,
  now: Date,
  receipt: ListReceipt | undefined,
): Promise<readonly string[]> {
  const after = { shape, ...(moreFollow ? { moreFollow } : {}) };
  const told = new Map(findings.map((finding) => [finding.id, toldAs(finding, message.id, answer.remember?.[finding.id])]));
  try {
    if (!receipt) {
      const notCleared = await progress.mark(channel, told);
      await progress.change(channel, (state) => stateAfter(state, after, now));
      return notCleared;
    }
    const taken = acceptedReceipt(receipt, findings, answer);
    await progress.change(channel, (state) => stateAfter({ ...state, receipt: taken }, after, now));
    const notCleared = await progress.mark(channel, told);
    // what could not be marked is marked by the next run
    if (notCleared.length === 0) await progress.change(channel, withoutReceipt);
    return notCleared;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`"${message.subject}" was sent, but the store did not take note of it, so that it may be sent again: ${why}`, {
      cause: error,
    });
  }
}

function withoutReceipt({ receipt: _, ...state }: ChannelState): ChannelState {
  return state;
}

/** Waits no longer than the channel's limit: one that does not answer must not keep the others from sending. `then`: what comes of it. */
export async function inTime<T>(
  { name, limits: { sendSeconds } }: Channel,
  answer: Promise<T>,
  then = "the next scan tries again, and should it have arrived, with the same id",
): Promise<T> {
  const tooLate = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = `channel ${name} did not answer within ${sendSeconds} s; ${then}`;
    tooLate.reject(new NoAnswerError(error, true));
  }, sendSeconds * 1000);
  try {
    return await Promise.race([answer, tooLate.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Everything that the channel wanted remembered, of this message's findings and of others. */
function rememberedBy(channel: string, known: ReadonlyMap<string, StoredFinding>): Remembered[] {
  return [...known.values()].flatMap((finding) => {
    const told = finding.told?.[channel];
    const team = label(finding.owner.team);
    if (told?.memory === undefined) return [];
    // also of what is still open somewhere, but no longer this channel's
    const status = told.status === "resolved" ? "resolved" : toldStatus(finding);
    const { memory } = told;
    return [{ findingId: finding.id, rule: finding.rule, ...(team ? { team } : {}), status, memory }];
  });
}

function fitting({ accepted, remember = {} }: Answer): Answer {
  const short = Object.entries(remember).filter(([, memory]) => memory.length <= mostMemory);
  return { accepted, ...(short.length > 0 ? { remember: Object.fromEntries(short) } : {}) };
}

/** Foreign words in them are cleaned, and one that is not to the point is cut. */
function notesOf({ notes = [] }: Answer): { readonly notes?: readonly string[] } {
  return notes.length > 0 ? { notes: notes.slice(0, mostNotes).map((note) => cleanText(note, 600)) } : {};
}

const mostNotes = 20;

function complaint(refused: number, tooLong: number, why?: string): string | undefined {
  const parts = [
    ...(refused > 0
      ? [
          `the channel took the others, not these ${refused}; the next scan tries them again${why === undefined ? "" : ` (${cleanText(why, 600)})`}`,
        ]
      : []),
    ...(tooLong > 0 ? [`${tooLong} of its memories have more than ${mostMemory} characters and were not kept`] : []),
  ];
  return parts.length > 0 ? parts.join("; ") : undefined;
}
