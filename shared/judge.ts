import type { CopiesOf } from "./graph/copies.ts";
import { type Graph, isServiceComplete } from "./graph/graph.ts";
import { type OwnerSources, ownerOf } from "./graph/owners.ts";
import type { Coverage } from "./model/coverage.ts";
import { isAbsent, isComplete } from "./model/coverage.ts";
import { coverageOnly } from "./model/coverage-only.ts";
import type { FunctionFacts } from "./model/document.ts";
import type { Finding, Owner } from "./model/finding.ts";
import type { ServiceName } from "./model/graph.ts";
import { accountResource, type ResourceRef } from "./model/resource.ts";
import type { FunctionSubject, Judgement, QueueSubject, ResourceRule, ResourceSubject, Rule, RuleContext } from "./model/rule.ts";
import type { PartName, RegionSnapshot, Snapshot } from "./model/snapshot.ts";
import { toFinding } from "./rules/to-finding.ts";
import type { Settings } from "./settings.ts";
import { queueSubjects } from "./usage/queue-subjects.ts";

/** What a scan saw of a finding that it did not find: nothing of the kind any more, could not tell, or did not look there. */
export type Look = "clear" | "unknown" | "outside";

/** Parts whose gaps concern single resources: the rule sees them on the resource. Gaps in the others make every answer unknown. */
const perResource: ReadonlySet<PartName> = new Set(["functions", "usage", "candidates", "queues", "tags"]);

/** Answers how the scan saw a finding that is not among those it found. */
export type LookAt = (finding: { readonly rule: string; readonly resource: ResourceRef; readonly sub?: string }) => Look;

/** One sitting: every rule is put to what it is about, and every answer is kept for `look`. */
export class Judge {
  readonly findings: Finding[] = [];
  readonly looks: { key: string; complete: boolean }[] = [];
  /** By rule, then by resource. */
  readonly #answers = new Map<string, Map<string, Judgement["answer"]>>();
  /** Without what was read: `look` is asked when the snapshot is no longer needed. */
  readonly #regions: ReadonlyMap<string, RegionSnapshot>;
  readonly #coverageRegions: ReadonlySet<string>;
  readonly #snapshot: Snapshot;
  readonly #settings: Settings;
  readonly #owners: OwnerSources;
  readonly #now: Date;

  constructor(snapshot: Snapshot, settings: Settings, owners: OwnerSources, now: Date) {
    this.#snapshot = coverageOnly(snapshot);
    this.#settings = settings;
    this.#owners = owners;
    this.#now = now;
    this.#regions = new Map(this.#snapshot.regions.map((region) => [region.region, region]));
    this.#coverageRegions = new Set(["global", ...this.#regions.keys()]);
  }

  judgeRegion(rule: Rule, region: RegionSnapshot, functions: readonly FunctionSubject[]): void {
    if (rule.subject === "coverage" || rule.subject === "resource") return;
    const missing = rule.needs
      .map((need) => region[need].coverage)
      .find((coverage) => coverage.status !== "complete" && !isAbsent(coverage));
    if (isComplete(region.functions) || functions.length > 0) {
      this.looks.push({ key: `${region.region}|${rule.id}`, complete: missing === undefined });
    }
    const blocked = rule.needs.some((need) => !perResource.has(need) && !isComplete(region[need]));
    if (rule.subject === "function") for (const subject of functions) this.#function(rule, subject, blocked);
    else for (const subject of queueSubjects(region, functions)) this.#queue(rule, subject, blocked);
  }

