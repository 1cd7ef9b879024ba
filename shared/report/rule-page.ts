/** What a rule says and why. */
import type { Need, Rule } from "../model/rule.ts";
import { isThreshold, type Setting, type TextSetting } from "../model/rule-settings.ts";
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
    ...(settings.length > 0 ? ["", paint.bold("Settings"), ...settings.flatMap(([name, value]) => settingLines(name, value, width))] : []),
    "",
    paint.bold("Needs"),
    ...wrap(needsText(rule), width - 2).map((line) => `  ${line}`),
    ...(rule.references.length > 0 ? ["", paint.bold("More"), ...rule.references.map((url) => `  ${url}`)] : []),
    ...(settings.length > 0 ? ["", `Set in a file for --settings: ${example(rule)}`] : []),
  ];
}

function settingLines(name: string, setting: Setting, width: number): string[] {
  const { value, limits } = settingWords(setting);
  return [`  ${name} = ${value} (${limits})`, ...wrap(setting.meaning, width - 6).map((line) => `      ${line}`)];
}

/** The default of a setting with its unit, and what it may be. */
export function settingWords(setting: Setting): { readonly value: string; readonly unit: string; readonly limits: string } {
  if (isThreshold(setting)) {
    const { default: value, unit, minimum } = setting;
    return { value: unit === "ratio" || unit === "count" ? `${value}` : `${value} ${unit}`, unit, limits: `at least ${minimum}` };
  }
  if (typeof setting.default !== "string") return { value: JSON.stringify(setting.default), unit: "list", limits: "any number of texts" };
  const { oneOf } = setting as TextSetting;
  return { value: JSON.stringify(setting.default), unit: "text", limits: oneOf ? `one of ${oneOf.join(", ")}` : "any text" };
}

/** What has to be read before the rule concludes anything. */
export function needsText(rule: Rule): string {
  const { needs, usageBased, holdsFromPart } = rule;
  const parts = needs.length > 0 ? needs.map(needWords).join(", ") : "nothing besides the resource itself";
  const resolved = usageBased ? "by two complete looks, at least 20 hours apart" : "by one complete look";
  return `${parts}; resolved ${resolved}${holdsFromPart ? "; found in a scan of chosen Regions too, and taken back by one of at least these" : ""}`;
}

function needWords(need: Need): string {
  const [collected = "", how] = need.split(":");
  if (how === "own") return `${collected} (of the resource itself)`;
  return how === "listed" ? `${collected} (what there is)` : collected;
}

function example({ id, settings }: Rule): string {
  const [first] = Object.entries(settings);
  return JSON.stringify({ rules: { [id]: first ? { [first[0]]: first[1].default } : {} } });
}
