import { lookKey } from "../model/concluded-from.ts";
import type { Coverage } from "../model/coverage.ts";
import type { Finding, Owner } from "../model/finding.ts";
import { isOurs, leftAloneBecause } from "../model/left-alone.ts";
import { cleanText } from "../model/plain-text.ts";
import { accountResource, type ResourceRef } from "../model/resource.ts";
import type { CoverageRule, FunctionRule, Judgements, QueueRule, ResourceRule, Rule, RuleContext, Unknown } from "../model/rule.ts";
import type { FunctionSubject, QueueSubject } from "../model/rule-subject.ts";
import { globalRegion } from "../model/snapshot.ts";
import { type OwnerSources, ownerOf } from "../owners/owners.ts";
import type { Settings } from "../settings.ts";
import { Answers, type LookAt } from "./answers.ts";
import type { Completeness } from "./completeness.ts";
import { type Inventory, ownerOfResource, resourceSubject } from "./resource-subject.ts";
import { toFinding } from "./to-finding.ts";

/** What every judgement of one snapshot shares. */
export interface Bench {
  readonly account: string;
  readonly partition: string;
  readonly settings: Settings;
  readonly owners: OwnerSources;
  readonly completeness: Completeness;
  readonly now: Date;
}

/** Something to judge, with what goes into its findings. */
interface Case {
  readonly resource: ResourceRef;
  readonly owner: Owner;
  /** The reason in `smalltarget:ignore`: then it is not judged. */
  readonly ignored: string | undefined;
  judge(): Judgements;
}

export class Judge {
  readonly #findings: Finding[] = [];
  /** `REGION|RULE` pairs that were looked at, and whether completely. */
  readonly looks: { key: string; complete: boolean }[] = [];
  /** One row for each rule and Region in which the rule threw. */
  readonly broken: Coverage[] = [];
  readonly #answers = new Answers();
  readonly #bench: Bench;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  judgeFunctions(rule: FunctionRule, region: string, subjects: readonly FunctionSubject[]): void {
    this.#noteLook(rule, region);
    for (const subject of subjects) {
      const { arn, name, ignored, owner } = subject.facts;
      const resource = { arn, type: "AWS::Lambda::Function", name, account: this.#bench.account, region };
      this.#hear(rule, { resource, owner, ignored, judge: () => rule.judge(subject, this.#context(rule)) });
    }
  }

