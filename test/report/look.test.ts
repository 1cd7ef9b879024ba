import { expect, test } from "vitest";
import { typedHere } from "../../shared/report/look.ts";

test.each([
  ["smalltarget role orders --as cli", "npm run -s smalltarget -- role orders --as cli"],
  ["aws lambda get-function --function-name smalltarget ", "aws lambda get-function --function-name smalltarget "],
  ["smalltarget-old role x", "smalltarget-old role x"],
])("a command of ours is shown as it is typed here, and no other: %s", (kept, shown) => {
  expect(typedHere(kept, { command: "npm run -s smalltarget --" })).toBe(shown);
});

test("signs that mean something to replace are taken as they are", () => {
  expect(typedHere("smalltarget today", { command: "$& $1" })).toBe("$& $1 today");
});
