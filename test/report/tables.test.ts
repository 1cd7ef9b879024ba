import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { sortFunctions } from "../../shared/report/function-rows.ts";
import { functionsTable } from "../../shared/report/functions-table.ts";
import { plainPaint } from "../../shared/report/look.ts";
import { cutTo, wrap } from "../../shared/report/wide-text.ts";
import { aDocument, aDocumentFinding, aFunction } from "../build.ts";

const look = (width: number) => ({ width, paint: plainPaint, command: "smalltarget" });
const unused = aFunction({
  name: "legacy-import-of-the-yearly-customer-registrations",
  region: "ap-southeast-2",
  timeoutSeconds: 900,
  lastInvocation: { state: "invoked", at: "2025-09-03", quietDays: 446, source: "metrics", lookbackDays: 455 },
  timeout: { verdict: "loose", headroom: 0.987, recommendedSeconds: 35, confidence: "high" },
});
const never = aFunction({
  name: "resize-old",
  lastInvocation: { state: "none-seen", quietDays: 400, source: "last-modified", lookbackDays: 455 },
  duration: { samples: 0, observedDays: 455, censored: false },
  timeout: { verdict: "insufficient-data", confidence: "low" },
});
const unread = aFunction({
  name: "dark",
  lastInvocation: { state: "unknown", source: "none", lookbackDays: 0, why: "denied" },
  duration: { samples: 0, observedDays: 0, censored: false },
  timeout: { verdict: "unknown", confidence: "low" },
});

describe("the functions table", () => {
  test("shows last use, headroom as a bar, verdict and what to set", () => {
    const [, ...rows] = functionsTable([unused, never, unread], look(200));
    expect(rows).toEqual([
      expect.stringMatching(/registrations +ap-southeast-2 +3 Sep 2025 +446 d +900 s +12\.1 s +#{14} +99 % +loose +35 s\b/),
      expect.stringMatching(/^resize-old .* never seen \(455 d\) +>400 d +30 s +- +- +too few +-( |$)/),
      expect.stringMatching(/^dark .* unknown +- +30 s +- +- +unknown +-( |$)/),
    ]);
  });

  test("a run cut off by the timeout is a lower bound, and one run is not enough for advice", () => {
    const cut = aFunction({ duration: { longestMs: 10_000, samples: 9, observedDays: 20, censored: true } });
    const once = aFunction({
      duration: { longestMs: 88_000, samples: 1, observedDays: 300, censored: false },
      timeout: { verdict: "insufficient-data", headroom: 0.7, confidence: "low" },
    });
    const [, first, second] = functionsTable([cut, once], look(200));
    expect(first).toContain("≥10.0 s");
    expect(second).toContain("(1 run)");
  });

  test.each([80, 100, 109, 140])("fits %i columns", (width) => {
    for (const line of functionsTable([unused, never, unread, aFunction({ name: "データ取り込み".repeat(8) })], look(width))) {
      expect(stringWidth(line)).toBeLessThanOrEqual(width);
    }
  });

  test("at 80 columns the bar and the date go first, the verdict stays, and the name is cut with an ellipsis", () => {
    const [head, first] = functionsTable([unused], look(80));
    expect(head).not.toContain("LAST USED");
    expect(first).toMatch(/^legacy-import-\S*… .*446 d .*loose .*35 s\b/);
  });

  test("names cannot move the cursor or begin a line", () => {
    const [, row, ...more] = functionsTable([aFunction({ name: "a\u001b[2Jb\r\nc\u202ed" })], look(200));
    expect(row).toMatch(/^a b c d +eu-west-1/);
    expect(more).toEqual([]);
  });

  test("no functions give the head alone", () => {
    expect(functionsTable([], look(80))).toHaveLength(1);
  });
});

describe("order", () => {
  const document = aDocument({
    functions: [aFunction(), unused, never, unread],
    findings: [aDocumentFinding({ severity: "LOW", resource: { ...aDocumentFinding().resource, arn: never.arn } })],
  });
  const names = (order: Parameters<typeof sortFunctions>[2]) =>
    sortFunctions(document, document.functions, order).map(({ name }) => name.split("-")[0]);

  test("by interest: findings, then the verdict, then silence", () => {
    expect(names("interest")).toEqual(["resize", "legacy", "orders", "dark"]);
  });

  test("by silence what is unknown comes last, not first", () => {
    expect(names("quiet")).toEqual(["legacy", "resize", "orders", "dark"]);
  });

  test("by headroom the tightest comes first and what has none last", () => {
    expect(names("headroom")).toEqual(["orders", "legacy", "dark", "resize"]);
  });
});

describe("text", () => {
  test("is cut between characters as people see them", () => {
    expect(cutTo("a👩‍👩‍👧b", 4)).toBe("a👩‍👩‍👧b");
    expect(cutTo("a👩‍👩‍👧bc", 4)).toBe("a👩‍👩‍👧…");
    expect(cutTo("日本語", 4)).toBe("日…");
  });

  test("is wrapped at words; a longer word has a line of its own", () => {
    expect(wrap("to be or arn:aws:lambda:eu-west-1 not", 10, "  ")).toEqual(["to be or", "  arn:aws:lambda:eu-west-1", "  not"]);
  });
});
