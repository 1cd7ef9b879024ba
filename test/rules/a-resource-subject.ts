/** Valid defaults for resources that rules judge. */
import { collectors } from "../../shared/collect/collectors.ts";
import { Completeness } from "../../shared/judge/completeness.ts";
import type { FunctionFacts } from "../../shared/model/document.ts";
import type { LastUse, Relation, Resource } from "../../shared/model/graph.ts";
import type { Collected, Judgement, ResourceRule, Rule } from "../../shared/model/rule.ts";
import type { ResourceSubject } from "../../shared/model/rule-subject.ts";
import type { Snapshot } from "../../shared/model/snapshot.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { startsIn } from "../../shared/usage/starts.ts";
import { contextOf, dayAgo, now, single } from "./a-subject.ts";

export interface Surroundings {
  readonly incoming?: readonly Partial<Relation>[];
  readonly outgoing?: readonly Partial<Relation>[];
  readonly others?: readonly string[];
  readonly resources?: readonly Resource[];
  readonly functions?: readonly FunctionFacts[];
  readonly copies?: readonly FunctionFacts[];
  /** What could not be read. */
  readonly unread?: readonly Collected[];
}

export function used(quietDays: number): LastUse {
  return { state: "used", at: dayAgo(quietDays).slice(0, 10), quietDays, source: "metrics", lookbackDays: 455 };
}

export function aResource(type: string, more: Partial<Resource> = {}): Resource {
  return {
    arn: "arn:aws:x:eu-west-1:111122223333:orders",
    type,
    name: "orders",
    region: "eu-west-1",
    createdAt: dayAgo(400),
    lastUsed: used(200),
    ...more,
  };
}

const relation: Relation = { from: "a", to: "b", kind: "invokes", auth: "service", enabled: true, evidence: "test" };

export function resourceSubject(resource: Resource, around: Surroundings = {}): ResourceSubject {
  const { incoming = [], outgoing = [], others = [], resources = [], functions = [], copies = [] } = around;
  return {
    resource,
    exposure: { level: "none", paths: [] },
    incoming: incoming.map((one) => ({ ...relation, to: resource.arn, ...one })),
    outgoing: outgoing.map((one) => ({ ...relation, from: resource.arn, ...one })),
    resourceOf: (arn) => resources.find((one) => one.arn === arn) ?? (others.includes(arn) ? { ...resource, arn } : undefined),
    functionOf: (arn) => functions.find((one) => one.arn === arn),
    copies,
    get triggers() {
      const relations = [...this.incoming, ...this.outgoing];
      const all = new Map([resource, ...resources].map((one) => [one.arn, one]));
      const graph = {
        resources: all,
        into: (arn: string) => relations.filter(({ to }) => to === arn),
        outOf: (arn: string) => relations.filter(({ from }) => from === arn),
      };
      return startsIn(graph, now)(resource.arn).starts.map(({ trigger }) => trigger);
    },
  };
}

export function resourceRule(id: string): ResourceRule {
  const rule = catalogue.find((one) => one.id === id);
  if (rule?.subject !== "resource") throw new Error(`${id} is no rule about resources`);
  return rule;
}

/** What the judge says in the place of a rule that lacks something. */
export function missingFor({ needs }: Rule, unread: readonly Collected[], region = "eu-west-1"): Judgement | undefined {
  const part = (collector: Collected) => ({
    items: [],
    coverage: { collector, region, status: unread.includes(collector) ? "denied" : "complete" } as const,
  });
  const all = Object.fromEntries(collectors.map(({ name }) => [name, part(name as Collected)]));
  const snapshot = { regionSource: "account", accountCoverage: [], regions: [{ ...all, region, services: all }] } as unknown as Snapshot;
  const missing = new Completeness(snapshot).missing(needs, region);
  return missing ? { answer: "unknown", why: missing } : undefined;
}

export function judgeResource(id: string, resource: Resource, around?: Surroundings): Judgement {
  const rule = resourceRule(id);
  const missing = missingFor(rule, around?.unread ?? []);
  if (missing) return missing;
  return single(rule.judge(resourceSubject(resource, around), contextOf(rule)));
}

export function wordedResource(id: string, resource: Resource, around?: Surroundings) {
  const judgement = judgeResource(id, resource, around);
  if (judgement.answer !== "hit") throw new Error(`${id} says ${judgement.answer}`);
  const { arn, name, type, region } = resource;
  return resourceRule(id).word(judgement.evidence, { arn, name, type, region, account: "111122223333" });
}
