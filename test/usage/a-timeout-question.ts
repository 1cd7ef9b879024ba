/** Questions about one function's timeout, 30 s unless said otherwise. */
import type { DailyUse } from "../../shared/model/usage.ts";
import { adviseTimeout } from "../../shared/usage/timeout-advice.ts";
import type { TimeoutQuestion } from "../../shared/usage/timeout-question.ts";

/** 2026-09-04. */
export const today = 20_700;

/** Ten runs on every day from `ago` days ago until `until` days ago, the longest of each day `maxMs`. */
export function daily(ago: number, maxMs: number, until = 0, over: Partial<DailyUse> = {}): DailyUse[] {
  return Array.from({ length: ago - until + 1 }, (_, index) => ({ day: today - ago + index, samples: 10, maxMs, errors: 0, ...over }));
}

/** The same on one day only. */
export function once(ago: number, maxMs: number, over: Partial<DailyUse> = {}): DailyUse[] {
  return daily(ago, maxMs, ago, over);
}

export function ask(question: Partial<TimeoutQuestion> & Pick<TimeoutQuestion, "days">) {
  return adviseTimeout({
    timeoutSeconds: 30,
    timeouts: [{ fromDay: 0, seconds: question.timeoutSeconds ?? 30 }],
    regimeSinceDay: 0,
    knownFromDay: today - 455,
    today,
    ceilingSeconds: 900,
    ceilingReason: "service maximum",
    ...question,
  });
}
