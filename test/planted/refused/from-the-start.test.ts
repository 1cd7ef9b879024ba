import { afterAll, beforeAll, expect, test } from "vitest";
import { changesByOperation, denyFromTheStart, type Known, knowTheAccount } from "../one-refusal.ts";

let known: Known;
beforeAll(async () => {
  known = await knowTheAccount();
});
afterAll(() => known.forget());

test("every question denied from the start, one at a time: nothing is found, or graver, that is not so; what was listed is there", async () => {
  const changes = await changesByOperation(known.operations, (operation) => denyFromTheStart(operation, known));
  // nobody ever read that its owner keeps it: then it is judged like any other, and coverage says that tags could not be read
  expect(changes).toEqual({
    "tag:GetResources": {
      invented: ["iam/missing-permission kept-on-purpose LOW", "lambda/unused-function kept-on-purpose LOW"],
      graver: [],
      missed: [],
    },
  });
}, 600_000);
