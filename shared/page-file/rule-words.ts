/** What the rules say that made a finding, for its page. Pure. */
import type { Rule } from "../model/rule.ts";
import { settingWords } from "../report/rule-page.ts";

/** What a rule says, and when a finding of it has which severity. */
export interface PageRule extends Pick<Rule, "id" | "why" | "severities"> {
  /** Those that its severities name, with what they are where nobody sets them: `5 %`, `30 days`. */
  readonly settings: readonly { readonly name: string; readonly value: string; readonly meaning: string }[];
}

/** What of a rule is told. */
export type ToldRule = Pick<Rule, "id" | "why" | "severities" | "settings">;

/** Those of these rules that made one of the findings. */
export function rulesOf(findings: readonly { readonly rule: string }[], rules: readonly ToldRule[]): PageRule[] {
  const broken = new Set(findings.map(({ rule }) => rule));
  return rules
    .filter(({ id }) => broken.has(id))
    .map(({ id, why, severities, settings }) => ({
      id,
      why,
      severities,
      settings: Object.entries(settings)
        .filter(([name]) => severities.some(({ when }) => when.includes(name)))
        .map(([name, setting]) => ({ name, value: settingWords(setting).value, meaning: setting.meaning })),
    }));
}
