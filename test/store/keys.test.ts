import { expect, test } from "vitest";
import { findingId } from "../../shared/model/finding-id.ts";
import { findingIndexKeys, findingKey, functionKey, scanKey } from "../../shared/store/keys.ts";
import { account, region } from "./account.ts";
import { aFinding } from "./remembered.ts";

test("keys are made of names that a person knows", () => {
  expect(findingKey(aFinding())).toEqual({
    pk: "111122223333#eu-west-1",
    sk: "FINDING#lambda#orders-api#lambda/timeout-too-tight",
  });
  expect(findingKey(aFinding({ sub: "live" })).sk).toBe("FINDING#lambda#orders-api#lambda/timeout-too-tight#live");
  expect(functionKey(account, region, "orders-api").sk).toBe("FUNCTION#orders-api");
  expect(scanKey(account, "2026-11-24T03:00:00.000Z", "S-1")).toEqual({ pk: "SCAN#111122223333", sk: "2026-11-24T03:00:00.000Z#S-1" });
});

test("a # in a name does not reach into the next piece", () => {
  expect(findingKey(aFinding({ name: "a#b", rule: "c" })).sk).not.toBe(findingKey(aFinding({ name: "a", rule: "b#c" })).sk);
  expect(functionKey(account, region, "a%23").sk).not.toBe(functionKey(account, region, "a#").sk);
});

test("a key that DynamoDB would refuse for its length is cut, and stays distinct", () => {
  const [one, two] = ["x", "y"].map((end) => findingKey(aFinding({ sub: "é".repeat(2000) + end })).sk);
  expect(Buffer.byteLength(one ?? "")).toBeLessThanOrEqual(1024);
  expect(one).not.toBe(two);
});

test("a resolved finding moves out of the open part of each index", () => {
  expect(findingIndexKeys(aFinding())).toEqual({
    state: "OPEN#HIGH",
    day: "2026-11-24",
    ruleOrder: "1#2026-11-24T03:00:00.000Z",
    team: "payments",
    ownerOrder: "OPEN#1#2026-11-24T03:00:00.000Z",
  });
  expect(findingIndexKeys(aFinding({ status: "RESOLVED" }))).toMatchObject({
    state: "RESOLVED#HIGH",
    ownerOrder: "RESOLVED#1#2026-11-24T03:00:00.000Z",
  });
  expect(findingIndexKeys(aFinding({ status: "SUPPRESSED" })).state).toBe("OPEN#HIGH");
});

test("a finding nobody owns has no key by owner", () => {
  expect(findingIndexKeys(aFinding({ owner: {} }))).not.toHaveProperty("ownerOrder");
  expect(findingIndexKeys(aFinding({ owner: { team: "" } }))).not.toHaveProperty("team");
});

test("a finding id is stable, typable, and different for every part of what it names", () => {
  const arn = "arn:aws:lambda:eu-west-1:111122223333:function:orders-api";
  const id = findingId(account, region, arn, "lambda/unused-function");
  expect(id).toBe("F-7QX28TKEKZ");
  expect(id).toBe(findingId(account, region, arn, "lambda/unused-function", ""));
  const others = [
    findingId("444455556666", region, arn, "lambda/unused-function"),
    findingId(account, "eu-west-2", arn, "lambda/unused-function"),
    findingId(account, region, `${arn}2`, "lambda/unused-function"),
    findingId(account, region, arn, "lambda/timing-out"),
    findingId(account, region, arn, "lambda/unused-function", "live"),
  ];
  expect(new Set([id, ...others]).size).toBe(6);
  for (const each of others) expect(each).toMatch(/^F-[0-9A-HJKMNP-TV-Z]{10}$/);
});

test("two resources of one name have keys of their own", () => {
  const ofApi = (id: string) => {
    const finding = aFinding({ name: "cors-api", rule: "apigateway/open-method" });
    return {
      ...finding,
      id: `F-${id}`,
      resource: { ...finding.resource, name: "cors-api", arn: `arn:aws:apigateway:eu-west-1::/restapis/${id}` },
    };
  };
  expect(findingKey(ofApi("aaaa")).sk).not.toBe(findingKey(ofApi("bbbb")).sk);
});
