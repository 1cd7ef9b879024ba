/** ARNs that somebody could have, made after the patterns of a policy. Pure. */
import type { Owner } from "./callers.ts";
import { matches } from "./match.ts";

/** What stands where a pattern leaves the choice; long and odd enough that no other pattern means it. */
export const filler = "f1ll";

/** A text that the pattern fits. */
export function instanceOf(pattern: string): string {
  return pattern.replaceAll("*", filler).replaceAll("?", "f");
}

/** Roles under this path are taken by AWS services only, in every account. */
const ofServices = ":role/aws-service-role/";

/**
 * ARNs of `owner` that fit `pattern`: none where the pattern names another account. An ARN without an account (a bucket's) is
 * anybody's where its name is left open; a name in full has one owner in the world, who is not a stranger.
 */
export function arnsLike(pattern: string, owner: Owner, service: string): string[] {
  const parts = completed(pattern, owner, service);
  if (!parts) return [];
  const [, partition = "", of = "", region = "", account = "", ...rest] = parts;
  const name = rest.join(":");
  const ownedByName = (account === "" || of === "s3") && !/[*?]/.test(name);
  if (ownedByName && !owner.namedAsSource) return [];
  if (account !== "" && !matches(account, owner.id)) return [];
  const arn = [
    "arn",
    /[*?]/.test(partition) ? "aws" : partition,
    /[*?]/.test(of) ? service : of,
    matches(region, "us-east-1") ? "us-east-1" : instanceOf(region),
    account === "" ? "" : owner.id,
    instanceOf(name),
  ].join(":");
  return arn.includes(ofServices) ? [] : [arn];
}

/** The six parts of the pattern; a pattern that ends or begins early says nothing of the others. */
function completed(pattern: string, owner: Owner, service: string): string[] | undefined {
  const parts = pattern.split(":");
  if (parts.length >= 6) return parts;
  if (!/[*?]/.test(pattern)) return undefined;
  if (pattern.startsWith("*")) return ["arn", "aws", service, "*", owner.id, parts.slice(1).join(":") || pattern];
  if (!pattern.endsWith("*")) return undefined;
  return Array.from({ length: 6 }, (_, part) => parts[part] ?? "*");
}
