import { describe, expect, test } from "vitest";
import { copiesIn, takeApart, twinOf } from "../../shared/graph/copies.ts";
import type { FunctionFacts } from "../../shared/model/document.ts";
import type { RegionSnapshot } from "../../shared/model/snapshot.ts";
import { aResource, judgeResource } from "../rules/a-resource-subject.ts";
import { aFunction, aSubject, dayAgo } from "../rules/a-subject.ts";

const sha = "c2FtZQ==";
const named = (name: string, quietDays: number, more: Partial<FunctionFacts> = {}) =>
  aFunction({
    arn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}`,
    name,
    codeSha256: sha,
    lastInvocation: { state: "invoked", at: dayAgo(quietDays).slice(0, 10), quietDays, source: "metrics", lookbackDays: 455 },
    ...more,
  });

/** The twin of the first among all, by name. */
function twin(functions: readonly FunctionFacts[], handlers: Record<string, string> = {}): string | undefined {
  const items = functions.map((facts) => ({ ...aSubject(facts).configuration, handler: handlers[facts.name] ?? "index.handler" }));
  const regions = [{ functions: { items } }] as unknown as RegionSnapshot[];
  const [first] = functions as [FunctionFacts];
  return twinOf(first, copiesIn({ regions }, functions)(first.arn), 30)?.name;
}

describe("a redundant copy", () => {
  test.each([
    ["orders-copy", "orders"],
    ["orders", "orders-v2"],
    ["orders-old", "orders-new"],
    ["orders_20250301", "orders"],
    ["OrdersTest", "Orders"],
    ["orders-prod-old", "orders-prod"],
  ])("is %s, when %s has the calls", (copy, original) => {
    expect(twin([named(copy, 100), named(original, 0)])).toBe(original);
    expect(twin([named(original, 0), named(copy, 100)])).toBeUndefined();
  });

  test("has a twin with traffic: two quiet ones, or two busy ones, are none", () => {
    expect(twin([named("orders-copy", 100), named("orders", 30)])).toBeUndefined();
    expect(twin([named("orders-copy", 29), named("orders", 0)])).toBeUndefined();
  });

  test("is no stage, Region or other stack of the same thing", () => {
    expect(twin([named("orders-dev", 100), named("orders-prod", 0)])).toBeUndefined();
    expect(twin([named("orders-staging", 100), named("orders", 0)])).toBeUndefined();
    expect(twin([named("orders-copy", 100, { region: "us-east-1" }), named("orders", 0)])).toBeUndefined();
    expect(twin([named("orders-test", 100, { owner: { env: "test" } }), named("orders", 0, { owner: { env: "prod" } })])).toBeUndefined();
    const of = (name: string) => ({ stack: { name, logicalId: "Orders" } });
    expect(twin([named("orders-2", 100, of("shop-b")), named("orders-1", 0, of("shop-a"))])).toBeUndefined();
  });

  test("has the same code, handler and names of variables", () => {
    expect(twin([named("orders-copy", 100, { codeSha256: "other" }), named("orders", 0)])).toBeUndefined();
    expect(twin([named("orders-copy", 100), named("orders", 0)], { orders: "other.handler" })).toBeUndefined();
    expect(twin([named("orders-copy", 100), named("billing", 0)])).toBeUndefined();
  });

  test("is not told by a name that is nothing but such words", () => {
    expect(takeApart("test-v2").stem).toBe("");
    expect(twin([named("test-v2", 100), named("new", 0)])).toBeUndefined();
  });
});

describe("lambda/redundant-copy", () => {
  const judge = (facts: FunctionFacts, copies: readonly FunctionFacts[]) =>
    judgeResource("lambda/redundant-copy", aResource("AWS::Lambda::Function", { arn: facts.arn }), { functions: [facts], copies });
  const original = named("orders", 0);

  test("fires from 30 quiet days on, with the twin as material", () => {
    expect(judge(named("orders-copy", 30), [original])).toMatchObject({ answer: "hit", severity: "LOW", materialKey: "orders" });
    expect(judge(named("orders-copy", 30), [])).toEqual({ answer: "clear" });
  });

  test("waits for a rare schedule, and leaves alone what is quiet by role", () => {
    const triggers = [{ kind: "rule" as const, arn: "r", enabled: true, periodDays: 92 }];
    expect(judge(named("orders-copy", 183, { triggers }), [original])).toEqual({ answer: "clear" });
    expect(judge(named("orders-copy", 100, { activity: "dormant-by-role" }), [original])).toEqual({ answer: "clear" });
  });

  test("cannot tell without last use", () => {
    const unknown = { state: "unknown", source: "none", lookbackDays: 0, why: "denied" } as const;
    expect(judge(named("orders-copy", 0, { lastInvocation: unknown }), [original])).toEqual({ answer: "unknown", why: "denied" });
  });
});
