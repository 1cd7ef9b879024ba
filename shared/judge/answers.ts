/** What the rules answered, kept until the findings of earlier scans were compared with it. Pure. */

import { type Scope, takesIn } from "../model/concluded-from.ts";
import type { ResourceRef } from "../model/resource.ts";
import { anySub, type Judgements, type Rule } from "../model/rule.ts";
import { globalRegion } from "../model/snapshot.ts";
import type { Completeness } from "./completeness.ts";

/** What a scan saw of a finding that it did not find: nothing of the kind any more, could not tell, or did not look there. */
export type Look = "clear" | "unknown" | "outside";

/** Answers how the scan saw a finding that is not among those it found. */
export type LookAt = (finding: Scope & { readonly rule: string; readonly resource: ResourceRef; readonly sub?: string }) => Look;

/** For one resource: could not tell at all, or the subs of which it could not be told (mostly none), with those that could be. */
type Answer = "unknown" | { readonly untold: readonly string[]; readonly told?: readonly string[] };

const toldAll: Answer = { untold: [] };

export class Answers {
  /** By rule, then by ARN: there is one for every resource and rule. */
  readonly #byRule = new Map<string, Map<string, Answer>>();
  readonly #unreadable = new Set<string>();
  #mayBeUnseen: (resource: ResourceRef) => boolean = () => false;

  note(rule: string, arn: string, judgements: Judgements): void {
    const answers = this.#byRule.get(rule) ?? new Map<string, Answer>();
    this.#byRule.set(rule, answers);
    const before = answers.get(arn);
    const now = answerOf(judgements);
    // rows of coverage are all about the one account
    answers.set(arn, before === undefined ? now : both(before, now));
  }

  noteUnseen(mayBe: (resource: ResourceRef) => boolean): void {
    this.#mayBeUnseen = mayBe;
  }

  noteUnreadable(arn: string): void {
    this.#unreadable.add(arn);
  }

  look(rules: readonly Rule[], disabled: readonly string[], completeness: Completeness): LookAt {
    const byId = new Map(rules.map((rule) => [rule.id, rule]));
    return (finding) => {
      const { rule: id, resource, sub } = finding;
      const rule = byId.get(id);
      // a rule that no longer exists, or was switched off, holds nothing open
      if (!rule || disabled.includes(id)) return "clear";
      if (rule.subject === "coverage") return this.#lookAtCoverage(id, resource.arn, sub, completeness);
      if (this.#unreadable.has(resource.arn)) return "unknown";
      const answer = this.#byRule.get(id)?.get(resource.arn);
      if (answer !== undefined) {
        if (isUnknown(answer, sub)) return "unknown";
        return takesIn(completeness.scope(rule, resource.region), finding) ? "clear" : "outside";
      }
      if (this.#mayBeUnseen(resource)) return "unknown";
      // it is not there any more: gone, if everything that would show it was read
      const met = completeness.all(rule.gone, resource.region);
      return met === "met" ? "clear" : met === "unmet" ? "unknown" : "outside";
    };
  }

  #lookAtCoverage(rule: string, arn: string, sub: string | undefined, { regions }: Completeness): Look {
    const answer = this.#byRule.get(rule)?.get(arn);
    if (answer !== undefined && isUnknown(answer, sub)) return "unknown";
    const region = sub?.split("|")[1] ?? "";
    return region === globalRegion || regions.includes(region) ? "clear" : "outside";
  }
}

function both(one: Answer, other: Answer): Answer {
  if (one === "unknown" || other === "unknown") return "unknown";
  return one.untold.length === 0 ? other : { untold: [...one.untold, ...other.untold], told: [...(one.told ?? []), ...(other.told ?? [])] };
}

function answerOf(judgements: Judgements): Answer {
  const unknown = ("answer" in judgements ? [judgements] : judgements).filter((one) => one.answer === "unknown");
  if (unknown.some(({ sub }) => sub === undefined)) return "unknown";
  if (unknown.length === 0) return toldAll;
  return { untold: unknown.flatMap(({ sub }) => sub ?? []), told: unknown.flatMap(({ except }) => except ?? []) };
}

function isUnknown(answer: Answer, sub: string | undefined): boolean {
  if (answer === "unknown") return true;
  const { untold, told } = answer;
  return sub !== undefined && (untold.includes(sub) || (untold.includes(anySub) && !told?.includes(sub)));
}
