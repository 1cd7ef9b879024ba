/** What an account has that somebody could get at: its principals, what they would be if they were raised, its functions. Pure. */
import { wellKnownPolicies } from "../data/well-known-policies.ts";
import type { Principal } from "../model/principal.ts";
import { all, type ContextValue, type Verdict } from "../policies/operators.ts";
import { otherResourceTags } from "./asking.ts";
import { Grant, type Place } from "./grant.ts";
import { may } from "./reach.ts";
import { type Gain, gainOf, isAdministrator } from "./strength.ts";

/** What is known of an account. */
export interface AccountAccess {
  readonly partition: string;
  readonly principals: readonly Principal[];
  /** Absent: nobody said which functions there are. */
  readonly functions?: readonly { readonly arn: string; readonly name: string; readonly roleArn: string }[];
}

/** A role that somebody may take, or perhaps may. */
export interface Taken {
  readonly role: Grant;
  readonly verdict: Verdict;
}

const everything = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });

export class Targets {
  /** Administrators first, as everywhere here. */
  readonly roles: readonly Grant[];
  readonly users: readonly Grant[];
  readonly groups: readonly Grant[];
  /** Absent: nobody said which functions there are. Those of administrators first. */
  readonly functions: readonly { readonly arn: string; readonly name: string; readonly role: Grant }[] | undefined;
  /** Users are in the sweep of a dump only: without any it is not known who there is. */
  readonly knowsUsers: boolean;
  readonly partition: string;
  readonly place: Place;
  readonly #byArn: ReadonlyMap<string, Grant>;
  readonly #trusting = new Map<string, readonly Grant[]>();
  readonly #gains = new Map<Grant, Map<Grant, Gain | undefined>>();
  readonly #raised = new Map<Grant, Grant>();
  readonly #taken = new Map<Grant, readonly Taken[]>();
  #everyone: Grant | undefined;
  #policies: ReadonlyMap<string, string> | undefined;

  constructor({ principals, functions, partition }: AccountAccess, place: Place) {
    const grants = principals.map((principal) => new Grant(principal, place));
    this.#byArn = new Map(grants.map((grant) => [grant.principal.arn, grant]));
    const sorted = grants.toSorted((a, b) => Number(isAdministrator(b)) - Number(isAdministrator(a)));
    const of = (kind: Principal["kind"]) => sorted.filter(({ principal }) => principal.kind === kind);
    this.roles = of(undefined);
    this.users = of("user");
    this.groups = of("group");
    this.functions = functions
      ?.flatMap(({ arn, name, roleArn }) => {
        const role = this.grantOf(roleArn);
        return role ? [{ arn, name, role }] : [];
      })
      .toSorted((a, b) => Number(isAdministrator(b.role)) - Number(isAdministrator(a.role)));
    this.knowsUsers = this.users.length > 0 || this.groups.length > 0;
    this.partition = partition;
    this.place = place;
  }

  grantOf(arn: string): Grant | undefined {
    return this.#byArn.get(arn);
  }

  /** Roles that trust the service: `ecs-tasks.amazonaws.com`. */
  trusting(service: string): readonly Grant[] {
    const known = this.#trusting.get(service);
    if (known) return known;
    const found = this.roles.filter(({ principal, trust }) => trust.services.includes(service) && !isOfAws(principal));
    this.#trusting.set(service, found);
    return found;
  }

  gain(target: Grant, own: Grant): Gain | undefined {
    const before = this.#gains.get(own) ?? new Map<Grant, Gain | undefined>();
    this.#gains.set(own, before);
    if (!before.has(target)) before.set(target, gainOf(target, own));
    return before.get(target);
  }

