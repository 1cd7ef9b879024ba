/** Addresses that somebody could subscribe to a topic. Pure. */
import { arnsLike, filler, instanceOf } from "./arns.ts";
import type { Owner } from "./callers.ts";
import type { Mention } from "./choices.ts";
import type { ContextValue } from "./operators.ts";

/** Domains under which anybody gets a host of his own. */
const shared = /(^|\.)(amazonaws\.com(\.cn)?|on\.aws|cloudfront\.net)$/;
/** Mail domains at which anybody gets an address. */
const sharedMail = /^(gmail\.com|outlook\.com|hotmail\.com|yahoo\.com|icloud\.com|proton\.me)$/;

/** @param owner who subscribes; undefined without credentials */
export function endpointsOf(owner: Owner | undefined, mentions: readonly Mention[]): ContextValue[] {
  const of = mentions.flatMap(({ value }) => {
    if (value.startsWith("arn:")) return owner ? arnsLike(value, owner, "sqs") : [];
    return isAnybodys(value) ? [instanceOf(value)] : [];
  });
  const own = owner ? [`arn:aws:sqs:us-east-1:${owner.id}:${filler}`] : [];
  return [...[...new Set([...of, `https://${filler}.example/`, `${filler}@${filler}.example`, ...own])].map((one) => [one]), "absent"];
}

/** Whether somebody whom nobody knows can have an address that fits: one of a named domain is its owner's. */
function isAnybodys(pattern: string): boolean {
  if (!/[*?]/.test(pattern)) return false;
  const [, host = pattern] = /^https?:\/\/([^/]*)/.exec(pattern) ?? [];
  const domain = host.split("@").at(-1) ?? host;
  // `*example.com` fits `not-example.com`; `*.example.com` and `*@example.com` fit what its owner gives out
  const [first = ""] = domain;
  if (!/[*?]/.test(first)) return sharedMail.test(domain) || /^\+?\d*[*?]+$/.test(pattern);
  const rest = domain.replace(/^[*?]+/, "");
  return !rest.startsWith(".") || shared.test(rest.slice(1)) || /[*?]/.test(rest);
}
