/** The token in a reply link: which question it answers, whom it was sent to, until when. Signed, so that nobody can make or change one. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { dayMs } from "../model/day.ts";

export interface ReplyClaim {
  /** Q-... */
  readonly question: string;
  /** Team that it was sent to. */
  readonly to: string;
  /** Epoch milliseconds. */
  readonly until: number;
}

/** Two rounds of a week, and time to be on holiday. */
export const replyDays = 30;

/** Longer ones are not looked at. */
const mostCharacters = 1000;

export function signReply(question: string, to: string, key: string, now: Date): string {
  const claim: ReplyClaim = { question, to, until: now.getTime() + replyDays * dayMs };
  const body = Buffer.from(JSON.stringify(claim)).toString("base64url");
  return `${body}.${signatureOf(body, key).toString("base64url")}`;
}

/** `invalid`: not one of ours, or changed; `expired`: it was one. */
export function readReply(token: string, key: string, now: Date): ReplyClaim | "invalid" | "expired" {
  const [, body = "", signature = ""] = token.length > mostCharacters ? [] : (/^([\w-]+)\.([\w-]{43})$/.exec(token) ?? []);
  if (body === "" || !timingSafeEqual(Buffer.from(signature, "base64url"), signatureOf(body, key))) return "invalid";
  // whoever could sign it wrote it
  const claim = JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as ReplyClaim;
  return now.getTime() < claim.until ? claim : "expired";
}

function signatureOf(body: string, key: string): Buffer {
  if (key.length < 32) throw new Error("the key of reply links is too short: deploy the stack again, which makes one");
  return createHmac("sha256", key).update(`smalltarget reply v1.${body}`).digest();
}
