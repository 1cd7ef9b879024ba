/** What can be said of a Region where functions are missing: gone since the last scan, or not to be seen. */
import { isComplete, type Part } from "../model/coverage.ts";
import type { AskedPlace, CollectedRegion, PartName } from "../model/snapshot.ts";
import type { LedgerEntry, RegionLedger } from "../model/usage.ts";
import { noteGone } from "../usage/ledger.ts";
import { unavailableFor } from "./contract/collector.ts";
import type { ServiceParts } from "./contract/service-collector.ts";

/** Functions that cannot be seen, with how many earlier scans saw there. */
export function withBefore(functions: CollectedRegion["functions"], ledger: RegionLedger): CollectedRegion["functions"] {
  const resourcesBefore = [...ledger.entries.values()].filter(({ goneAt }) => goneAt === undefined).length;
  if (isComplete(functions) || resourcesBefore === 0) return functions;
  return { ...functions, coverage: { ...functions.coverage, resourcesBefore } };
}

/** Ledger entries of functions that are gone: only a complete list can tell. */
export function goneEntries(ledger: RegionLedger, functions: CollectedRegion["functions"], now: Date): LedgerEntry[] {
  if (!isComplete(functions)) return [];
  const there = new Set(functions.items.map(({ arn }) => arn));
  return [...ledger.entries.values()].filter(({ arn }) => !there.has(arn)).map((entry) => noteGone(entry, now));
}

/** A part of a Region of whose functions there are none, or none that we can see. */
export function partWithout<T>(collector: PartName, functions: CollectedRegion["functions"]): Part<T> {
  if (!isComplete(functions)) return unavailableFor(collector, functions);
  return { items: [], coverage: { collector, region: functions.coverage.region, status: "complete", resources: 0 } };
}

/** Parts that share the fate of the list of functions: empty where there are none, unreadable where it was. */
export function withoutFunctions(
  region: string,
  functions: CollectedRegion["functions"],
  services: ServiceParts,
  asked: AskedPlace,
): CollectedRegion {
  const follows = <T>(collector: PartName) => partWithout<T>(collector, functions);
  return {
    region,
    asked,
    services,
    functions,
    eventSourceMappings: follows("eventSourceMappings"),
    durationAlarms: follows("durationAlarms"),
    queues: follows("queues"),
    tags: follows("tags"),
    usage: follows("usage"),
    candidates: follows("candidates"),
  };
}
