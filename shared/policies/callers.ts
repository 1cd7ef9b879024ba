/** Who a policy is asked about: those whom it names, and somebody whom it does not. Pure. */
import { outside } from "../model/graph.ts";
import { accountOf, type Condition, listOf } from "./conditions.ts";
import type { PreparedStatement } from "./document.ts";

/** An account with everything in it. */
export interface Owner {
  readonly kind: "own" | "stranger" | "account" | "organization";
  readonly id: string;
  readonly organization: string | undefined;
  /** One of `outside`; empty for the own account. */
  readonly who: string;
  /** The statement names it as the owner of sources, so that a source whose ARN names no account may be its. */
  readonly namedAsSource: boolean;
}

/** Accounts and an organization that no policy names. */
const strangersId = "906090609060";
const membersId = "906090609061";
export const strangersOrganization = "o-f1llf1llf1";
/** Stands for the own account's organization, whose id is not read; a policy means it by `${aws:ResourceOrgID}`. */
export const ownOrganization = "o-f1ll0wn0rg";

export interface Owners {
  readonly own: Owner;
  /** Any account in the world; several where a policy asks what an id begins with. */
  readonly strangers: readonly Owner[];
  readonly organizations: readonly Owner[];
  /** Each once on its own and once for every organization of the policy that it might belong to. */
  readonly accounts: readonly Owner[];
}

/** Keys whose values say what is asked for, not who asks. */
const ofTheResource = /^(aws:resource|s3:resourceaccount$|aws:requestedregion$)/;

export function ownersIn(allow: PreparedStatement, denials: readonly PreparedStatement[], own: string): Owners {
  const about = [allow, ...denials];
  const conditions = about.flatMap((one) => one.conditions).filter(({ key }) => !ofTheResource.test(key));
  const texts = [...conditions.flatMap(({ values }) => values), ...about.flatMap((one) => one.principals.accounts)];
  const named = unique(texts.map(accountOf));
  const organizations = unique(about.flatMap((one) => one.conditions).flatMap(organizationsOf));
  const sources = allow.conditions.filter(({ key }) => key.startsWith("aws:source"));
  const sourceAccounts = sources.flatMap(({ values }) => values);
  const stranger = (id: string): Owner => ({
    kind: "stranger",
    id,
    organization: strangersOrganization,
    who: outside.internet,
    namedAsSource: false,
  });
  const account = (id: string, organization?: string): Owner => ({
    kind: "account",
    id,
    organization,
    who: outside.account(id),
    namedAsSource: sourceAccounts.includes(id),
  });
  const ids = named.filter((id) => /^\d{12}$/.test(id) && id !== own);
  return {
    own: { kind: "own", id: own, organization: undefined, who: "", namedAsSource: true },
    strangers: [strangersId, ...unique([...named, ...patternsIn(conditions)].flatMap(idLike))].map(stranger),
    organizations: organizations.map((organization) => ({
      kind: "organization",
      id: membersId,
      organization,
      who: outside.organization(organization === ownOrganization ? "own" : organization),
      namedAsSource: sources.some(({ key }) => key.startsWith("aws:sourceorg")),
    })),
    accounts: ids.flatMap((id) => [account(id), ...organizations.map((organization) => account(id, organization))]),
  };
}

/** Organizations that a condition names by id or path (`o-abc123/r-ab12/...`); their ids are written in small letters. */
function organizationsOf({ key, values }: Condition): string[] {
  // the account's own organization, compared with the caller's
  if (key.startsWith("aws:resourceorg")) return values.some((value) => value.includes("${")) ? [ownOrganization] : [];
  if (!/org(id|paths)$/.test(key)) return [];
  return values.flatMap((value) => {
    if (/\$\{aws:resourceorg(id|paths)\}/i.test(value)) return [ownOrganization];
    const [id = ""] = value.toLowerCase().split("/");
    return /^o-[a-z0-9]+$/.test(id) ? [id] : [];
  });
}

function patternsIn(conditions: readonly Condition[]): string[] {
  return conditions.flatMap(({ key, values }) => (/account$|owner$/.test(key) ? values : []));
}

/** An account id that the pattern fits (`4444*`): whoever wants one like it opens accounts until it has it. */
function idLike(pattern: string): string[] {
  if (!/^[\d?*]*[?*][\d?*]*$/.test(pattern)) return [];
  const missing = 12 - pattern.replaceAll("*", "").length;
  if (missing < 0) return [];
  const id = pattern.replace("*", "9".repeat(missing)).replaceAll("*", "").replaceAll("?", "9");
  return id.length === 12 ? [id] : [];
}

export function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** Accounts, roles and users among the principals of a statement, as written. */
export function principalTexts(principal: unknown): string[] {
  if (typeof principal === "string") return [principal];
  return listOf((principal as { AWS?: unknown } | null | undefined)?.AWS);
}
