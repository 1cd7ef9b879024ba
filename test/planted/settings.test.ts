import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DocumentFinding, ScanDocument } from "../../shared/model/document.ts";
import { isThreshold } from "../../shared/model/rule-settings.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { readSettings } from "../../shared/settings.ts";
import { StubAccount } from "../stub-account.ts";
import { earlier, plantedAccount } from "./planted-account.ts";
import { aPlantedWatchdog, plantedRules } from "./planted-code.ts";

type Said = Map<string, string>;

/** Where the watchdog lies that looked months ago. */
let folder: string;

async function lookMonthsAgo(): Promise<string> {
  const stub = new StubAccount(plantedAccount());
  const dog = await aPlantedWatchdog(stub);
  stub.data.now = earlier;
  // one is younger than the first look
  stub.data.functions = stub.data.functions.filter(({ name }) => name !== "new-and-silent");
  await dog.scan();
  await dog.close({ keep: true });
  return dog.folder;
}

/** Two looks with these settings, a day apart: what is in use again is resolved by the second one. */
async function documentWith(rules: Readonly<Record<string, unknown>>): Promise<ScanDocument> {
  const stub = new StubAccount(plantedAccount());
  const dog = await aPlantedWatchdog(stub, { settings: readSettings({ rules }, catalogue) }, folder);
  const { now } = stub.data;
  try {
    stub.data.now = new Date(now.getTime() - 86_400_000);
    await dog.scan();
    stub.data.now = now;
    return (await dog.scan()).document;
  } finally {
    await dog.close();
  }
}

/** What every finding of `rule` says by resource, after somebody set this. */
async function saidWith(rule: string, values: Readonly<Record<string, number>>): Promise<Said> {
  const own = plantedRules[rule as keyof typeof plantedRules];
  return saidBy(rule, await documentWith({ ...plantedRules, [rule]: { ...own, ...values } }));
}

function saidBy(rule: string, { findings }: ScanDocument): Said {
  return new Map(findings.filter((one) => one.rule === rule).map((one) => [one.resource.arn, wordsOf(one)]));
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
  let usual: ScanDocument;
  beforeAll(async () => {
    folder = await lookMonthsAgo();
    usual = await documentWith(plantedRules);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(thresholds)("%s %s changes what the whole watchdog says", async (rule, name, { minimum, default: byDefault }) => {
    const least = await saidWith(rule, { [name]: minimum });
    // an allowance of nothing, doubled, is nothing
    const twice = await saidWith(rule, { [name]: byDefault * 2 || 10 });
    const asUsual = saidBy(rule, usual);
    const changed = [least, twice].filter((said) => JSON.stringify([...said]) !== JSON.stringify([...asUsual]));
    expect(changed.length).toBeGreaterThan(0);
  });
});
