/** Ways in from outside that the policy of a queue, topic, bus or bucket opens. Pure. */
import { outside, type Relation, type RelationKind } from "../../model/graph.ts";
import { grantsOf, type PolicyContext } from "../policy.ts";
import { conditionsOf, isEverybody, listOf } from "../policy-conditions.ts";
import { statementsOf } from "../policy-document.ts";
import { matches } from "../policy-match.ts";

/** What a caller from outside may do, by the action that stands for it. */
export interface Way {
  readonly action: string;
  readonly kind: Extract<RelationKind, "publishes-to" | "may-read" | "may-write">;
}

export interface Doors {
  readonly relations: readonly Relation[];
  /** Statements that let everybody in, by way: their Sid, or `noSid`. */
  readonly public: Readonly<Record<string, readonly string[]>>;
}

export const noSid = "(without Sid)";

/**
 * @param evidence the operation that answered the policy
 * @param signedOnly the service takes no anonymous call: everybody means any AWS account
 * @throws when the policy is no JSON
 */
export function doorsOf(
  arn: string,
  policy: string | undefined,
  ways: readonly Way[],
  evidence: string,
  place: PolicyContext & { readonly signedOnly?: boolean },
): Doors {
  const relations: Relation[] = [];
  const open: Record<string, string[]> = {};
  for (const { action, kind } of ways) {
    for (const grant of grantsOf(policy, place, { action, resource: resourceOf(arn, action) })) {
      if (grant.who.startsWith("service:")) continue;
      const auth = grant.auth === "none" && place.signedOnly ? "cross-account" : grant.auth;
      const statement = grant.sid || noSid;
      relations.push({ from: grant.who, to: arn, kind, auth, enabled: true, evidence: `${evidence}, statement ${statement}` });
      // addresses and VPCs are no everybody
      if (grant.who !== outside.internet || grant.auth === "network") continue;
      open[action] = [...new Set([...(open[action] ?? []), statement])];
    }
  }
  return { relations, public: open };
}

/** Actions on objects speak of what is in the bucket. */
function resourceOf(arn: string, action: string): string {
  return /^arn:[^:]+:s3:::/.test(arn) && action.includes("Object") ? `${arn}/*` : arn;
}

/** True when the policy turns away whatever comes over plain http: a Deny for everybody where aws:SecureTransport is false. */
export function refusesPlainText(policy: string | undefined, action: string): boolean {
  return statementsOf(policy).some((statement) => {
    if (statement.Effect !== "Deny" || !isEverybody(statement.Principal)) return false;
    if (!listOf(statement.Action).some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()))) return false;
    const conditions = conditionsOf(statement);
    // a further condition would let some plain text through
    return conditions.length === 1 && conditions.every(({ key, values }) => key === "aws:securetransport" && values.includes("false"));
  });
}
