import { afterAll, beforeAll, expect, test } from "vitest";
import type { ScanDocument } from "../../shared/model/document.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import type { TestWatchdog } from "../a-watchdog.ts";
import { StubAccount } from "../stub-account.ts";
import { earlier, plantedAccount } from "./planted-account.ts";
import { aPlantedWatchdog } from "./planted-code.ts";

let dog: TestWatchdog;
let document: ScanDocument;

beforeAll(async () => {
  const stub = new StubAccount(plantedAccount());
  dog = await aPlantedWatchdog(stub);
  // of some resources AWS does not tell the age: they are as old as the first scan
  const { now } = stub.data;
  stub.data.now = earlier;
  await dog.scan();
  stub.data.now = now;
  document = (await dog.scan()).document;
});
afterAll(() => dog.close());

/** They speak of what could not be read, of what is old, of channels that fail or that nobody hears: here everything can, nothing is, there is none. */
const aboutTheScan = [
  "scan/coverage-incomplete",
  "scan/outdated-facts",
  "scan/channel-failing",
  "scan/nobody-listens",
  "library/advisories-too-old",
];

test("the whole account can be read", () => {
  expect(document.coverage.filter(({ status }) => status !== "complete")).toEqual([]);
});

test.each(catalogue.filter(({ id }) => !aboutTheScan.includes(id)).map(({ id }) => [id]))("%s has a hit in the planted account", (id) => {
  const hits = document.findings.filter(({ rule }) => rule === id);
  const next = "plant what it is about: a function in planted-functions.ts, any other resource in planted-account.ts";
  expect(hits.length, `nothing in the planted account has it: ${next}`).toBeGreaterThan(0);
});
