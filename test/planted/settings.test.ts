import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DocumentFinding } from "../../shared/model/document.ts";
import { isThreshold } from "../../shared/model/rule-settings.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { readSettings } from "../../shared/settings.ts";
import { StubAccount } from "../stub-account.ts";
import { earlier, plantedAccount } from "./planted-account.ts";
import { aPlantedWatchdog, plantedRules } from "./planted-code.ts";

type Said = Map<string, string>;

/** What every finding of `rule` says with these settings, by resource: two looks of a whole watchdog, months apart. */
async function saidWith(rule: string, values: Readonly<Record<string, number>>): Promise<Said> {
  const stub = new StubAccount(plantedAccount());
  const dog = await aPlantedWatchdog(stub, {
    settings: readSettings(
      { rules: { ...plantedRules, [rule]: { ...plantedRules[rule as keyof typeof plantedRules], ...values } } },
      catalogue,
    ),
  });
  try {
    const { now, functions } = stub.data;
    stub.data.now = earlier;
    // one is younger than the first look
    stub.data.functions = functions.filter(({ name }) => name !== "new-and-silent");
    await dog.scan();
    stub.data.functions = functions;
    stub.data.now = new Date(now.getTime() - 86_400_000);
    await dog.scan();
    stub.data.now = now;
    const { document } = await dog.scan();
    return new Map(document.findings.filter((one) => one.rule === rule).map((one) => [one.resource.arn, wordsOf(one)]));
  } finally {
    await dog.close();
  }
}

function wordsOf({ severity, confidence, title, remediation, evidence }: DocumentFinding): string {
  return JSON.stringify([severity, confidence, title, remediation, evidence]);
}

/** What an account that does not change cannot show, and where it is shown instead. */
const elsewhere: Readonly<Record<string, string>> = {
  // the observed time begins anew only when the memory or the runtime is changed between two looks
  minimumDays: "test/usage/timeout-promises.test.ts",
};

const thresholds = catalogue.flatMap((rule) =>
  Object.entries(rule.settings).flatMap(([name, setting]) =>
    isThreshold(setting) && !(name in elsewhere) ? [[rule.id, name, setting] as const] : [],
  ),
);

describe("a threshold, set to its least and to twice its default", () => {
  const byRule = new Map<string, Said>();
  beforeAll(async () => {
    for (const rule of new Set(thresholds.map(([id]) => id))) byRule.set(rule, await saidWith(rule, {}));
  }, 120_000);
  afterAll(() => byRule.clear());

  test.each(thresholds)("%s %s changes what the whole watchdog says", async (rule, name, { minimum, default: usual }) => {
    const least = await saidWith(rule, { [name]: minimum });
    // an allowance of nothing, doubled, is nothing
    const twice = await saidWith(rule, { [name]: usual * 2 || 10 });
    const asUsual = byRule.get(rule) ?? new Map();
    const changed = [least, twice].filter((said) => JSON.stringify([...said]) !== JSON.stringify([...asUsual]));
    expect(changed.length).toBeGreaterThan(0);
  });
});
