/**
 * How long extensions go on after the handler: asked of functions that may have one, for a layer of unknown content or an image may hold it. It is one
 * metric more for each, with all its days at once the first time.
 */
import { forEachAtMost } from "../../aws/paginate.ts";
import { metricRetentionDays } from "../../data/service-limits.ts";
import { dayOf } from "../../model/day.ts";
import type { FunctionConfiguration } from "../../model/snapshot.ts";
import type { LedgerEntry } from "../../model/usage.ts";
import { mayRunExtensions } from "../../usage/extensions.ts";
import type { Reading } from "../../usage/ledger.ts";
import { planBatches, type Wanted } from "../../usage/metric-plan.ts";
import type { CollectContext } from "../contract/collector.ts";
import { readDaily } from "./function-metric-reads.ts";

export type ExtensionsRead = NonNullable<LedgerEntry["extensions"]> | "unread";

/**
 * Extensions' longest time by function, and from which day on it was looked for; `unread` where that failed, of which `failed` is told. The rest of a
 * function's usage does not fail with it: nothing is lowered of a function until it is known.
 */
export async function readExtensionTimes(
  { clients, region, now }: CollectContext,
  readings: ReadonlyMap<string, Reading>,
  functions: ReadonlyMap<string, FunctionConfiguration>,
  entries: ReadonlyMap<string, LedgerEntry>,
  failed: (cause: unknown) => void,
): Promise<Map<string, ExtensionsRead>> {
  const found = new Map<string, ExtensionsRead>();
  const earliest = dayOf(now) - metricRetentionDays + 1;
  const wanted = [...functions.values()].flatMap((configuration): Wanted[] => {
    const { name } = configuration;
    const entry = entries.get(name);
    const reading = readings.get(name);
    const first = Math.min(entry?.firstActiveDay ?? Number.POSITIVE_INFINITY, reading?.days[0]?.day ?? Number.POSITIVE_INFINITY);
    // one that never ran has no extension that ran
    if (!mayRunExtensions(configuration) || !Number.isFinite(first)) return [];
    if (!entry?.extensions) return [{ name, fromDay: Math.max(first, earliest) }];
    return reading && reading.days.length > 0 ? [{ name, fromDay: reading.fromDay }] : [];
  });
  await forEachAtMost(planBatches(wanted, 1, now), 2, async (batch) => {
    try {
      const answers = await readDaily(clients, region, batch, [{ metric: "PostRuntimeExtensionsDuration", stat: "Maximum" }], now);
      for (const [name, [maxima]] of answers)
        found.set(name, { readFromDay: batch.fromDay, longestMs: Math.max(0, ...(maxima?.values() ?? [])) });
      if (batch.names.some((name) => !answers.has(name)))
        failed(new Error(`CloudWatch in ${region} did not finish PostRuntimeExtensionsDuration`));
    } catch (cause) {
      failed(cause);
    }
    for (const name of batch.names) if (!found.has(name)) found.set(name, "unread");
  });
  return found;
}
