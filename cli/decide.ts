/** What the commands that decide about findings have in common. */
import { userInfo } from "node:os";
import { InvalidArgumentError } from "commander";
import { dayMs } from "../shared/model/day.ts";
import type { StoredFinding } from "../shared/model/finding.ts";
import { cleanText } from "../shared/model/plain-text.ts";
import type { DecisionPlace } from "../shared/scan/acknowledge.ts";
import type { LastScan, ReadOptions } from "./last-scan.ts";
import { didYouMean } from "./nearest.ts";
import { UsageError } from "./usage-error.ts";

/** Parts of the last scan that a decision needs. */
export const decidedParts = ["findings", "resources"] as const;
export type Decidable = LastScan<(typeof decidedParts)[number]>;

/** The store to write to, and what is known of the account. @throws CannotStartError where it cannot be written */
export async function placeOf({
  document,
  kept,
}: Decidable): Promise<DecisionPlace & { readonly store: Awaited<ReturnType<typeof kept.writable>> }> {
  const { account, regions } = document.scan;
  return { store: await kept.writable(account), account, regions, resources: document.resources, now: new Date() };
}

/**
 * Who decides: the identity of the credentials, as STS says. About a folder of this machine also somebody without credentials may decide,
 * and is written down as such. @throws what STS answers
 */
export async function whoDecides({ kept }: Decidable, { profile }: ReadOptions): Promise<string> {
  const { callerIdentity } = await import("../shared/aws/own-clients.ts");
  const { homeRegion } = await import("./home-region.ts");
  try {
    const { arn } = await callerIdentity(await homeRegion(profile), profile);
    if (arn) return arn;
  } catch (error) {
    if (kept.kind !== "dir" || profile !== undefined) throw error;
  }
  return `user ${cleanText(userInfo().username, 60)} of a machine without AWS credentials`;
}

/** The finding as the store has it now. @throws UsageError with the nearest id */
export async function findingOf(
  { document }: Decidable,
  { store, account }: Pick<DecisionPlace, "account"> & { store: { findingById(id: string): Promise<StoredFinding | undefined> } },
  text: string,
): Promise<StoredFinding> {
  const id = text.toUpperCase();
  const found = await store.findingById(id);
  if (found && found.resource.account === account) return found;
  const known = document.findings.map((one) => one.id);
  throw new UsageError(`account ${account} has no finding ${cleanText(text, 60)}${didYouMean(id, known)}`);
}

/** `90d` from now, or a day, as ISO 8601 UTC: a day is over when it begins there. */
export function untilOption(value: string): string {
  const [, days] = /^(\d{1,4})d$/i.exec(value) ?? [];
  if (days !== undefined) return new Date(Date.now() + Number(days) * dayMs).toISOString();
  const at = new Date(`${value}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(value) || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== value) {
    throw new InvalidArgumentError("It is a number of days, such as 90d, or a day, such as 2027-02-01.");
  }
  return at.toISOString();
}