  judgeQueues(rule: QueueRule, region: string, subjects: readonly QueueSubject[]): void {
    this.#noteLook(rule, region);
    for (const subject of subjects) {
      const { tags, consumers } = subject;
      const { arn, name } = subject.queue;
      const resource = { arn, type: "AWS::SQS::Queue", name, account: this.#bench.account, region };
      const own = ownerOf({ arn, region, tags }, this.#bench.owners);
      const owner = own.team ? own : (consumers[0]?.facts.owner ?? {});
      this.#hear(rule, { resource, owner, ignored: leftAloneBecause(tags), judge: () => rule.judge(subject, this.#context(rule)) });
    }
  }

  /** One finding a thing: where a rule yields to another that found something on the same resource, the other's stands. */
  findings(rules: readonly Rule[]): Finding[] {
    const opened = new Set(
      this.#findings.flatMap(({ rule, resource, continuesOnly }) => (continuesOnly ? [] : [`${rule} ${resource.arn}`])),
    );
    const yields = new Map(rules.flatMap(({ id, yieldsTo }) => (yieldsTo ? [[id, yieldsTo] as const] : [])));
    return this.#findings.filter(({ rule, resource }) => !yields.get(rule)?.some((other) => opened.has(`${other} ${resource.arn}`)));
  }

  judgeResources(rule: ResourceRule, inventory: Inventory): void {
    const regions = new Set(this.#bench.completeness.regions);
    for (const resource of [...inventory.graph.resources.values(), ...inventory.layers]) {
      if (!rule.types.includes(resource.type)) continue;
      regions.add(resource.region);
      const { arn, type, name, region, tags = {} } = resource;
      const subject = resourceSubject(resource, inventory);
      const owner = ownerOfResource(resource, inventory, this.#bench.owners);
      const ref = { arn, type, name, account: this.#bench.account, region };
      this.#hear(rule, {
        resource: ref,
        owner,
        ignored: rule.judgesOurs && isOurs(tags) ? undefined : leftAloneBecause(tags),
        judge: () => rule.judge(subject, this.#context(rule)),
      });
    }
    for (const region of regions) this.#noteLook(rule, region);
  }

  /** Last, for rules that threw are coverage too. */
  judgeCoverage(rule: CoverageRule, rows: readonly Coverage[]): void {
    const resource = accountResource(this.#bench.partition, this.#bench.account);
    this.looks.push({ key: `${globalRegion}|${rule.id}`, complete: true });
    for (const row of rows) {
      const sub = `${row.collector}|${row.region}`;
      const judge = () => {
        const judgement = rule.judge(row, this.#context(rule));
        return judgement.answer === "clear" ? judgement : [{ sub, ...judgement }];
      };
      this.#hear(rule, { resource, owner: {}, ignored: undefined, judge });
    }
  }

  /** Nothing can be said about this resource, whatever the rule: what was read of it could not be understood. */
  noteUnreadable(arn: string): void {
    this.#answers.noteUnreadable(arn);
  }

  /** What was not seen again may still be there, where `mayBe` says so. */
  noteUnseen(mayBe: (resource: ResourceRef) => boolean): void {
    this.#answers.noteUnseen(mayBe);
  }

  /** How this sitting saw a finding that is not among those it found. */
  look(rules: readonly Rule[]): LookAt {
    const { completeness, settings } = this.#bench;
    return this.#answers.look(rules, settings.disabledRules, completeness);
  }

  #hear(rule: Rule, { resource, owner, ignored, judge }: Case): void {
    const { completeness } = this.#bench;
    const scope = completeness.scope(rule, resource.region);
    const missing = scope.concludedFrom ? undefined : completeness.missing(rule.needs, resource.region);
    const judgements =
      ignored !== undefined ? ({ answer: "clear" } as const) : missing ? unread(missing) : this.#fenced(rule, resource, judge);
    const findings = this.#worded(rule, resource, owner, judgements)?.map((finding) => ({ ...finding, ...scope }));
    this.#answers.note(rule.id, resource.arn, findings ? judgements : unspoken);
    for (const finding of findings ?? []) this.#findings.push(finding);
  }

  #fenced(rule: Rule, resource: ResourceRef, judge: () => Judgements): Judgements {
    try {
      return judge();
    } catch (error) {
      this.#noteBroken(rule, resource, error);
      return unspoken;
    }
  }

  /** The hits as findings; undefined where the rule has no words for one. */
  #worded(rule: Rule, resource: ResourceRef, owner: Owner, judgements: Judgements): Finding[] | undefined {
    const all = "answer" in judgements ? [judgements] : judgements;
    try {
      return all.flatMap((one) => (one.answer === "hit" ? [toFinding(rule, resource, one, owner)] : []));
    } catch (error) {
      this.#noteBroken(rule, resource, error);
      return undefined;
    }
  }

  #noteBroken(rule: Rule, resource: ResourceRef, error: unknown): void {
    const row = brokenRow(`rule ${rule.id}`, resource.region, resource.name, error);
    if (!this.broken.some(({ collector, region }) => collector === row.collector && region === row.region)) this.broken.push(row);
  }

  #noteLook(rule: Rule, region: string): void {
    const { completeness } = this.#bench;
    const met = completeness.all([...rule.needs, ...rule.gone], region);
    const scope = completeness.scope(rule, region);
    if (met !== "not-asked")
      this.looks.push({
        key: lookKey(region, rule.id, scope),
        complete: met === "met" || (met === "part" && scope.concludedFrom !== undefined),
      });
  }

  #context(rule: Rule): RuleContext {
    const { now, settings } = this.#bench;
    const topics = Object.values(settings.channels ?? {}).flatMap((channel) => (channel.kind === "sns" ? [channel.topic] : []));
    return { now, settings: settings.rules[rule.id] ?? {}, ...(settings.channels ? { topics } : {}) };
  }
}

/** The row of coverage for something of ours that failed on what AWS answered about `name`. */
export function brokenRow(collector: string, region: string, name: string, error: unknown): Coverage {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { collector, region, status: "failed", code: "NotUnderstood", message: cleanText(`${name}: ${what}`, 300) };
}

const unspoken: Unknown = { answer: "unknown", why: "the rule failed on it; coverage says how" };

function unread(need: string): Unknown {
  return { answer: "unknown", why: `${need.split(":")[0]} could not be read completely` };
}
