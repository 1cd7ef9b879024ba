/** What a rule's event pattern waits for, and whether such events come with ordinary work or seldom. Pure. */
import { busySources, rareDetailTypes, routineDetailTypes, troubleWords } from "../data/event-paces.ts";
import { cleanText } from "../model/plain-text.ts";

/** `routine`: comes with ordinary work. `rare`: may not come for years. `unknown`: nobody but its sender knows. */
export type EventPace = "routine" | "rare" | "unknown";

export interface Awaited {
  readonly pace: EventPace;
  /** In words: `aws.guardduty, GuardDuty Finding`. */
  readonly waitsFor: string;
}

/** Patterns may be 4,096 characters long; what is longer was not made by EventBridge. */
const longestPattern = 8192;

/** @param pattern JSON text as EventBridge answers it */
export function awaitedBy(pattern: string): Awaited {
  const parsed = parse(pattern);
  const sources = textsIn(parsed.source);
  const types = textsIn(parsed["detail-type"]);
  const named = [...sources, ...types].slice(0, 4).join(", ");
  const waitsFor = cleanText(named || (parsed.detail === undefined ? "events of its bus" : "events with a certain detail"), 160);
  return { pace: paceOf(sources, types, parsed.detail), waitsFor };
}

function paceOf(sources: readonly string[], types: readonly string[], detail: unknown): EventPace {
  const ofAws = sources.filter((source) => source.startsWith("aws."));
  if (sources.length > ofAws.length) return "unknown";
  const trouble = troubleWords.test(JSON.stringify([types, detail ?? null]));
  if (ofAws.length === 0) return types.length > 0 && types.every((type) => rareDetailTypes.test(type)) ? "rare" : "unknown";
  if (!ofAws.some((source) => busySources.has(source))) return "rare";
  if (types.length > 0 && types.every((type) => routineDetailTypes.has(type))) return "routine";
  return trouble ? "rare" : "unknown";
}

function parse(pattern: string): Readonly<Record<string, unknown>> {
  if (pattern.length > longestPattern) return {};
  try {
    const value: unknown = JSON.parse(pattern);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
  } catch {
    // a pattern that cannot be read waits for we do not know what
    return {};
  }
}

/** Literals of a field, and what `prefix`, `wildcard` and their like begin or match with. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== "object" || value === null) return [];
  // `anything-but` says what is not waited for
  return Object.entries(value).flatMap(([how, inner]) => (how === "anything-but" ? [] : textsIn(inner)));
}
