/** What the rules about roles have in common: which roles they look at, who has them, and from how far outside those can be reached. */
import type { Evidence, Remediation } from "../model/finding.ts";
import type { RoleAccess, RoleUser } from "../model/role-access.ts";
import { worstExposure } from "../permissions/role-risk.ts";
import { stackAdvice } from "../wording/aws-cli.ts";
import { text } from "../wording/words.ts";

/** Functions have it; where nobody said which functions there are, it is for functions. */
export function isFunctionRole({ principal, functions }: RoleAccess, trustedServices: unknown): boolean {
  if (principal.kind !== undefined) return false;
  if (functions) return functions.length > 0;
  return Array.isArray(trustedServices) && trustedServices.some((one) => /^lambda\.amazonaws\.com(\.cn)?$/.test(String(one)));
}

/** `orders (eu-west-1)`, sorted. */
export function functionNames(functions: readonly RoleUser[] | undefined): string[] {
  return (functions ?? []).map(({ facts: { name, region } }) => `${name} (${region})`).sort();
}

/** What every finding about a role says of those who have it. */
export function usersEvidence({ functions }: RoleAccess): Evidence {
  const exposure = worstExposure(functions);
  return { ...(functions ? { functions: functionNames(functions) } : {}), ...(exposure ? { exposure } : {}) };
}

/** ` of orders (eu-west-1) and 3 more functions`; empty where nobody said which functions there are. */
export function whoHasIt({ functions }: Evidence): string {
  if (!Array.isArray(functions) || functions.length === 0) return "";
  const [first, ...rest] = functions;
  return rest.length === 0 ? ` of ${text(first)}` : ` of ${text(first)} and ${rest.length} more function${rest.length === 1 ? "" : "s"}`;
}

/** What could not be read of the policies, as the answer of a rule that found nothing in the rest. */
export function unreadPolicies({ grant: { unread } }: RoleAccess): string | undefined {
  return unread.length > 0 ? `${unread.slice(0, 3).join(", ")} could not be read` : undefined;
}

/** Advice and commands; where the role belongs to a stack, its template is the place. */
export function roleRemediation(evidence: Evidence, advice: string, commands: readonly string[]): Remediation {
  const inStack = stackAdvice(text(evidence.stack) || undefined, text(evidence.logicalId) || undefined, "change it");
  return { text: `${inStack}${advice}`, commands };
}
