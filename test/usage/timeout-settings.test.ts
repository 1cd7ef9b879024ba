import { expect, test } from "vitest";
import { catalogue as rules } from "../../shared/rules/catalogue.ts";
import { readSettings } from "../../shared/settings.ts";
import { defaultThresholds } from "../../shared/usage/timeout-question.ts";
import { thresholdsOf } from "../../shared/usage/timeout-settings.ts";

test("what a person sets of the two rules is what the advice is given, the defaults else", () => {
  expect(thresholdsOf(readSettings({}, rules).rules)).toEqual(defaultThresholds);
  const set = {
    rules: {
      "lambda/timeout-too-tight": { tightRatio: 2, minimumRuns: 50, minimumDays: 30, initAllowanceSeconds: 4 },
      "lambda/timeout-too-long": { looseRatio: 5, looseSeconds: 60 },
    },
  };
  expect(thresholdsOf(readSettings(set, rules).rules)).toEqual({
    initAllowanceMs: 4000,
    minimumSamples: 50,
    minimumDays: 30,
    tightRatio: 2,
    looseRatio: 5,
    looseSeconds: 60,
  });
});
