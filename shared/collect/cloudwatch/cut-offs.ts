/**
 * What is asked in addition, and only of functions whose longest run reached the timeout or, it may be, an older one: whether invocations failed on
 * those days, and how long runs take on the other days. Such a maximum is cut off: the true length is not known.
 */
import { forEachAtMost } from "../../aws/paginate.ts";
import { dayOf } from "../../model/day.ts";
import type { FunctionConfiguration } from "../../model/snapshot.ts";
import type { Reading } from "../../usage/ledger.ts";
import { planBatches, type Wanted } from "../../usage/metric-plan.ts";
import { cutOffFromMs, wholeSecondOf } from "../../usage/timeout-evidence.ts";
import type { CollectContext } from "../contract/collector.ts";
import { readDaily } from "./function-metric-reads.ts";

const percentileDays = 90;

/** Several days whose longest runs end at the same whole second, before the last change of the configuration: an older timeout, if runs failed on them. */
function mayBePlateau(days: Reading["days"], configuration: FunctionConfiguration | undefined): boolean {
  const until = configuration?.lastModified ? dayOf(configuration.lastModified) : Number.POSITIVE_INFINITY;
  const seconds = days.flatMap(({ day, maxMs }) => (day <= until ? (wholeSecondOf(maxMs) ?? []) : []));
  return new Set(seconds).size < seconds.length;
}

/** Completes `readings` in place; functions whose errors could not be read are given to `fail`. */
export async function readCutOffs(
  context: CollectContext,
  readings: Map<string, Reading>,
  functions: ReadonlyMap<string, FunctionConfiguration>,
  fail: (names: readonly string[], cause: unknown) => void,
): Promise<void> {
  const { clients, region, now } = context;
  const limitMs = (name: string) => cutOffFromMs(functions.get(name)?.timeoutSeconds ?? Number.POSITIVE_INFINITY);
  const cut = [...readings].filter(
    ([name, { days }]) => days.some(({ maxMs }) => maxMs >= limitMs(name)) || mayBePlateau(days, functions.get(name)),
  );
  const wanted: Wanted[] = cut.map(([name, { fromDay }]) => ({ name, fromDay }));
  await forEachAtMost(planBatches(wanted, 1, now), 2, async (batch) => {
    try {
      const answers = await readDaily(clients, region, batch, [{ metric: "Errors", stat: "Sum" }], now);
      for (const name of batch.names) {
        const errors = answers.get(name)?.[0];
        const reading = readings.get(name);
        if (!errors || !reading) continue;
        readings.set(name, { ...reading, days: reading.days.map((use) => ({ ...use, errors: errors.get(use.day) ?? 0 })) });
      }
    } catch (cause) {
      fail(batch.names, cause);
    }
  });
  const from = dayOf(now) - percentileDays + 1;
  const remaining = wanted.filter(({ name }) => readings.has(name)).map(({ name }) => ({ name, fromDay: from }));
  await forEachAtMost(planBatches(remaining, 1, now), 2, async (batch) => {
    try {
      const answers = await readDaily(clients, region, batch, [{ metric: "Duration", stat: "p99" }], now);
      for (const [name, [p99]] of answers) {
        const reading = readings.get(name);
        const uncut = [...(p99?.values() ?? [])].filter((ms) => ms < limitMs(name));
        if (reading && uncut.length > 0) readings.set(name, { ...reading, uncensoredP99Ms: Math.max(...uncut) });
      }
    } catch {
      // the percentile only sharpens a recommendation; without it the advice is twice the old timeout
    }
  });
}
