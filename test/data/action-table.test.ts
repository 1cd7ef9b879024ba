import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { actionOf, actionsAsOf, actionsOf, isServiceKnown, resourceTypesOf, servicePrefixes } from "../../shared/data/action-table.ts";
import { actionsFile, actionsText } from "../../tools/write-actions.ts";

test("actions.json is what node tools/write-actions.ts writes, and small", () => {
  const text = readFileSync(actionsFile, "utf8");
  expect(text === actionsText()).toBe(true);
  expect(text.length).toBeLessThan(1_100_000);
});

describe("an action", () => {
  test("is found in any case and named as AWS names it", () => {
    expect(actionOf("DYNAMODB:getitem")?.name).toBe("dynamodb:GetItem");
    expect(actionOf("sts:GetCallerIdentity")).toMatchObject({ service: "sts", level: "read", resources: [] });
  });

  test("that is a typo, a wildcard or no action at all is not known", () => {
    for (const text of [
      "sts:GetCallerIdentify",
      "s3:Get*",
      "s3",
      "",
      ":",
      "nosuch:Get",
      "toString:x",
      "s3:__proto__",
      "constructor:constructor",
    ])
      expect(actionOf(text), text).toBeUndefined();
  });

  test("has the kind of access that weighs most", () => {
    const level = (action: string) => actionOf(action)?.level;
    expect(level("iam:PutRolePolicy")).toBe("permissions");
    expect(level("lambda:AddPermission")).toBe("permissions");
    expect(level("dynamodb:PutItem")).toBe("write");
    expect(level("s3:GetObject")).toBe("read");
    expect(level("lambda:TagResource")).toBe("tagging");
    expect(level("lambda:ListFunctions")).toBe("list");
  });

  test("knows its resources and which of them AWS always asks about", () => {
    const query = actionOf("dynamodb:Query");
    expect(query?.resources.map(({ name, required }) => [name, required])).toEqual(
      expect.arrayContaining([
        ["table", true],
        ["index", false],
      ]),
    );
    expect(query?.resources.find(({ name }) => name === "index")?.arnPattern).toBe("arn:*:dynamodb:*:*:table/*/index/*");
  });
});

test("a service is known by its prefix", () => {
  expect(isServiceKnown("Lambda")).toBe(true);
  expect(isServiceKnown("lambdas")).toBe(false);
  expect(resourceTypesOf("sqs").map(({ arnPattern }) => arnPattern)).toContain("arn:*:sqs:*:*:*");
  expect(actionsOf("nosuch")).toEqual([]);
  expect(actionsOf("sqs").map(({ name }) => name)).toContain("sqs:SendMessage");
});

test("the table has every service and says how old it is", () => {
  expect(actionsAsOf).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(servicePrefixes.length).toBeGreaterThan(400);
  expect(servicePrefixes.flatMap((service) => actionsOf(service)).length).toBeGreaterThan(22_000);
});
