import { expect, test } from "vitest";
import { collectors } from "../../shared/collect/collectors.ts";
import { coverageIncomplete } from "../../shared/rules/scan/coverage-incomplete.ts";
import { collectorName, collectorNames } from "../../shared/wording/collector-names.ts";

test("every collector has a name that a developer reads, and nothing else has", () => {
  expect(Object.keys(collectorNames).toSorted()).toEqual(collectors.map(({ name }) => name).toSorted());
  expect(new Set(Object.values(collectorNames)).size).toBe(collectors.length);
});

test("one that is not known is said as its own name, in words", () => {
  expect(["partsOfOld", "new-service", "constructor"].map(collectorName)).toEqual(["parts Of Old", "new service", "constructor"]);
});

test("a coverage finding says what could not be read, and where, without our own names", () => {
  const resource = {
    arn: "arn:aws:iam::111122223333:root",
    type: "AWS::::Account",
    name: "111122223333",
    account: "111122223333",
    region: "global",
  };
  const title = (collector: string, region: string, status: string) =>
    coverageIncomplete.word({ collector, region, status, operation: "events:ListRules", code: "AccessDenied" }, resource).title;
  expect(title("event-buses", "eu-west-1", "denied")).toBe(
    "EventBridge event buses and their rules in eu-west-1 could not be read (events:ListRules: AccessDenied)",
  );
  expect(title("iam", "global", "partial")).toBe("only part of IAM roles could be read (events:ListRules: AccessDenied)");
});
