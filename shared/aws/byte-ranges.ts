/**
 * The one way to the bytes of deployed code: ranges by presigned links, paced, counted, recorded and replayed like every request. What is
 * recorded names the artifact, never the link.
 */
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { ClientOptions } from "./client-options.ts";
import { emulatorHost, isThisMachine } from "./endpoint.ts";
import { isThrottle, markOperation } from "./errors.ts";
import { presignedRead } from "./pace.ts";
import { type ByteRange, getRange, LinkError, linkExpired, type RangedBytes } from "./ranged-get.ts";

/** Asks AWS for the link to an artifact when bytes are really fetched: a replay asks for none. */
export type AskLink = () => Promise<string>;

export interface ByteRanges {
  /** A reader of one artifact. @param artifact what it is called in recordings, e.g. `code SHA` */
  open(artifact: string, region: string, askLink: AskLink): RangeReader;
}

/** @throws LinkError, and whatever asking for the link throws */
export type RangeReader = (range: ByteRange) => Promise<RangedBytes>;

interface Waiting {
  readonly timeoutMs: number;
  readonly retryMs: number;
}

const attempts = 3;
const usualWaiting: Waiting = { timeoutMs: 60_000, retryMs: 300 };
/** Not more at once: artifacts are read some at a time, and each asks for one range after the other. */
const mostConnections = 16;
const wholeBytes = 8 * 1024 * 1024;

/** @param endpointUrl AWS_ENDPOINT_URL: of an emulator links are followed to where it is, and nowhere else */
export function byteRanges(options: ClientOptions, endpointUrl: string | undefined, waiting = usualWaiting): ByteRanges {
  const agents = {
    "https:": new HttpsAgent({ keepAlive: true, maxSockets: mostConnections }),
    "http:": new HttpAgent({ keepAlive: true, maxSockets: mostConnections }),
  };
  const fetchOnce = async (link: string, range: ByteRange, region: string): Promise<RangedBytes> => {
    const { pace, calls, onCall } = options;
    const url = checkedLink(link, endpointUrl);
    await pace.wait(presignedRead, region);
    calls.add(presignedRead);
    onCall?.(presignedRead, region);
    try {
      const agent = agents[url.protocol as keyof typeof agents];
      const answer = await getRange(url, range, { agent, timeoutMs: waiting.timeoutMs, wholeBytes });
      pace.answered(presignedRead, region);
      return answer;
    } catch (error) {
      if (isThrottle(error)) pace.throttled(presignedRead, region);
      throw error;
    }
  };
  const fetchPatiently = async (link: string, range: ByteRange, region: string): Promise<RangedBytes> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await fetchOnce(link, range, region);
      } catch (error) {
        if (!(error instanceof LinkError && error.passing) || attempt === attempts) throw error;
        await new Promise((done) => setTimeout(done, waiting.retryMs * 2 ** attempt));
      }
    }
  };
  return {
    open(artifact, region, askLink) {
      let link: string | undefined;
      const fetchRange = async (range: ByteRange): Promise<RangedBytes> => {
        link ??= await askLink();
        try {
          return await fetchPatiently(link, range, region);
        } catch (error) {
          if (!(error instanceof LinkError && error.name === linkExpired)) throw error;
          // once: a link that was just given and is not accepted either will not be accepted another time
          link = await askLink();
          return await fetchPatiently(link, range, region);
        }
      };
      return (range) => taped(options, { artifact, region, range }, () => fetchRange(range));
    },
  };
}

async function taped(
  { tape, calls, onCall }: ClientOptions,
  { artifact, region, range }: { readonly artifact: string; readonly region: string; readonly range: ByteRange },
  fetchRange: () => Promise<RangedBytes>,
): Promise<RangedBytes> {
  try {
    if (!tape) return await fetchRange();
    if (tape.offline) {
      calls.add(presignedRead);
      onCall?.(presignedRead, region);
    }
    const answer = await tape.answer({ operation: presignedRead, region, input: { artifact, ...range } }, async () => {
      const { bytes, ...where } = await fetchRange();
      return { ...where, bytes: bytes.toString("base64") };
    });
    return replayed(answer);
  } catch (error) {
    markOperation(error, presignedRead);
    throw error;
  }
}

function replayed({ bytes, from, total }: Record<string, unknown>): RangedBytes {
  if (typeof bytes !== "string" || typeof from !== "number" || typeof total !== "number") {
    throw new LinkError("RangeMismatch", "what was recorded is no range of bytes");
  }
  return { bytes: Buffer.from(bytes, "base64"), from, total };
}

function checkedLink(link: string, endpointUrl: string | undefined): URL {
  const refuse = (why: string) => new LinkError("LinkRefused", `the link to the code is not followed: ${why}`);
  if (!URL.canParse(link)) throw refuse("it is no URL");
  const url = new URL(link);
  const emulator = emulatorHost(endpointUrl);
  if (url.username !== "" || url.password !== "") throw refuse("it names a user");
  if (emulator !== undefined && url.hostname !== emulator && !isThisMachine(url.hostname)) throw refuse("an emulator leads elsewhere");
  const isPlainAllowed = emulator !== undefined && isThisMachine(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isPlainAllowed)) throw refuse("it is not of HTTPS");
  return url;
}
