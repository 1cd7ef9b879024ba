/** What a rule says and why. */
import type { Rule } from "../model/rule.ts";
import type { Look } from "./look.ts";
import { wrap } from "./wide-text.ts";

/** The page as lines. */
export function rulePage(rule: Rule, look: Look): string[] {
  const { paint, width } = look;
  const settings = Object.entries(rule.settings);
  return [
    `${paint.bold(rule.id)}  ${rule.summary}`,
    "",
    ...wrap(rule.why, width),
    "",
    paint.bold("Severity"),
    ...rule.severities.map(({ severity, when }) => `  ${severity.padEnd(14)}${when}`),
    ...(settings.length > 0
      ? ["", paint.bold("Thresholds"), ...settings.flatMap(([name, value]) => thresholdLines(name, value, width))]
      : []),
    "",
    paint.bold("Needs"),
    ...wrap(needsText(rule), width - 2).map((line) => `  ${line}`),
    ...(rule.references.length > 0 ? ["", paint.bold("More"), ...rule.references.map((url) => `  ${url}`)] : []),
    ...(settings.length > 0 ? ["", `Set in a file for --settings: ${example(rule)}`] : []),
  ];
}

function thresholdLines(name: string, { default: value, unit, minimum, meaning }: Rule["settings"][string], width: number): string[] {
  const amount = unit === "ratio" || unit === "count" ? `${value}` : `${value} ${unit}`;
  return [`  ${name} = ${amount} (at least ${minimum})`, ...wrap(meaning, width - 6).map((line) => `      ${line}`)];
}

/** What has to be read before the rule concludes anything. */
export function needsText(rule: Rule): string {
  const { needs, usageBased } = rule;
  const all = rule.subject === "resource" ? [...needs, ...rule.services] : needs;
  const parts = all.length > 0 ? all.join(", ") : "nothing besides the scan itself";
  return usageBased ? `${parts}; resolved by two complete looks, at least 20 hours apart` : `${parts}; resolved by one complete look`;
}

function example({ id, settings }: Rule): string {
  const [first] = Object.entries(settings);
  return JSON.stringify({ rules: { [id]: first ? { [first[0]]: first[1].default } : {} } });
}
