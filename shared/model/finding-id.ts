/** The name of a finding: the same in chat thread, ticket label, SARIF and ASFF, and in every scan. */
import { createHash } from "node:crypto";

/** Crockford's base32: no I, L, O or U, so that an id survives being read aloud and typed. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const length = 10;

/**
 * `F-` and 10 characters (50 bits) of sha256(account|region|arn|rule|sub).
 * `sub` tells findings of one rule on one resource apart; leaving it out is the same as an empty one.
 */
export function findingId(account: string, region: string, arn: string, rule: string, sub = ""): string {
  return `F-${shortHash([account, region, arn, rule, sub].join("|"))}`;
}

/** 10 characters of the SHA-256 of `text`. */
export function shortHash(text: string): string {
  const digest = createHash("sha256").update(text).digest();
  let bits = BigInt(`0x${digest.subarray(0, 7).toString("hex")}`) >> 6n;
  let id = "";
  for (let i = 0; i < length; i++) {
    id = alphabet.charAt(Number(bits & 31n)) + id;
    bits >>= 5n;
  }
  return id;
}
