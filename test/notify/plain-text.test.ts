import { describe, expect, it } from "vitest";
import { cleanText, hasUnsafeCharacters } from "../../shared/model/plain-text.ts";
import { asciiText, subjectLine } from "../../shared/notify/ascii.ts";
import { chatCode, chatText, showsInChat } from "../../shared/notify/chat-text.ts";
import { alignRows, evidenceRows, wrap } from "../../shared/notify/layout.ts";
import { hostileName } from "./a-finding.ts";

describe("cleaning text from AWS", () => {
  it("makes one line without controls, escape sequences, bidirectional or invisible characters", () => {
    expect(cleanText("a\u001b[31mred\u001b[0m\r\n\tb")).toBe("a red b");
    expect(cleanText("\u001b]0;title\u0007x \u009b1my")).toBe("x y");
    expect(cleanText("evil\u202egnp.exe\u2066\u200b\u{e0041}z")).toBe("evil gnp.exe z");
    expect(cleanText("a\u2028b\u0085c")).toBe("a b c");
    expect(cleanText(hostileName)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });

  it("cuts to the length asked for, never inside a character", () => {
    expect(cleanText("x".repeat(10_000), 50)).toHaveLength(50);
    expect(cleanText("😀".repeat(10), 6)).toBe("😀😀…");
    expect(cleanText("exact", 5)).toBe("exact");
  });

  it("replaces lone surrogates, which no JSON reader takes", () => {
    expect(cleanText("a\ud800b").isWellFormed()).toBe(true);
  });

  it("knows which commands must not be pasted", () => {
    expect(hasUnsafeCharacters("aws lambda invoke  --function-name 'é'")).toBe(false);
    expect(hasUnsafeCharacters("aws\nrm")).toBe(true);
    expect(hasUnsafeCharacters("a\u202eb")).toBe(true);
  });
});

describe("subjects", () => {
  it("are ASCII: accents dropped, signs spelled, the rest a question mark", () => {
    expect(asciiText("Größe “über” naïve → 5 €", 90)).toBe('Grosse "uber" naive -> 5 EUR');
    expect(asciiText("注文-api", 90)).toBe("?-api");
  });

  it("stay under 100 characters and keep what comes last", () => {
    const subject = subjectLine("[HIGH]", "ﷺ".repeat(5000), "in eu-west-1");
    expect(subject.length).toBeLessThan(100);
    expect(subject).toMatch(/^\[HIGH\] .*in eu-west-1$/);
    expect(subjectLine("[HIGH]", hostileName, "x".repeat(500))).toMatch(/^[ -~]{1,99}$/);
    expect(subjectLine("[HIGH]", "orders-api timed out", "")).toBe("[HIGH] orders-api timed out");
  });
});

describe("chat text", () => {
  it("lets no name format, mention or link", () => {
    const text = chatText(hostileName);
    expect(text).not.toMatch(/[`*~<>&@|\\]|\]\(|:\/\//);
    expect(text).toContain("‹!channel› ＠here 'code' ∗bold∗ [click]（https:∕∕evil.example)");
    expect(chatText("__x__ my_function_name _y_")).toBe("＿＿x＿＿ my_function_name ＿y＿");
  });

  it("closes a code span only where we close it", () => {
    expect(chatCode("a``b")).toBe("`a''b`");
    expect(chatCode("\u200b")).toBe("");
  });

  it("shows a command only when it can be pasted as it stands", () => {
    expect(showsInChat("aws lambda delete-function --function-name my_fn")).toBe(true);
    expect(showsInChat("aws sqs set-queue-attributes --attributes file://queue.json")).toBe(false);
    expect(showsInChat(`echo ${"x".repeat(500)}`)).toBe(false);
  });
});

describe("layout", () => {
  it("wraps at spaces and leaves long words whole", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("a-very-long-word b", 5)).toEqual(["a-very-long-word", "b"]);
    expect(wrap("")).toEqual([]);
  });

  it("puts values under each other", () => {
    expect(
      alignRows([
        { name: "A", value: "1" },
        { name: "Long", value: "2" },
      ]),
    ).toEqual(["A     1", "Long  2"]);
  });

  it("words evidence with units and leaves out what is empty", () => {
    expect(
      evidenceRows({
        longestMs: 9700,
        timeoutSeconds: 10,
        headroom: 0.03,
        chanceOfExceeding: 0.0123,
        empty: null,
        none: [],
        queueNames: ["a", "b"],
        censored: false,
        isCensored: true,
      }),
    ).toEqual([
      { name: "longest", value: "9,700 ms" },
      { name: "timeout", value: "10 s" },
      { name: "headroom", value: "3 %" },
      { name: "chance of exceeding", value: "1.23 %" },
      { name: "queue names", value: "a, b" },
    ]);
  });

  it("says in words what rules keep for machines", () => {
    expect(evidenceRows({ takeover: false, anyOrigin: false, keyOnly: false, step: "switch-off", routeIds: ["a"] })).toEqual([]);
    expect(
      evidenceRows({
        takeover: true,
        enabled: false,
        source: "last-modified",
        quietDays: 40,
        who: ["account:444455556666"],
        collector: "event-buses",
        status: "denied",
        readAt: "2026-11-24T03:00:00.000Z",
        constructor: "a name that every object has",
      }),
    ).toEqual([
      { name: "callers may also", value: "change its code, configuration or policy" },
      { name: "mapping", value: "disabled" },
      { name: "known from", value: "its last deployment" },
      { name: "quiet for", value: "40 days" },
      { name: "who may call", value: "account 444455556666" },
      { name: "could not read", value: "EventBridge event buses and their rules" },
      { name: "how", value: "refused" },
      { name: "policy read on", value: "2026-11-24 03:00 UTC" },
      { name: "constructor", value: "a name that every object has" },
    ]);
  });

  it("cuts long lists and hostile values", () => {
    const [row] = evidenceRows({ names: Array.from({ length: 10_000 }, () => hostileName.repeat(50)) });
    expect(row?.value).toMatch(/ and 9,990 more$/);
    expect(row?.value.length).toBeLessThan(1500);
    expect(row?.value).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
