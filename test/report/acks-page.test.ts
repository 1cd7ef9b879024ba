import { expect, test } from "vitest";
import { acksPage } from "../../shared/report/acks-page.ts";
import { plainPaint } from "../../shared/report/look.ts";

const look = { width: 100, paint: plainPaint, command: "smalltarget" };

test("decisions that are over are not forgotten where none is in force", () => {
  expect(acksPage([], 0, look)).toEqual(["No decision: smalltarget ack ID --reason REASON --comment TEXT --until 90d"]);
  expect(acksPage([], 1, look)).toEqual(["No decision is in force; 1 earlier one: smalltarget acks --all"]);
  expect(acksPage([], 3, look)).toEqual(["No decision is in force; 3 earlier ones: smalltarget acks --all"]);
});
