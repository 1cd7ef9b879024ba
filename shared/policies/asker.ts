/** Asks one Allow of a policy, with its Denies, for everybody who might get in by it. Pure. */
import type { HopAuth } from "../model/graph.ts";
import { outside } from "../model/graph.ts";
import { type AddressGroup, addressGroups, isEverywhere, rangeOf } from "./addresses.ts";
import { filler, instanceOf } from "./arns.ts";
import { type Owner, type Owners, ownersIn } from "./callers.ts";
import { type Mention, mentionsIn } from "./choices.ts";
import { listOf } from "./conditions.ts";
import type { PolicyDocument, PreparedStatement } from "./document.ts";
import { answerTo, isAbout, isNamed } from "./evaluate.ts";
import type { Surroundings } from "./keys.ts";
import { matches } from "./match.ts";
import { any, type Verdict } from "./operators.ts";
import type { Caller, Path } from "./request.ts";
import { contextsOf, type Facts, principalsOf } from "./requests.ts";

/** Who gets in, before it is said by which statement. */
export interface WayIn {
  readonly who: string;
  readonly auth: HopAuth;
  /** For services: others whose resources they may act for, and whether those are anybody's. */
  readonly owners: readonly string[];
  readonly anybodys: boolean;
}

interface Question {
  readonly document: PolicyDocument;
  readonly allow: PreparedStatement;
  readonly denials: readonly PreparedStatement[];
  readonly context: { readonly account: string; readonly now: Date; readonly signedOnly?: boolean };
  readonly asked: { readonly resource?: string | undefined; readonly facts?: Facts | undefined };
}

/** Some address that no policy names, of a range kept for documentation. */
const somewhere = "198.51.100.77";

export class PolicyAsker {
  readonly #question: Question;
  readonly #owners: Owners;
  readonly #mentions: ReadonlyMap<string, readonly Mention[]>;
  readonly #around: Surroundings;
  readonly #untold = new Set<string>();
  #groups: readonly AddressGroup[] | undefined;

  constructor(question: Question) {
    const { allow, denials, context, asked } = question;
    this.#question = question;
    this.#owners = ownersIn(allow, denials, context.account);
    this.#mentions = mentionsIn([allow, ...denials].flatMap(({ conditions }) => conditions));
    this.#around = { ...context, region: asked.resource?.split(":")[3] || undefined };
  }