  judgeCoverage(rule: Rule, rows: readonly Coverage[]): void {
    if (rule.subject !== "coverage") return;
    const resource = accountResource(this.#snapshot.partition, this.#snapshot.account);
    this.looks.push({ key: `global|${rule.id}`, complete: true });
    for (const row of rows) this.#take(rule, resource, rule.judge(row, this.#context(rule)), {}, `${row.collector}|${row.region}`);
  }

  judgeResources(rule: ResourceRule, graph: Graph, facts: ReadonlyMap<string, FunctionFacts>, copiesOf: CopiesOf): void {
    const complete = (service: ServiceName, region: string) => isServiceComplete(this.#snapshot, service, region) === true;
    const regions = new Set(this.#regions.keys());
    for (const resource of graph.resources.values()) {
      if (!rule.types.includes(resource.type)) continue;
      regions.add(resource.region);
      const { arn, type, name, region, tags = {} } = resource;
      const subject: ResourceSubject = {
        resource,
        // most rules do not ask
        get exposure() {
          return graph.exposure(arn);
        },
        incoming: graph.into(arn),
        outgoing: graph.outOf(arn),
        resourceOf: (other) => graph.resources.get(other),
        functionOf: (other) => facts.get(other),
        isComplete: (service) => complete(service, region),
        functionsComplete: this.#areFunctionsComplete(region),
        copies: copiesOf(arn),
      };
      const judgement = verdict(false, tags["smalltarget:ignore"], () => rule.judge(subject, this.#context(rule)));
      const owner = facts.get(arn)?.owner ?? ownerOf(resource, this.#owners);
      this.#take(rule, { arn, type, name, account: this.#snapshot.account, region }, judgement, owner);
    }
    for (const region of regions) {
      const looks = rule.services.map((service) => isServiceComplete(this.#snapshot, service, region));
      if (!looks.includes("not-read")) this.looks.push({ key: `${region}|${rule.id}`, complete: looks.every((look) => look === true) });
    }
  }

  #function(rule: Rule & { subject: "function" }, subject: FunctionSubject, blocked: boolean): void {
    const { facts } = subject;
    const resource: ResourceRef = {
      arn: facts.arn,
      type: "AWS::Lambda::Function",
      name: facts.name,
      account: this.#snapshot.account,
      region: facts.region,
    };
    this.#take(
      rule,
      resource,
      verdict(blocked, facts.ignored, () => rule.judge(subject, this.#context(rule))),
      facts.owner,
    );
  }

  #queue(rule: Rule & { subject: "queue" }, subject: QueueSubject, blocked: boolean): void {
    const { arn, name } = subject.queue;
    const { tags } = subject;
    const resource: ResourceRef = { arn, type: "AWS::SQS::Queue", name, account: this.#snapshot.account, region: subject.region };
    const own = ownerOf({ arn, region: subject.region, tags }, this.#owners);
    const owner = own.team ? own : (subject.consumers[0]?.facts.owner ?? {});
    this.#take(
      rule,
      resource,
      verdict(blocked, tags["smalltarget:ignore"], () => rule.judge(subject, this.#context(rule))),
      owner,
    );
  }

  #take(rule: Rule, resource: ResourceRef, judgement: Judgement, owner: Owner, sub?: string): void {
    let answers = this.#answers.get(rule.id);
    if (!answers) {
      answers = new Map();
      this.#answers.set(rule.id, answers);
    }
    answers.set(answerKey(resource.arn, sub), judgement.answer);
    if (judgement.answer === "hit") this.findings.push(toFinding(rule, resource, judgement, owner, sub));
  }

  #answerOf(rule: string, arn: string, sub: string | undefined): Judgement["answer"] | undefined {
    return this.#answers.get(rule)?.get(answerKey(arn, sub));
  }

  #context(rule: Rule): RuleContext {
    return { now: this.#now, settings: this.#settings.thresholds[rule.id] ?? {} };
  }

  /** Where a resource belongs to no Region, any function of the account may refer to it. */
  #areFunctionsComplete(region: string): boolean {
    const { regionSource, regions } = this.#snapshot;
    const own = this.#regions.get(region);
    if (region !== "global") return own !== undefined && isComplete(own.functions);
    const all = regionSource === "account" || regionSource === "ec2";
    return all && this.#snapshot.accountCoverage.every(isReadOrAbsent) && regions.every(({ functions }) => isComplete(functions));
  }

  #lookAtResource(rule: ResourceRule, resource: ResourceRef, sub: string | undefined): Look {
    const answer = this.#answerOf(rule.id, resource.arn, sub);
    if (answer) return answer === "unknown" ? "unknown" : "clear";
    const looks = rule.services.map((service) => isServiceComplete(this.#snapshot, service, resource.region));
    if (looks.includes("not-read")) return "outside";
    if (rule.types.includes("AWS::Lambda::Function") && !this.#areFunctionsComplete(resource.region)) return "unknown";
    return looks.every((look) => look === true) ? "clear" : "unknown";
  }

  look(rules: readonly Rule[]): LookAt {
    const byId = new Map(rules.map((rule) => [rule.id, rule]));
    return ({ rule: id, resource, sub }) => {
      const rule = byId.get(id);
      // a rule that no longer exists, or was switched off, holds nothing open
      if (!rule || this.#settings.disabledRules.includes(id)) return "clear";
      if (rule.subject === "coverage") {
        const answer = this.#answerOf(id, resource.arn, sub);
        if (answer) return answer === "unknown" ? "unknown" : "clear";
        return this.#coverageRegions.has(sub?.split("|")[1] ?? "") ? "clear" : "outside";
      }
      if (rule.subject === "resource") return this.#lookAtResource(rule, resource, sub);
      const region = this.#regions.get(resource.region);
      if (!region) return "outside";
      const answer = this.#answerOf(id, resource.arn, sub);
      if (answer) return answer === "unknown" ? "unknown" : "clear";
      // it is not there any more: gone, if everything that would show it was read
      const listed = rule.subject === "function" ? (["functions"] as const) : rule.needs;
      return listed.every((need) => isComplete(region[need])) ? "clear" : "unknown";
    };
  }
}

function isReadOrAbsent(coverage: Coverage): boolean {
  return coverage.status === "complete" || isAbsent(coverage);
}

/** The ARN itself where that is enough: there is one for every resource and rule. */
function answerKey(arn: string, sub: string | undefined): string {
  return sub === undefined ? arn : `${arn}|${sub}`;
}

function verdict(blocked: boolean, ignored: string | undefined, judge: () => Judgement): Judgement {
  if (ignored !== undefined) return { answer: "clear" };
  return blocked ? { answer: "unknown", why: "something that the rule needs could not be read" } : judge();
}
