/** What code needs before it is deployed: nothing is known of account, Region and environment. Pure. */
import type { CodeSummary } from "../model/code.ts";
import type { Confidence } from "../model/finding.ts";
import type { Need } from "../model/permissions.ts";
import { codeNeed } from "./need-code.ts";
import { anywhere, noEnvironment } from "./need-request.ts";

/** One action with everything that was found of it. */
export interface OfflineAction {
  readonly action: string;
  readonly resources: readonly string[];
  /** Where from: `code: GetItem at src/a.ts:12`. */
  readonly source: string;
  readonly confidence: Confidence;
}

export interface OfflineNeed {
  readonly actions: readonly OfflineAction[];
  readonly unresolved: readonly string[];
}

/** More places than this say nothing more. */
const mostPlaces = 5;
const ranks: readonly Confidence[] = ["high", "medium", "low"];

/** @param summaries of the code of one function, one for each language in it */
export function offlineNeed(summaries: readonly CodeSummary[]): OfflineNeed {
  const found = summaries.map((summary) => codeNeed(summary, { place: anywhere, environment: noEnvironment, source: "code" }));
  const byAction = Map.groupBy(
    found.flatMap(({ needs }) => needs),
    ({ action }) => action,
  );
  return {
    actions: [...byAction].map(([action, needs]) => joined(action, needs)).toSorted((a, b) => (a.action < b.action ? -1 : 1)),
    unresolved: [...new Set(found.flatMap(({ unresolved }) => unresolved))],
  };
}

function joined(action: string, needs: readonly Need[]): OfflineAction {
  const confidence = ranks.find((rank) => needs.some((need) => need.confidence === rank)) ?? "low";
  const places = [...new Set(needs.map(({ source, why }) => `${source}: ${why}`))];
  const more = places.length > mostPlaces ? [`${places.length - mostPlaces} more`] : [];
  const resources = [...new Set(needs.flatMap((need) => need.resources))].toSorted();
  return { action, resources, source: [...places.slice(0, mostPlaces), ...more].join("; "), confidence };
}
