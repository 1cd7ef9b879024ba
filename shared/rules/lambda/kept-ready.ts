/** Environments that are kept ready for a quiet function: what they cost, how grave that is, and what it says in evidence. Pure. */
import { perProvisionedGbSecond } from "../../data/prices.ts";
import type { FunctionFacts } from "../../model/document.ts";
import type { Evidence } from "../../model/finding.ts";
import type { Hit } from "../../model/rule.ts";
import type { ProvisionedConcurrency } from "../../model/usage.ts";

/** As rules declare it. */
export const keptReadySeverity = {
  severity: "MEDIUM",
  when: "provisioned concurrency is paid for by the hour, for nobody",
} as const;

const secondsInMonth = 730 * 3600;

/** Paid for by the hour and used by nobody: never the least. */
export function withKeptReady<Found extends Pick<Hit, "severity" | "materialKey" | "evidence">>(
  { provisioned = [], memoryMb }: FunctionFacts,
  found: Found,
): Found {
  if (provisioned.length === 0) return found;
  const environments = provisioned.reduce((sum, one) => sum + one.environments, 0);
  return {
    ...found,
    severity: found.severity === "LOW" ? keptReadySeverity.severity : found.severity,
    materialKey: `${found.materialKey}|provisioned`,
    evidence: {
      ...found.evidence,
      provisioned: provisioned.map((one) => `${one.qualifier} ${one.environments}`),
      provisionedMonthlyUsd: Math.ceil(environments * (memoryMb / 1024) * secondsInMonth * perProvisionedGbSecond),
    },
  };
}

/** What evidence says of them; empty where it says nothing. */
export function keptReadyIn({ provisioned }: Evidence): ProvisionedConcurrency[] {
  if (!Array.isArray(provisioned)) return [];
  return provisioned.map(String).map((one) => {
    const at = one.lastIndexOf(" ");
    return { qualifier: one.slice(0, at), environments: Number(one.slice(at + 1)) };
  });
}

/** `5 environments are kept ready for it (provisioned concurrency of alias live), about 55 USD a month. `; empty where there are none. */
export function keptReadyWords(evidence: Evidence): string {
  const kept = keptReadyIn(evidence);
  if (kept.length === 0) return "";
  const environments = kept.reduce((sum, one) => sum + one.environments, 0);
  const are = environments === 1 ? "1 environment is" : `${environments} environments are`;
  const names = kept.map(({ qualifier }) => `${/^\d+$/.test(qualifier) ? "version" : "alias"} ${qualifier}`).join(", ");
  return `${are} kept ready for it (provisioned concurrency of ${names}), about ${evidence.provisionedMonthlyUsd} USD a month. `;
}
