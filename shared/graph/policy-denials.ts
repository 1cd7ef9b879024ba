/**
 * What the Deny statements of a resource policy leave of what its Allow statements open. A Deny applies where all of its conditions hold: who
 * fails one of them escapes it. Pure.
 */
import { type HopAuth, outside } from "../model/graph.ts";
import {
  accountKeys,
  accountOf,
  type Condition,
  conditionsOf,
  isEverybody,
  isEverywhere,
  listOf,
  networkKeys,
  organizationKeys,
  organizationsOf,
  type Statement,
  serviceKeys,
} from "./policy-conditions.ts";
import { matches } from "./policy-match.ts";

interface Escape {
  readonly who: string;
  readonly auth: HopAuth;
}

interface Caught {
  readonly who: string;
  readonly auth: HopAuth;
  readonly resources: readonly string[];
}

const network: Escape = { who: outside.internet, auth: "network" };

/** Whether the statement speaks of `action`, by Action or NotAction. */
export function speaksOf({ Action, NotAction }: Statement, action: string): boolean {
  const asked = action.toLowerCase();
  const among = (patterns: unknown) => listOf(patterns).some((pattern) => matches(pattern.toLowerCase(), asked));
  return NotAction === undefined ? among(Action) : !among(NotAction);
}

/**
 * The grant as far as `denials` leave it: none, one, or one for each kind of caller that escapes.
 * @param resource what a grant on every resource means here
 */
export function throughDenials<G extends Caught>(grant: G, denials: readonly Statement[], resource: string): G[] {
  return denials.reduce<G[]>((left, denial) => left.flatMap((one) => throughOne(one, denial, resource)), [grant]);
}

function throughOne<G extends Caught>(grant: G, denial: Statement, resource: string): G[] {
  if (!coversResources(denial, grant, resource)) return [grant];
  const escapes = escapesOf(denial);
  if (escapes === "everybody") return [grant];
  if (grant.who.startsWith("service:")) return conditionsOf(denial).length === 0 && denial.NotPrincipal === undefined ? [] : [grant];
  if (grant.who !== outside.internet) {
    // whether the account is in the organization, or calls from the network, cannot be told: it may
    const may = escapes.some(
      ({ who, auth }) => who === grant.who || auth === "network" || who === outside.internet || isOrganization(who, grant),
    );
    return may ? [grant] : [];
  }
  const left = escapes.map(({ who, auth }) =>
    auth === "network" || grant.auth === "network" ? { ...grant, auth: "network" as const } : { ...grant, who, auth },
  );
  return [...new Map(left.map((one) => [`${one.who} ${one.auth}`, one])).values()];
}

function isOrganization(who: string, grant: Caught): boolean {
  return who.startsWith("organization:") || grant.who.startsWith("organization:");
}

/** Every resource of the grant lies within the denial's. A Deny with NotResource leaves some open. */
function coversResources({ Resource, NotResource }: Statement, { resources }: Caught, resource: string): boolean {
  if (NotResource !== undefined) return false;
  const denied = Resource === undefined ? ["*"] : listOf(Resource);
  const granted = resources.length === 0 ? [resource] : resources.map((one) => (one === "*" ? resource : one));
  return granted.every((one) => denied.some((pattern) => matches(pattern, one)));
}

/** Outsiders whom the denial does not meet; its own account is no outsider. */
function escapesOf(denial: Statement): readonly Escape[] | "everybody" {
  const spared = denial.NotPrincipal === undefined ? undefined : accountsIn(listOf((denial.NotPrincipal as { AWS?: unknown }).AWS ?? []));
  if (spared === undefined && !isEverybody(denial.Principal)) return "everybody";
  const byCondition = conditionsOf(denial).map(escapeOf);
  return byCondition.includes("everybody") ? "everybody" : [...(spared ?? []), ...byCondition.flatMap((one) => one as readonly Escape[])];
}

/** Who fails the condition, which is what lets them through. */
function escapeOf({ operator, key, values }: Condition): readonly Escape[] | "everybody" {
  const negated = operator.includes("not") && !operator.startsWith("foranyvalue:");
  const unlessService = operator === "bool" && values.every((value) => value === "false");
  if (serviceKeys.has(key) && (negated || unlessService)) return [];
  if (!negated) return "everybody";
  if (networkKeys.has(key)) return values.some(isEverywhere) ? "everybody" : [network];
  if (organizationKeys.has(key)) return organizationsOf(values);
  return accountKeys.has(key) ? accountsIn(values) : "everybody";
}

/** Accounts that ids and ARNs name; a pattern for any account is every AWS account. */
function accountsIn(values: readonly string[]): Escape[] {
  return values.flatMap((value): Escape[] => {
    const id = value === "*" ? value : accountOf(value);
    if (/^\d{12}$/.test(id)) return [{ who: outside.account(id), auth: "cross-account" }];
    return id.includes("*") ? [{ who: outside.internet, auth: "cross-account" }] : [];
  });
}
