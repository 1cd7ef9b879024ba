/** How sure an advice about a timeout is. Pure. */
import type { TimeoutAdvice } from "../model/usage.ts";
import type { Evidence } from "./timeout-evidence.ts";

export type Confidence = TimeoutAdvice["confidence"];

/** Days since 1970-01-01 UTC. */
export interface CodeAge {
  readonly codeChangedDay?: number;
  readonly regimeSinceDay: number;
  readonly today: number;
}

/** A month and thirty runs are the least that deserve high confidence: below, the factor rests on an extrapolation. */
export function ofEvidence({ samples, observedDays }: Evidence): Confidence {
  return observedDays < 30 || samples < 30 ? "medium" : "high";
}

/** A code change does not start a new regime, but until the new code has shown a month, its past says less. */
export function ofCode({ codeChangedDay, regimeSinceDay, today }: CodeAge, { days }: Evidence): Confidence {
  if (codeChangedDay === undefined) return "high";
  // with the regime or before the first run: all evidence is of this code
  if (codeChangedDay <= Math.max(regimeSinceDay, days[0]?.day ?? today)) return "high";
  const age = today - codeChangedDay;
  return age < 14 ? "low" : age < 30 ? "medium" : "high";
}

/** The lower of two. */
export function lower(a: Confidence, b: Confidence): Confidence {
  const order: readonly Confidence[] = ["low", "medium", "high"];
  return order[Math.min(order.indexOf(a), order.indexOf(b))] ?? "low";
}
