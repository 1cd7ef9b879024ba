/** One range of bytes by one GET. The other side is not trusted: not its status, not what it says it sends, not how much it sends. */
import { type Agent, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";

/** The last bytes, or those from `from` up to, not including, `to`. */
export type ByteRange = { readonly last: number } | { readonly from: number; readonly to: number };

export interface RangedBytes {
  readonly bytes: Buffer;
  /** Where they begin: 0, and `bytes` everything, where the server does not answer ranges. */
  readonly from: number;
  /** Of the whole. */
  readonly total: number;
}

/** Why there are no bytes; the name says it in one word. No message names the link: it holds a signature. */
export class LinkError extends Error {
  override readonly name: string;
  /** Another try may do. */
  readonly passing: boolean;
  constructor(name: string, message: string, { passing = false, cause }: { readonly passing?: boolean; readonly cause?: unknown } = {}) {
    super(message, cause === undefined ? {} : { cause });
    this.name = name;
    this.passing = passing;
  }
}

/** The link is too old, or was never good. */
export const linkExpired = "LinkExpired";

export interface GetOptions {
  readonly agent: Agent;
  readonly timeoutMs: number;
  /** A server that knows no ranges sends everything: so much of it is taken. */
  readonly wholeBytes: number;
}

/** @throws LinkError */
export async function getRange(url: URL, range: ByteRange, { agent, timeoutMs, wholeBytes }: GetOptions): Promise<RangedBytes> {
  const Range = "last" in range ? `bytes=-${range.last}` : `bytes=${range.from}-${range.to - 1}`;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = url.protocol === "https:" ? httpsRequest : httpRequest;
      request(url, { method: "GET", agent, signal, headers: { Range, "Accept-Encoding": "identity" } }, resolve)
        .on("error", reject)
        .end();
    });
    try {
      return await bytesOf(response, range, wholeBytes);
    } finally {
      // whatever was not read is not wanted
      if (!response.complete) response.destroy();
    }
  } catch (error) {
    if (error instanceof LinkError) throw error;
    const code = signal.aborted ? "TimedOut" : ((error as NodeJS.ErrnoException).code ?? "ConnectionLost");
    throw new LinkError(code, signal.aborted ? `no answer within ${timeoutMs / 1000} s` : "the connection was lost", {
      passing: true,
      cause: error,
    });
  }
}

async function bytesOf(response: IncomingMessage, range: ByteRange, wholeBytes: number): Promise<RangedBytes> {
  const { statusCode = 0, headers } = response;
  if (headers["content-encoding"] && headers["content-encoding"] !== "identity") {
    throw new LinkError("RangeMismatch", "the answer is packed once more, and so no range of the artifact");
  }
  if (statusCode === 206) return partOf(response, range);
  if (statusCode === 200) return wholeOf(response, wholeBytes);
  response.destroy();
  throw errorOf(statusCode);
}

async function partOf(response: IncomingMessage, range: ByteRange): Promise<RangedBytes> {
  const [, first, last, all] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(response.headers["content-range"] ?? "") ?? [];
  const [from, to, total] = [Number(first), Number(last) + 1, Number(all)];
  const asked = "last" in range ? { from: Math.max(0, total - range.last), to: total } : range;
  if (from !== asked.from || to !== asked.to || to > total) {
    response.destroy();
    throw new LinkError("RangeMismatch", "the server answered another range than the one asked for");
  }
  const bytes = await collect(response, to - from);
  if (bytes.length !== to - from) throw new LinkError("RangeMismatch", "the server sent another number of bytes than it said");
  return { bytes, from, total };
}

async function wholeOf(response: IncomingMessage, wholeBytes: number): Promise<RangedBytes> {
  const said = Number(response.headers["content-length"] ?? 0);
  const bytes = said > wholeBytes ? undefined : await collect(response, wholeBytes);
  if (bytes === undefined || bytes.length > wholeBytes) {
    response.destroy();
    throw new LinkError("NoRanges", `the server answers no ranges, and everything is more than ${wholeBytes / 1024 / 1024} MB`);
  }
  return { bytes, from: 0, total: bytes.length };
}

/** At most one byte more than `most`. */
async function collect(response: IncomingMessage, most: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length > most) break;
  }
  return Buffer.concat(parts, Math.min(length, most + 1));
}

function errorOf(status: number): LinkError {
  if (status === 403) return new LinkError(linkExpired, "the link to the code is not accepted");
  if (status >= 300 && status < 400) return new LinkError("Redirected", "the link to the code leads elsewhere, and is not followed");
  if (status === 416) return new LinkError("EmptyArtifact", "there are no such bytes");
  const throttled = status === 429 || status === 503;
  return new LinkError(throttled ? "SlowDown" : `Http${status}`, `the server answered ${status}`, { passing: throttled || status >= 500 });
}
