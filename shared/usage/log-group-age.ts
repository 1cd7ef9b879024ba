/** A log group older than the last deploy proves that a function, of which no run was seen, existed before. Pure. */
import { dayOf } from "../model/day.ts";
import type { Declared, SettingValue } from "../model/rule-settings.ts";
import type { CandidateRead, RegionSnapshot } from "../model/snapshot.ts";

/** Settings of lambda/never-invoked-function that say when the age of a log group is asked. */
export const silenceSettings = {
  ageDays: { default: 30, unit: "days", minimum: 1, meaning: "known to exist at least this long without a run" },
  deployGraceDays: { default: 14, unit: "days", minimum: 0, meaning: "a deployment delays the finding by this long, once" },
} as const satisfies Declared;

/** Deployed this many days ago, a function may be a new one in the log group of an old one of its name; from the second number on the deploy itself is enough. */
export interface LogGroupDays {
  readonly graceDays: number;
  readonly enoughDays: number;
}

/** What these settings amount to; `rules` holds every setting's value by rule id. */
export function logGroupDays(rules: Readonly<Record<string, Readonly<Record<string, SettingValue>>>>): LogGroupDays {
  const { ageDays, deployGraceDays } = rules["lambda/never-invoked-function"] ?? {};
  return {
    graceDays: Number(deployGraceDays ?? silenceSettings.deployGraceDays.default),
    enoughDays: Number(ageDays ?? silenceSettings.ageDays.default),
  };
}

/** Candidates of the Region by ARN, with the age of their log groups where it matters. */
export function candidatesOf(region: RegionSnapshot, { graceDays, enoughDays }: LogGroupDays, now: Date): Map<string, CandidateRead> {
  const created = new Map<string, string>();
  for (const { resource } of region.services["log-groups"]?.items ?? [])
    if (resource?.createdAt) created.set(resource.name, resource.createdAt);
  const functions = new Map(region.functions.items.map((f) => [f.arn, f]));
  const usage = new Map(region.usage.items.map((one) => [one.arn, one]));
  return new Map(
    region.candidates.items.map((candidate) => {
      const { name, lastModified } = functions.get(candidate.arn) ?? {};
      const age = lastModified ? dayOf(now) - dayOf(lastModified) : 0;
      const matters = usage.get(candidate.arn)?.ledger.lastActiveDay === undefined && age >= graceDays && age < enoughDays;
      const logGroupCreatedAt = matters ? created.get(`/aws/lambda/${name}`) : undefined;
      return [candidate.arn, logGroupCreatedAt ? { ...candidate, logGroupCreatedAt } : candidate];
    }),
  );
}
