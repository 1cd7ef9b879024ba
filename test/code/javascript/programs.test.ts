import { describe, expect, test } from "vitest";
import { readCode } from "../../../shared/code/javascript/read-code.ts";
import { operations, programs } from "./reading.ts";

const all = programs();

test("there are programs in many styles", () => {
  expect(all.length).toBeGreaterThanOrEqual(65);
});

describe.each(all)("of $name", ({ handler, calls, unresolved, files }) => {
  test("every call is found, and no other", () => {
    const summary = readCode(files, { handler });
    expect(operations(summary)).toEqual(calls);
    expect(summary.unresolved).toHaveLength(unresolved);
    expect(summary.unread).toEqual([]);
  });
});