  /** Condition keys for which it cannot be told whether more get in. */
  get untold(): readonly string[] {
    return [...this.#untold].toSorted();
  }

  /** Everybody outside who gets in, and services. */
  ways(): WayIn[] {
    const found = new Map<string, WayIn>();
    const add = (who: string, auth: HopAuth) => found.set(`${who} ${auth}`, { who, auth, owners: [], anybodys: false });
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

  #anonymous(add: (who: string, auth: HopAuth) => void): void {
    const { own, strangers, organizations, accounts } = this.#owners;
    const caller = { kind: "anonymous" } as const;
    const direct = this.#fromAddresses([caller]);
    if (direct === "everywhere") add(outside.internet, "none");
    if (direct === "network") add(outside.internet, "network");
    if (direct === "everywhere" || !this.#asksNetwork()) return;
    // whoever has an account can make an endpoint in it
    if (strangers.some((owner) => this.#certain([caller], { kind: "endpoint", owner }))) add(outside.internet, "cross-account");
    if (this.#certain([caller], { kind: "endpoint", owner: own })) add(outside.internet, "network");
    for (const owner of [...organizations, ...accounts]) {
      if (this.#certain([caller], { kind: "endpoint", owner })) add(owner.who, "cross-account");
    }
  }

  #strangers(add: (who: string, auth: HopAuth) => void): void {
    for (const owner of this.#owners.strangers) {
      const callers = this.#principals(owner);
      const direct = this.#fromAddresses(callers);
      const paths: Path[] = [...(this.#asksNetwork() ? [{ kind: "endpoint", owner } as const] : []), ...this.#passedOn()];
      if (direct === "everywhere" || paths.some((path) => this.#certain(callers, path))) {
        add(outside.internet, "cross-account");
        return;
      }
      if (direct === "network" || (this.#asksNetwork() && this.#certain(callers, { kind: "endpoint", owner: this.#owners.own }))) {
        add(outside.internet, "network");
      }
    }
  }

  #named(found: ReadonlyMap<string, unknown>, add: (who: string, auth: HopAuth) => void): void {
    for (const owner of this.#owners.organizations) if (this.#signed(owner) === true) add(owner.who, "cross-account");
    for (const owner of this.#owners.accounts) {
      // what it may as a member of an organization is said of the organization
      const member = owner.organization && found.has(`${outside.organization(owner.organization)} cross-account`);
      if (!member && this.#signed(owner) === true) add(owner.who, "cross-account");
    }
  }

  /** Services that the statement names, and for everybody those that it means by asking for their sources. */
  #services(found: ReadonlyMap<string, unknown>, add: (who: string, auth: HopAuth) => void): WayIn[] {
    const { principals, conditions } = this.#question.allow;
    const { own, strangers, organizations, accounts } = this.#owners;
    const asksSource = conditions.some(({ key }) => /^aws:source(arn|account|owner|org)/.test(key));
    const names = conditions.flatMap(({ key, values }) => (key.startsWith("aws:principalservicename") ? values.map(instanceOf) : []));
    const everybody = principals.everybody !== principals.allBut;
    if (everybody && (found.has(`${outside.internet} none`) || (!asksSource && names.length === 0))) return [];
    const asked = everybody ? (names.length > 0 ? names : [`${filler}.amazonaws.com`]) : principals.allBut ? [] : principals.services;
    return asked.flatMap((name): WayIn[] => {
      const lets = (owner: Owner) => this.#certain([{ kind: "service", owner, name }], { kind: "inside" });
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
    const callers = this.#principals(owner);
    const paths: Path[] = this.#asksNetwork() ? [owner, this.#owners.own].map((one) => ({ kind: "endpoint", owner: one })) : [];
    const direct = this.#addresses().map(({ address }): Path => ({ kind: "direct", address }));
    return any([...direct, ...paths, ...this.#passedOn()].map((path) => this.#lets(callers, path)));
  }

  #principals(owner: Owner): Caller[] {
    const { allow, denials } = this.#question;
    return principalsOf(owner, [allow, ...denials]).map((arn) => ({ kind: "signed", owner, arn }));
  }

  /** From how much of the internet the callers get in. */
  #fromAddresses(callers: readonly Caller[]): "everywhere" | "network" | "nowhere" {
    const groups = this.#addresses().filter(({ address }) => this.#certain(callers, { kind: "direct", address }));
    return groups.length === 0 ? "nowhere" : isEverywhere(groups) ? "everywhere" : "network";
  }

  #addresses(): readonly AddressGroup[] {
    this.#groups ??= this.#toldApart();
    return this.#groups;
  }

  /** Addresses as the conditions tell them apart. */
  #toldApart(): readonly AddressGroup[] {
    const { allow, denials } = this.#question;
    const about = [allow, ...denials].flatMap(({ conditions }) => conditions.filter(({ key }) => key === "aws:sourceip"));
    const lists = about.map(({ values }) => values.flatMap((value) => rangeOf(value) ?? []));
    return lists.length === 0 ? [{ address: somewhere, version: 4, size: 2n ** 32n }] : addressGroups(...lists);
  }

  #asksNetwork(): boolean {
    return [...this.#mentions.keys()].some((key) => key === "aws:sourceip" || /^aws:(sourcevpc|vpc)/.test(key));
  }

  #passedOn(): Path[] {
    return [...this.#mentions.keys()].some((key) => key === "aws:viaawsservice" || key.startsWith("aws:calledvia"))
      ? [{ kind: "service" }]
      : [];
  }

  #certain(callers: readonly Caller[], path: Path): boolean {
    return this.#lets(callers, path) === true;
  }

  /** Whether one of the callers can make a request that gets in. */
  #lets(callers: readonly Caller[], path: Path): Verdict {
    const { allow, denials, document, asked } = this.#question;
    const keys = new Set<string>();
    let result: Verdict = false;
    for (const resource of this.#resources()) {
      for (const caller of callers.filter((one) => isNamed(allow.principals, one) !== allow.principals.allBut)) {
        const contexts = contextsOf({ caller, path }, this.#mentions, asked.facts ?? {}, this.#around);
        if (!contexts) for (const key of this.#mentions.keys()) keys.add(key);
        if (!contexts) result = "unknown";
        for (const context of contexts ?? []) {
          const answer = answerTo({ allow, denials, hasVariables: document.hasVariables }, caller, context, resource, keys);
          if (answer === true) return true;
          if (answer === "unknown") result = answer;
        }
      }
    }
    // what a service may do for others is a finding of its own, and no way in from outside
    const counts = result === "unknown" && (allow.principals.everybody || path.kind !== "inside");
    if (counts) for (const key of keys) this.#untold.add(key);
    return result;
  }

  /** Resources of which the Allow speaks, within the one asked about; some that a Deny leaves out among them. */
  #resources(): readonly (string | undefined)[] {
    const { allow, denials, asked } = this.#question;
    const { resource } = asked;
    if (resource === undefined || resource === "*") return [undefined];
    const spared = denials.flatMap(({ statement }) => listOf(statement.NotResource));
    const written = [...listOf(allow.statement.Resource), ...spared].map((text) => instanceOf(text.replaceAll(/\$\{[^{}]*\}/g, "*")));
    const below = resource.endsWith("*")
      ? [`${resource.slice(0, -1)}${filler}`, ...written.filter((one) => matches(resource, one))]
      : [resource];
    return [...new Set(below)].filter((one) => isAbout(allow, one) !== false);
  }
}
