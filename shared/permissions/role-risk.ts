/** One role as it is ranked: its excess and what that risks, or why that is not known. Pure. */

import type { Excess, Risk } from "../model/excess.ts";
import type { ExposureLevel } from "../model/graph.ts";
import type { RoleAccess, RoleUser } from "../model/role-access.ts";
import type { SettingValue } from "../model/rule-settings.ts";
import { riskOf } from "./risk.ts";
import { sensitivityOf } from "./sensitivity.ts";

/** What a person may set of it: settings of the rule iam/excess-permissions. */
export interface RiskSettings {
  readonly unusedDays: number;
  readonly sensitiveNames: readonly string[];
}

const unset: RiskSettings = { unusedDays: 90, sensitiveNames: [] };

/** From the settings of all rules, by rule. */
export function riskSettings(rules: Readonly<Record<string, Readonly<Record<string, SettingValue>>>>): RiskSettings {
  return { ...unset, ...rules["iam/excess-permissions"] };
}

const levels: readonly ExposureLevel[] = ["internet-anonymous", "internet-authenticated", "cross-account", "internal", "unknown", "none"];

/** The most open of the functions' exposures, chains through other resources included; undefined where nobody said which functions there are. */
export function worstExposure(functions: readonly RoleUser[] | undefined): ExposureLevel | undefined {
  const all = new Set((functions ?? []).flatMap(({ exposure: { level, indirectLevel } }) => [level, indirectLevel ?? level]));
  return levels.find((level) => all.has(level));
}

/** Why it is not known what the functions need: one whose code was not read may need anything. Undefined: it is known. */
export function needUnknownBecause(functions: readonly RoleUser[]): string | undefined {
  for (const { facts, code } of functions) {
    if (!code) return `what ${facts.name} needs is not known: no code was read`;
    if (!code.code) return `what ${facts.name} needs is not known: its code was not read${code.unread ? ` (${code.unread})` : ""}`;
    if (code.code.language === "unknown")
      return `what ${facts.name} needs is not known: code for ${facts.runtime ?? "its runtime"} is not read`;
    if (code.code.files === 0) return `what ${facts.name} needs is not known: there was no code to read in its package`;
  }
  return undefined;
}

export type JudgedRole = { readonly excess: Excess; readonly risk: Risk } | { readonly unknown: string };

/** @param access of a role that functions have */
export function judgedRole(access: RoleAccess, { unusedDays, sensitiveNames }: RiskSettings): JudgedRole {
  const { functions = [], grant, power } = access;
  const [unread] = grant.unread;
  const unknown = unread ? `${unread} could not be read` : needUnknownBecause(functions);
  if (unknown) return { unknown };
  const excess = access.excess(unusedDays);
  const words = sensitiveNames.map((one) => one.toLowerCase());
  const risk = riskOf({
    exposure: worstExposure(functions) ?? "unknown",
    excess,
    sensitivity: sensitivityOf(access.reached(), words, power !== undefined),
    functions: functions.length,
  });
  return { excess, risk };
}
