import { afterAll, beforeAll, expect, test } from "vitest";
import { changesByOperation, faults, type Known, knowTheAccount, refuse } from "../one-refusal.ts";

let known: Known;
beforeAll(async () => {
  known = await knowTheAccount();
});
afterAll(() => known.forget());

test("every question to AWS broken, one at a time: nothing is resolved, opened, graver or milder by it, and nobody is told", async () => {
  const changes = await changesByOperation(known.operations, (operation) => refuse(operation, faults.broken, known));
  expect(changes).toEqual({});
}, 600_000);
