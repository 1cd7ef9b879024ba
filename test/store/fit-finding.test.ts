import { expect, test } from "vitest";
import { fitFinding } from "../../shared/store/fit-finding.ts";
import { aFinding } from "./remembered.ts";

const many = (count: number) => Array.from({ length: count }, (_, i) => `name-${i}`);
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

test("what fits is left alone", () => {
  expect(fitFinding(aFinding())).toEqual(aFinding());
});

test("the longest lists lose their end, and the finding says which", () => {
  const fitted = fitFinding(aFinding({ evidence: { roles: many(100_000), aliases: ["live"], count: 3 } }));
  expect(bytes(fitted)).toBeLessThan(350_000);
  expect(fitted.evidence).toEqual({
    roles: many(100_000).slice(0, 12_500),
    aliases: ["live"],
    count: 3,
    truncated: ["roles: 12500 of 100000"],
  });
});

test("texts and commands are cut as well, a command never in its middle", () => {
  const command = `aws lambda delete-function --function-name ${"x".repeat(1000)}`;
  const remediation = { text: `x${"😀".repeat(200_000)}`, commands: Array.from({ length: 800 }, () => command) };
  const fitted = fitFinding(aFinding({ remediation }));
  expect(bytes(fitted)).toBeLessThan(350_000);
  expect(fitted.remediation.text.isWellFormed()).toBe(true);
  expect(new Set(fitted.remediation.commands)).toEqual(new Set([command]));
  expect(fitted.evidence.truncated).toEqual([
    expect.stringMatching(/^remediation text: \d+ of 400001$/),
    expect.stringMatching(/^remediation commands: \d+ of 800$/),
  ]);
});

test("thousands of small values give way too", () => {
  const evidence = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`key-${i}`, "y".repeat(100)]));
  expect(bytes(fitFinding(aFinding({ evidence })))).toBeLessThan(700_000);
});

test("numbers that DynamoDB does not take become texts", () => {
  const evidence = { ratio: Number.POSITIVE_INFINITY, broken: Number.NaN, large: 2 ** 60, small: 0.25 };
  expect(fitFinding(aFinding({ evidence })).evidence).toEqual({
    ratio: "Infinity",
    broken: "NaN",
    large: String(2 ** 60),
    small: 0.25,
  });
});