  /** The principal with everything added to what it has: its boundary and its denials stay. */
  raised(grant: Grant): Grant {
    const known = this.#raised.get(grant);
    if (known) return known;
    const { principal } = grant;
    // whoever is not held back has everything then, as anybody else
    if (grant.isFree && this.#everyone) return this.#everyone;
    const made = new Grant({ ...principal, policies: [...principal.policies, { name: "added", document: everything }] }, this.place);
    this.#raised.set(grant, made);
    if (grant.isFree) this.#everyone = made;
    return made;
  }

  /** The principal with another text of one of its managed policies. */
  withText({ principal }: Grant, arn: string, document: string): Grant {
    const policies = principal.policies.map((policy) => (policy.arn === arn ? { ...policy, document } : policy));
    return new Grant({ ...principal, policies }, this.place);
  }

  /** Managed policies that would give `who` more than `own` may, by ARN: the one that gives everything, and those of the account. */
  policies(who: Grant, own: Grant): readonly string[] {
    const known = this.#policies ?? new Map(this.#managed());
    this.#policies = known;
    const more = [...known].filter(([arn, document]) => {
      const { principal } = who;
      const attached = new Grant({ ...principal, policies: [...principal.policies, { name: "added", document, arn }] }, this.place);
      return gainOf(attached, own) !== undefined;
    });
    return more.map(([arn]) => arn);
  }

  /** ARN of the policy that gives everything. */
  get everything(): string {
    return `arn:${this.partition}:iam::aws:policy/AdministratorAccess`;
  }

  #managed(): (readonly [string, string])[] {
    const inUse = [...this.#byArn.values()].flatMap(({ principal }) =>
      principal.policies.flatMap(({ arn, document }) => (arn ? [[arn, document] as const] : [])),
    );
    const ofAws = Object.entries(wellKnownPolicies).map(
      ([name, document]) => [`arn:${this.partition}:iam::aws:policy/${name}`, document] as const,
    );
    return [...ofAws, ...inUse];
  }

  /** Every role that `holder` may take, perhaps: asked once, for many callers come by. */
  taken(holder: Grant): readonly Taken[] {
    const known = this.#taken.get(holder);
    if (known) return known;
    const found = this.roles.flatMap((role): Taken[] => {
      const verdict = role === holder || isOfAws(role.principal) ? false : this.mayAssume(holder, role);
      return verdict === false ? [] : [{ role, verdict }];
    });
    this.#taken.set(holder, found);
    return found;
  }

  /** Whether `own` may take the role. */
  mayAssume(own: Grant, role: Grant): Verdict {
    const { verdict, named, byArn } = role.trust.takes(own.caller, { action: "sts:assumerole", now: this.place.now, chooses: true });
    if (verdict === false) return false;
    const { arn } = role.principal;
    const allowed = may(own, "sts:AssumeRole", arn, factsAbout(role));
    // the trust that names the caller is enough, unless it is denied him
    if (named && allowed === false) {
      if (own.denies("sts:AssumeRole", arn)) return false;
      // what a policy gives a role by its ARN stays within the role's boundary; it does not for users, and for sessions
      return byArn && own.principal.kind === undefined ? all([verdict, own.boundaryLets("sts:AssumeRole", arn)]) : verdict;
    }
    return all([allowed, verdict]);
  }
}

/** What a request about a principal has under the keys that ask for it. */
export function factsAbout({ principal }: Grant): Readonly<Record<string, ContextValue>> {
  const { tags, boundary, hasBoundary } = principal;
  const about = ["aws:resourcetag/", "iam:resourcetag/"].flatMap((prefix) =>
    Object.entries(tags).map(([key, value]) => [`${prefix}${key.toLowerCase()}`, [value]] as const),
  );
  return {
    ...Object.fromEntries(about),
    [otherResourceTags]: "absent",
    "iam:permissionsboundary": boundary ? [boundary.arn] : hasBoundary ? "unknown" : "absent",
  };
}

/** Roles that a service of AWS, or IAM Identity Center, made for itself: nobody else changes or passes them. */
export function isOfAws({ arn }: Principal): boolean {
  return /:role\/aws-(service-role|reserved)\//.test(arn);
}
