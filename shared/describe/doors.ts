/** Ways in from outside that the policy of a queue, topic, bus, bucket, table or stream opens. Pure. */
import type { ActionClass } from "../data/resource-actions.ts";
import { isListedService } from "../data/service-callers.ts";
import { type DetailValue, outside, type Relation, type Resource } from "../model/graph.ts";
import { type Grant, type PolicyAnswer, type PolicyContext, policyReader, refusesOwn } from "../policies/policy.ts";

export interface Doors {
  readonly relations: readonly Relation[];
  /** Statements that let everybody in, by what they let him do: their Sid, or `noSid`. Everybody is whoever has an AWS account, at least. */
  readonly public: Readonly<Record<string, readonly string[]>>;
  /** Those of them that ask for no credentials. */
  readonly anonymous: readonly string[];
  /** Statements for a service that may act for anybody's resources: `SID: SERVICE`. */
  readonly deputies: readonly string[];
  /** Statements of which cannot be told whom they let in: `SID: condition keys`. */
  readonly untold: readonly string[];
  /** Services of AWS that may write to it and say so nowhere else: `budgets.amazonaws.com`. */
  readonly publishers: readonly string[];
}

export interface DoorsPlace extends PolicyContext {
  /** What the actions that work below the resource are about, where that is not simply below its ARN. */
  readonly below?: string;
}

export const noSid = "(without Sid)";

/**
 * @param evidence the operation that answered the policy
 * @returns undefined when the policy is no JSON, and so says nothing
 */
export function doorsOf(
  arn: string,
  policy: string | undefined,
  classes: readonly ActionClass[],
  evidence: string,
  place: DoorsPlace,
): Doors | undefined {
  try {
    return readDoors(arn, policy, classes, evidence, place);
  } catch {
    return undefined;
  }
}

/** What of the doors a resource keeps as details, beside who everybody is for its own words. */
export function doorDetails(doors: Doors | undefined): Readonly<Record<string, DetailValue>> {
  if (!doors) return { unread: ["policy"] };
  return {
    publicAnonymous: doors.anonymous,
    deputyStatements: doors.deputies,
    ...(doors.untold.length > 0 ? { untold: doors.untold } : {}),
    ...(doors.publishers.length > 0 ? { publishers: doors.publishers } : {}),
  };
}

function readDoors(arn: string, policy: string | undefined, classes: readonly ActionClass[], evidence: string, place: DoorsPlace): Doors {
  const ask = policyReader(policy, place);
  const relations = new Map<string, Relation>();
  const open: Record<string, Set<string>> = {};
  const anonymous = new Set<string>();
  const deputies = new Set<string>();
  const untold = new Set<string>();
  const publishers = new Set<string>();
  const lead = (who: string, auth: Grant["auth"], kind: ActionClass["kind"], statement: string, within: object = {}) => {
    if (!kind) return;
    const relation: Relation = {
      from: who,
      to: arn,
      kind,
      auth,
      enabled: true,
      evidence: `${evidence}, statement ${statement}`,
      ...within,
    };
    relations.set(`${who} ${kind} ${auth} ${statement}`, relation);
  };
  for (const { does, kind, actions, on } of classes) {
    const resources = resourcesOf(arn, on, place.below);
    const answers = actions.flatMap((action) => resources.map((resource): PolicyAnswer => ask({ action, resource })));
    for (const grant of new Set(answers.flatMap(({ grants }) => grants))) {
      const statement = grant.sid || noSid;
      if (grant.who.startsWith("service:")) {
        // by the resource of somebody else a service brings what that one gave it
        for (const owner of grant.owners) lead(owner, "cross-account", kind, statement);
        const service = grant.who.slice("service:".length);
        if (kind === "publishes-to" && !isListedService(service)) publishers.add(service);
        if (grant.anybodys && kind) deputies.add(`${statement}: ${grant.who.slice("service:".length)}`);
        continue;
      }
      lead(grant.who, grant.auth, kind, statement, grant.throughOwnEndpoint ? { throughOwnEndpoint: true } : {});
      // addresses and VPCs are no everybody
      if (grant.who !== outside.internet || grant.auth === "network") continue;
      open[does] = (open[does] ?? new Set()).add(statement);
      if (grant.auth === "none") anonymous.add(statement);
    }
    for (const { sid, keys } of answers.flatMap((answer) => answer.untold)) untold.add(`${sid || noSid}: ${keys.join(", ")}`);
  }
  return {
    relations: [...relations.values()],
    public: Object.fromEntries(Object.entries(open).map(([does, statements]) => [does, [...statements]])),
    anonymous: [...anonymous],
    deputies: [...deputies],
    untold: [...untold],
    publishers: [...publishers].toSorted(),
  };
}

function resourcesOf(arn: string, on: ActionClass["on"] = "itself", below = `${arn}/*`): string[] {
  return on === "itself" ? [arn] : on === "below" ? [below] : [arn, below];
}

type InTransit = NonNullable<Resource["encryption"]>["inTransit"];

const plain = { "aws:securetransport": "false" };

/**
 * Whether the policy turns away what comes over plain http: from everybody, or at least from everybody outside whom it lets in.
 * @param calls those that carry data
 * @throws when the policy is no JSON
 */
export function inTransitOf(
  policy: string | undefined,
  calls: readonly { readonly action: string; readonly resource: string }[],
  place: PolicyContext,
): InTransit {
  const ask = policyReader(policy, place);
  const outsiders = (facts?: typeof plain) => {
    const answers = calls.map((call) => ask({ ...call, ...(facts ? { facts } : {}) }));
    const found = answers.flatMap(({ grants }) => grants).some(({ who }) => !who.startsWith("service:"));
    return found ? true : answers.some(({ untold }) => untold.length > 0) ? "unknown" : false;
  };
  const inPlain = outsiders(plain);
  if (inPlain === true) return "not-enforced";
  const own = calls.map((call) => refusesOwn(policy, place, { ...call, facts: plain }));
  if (inPlain === false && (own.every((refused) => refused === true) || outsiders() === true)) return "enforced";
  return inPlain === "unknown" || own.includes("unknown") ? "unknown" : "not-enforced";
}
