/** HTTP for channels: bounded in time and size, patient where patience helps, and never following to where it was not sent. */
import { cleanText } from "../model/plain-text.ts";
import { DeliveryError, NoAnswerError } from "./channel.ts";
import type { HttpAnswer, HttpRequest } from "./channel-kind.ts";

/** What is read of an answer. */
export const mostAnswerBytes = 1_000_000;

/** Requests in one go, the first among them. */
const mostAttempts = 5;
/**
 * Of those, how many may have been heard without an answer (cut off, too slow): each may have made a message of its own, and at most
 * one is to be there twice.
 */
const mostUnanswered = 2;
/** One request, with its answer read to the end, seconds. */
const attemptSeconds = 15;
const firstPauseMs = 500;
const longestPauseMs = 20_000;

export interface HttpSurroundings {
  readonly fetch: typeof fetch;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** From 0 to 1. */
  readonly random: () => number;
  /** When the message has to be through, in milliseconds of the clock. */
  readonly deadline: () => number;
}

export const realSurroundings: Omit<HttpSurroundings, "deadline"> = {
  fetch: globalThis.fetch,
  clock: Date.now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
};

/** What came of one request. `heard`: it may have reached the receiver. */
type Attempt = { readonly answer: HttpAnswer } | { readonly failure: string; readonly heard: boolean };

/**
 * Asks, and where the answer is 429 or 5xx or there is none, again in the same words: after what Retry-After says, or pauses that double;
 * with `once` only where it was certainly not worked off.
 * Answers the last answer there was. @throws NoAnswerError where there was none, DeliveryError where it never left this machine
 */
export async function askPatiently(
  request: HttpRequest,
  { once = false }: { readonly once?: boolean },
  surroundings: HttpSurroundings,
): Promise<HttpAnswer> {
  const { clock, deadline, sleep, random } = surroundings;
  const host = URL.parse(request.url)?.host ?? "the address";
  let unanswered = 0;
  for (let number = 1; ; number += 1) {
    const left = deadline() - clock();
    const attempt: Attempt =
      left > 0
        ? await ask(request, Math.min(left, attemptSeconds * 1000), surroundings)
        : { failure: "there was no time left", heard: false };
    if ("answer" in attempt && !isWorthAnother(attempt.answer.status)) return attempt.answer;
    if (!("answer" in attempt) && attempt.heard) unanswered += 1;
    const pause = pauseMs(attempt, number, clock(), random());
    const isLast =
      (once && !isUndone(attempt)) || number === mostAttempts || unanswered === mostUnanswered || clock() + pause >= deadline();
    if (!isLast) {
      await sleep(pause);
      continue;
    }
    if ("answer" in attempt) return attempt.answer;
    const said = `${cleanText(host, 100)}: ${attempt.failure}`;
    if (unanswered > 0) throw new NoAnswerError(`${said}; the next scan tries again, and should it have arrived, with the same id`, true);
    throw new DeliveryError(`${said}; the next scan tries again`, true);
  }
}

/** It was sent back as it came, or never got there: asking again makes no second thing. */
function isUndone(attempt: Attempt): boolean {
  return "answer" in attempt ? attempt.answer.status === 429 : !attempt.heard;
}

function isWorthAnother(status: number): boolean {
  return status === 429 || status >= 500;
}

async function ask(request: HttpRequest, ms: number, { fetch }: HttpSurroundings): Promise<Attempt> {
  const { method, url, headers = {}, body } = request;
  try {
    const response = await fetch(url, {
      method,
      headers: { "user-agent": "smalltarget", ...headers },
      ...(body === undefined ? {} : { body }),
      redirect: "manual",
      signal: AbortSignal.timeout(ms),
    });
    return { answer: { status: response.status, headers: Object.fromEntries(response.headers), body: await readText(response) } };
  } catch (error) {
    return { failure: failureOf(error, ms), heard: !neverLeft.has(reasonOf(error)) };
  }
}

/** The beginning of the answer; what is longer is not waited for. */
async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  if (!response.body) return "";
  for await (const piece of response.body as ReadableStream<Uint8Array>) {
    text += decoder.decode(piece.subarray(0, mostAnswerBytes - bytes), { stream: true });
    bytes += piece.byteLength;
    // leaving the loop cuts the connection
    if (bytes >= mostAnswerBytes) break;
  }
  return text;
}

/** Nobody has heard a request that ended so. */
const neverLeft = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "SELF_SIGNED_CERT_IN_CHAIN",
]);

/** The code of what is behind "fetch failed"; its words hold addresses, which may be secrets. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : undefined;
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0]);
  return cause instanceof Error ? ((cause as Error & { code?: unknown }).code?.toString() ?? cause.name) : "unknown";
}

function failureOf(error: unknown, ms: number): string {
  const reason = reasonOf(error);
  // DOMException has a numeric code
  if (error instanceof Error && error.name === "TimeoutError") return `no answer within ${Math.round(ms / 1000)} s`;
  if (neverLeft.has(reason)) return `it cannot be reached (${reason})`;
  return `the connection was cut before there was an answer (${reason})`;
}

/** Pauses double, and differ, so that many do not come back together; a Retry-After that is given is kept to. */
function pauseMs(attempt: Attempt, number: number, nowMs: number, random: number): number {
  const doubled = Math.min(longestPauseMs, firstPauseMs * 2 ** (number - 1));
  const own = doubled * (0.5 + random / 2);
  const asked = "answer" in attempt ? retryAfterMs(attempt.answer.headers["retry-after"], nowMs) : undefined;
  return asked === undefined ? own : Math.max(asked, own);
}

/** Seconds, or a date. Undefined: neither. */
export function retryAfterMs(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  // a date of HTTP begins with the day's name; anything else is taken for a date too easily
  const at = /^[A-Z][a-z]{2},/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
