/** Requests that are made of one Allow of a policy, with its Denies: concrete callers, on concrete ways. Pure. */
import { parseArn } from "../model/arn.ts";
import { type AddressGroup, addressGroups, isEverywhere, rangeOf } from "./addresses.ts";
import { filler, instanceOf } from "./arns.ts";
import type { Owner } from "./callers.ts";
import { type Mention, mentionsIn } from "./choices.ts";
import { listOf } from "./conditions.ts";
import type { PolicyDocument, PreparedStatement } from "./document.ts";
import { answerTo, isAbout, isNamed } from "./evaluate.ts";
import type { Surroundings } from "./keys.ts";
import { matches } from "./match.ts";
import type { Verdict } from "./operators.ts";
import type { Caller, Path } from "./request.ts";
import { contextsOf, type Facts, principalsOf } from "./requests.ts";

/** Some address that no policy names, of a range kept for documentation. */
const somewhere = "198.51.100.77";

export interface Question {
  readonly document: PolicyDocument;
  readonly allow: PreparedStatement;
  readonly denials: readonly PreparedStatement[];
  readonly context: { readonly account: string; readonly now: Date; readonly signedOnly?: boolean };
  readonly asked: { readonly resource?: string | undefined; readonly facts?: Facts | undefined };
}

/** Makes them, and remembers which conditions nobody could tell. */
export class Attempts {
  readonly #question: Question;
  readonly #mentions: ReadonlyMap<string, readonly Mention[]>;
  readonly #around: Surroundings;
  readonly #untold = new Set<string>();
  #groups: readonly AddressGroup[] | undefined;

  constructor(question: Question) {
    const { allow, denials, context, asked } = question;
    this.#question = question;
    this.#mentions = mentionsIn([allow, ...denials].flatMap(({ conditions }) => conditions));
    this.#around = { ...context, region: parseArn(asked.resource ?? "")?.region || undefined };
  }

  /** Condition keys for which it could not be told whether a request gets in. */
  get untold(): readonly string[] {
    return [...this.#untold].toSorted();
  }

  /** The owner's principals that the policy tells apart. */
  principals(owner: Owner): Caller[] {
    const { allow, denials } = this.#question;
    return principalsOf(owner, [allow, ...denials]).map((arn) => ({ kind: "signed", owner, arn }));
  }

  /** From how much of the internet the callers get in. */
  fromAddresses(callers: readonly Caller[]): "everywhere" | "network" | "nowhere" {
    const groups = this.addresses().filter(({ address }) => this.certain(callers, { kind: "direct", address }));
    return groups.length === 0 ? "nowhere" : isEverywhere(groups) ? "everywhere" : "network";
  }

  /** Addresses as the conditions tell them apart. */
  addresses(): readonly AddressGroup[] {
    this.#groups ??= this.#toldApart();
    return this.#groups;
  }

  #toldApart(): readonly AddressGroup[] {
    const { allow, denials } = this.#question;
    const about = [allow, ...denials].flatMap(({ conditions }) => conditions.filter(({ key }) => key === "aws:sourceip"));
    const lists = about.map(({ values }) => values.flatMap((value) => rangeOf(value) ?? []));
    return lists.length === 0 ? [{ address: somewhere, version: 4, size: 2n ** 32n }] : addressGroups(...lists);
  }

  /** Whether it matters from which network a request comes. */
  asksNetwork(): boolean {
    return [...this.#mentions.keys()].some((key) => key === "aws:sourceip" || /^aws:(sourcevpc|vpc)/.test(key));
  }

  /** The way of a request that a service passes on, where a condition asks for that. */
  passedOn(): Path[] {
    return [...this.#mentions.keys()].some((key) => key === "aws:viaawsservice" || key.startsWith("aws:calledvia"))
      ? [{ kind: "service" }]
      : [];
  }

  /** True where one of the callers gets in for sure. */
  certain(callers: readonly Caller[], path: Path): boolean {
    return this.lets(callers, path) === true;
  }

  /** Whether one of the callers can make a request that gets in. */
  lets(callers: readonly Caller[], path: Path): Verdict {
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
