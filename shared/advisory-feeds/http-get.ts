/** Bytes by HTTP, whole or a range of them: bounded in size and time, asked for again when the failure may pass, never half of them. */
import { setTimeout as wait } from "node:timers/promises";
import { FeedError } from "./feed-error.ts";

export interface Answer {
  /** Undefined: there is no such thing. */
  readonly bytes: Buffer | undefined;
  /** Where `bytes` begin, and how many there are in all. */
  readonly from: number;
  readonly total: number;
  /** Changes with the content; absent where the server does not say. */
  readonly version?: string;
}

export interface Ask {
  /** From up to, not including, to; or the last so many bytes. A server may answer everything. */
  readonly range?: { readonly from: number; readonly to: number } | { readonly last: number };
  readonly mostBytes: number;
  /** Sent as JSON, by POST. */
  readonly body?: unknown;
}

export type HttpGet = (url: string, ask: Ask) => Promise<Answer>;

export interface Patience {
  /** Without a byte. */
  readonly idleMs: number;
  /** For one answer as a whole. */
  readonly totalMs: number;
  /** Before the second attempt, the third and so on. */
  readonly pausesMs: readonly number[];
}

export const usualPatience: Patience = { idleMs: 20_000, totalMs: 300_000, pausesMs: [500, 3000] };

/** For a person who waits: whoever does not answer within seconds does not answer. */
export const littlePatience: Patience = { idleMs: 10_000, totalMs: 120_000, pausesMs: [500] };

/** May be otherwise the next time. */
class PassingError extends Error {}

/** The server was there, and said that it cannot; perhaps also when it can. */
class BusyError extends PassingError {
  readonly afterMs: number;

  constructor(message: string, { afterMs = 0, ...options }: ErrorOptions & { readonly afterMs?: number } = {}) {
    super(message, options);
    this.afterMs = afterMs;
  }
}

/** Who asks to come back later than that is asked again by the next scan or fetch. */
const longestPauseMs = 30_000;

/** @param signal ends every request, and its repetition */
export function httpGet(patience: Patience = usualPatience, signal?: AbortSignal): HttpGet {
  return async (url, ask) => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await once(url, ask, patience, signal);
      } catch (error) {
        if (error instanceof FeedError) throw error;
        const pause = patience.pausesMs[attempt];
        const afterMs = error instanceof BusyError ? error.afterMs : 0;
        if (pause === undefined || signal?.aborted || afterMs > longestPauseMs) {
          const why = signal?.aborted ? "there was no more time for it" : reasonOf(error);
          throw new FeedError(`${url} cannot be read: ${why}`, { cause: error, isUnreachable: !(error instanceof BusyError) });
        }
        await wait(Math.max(pause, afterMs));
      }
    }
  };
}

async function once(url: string, ask: Ask, { idleMs, totalMs }: Patience, signal: AbortSignal | undefined): Promise<Answer> {
  const { range, body } = ask;
  const idle = new AbortController();
  let timer = setTimeout(() => idle.abort(new PassingError(`no byte within ${idleMs / 1000} s`)), idleMs);
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => idle.abort(new PassingError(`no byte within ${idleMs / 1000} s`)), idleMs);
  };
  try {
    const wanted = range === undefined ? {} : { Range: "last" in range ? `bytes=-${range.last}` : `bytes=${range.from}-${range.to - 1}` };
    const ends = AbortSignal.any([idle.signal, AbortSignal.timeout(totalMs), ...(signal ? [signal] : [])]);
    const post =
      body === undefined
        ? { headers: {} }
        : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    const headers = { ...wanted, ...post.headers, "Accept-Encoding": "identity" };
    const response = await fetch(url, { ...post, headers, signal: ends });
    try {
      return await answerOf(url, response, ask, again);
    } catch (error) {
      // cut off: somebody answers there, and may answer the next question
      throw error instanceof TypeError ? new BusyError(reasonOf(error), { cause: error }) : error;
    } finally {
      // whatever was not read is not wanted
      if (!response.bodyUsed) await response.body?.cancel();
    }
  } finally {
    clearTimeout(timer);
  }
}

async function answerOf(url: string, response: Response, { range, mostBytes }: Ask, again: () => void): Promise<Answer> {
  const { status, headers } = response;
  const ranged = range !== undefined;
  // 416: the range lies behind the end
  if (status === 404 || status === 410 || (status === 416 && ranged)) return { bytes: undefined, from: 0, total: 0 };
  if (status === 429 || status >= 500) {
    const afterMs = retryAfterMs(headers.get("retry-after"), Date.now());
    const later = afterMs > longestPauseMs ? `, and asks to wait for ${Math.ceil(afterMs / 1000)} s` : "";
    throw new BusyError(`the server answered ${status}${later}`, { afterMs });
  }
  if (status !== 200 && status !== 206) throw new FeedError(`${url} cannot be read: the server answered ${status}`);
  const said = headers.get("content-length");
  if (Number(said) > mostBytes) throw new FeedError(`${url} is not read: it has ${said} bytes, more than ${mostBytes}`);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    again();
    length += part.length;
    if (length > mostBytes) throw new FeedError(`${url} is not read: it has more than ${mostBytes} bytes`);
    parts.push(part);
  }
  // fewer bytes than were said have failed already
  const bytes = Buffer.concat(parts, length);
  const version = headers.get("etag") ?? headers.get("last-modified");
  const whole = { bytes, ...(version === null ? {} : { version }) };
  if (status === 200) return { ...whole, from: 0, total: length };
  const [, first, last, all] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(headers.get("content-range") ?? "") ?? [];
  if (all === undefined || Number(last) - Number(first) + 1 !== length)
    throw new PassingError("the server sent another range than it says");
  return { ...whole, from: Number(first), total: Number(all) };
}

/** Seconds or a date (RFC 9110, 10.2.3); 0 where it says neither. */
function retryAfterMs(said: string | null, now: number): number {
  if (said === null) return 0;
  if (/^\d{1,9}$/.test(said)) return Number(said) * 1000;
  const until = Date.parse(said);
  return Number.isNaN(until) ? 0 : Math.max(0, until - now);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "it takes too long";
  const { cause } = error;
  return cause instanceof Error ? `${error.message} (${(cause as NodeJS.ErrnoException).code ?? cause.message})` : error.message;
}
