/**
 * What a function's policy lets others do, as relations to the function and as statements. Statements that only serve a function URL are
 * left to function-url.ts (`lambda:InvokeFunctionUrl`, and `lambda:InvokeFunction` on the condition that the call comes by the URL).
 *
 * `lambda:InvokeFunction` for everybody is a door from the internet of level cross-account: such calls are signed, so whoever
 * makes them is some AWS account, not anybody without one.
 * Source: Lambda developer guide, "Viewing resource-based IAM policies in Lambda". Pure.
 */
import { type ActionClass, functionActions } from "../data/resource-actions.ts";
import { outside, type Relation } from "../model/graph.ts";
import { evidenceOf } from "../model/proof.ts";
import { accountOf } from "../policies/conditions.ts";
import { type Grant, policyReader } from "../policies/policy.ts";
import { statementText } from "./statement-ref.ts";

export interface Place {
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  readonly now: Date;
}

/** The policy of a function, or of one alias or version of it, as JSON text. */
export interface FunctionPolicy {
  readonly qualifier?: string;
  readonly policy: string;
}

export interface PolicyDescription {
  readonly relations: readonly Relation[];
  /** Statements by which any AWS account may do something with the function. */
  readonly publicStatements: readonly string[];
  /** Of those, the ones by which anybody may put other code into the function. */
  readonly takeoverStatements: readonly string[];
  readonly crossAccountStatements: readonly string[];
  /** Of services that any account's resource may come through. */
  readonly deputyStatements: readonly string[];
  /** What any account, and what named ones may do: `invoke`, `take over`, `change`, `read`. */
  readonly publicMay: readonly string[];
  readonly crossAccountMay: readonly string[];
  /** Statements of which cannot be told whom they let in, with the condition keys. */
  readonly untold: readonly string[];
}

const byUrl = { "lambda:functionurlauthtype": "AWS_IAM", "lambda:invokedviafunctionurl": "true" };
const notByUrl = { "lambda:functionurlauthtype": null, "lambda:invokedviafunctionurl": null };

export function describePolicy(functionArn: string, { qualifier, policy }: FunctionPolicy, place: Place): PolicyDescription {
  const ask = policyReader(policy, { ...place, signedOnly: true });
  // what an alias answers is about that alias
  const resource = qualifier ? {} : { resource: functionArn };
  const found = new Description(functionArn, qualifier, place);
  for (const one of functionActions) {
    const answers = one.actions.map((action) => ask({ action, ...resource, facts: notByUrl }));
    for (const grant of new Set(answers.flatMap(({ grants }) => grants))) found.add(one, grant);
    for (const { sid, keys } of answers.flatMap(({ untold }) => untold)) found.untold.add(`${sid}: ${keys.join(", ")}`);
  }
  // CloudFront only ever calls function URLs
  for (const grant of ask({ action: "lambda:InvokeFunctionUrl", ...resource, facts: byUrl }).grants) {
    if (isCloudfront(grant) && grant.anybodys) found.addDeputy(grant);
  }
  return found.description();
}

function isCloudfront({ who }: Grant): boolean {
  return who.startsWith("service:cloudfront.");
}

class Description {
  readonly relations = new Map<string, Relation>();
  readonly untold = new Set<string>();
  readonly #statements = { public: new Set<string>(), takeover: new Set<string>(), cross: new Set<string>(), deputy: new Set<string>() };
  readonly #may = { public: new Set<string>(), cross: new Set<string>() };
  readonly #arn: string;
  readonly #qualifier: string | undefined;
  readonly #place: Place;

  constructor(functionArn: string, qualifier: string | undefined, place: Place) {
    this.#arn = functionArn;
    this.#qualifier = qualifier;
    this.#place = place;
  }

  add({ does, kind }: ActionClass, grant: Grant): void {
    const { who, auth, owners } = grant;
    const evidence = evidenceOf({ by: "permission", sid: grant.sid, ...(this.#qualifier ? { qualifier: this.#qualifier } : {}) });
    if (who.startsWith("service:")) {
      if (isCloudfront(grant)) return;
      for (const owner of owners) this.#cross(does, grant, owner);
      if (does !== "invoke") return;
      for (const one of ofService(this.#arn, grant, evidence, this.#place)) this.#relate(one);
      if (grant.anybodys) this.addDeputy(grant);
      return;
    }
    if (kind) this.#relate(relation(who, this.#arn, kind, auth, evidence));
    if (who !== outside.internet) this.#cross(does, grant, who);
    else if (auth !== "network") {
      this.#may.public.add(does);
      this.#statements.public.add(this.#text(grant));
      if (does === "take over") this.#statements.takeover.add(this.#text(grant));
    }
  }

  addDeputy(grant: Grant): void {
    this.#statements.deputy.add(this.#text(grant, grant.who.slice("service:".length)));
  }

  description(): PolicyDescription {
    return {
      relations: [...this.relations.values()],
      publicStatements: [...this.#statements.public],
      takeoverStatements: [...this.#statements.takeover],
      crossAccountStatements: [...this.#statements.cross],
      deputyStatements: [...this.#statements.deputy],
      publicMay: [...this.#may.public],
      crossAccountMay: [...this.#may.cross],
      untold: [...this.untold],
    };
  }

  #cross(does: string, grant: Grant, who: string): void {
    this.#may.cross.add(does);
    this.#statements.cross.add(this.#text(grant, who));
  }

  #relate(one: Relation): void {
    this.relations.set(`${one.from} ${one.kind} ${one.to} ${one.auth} ${one.evidence}`, one);
  }

  #text({ sid }: Grant, who?: string): string {
    return statementText({ sid, ...(this.#qualifier ? { qualifier: this.#qualifier } : {}), ...(who ? { who } : {}) });
  }
}

/**
 * A service of this account brings what its resource was given; one of another account is a door of that account. A pattern is no resource:
 * two policies with the same one have nothing to do with each other.
 */
function ofService(functionArn: string, { who, sourceArns, owners }: Grant, evidence: string, { account }: Place): Relation[] {
  const sources = sourceArns.map((arn) => arn.replace(/(:log-group:[^:]+):\*$/, "$1")).filter(isOneSource);
  const told = sources.flatMap((source) => {
    const of = accountOf(source);
    const owner = of === account ? undefined : of === "" ? owners[0] : owners.find((one) => one === outside.account(of));
    const invokes = relation(source, functionArn, "invokes", "service", evidence);
    return owner ? [relation(owner, source, "publishes-to", "cross-account", evidence), invokes] : [invokes];
  });
  const others = owners.filter((owner) => !told.some(({ from }) => from === owner));
  const direct = others.map((owner) => relation(owner, functionArn, "invokes", "cross-account", evidence));
  const known = [...told, ...direct];
  return known.length > 0 ? known : [{ ...relation(who, functionArn, "invokes", "service", evidence), inferred: true }];
}

/** A single resource, or a part of a single API: its stages and routes are written with stars. */
function isOneSource(arn: string): boolean {
  const api = /^arn:[^:*?]+:execute-api:[^:*?]+:\d{12}:[a-z0-9]+(\/|$)/.test(arn);
  return api || !/[*?]/.test(arn);
}

function relation(from: string, to: string, kind: Relation["kind"], auth: Relation["auth"], evidence: string): Relation {
  return { from, to, kind, auth, enabled: true, evidence };
}
