import { afterAll, beforeAll, expect, test } from "vitest";
import { catalogue } from "../../../shared/rules/catalogue.ts";
import { changesByOperation, faults, type Known, knowTheAccount, refuse, refuseForDays } from "../one-refusal.ts";

let known: Known;
beforeAll(async () => {
  known = await knowTheAccount();
});
afterAll(() => known.forget());

/** What may be forgotten while nobody sees that it is there: only of these it is played on, since it takes as long again. */
const lists = /:(List|Describe|GetAccountAuthorization|GetRestApis|GetApis|GetResources)/;

test("nothing changes in two more days without a refusal, or the others would prove nothing", async () => {
  expect(await refuse("nothing:AtAll", faults.denied, known)).toEqual({ resolved: [], opened: [], graver: [], milder: [], told: [] });
});

test("every question to AWS denied, one at a time: nothing is resolved, opened, graver or milder by it, then or afterwards, and nobody is told", async () => {
  // what days alone bring about
  const usual = await refuseForDays("nothing:AtAll", faults.denied, known);
  const unusual = (lines: readonly string[], of: readonly string[]) => lines.filter((line) => !of.includes(line));
  const changes = await changesByOperation(known.operations, async (operation) => {
    if (!lists.test(operation)) return refuse(operation, faults.denied, known);
    const { afterwards, told, ...meanwhile } = await refuseForDays(operation, faults.denied, known);
    return { ...meanwhile, afterwards: unusual(afterwards, usual.afterwards), told: unusual(told, usual.told) };
  });
  expect(changes).toEqual({});
  const needs = new Set(catalogue.flatMap(({ needs, weighs = [] }) => [...needs, ...weighs]).map((need) => need.split(":")[0] ?? ""));
  // not AWS's to refuse
  needs.delete("advisories");
  const untried = [...needs].filter((need) => !known.refused.has(need));
  expect(untried, "no question was refused that they need: plant something of theirs in planted-account.ts").toEqual([]);
}, 600_000);
