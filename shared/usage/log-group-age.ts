/** A log group older than the last deploy proves that a function, of which no run was seen, existed before. Pure. */
import { dayOf } from "../model/day.ts";
import type { CandidateRead, RegionSnapshot } from "../model/snapshot.ts";

/** Deployed this recently, a function may be a new one in the log group of an old one of its name. */
const deployGraceDays = 14;
/** From here on the deploy itself is evidence enough. */
const enoughDays = 30;

/** Candidates of the Region by ARN, with the age of their log groups where it matters. */
export function candidatesOf(region: RegionSnapshot, now: Date): Map<string, CandidateRead> {
  const created = new Map<string, string>();
  for (const { resource } of region.services["log-groups"]?.items ?? [])
    if (resource?.createdAt) created.set(resource.name, resource.createdAt);
  const functions = new Map(region.functions.items.map((f) => [f.arn, f]));
  const usage = new Map(region.usage.items.map((one) => [one.arn, one]));
  return new Map(
    region.candidates.items.map((candidate) => {
      const { name, lastModified } = functions.get(candidate.arn) ?? {};
      const age = lastModified ? dayOf(now) - dayOf(lastModified) : 0;
      const matters = usage.get(candidate.arn)?.ledger.lastActiveDay === undefined && age >= deployGraceDays && age < enoughDays;
      const logGroupCreatedAt = matters ? created.get(`/aws/lambda/${name}`) : undefined;
      return [candidate.arn, logGroupCreatedAt ? { ...candidate, logGroupCreatedAt } : candidate];
    }),
  );
}
