/** What a person may set of the judgement about timeouts, each once: as settings of the two rules, and as the thresholds that the advice takes. */
import type { Declared, SettingValue } from "../model/rule-settings.ts";
import { defaultThresholds, type TimeoutThresholds } from "./timeout-question.ts";

/** Settings of lambda/timeout-too-tight; the evidence and the allowance count for every verdict about a timeout. */
export const tightSettings = {
  tightRatio: {
    default: defaultThresholds.tightRatio,
    unit: "ratio",
    minimum: 1,
    meaning: "a timeout below this many times the longest run is tight, and nothing below it is recommended",
  },
  minimumRuns: { default: defaultThresholds.minimumSamples, unit: "count", minimum: 1, meaning: "with fewer runs no timeout is judged" },
  minimumDays: { default: defaultThresholds.minimumDays, unit: "days", minimum: 1, meaning: "with fewer days no timeout is judged" },
  initAllowanceSeconds: {
    default: defaultThresholds.initAllowanceMs / 1000,
    unit: "seconds",
    minimum: 0,
    meaning: "added to every recommendation, where initialisation is run again inside the timeout",
  },
} as const satisfies Declared;

/** Settings of lambda/timeout-too-long. */
export const looseSettings = {
  looseRatio: {
    default: defaultThresholds.looseRatio,
    unit: "ratio",
    minimum: 1,
    meaning: "a timeout of at least this many times the recommendation is too long",
  },
  looseSeconds: { default: defaultThresholds.looseSeconds, unit: "seconds", minimum: 1, meaning: "and at least this far above it" },
} as const satisfies Declared;

/** The thresholds that these settings amount to; `rules` holds every setting's value by rule id. */
export function thresholdsOf(rules: Readonly<Record<string, Readonly<Record<string, SettingValue>>>>): TimeoutThresholds {
  const tight = rules["lambda/timeout-too-tight"] ?? {};
  const long = rules["lambda/timeout-too-long"] ?? {};
  const number = (value: SettingValue | undefined, instead: number) => (typeof value === "number" ? value : instead);
  return {
    initAllowanceMs: 1000 * number(tight.initAllowanceSeconds, tightSettings.initAllowanceSeconds.default),
    minimumSamples: number(tight.minimumRuns, tightSettings.minimumRuns.default),
    minimumDays: number(tight.minimumDays, tightSettings.minimumDays.default),
    tightRatio: number(tight.tightRatio, tightSettings.tightRatio.default),
    looseRatio: number(long.looseRatio, looseSettings.looseRatio.default),
    looseSeconds: number(long.looseSeconds, looseSettings.looseSeconds.default),
  };
}
