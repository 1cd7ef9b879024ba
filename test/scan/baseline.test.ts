import { expect, test } from "vitest";
import type { Finding } from "../../shared/model/finding.ts";
import { establish, isBaseline } from "../../shared/scan/baseline.ts";
import type { AccountState } from "../../shared/store/store.ts";

const start = new Date("2026-11-24T03:00:00Z");
const hours = (n: number) => new Date(start.getTime() + n * 3_600_000);
const key = "eu-west-1|lambda/timing-out";
const finding = { rule: "lambda/timing-out", resource: { region: "eu-west-1" } } as Finding;
const nothing: AccountState = { baselines: {}, channels: {}, version: 0 };
const look = (complete: boolean) => [{ key, complete }];

test("what a rule finds in a Region that it never saw belongs to the baseline", () => {
  expect(isBaseline(nothing, finding, start)).toBe(true);
  expect(isBaseline(establish(nothing, [{ key: "eu-west-1|lambda/other", complete: true }], start), finding, hours(1))).toBe(true);
});

test("the first complete look ends it", () => {
  expect(isBaseline(establish(nothing, look(true), start), finding, hours(1))).toBe(false);
  const incomplete = establish(nothing, look(false), start);
  expect(isBaseline(incomplete, finding, hours(24))).toBe(true);
  expect(isBaseline(establish(incomplete, look(true), hours(24)), finding, hours(25))).toBe(false);
});

test("three days end it where no look is ever complete, counted from the first and not from the last", () => {
  let state = establish(nothing, look(false), start);
  for (const day of [1, 2]) state = establish(state, look(false), hours(24 * day));
  expect(isBaseline(state, finding, hours(71.9))).toBe(true);
  expect(isBaseline(state, finding, hours(72))).toBe(false);
  expect(isBaseline(state, finding, hours(24 * 30))).toBe(false);
});

test("an incomplete look does not begin a baseline again that had ended", () => {
  const ended = establish(nothing, look(true), start);
  expect(establish(ended, look(false), hours(24))).toBe(ended);
});

test("chosen Regions have a first look of their own, until one complete look at all", () => {
  const role = { rule: "iam/admin-function-role", resource: { region: "global" }, concludedFrom: ["eu-west-1"] } as unknown as Finding;
  const wider = { ...role, concludedFrom: ["eu-west-1", "us-east-1"] };
  const chosen = establish(nothing, [{ key: "global:eu-west-1|iam/admin-function-role", complete: true }], start);
  expect([isBaseline(chosen, role, hours(1)), isBaseline(chosen, wider, hours(1))]).toEqual([false, true]);
  const { concludedFrom: _, ...whole } = role;
  expect(isBaseline(chosen, whole as Finding, hours(1))).toBe(true);
  const all = establish(chosen, [{ key: "global|iam/admin-function-role", complete: true }], hours(2));
  expect([isBaseline(all, wider, hours(3)), isBaseline(all, whole as Finding, hours(3))]).toEqual([false, false]);
});
