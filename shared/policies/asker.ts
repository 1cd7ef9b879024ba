/** Asks one Allow of a policy, with its Denies, for everybody who might get in by it. Pure. */

import { isLoadBalancerAccount, loadBalancerLogs } from "../data/load-balancer-accounts.ts";
import type { HopAuth } from "../model/graph.ts";
import { outside } from "../model/graph.ts";
import { filler, instanceOf } from "./arns.ts";
import { Attempts, type Question } from "./attempts.ts";
import { type Owner, type Owners, ownersIn } from "./callers.ts";
import { any, type Verdict } from "./operators.ts";
import type { Path } from "./request.ts";

/** Who gets in, before it is said by which statement. */
export interface WayIn {
  readonly who: string;
  readonly auth: HopAuth;
  /** For services: others whose resources they may act for, and whether those are anybody's. */
  readonly owners: readonly string[];
  readonly anybodys: boolean;
  /** Only through endpoints of VPCs of the own account: nobody comes from outside. */
  readonly throughOwnEndpoint?: true;
}

type Add = (who: string, auth: HopAuth, throughOwnEndpoint?: boolean) => void;

export class PolicyAsker {
  readonly #question: Question;
  readonly #owners: Owners;
  readonly #attempts: Attempts;

  constructor(question: Question) {
    const { allow, denials, context } = question;
    this.#question = question;
    this.#owners = ownersIn(allow, denials, context.account);
    this.#attempts = new Attempts(question);
  }

  /** Condition keys for which it cannot be told whether more get in. */
  get untold(): readonly string[] {
    return this.#attempts.untold;
  }

  /** Everybody outside who gets in, and services. */
  ways(): WayIn[] {
    const found = new Map<string, WayIn>();
    const add = (who: string, auth: HopAuth, own = false) => {
      const key = `${who} ${auth}`;
      const before = found.get(key);
      const within = own && (!before || before.throughOwnEndpoint);
      found.set(key, { who, auth, owners: [], anybodys: false, ...(within ? { throughOwnEndpoint: true } : {}) });
    };
    if (!this.#question.context.signedOnly) this.#anonymous(add);
    if (found.has(`${outside.internet} none`)) return [...found.values(), ...this.#services(found, add)];
    this.#strangers(add);
    if (!found.has(`${outside.internet} cross-account`)) this.#named(found, add);
    const services = this.#services(found, add);
    return [...found.values(), ...services];
  }

  /** Whether some principal of the own account gets in. */
  own(): Verdict {
    return this.#signed(this.#owners.own);
  }

  #anonymous(add: Add): void {
    const { own, strangers, organizations, accounts } = this.#owners;
    const caller = { kind: "anonymous" } as const;
    const direct = this.#attempts.fromAddresses([caller]);
    if (direct === "everywhere") add(outside.internet, "none");
    if (direct === "network") add(outside.internet, "network");
    if (direct === "everywhere" || !this.#attempts.asksNetwork()) return;
    // whoever has an account can make an endpoint in it
    if (strangers.some((owner) => this.#attempts.certain([caller], { kind: "endpoint", owner }))) add(outside.internet, "cross-account");
    if (this.#attempts.certain([caller], { kind: "endpoint", owner: own })) add(outside.internet, "network", true);
    for (const owner of [...organizations, ...accounts]) {
      if (this.#attempts.certain([caller], { kind: "endpoint", owner })) add(owner.who, "cross-account");
    }
  }

  #strangers(add: Add): void {
    for (const owner of this.#owners.strangers) {
      const callers = this.#attempts.principals(owner);
      const direct = this.#attempts.fromAddresses(callers);
      const paths: Path[] = [...(this.#attempts.asksNetwork() ? [{ kind: "endpoint", owner } as const] : []), ...this.#attempts.passedOn()];
      if (direct === "everywhere" || paths.some((path) => this.#attempts.certain(callers, path))) {
        add(outside.internet, "cross-account");
        return;
      }
      if (direct === "network") add(outside.internet, "network");
      else if (this.#attempts.asksNetwork() && this.#attempts.certain(callers, { kind: "endpoint", owner: this.#owners.own })) {
        add(outside.internet, "network", true);
      }
    }
  }

  #named(found: ReadonlyMap<string, unknown>, add: Add): void {
    for (const owner of this.#owners.organizations) if (this.#signed(owner) === true) add(owner.who, "cross-account");
    for (const owner of this.#owners.accounts) {
      // what it may as a member of an organization is said of the organization
      const member = owner.organization && found.has(`${outside.organization(owner.organization)} cross-account`);
      if (member || this.#signed(owner) !== true) continue;
      if (isLoadBalancerAccount(owner.id)) add(`service:${loadBalancerLogs}`, "service");
      else add(owner.who, "cross-account");
    }
  }

  /** Services that the statement names, and for everybody those that it means by asking for their sources. */
  #services(found: ReadonlyMap<string, unknown>, add: Add): WayIn[] {
    const { principals, conditions } = this.#question.allow;
    const { own, strangers, organizations, accounts } = this.#owners;
    const asksSource = conditions.some(({ key }) => /^aws:source(arn|account|owner|org)/.test(key));
    const names = conditions.flatMap(({ key, values }) => (key.startsWith("aws:principalservicename") ? values.map(instanceOf) : []));
    const everybody = principals.everybody !== principals.allBut;
    if (everybody && (found.has(`${outside.internet} none`) || (!asksSource && names.length === 0))) return [];
    const asked = everybody ? (names.length > 0 ? names : [`${filler}.amazonaws.com`]) : principals.allBut ? [] : principals.services;
    return asked.flatMap((name): WayIn[] => {
      const lets = (owner: Owner) => this.#attempts.certain([{ kind: "service", owner, name }], { kind: "inside" });
      const anybodys = strangers.some(lets);
      const owners = anybodys ? [] : [...new Set([...organizations, ...accounts].filter(lets).map(({ who }) => who))];
      if (everybody && asksSource) {
        if (anybodys) add(outside.internet, "cross-account");
        for (const who of owners) add(who, "cross-account");
        return [];
      }
      return anybodys || owners.length > 0 || lets(own) ? [{ who: `service:${name}`, auth: "service", owners, anybodys }] : [];
    });
  }

  /** A principal of the owner, on whatever way. */
  #signed(owner: Owner): Verdict {
    const callers = this.#attempts.principals(owner);
    const paths: Path[] = this.#attempts.asksNetwork() ? [owner, this.#owners.own].map((one) => ({ kind: "endpoint", owner: one })) : [];
    const direct = this.#attempts.addresses().map(({ address }): Path => ({ kind: "direct", address }));
    return any([...direct, ...paths, ...this.#attempts.passedOn()].map((path) => this.#attempts.lets(callers, path)));
  }
}
