import { afterAll, beforeAll, expect, test } from "vitest";
import { changesByOperation, faults, type Known, knowTheAccount, refuse } from "../one-refusal.ts";

let known: Known;
beforeAll(async () => {
  known = await knowTheAccount();
});
afterAll(() => known.forget());

test("nothing changes in two more days without a refusal, or the others would prove nothing", async () => {
  expect(await refuse("nothing:AtAll", faults.denied, known)).toEqual({ resolved: [], opened: [], graver: [] });
});

test("every question to AWS denied, one at a time: nothing is resolved, opened or graver by it, but coverage", async () => {
  const changes = await changesByOperation(known.operations, (operation) => refuse(operation, faults.denied, known));
  expect(changes).toEqual({});
}, 300_000);
