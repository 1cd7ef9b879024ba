import { describe, expect, test } from "vitest";
import { commonArn, covers, overlap } from "../../shared/permissions/arn-patterns.ts";
import { commonText, coversText, haveCommonText } from "../../shared/permissions/patterns.ts";
import { matches } from "../../shared/policies/match.ts";

/** Every text over `ab` up to five characters: enough to tell short patterns apart, with one sign that no pattern has. */
const texts = Array.from({ length: 6 }, (_, length) => length).flatMap((length) =>
  Array.from({ length: 3 ** length }, (_, number) => number.toString(3).padStart(length, "0").slice(0, length)).map((digits) =>
    digits.replaceAll("0", "a").replaceAll("1", "b").replaceAll("2", "c"),
  ),
);

/** Repeatable numbers from 0 to 1. */
function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

function drawn(next: () => number): string {
  return Array.from({ length: Math.floor(next() * 5) }, () => "ab*?*"[Math.floor(next() * 5)]).join("");
}

describe("patterns", () => {
  test("cover each other where every text of one is a text of the other, whatever is drawn", () => {
    const next = drawing(7);
    for (let n = 0; n < 1500; n += 1) {
      const [outer, inner] = [drawn(next), drawn(next)];
      const expected = texts.every((text) => !matches(inner, text) || matches(outer, text));
      expect(coversText(outer, inner), `${outer} covers ${inner}`).toBe(expected);
    }
  });

  test("have a text in common where one fits both, and it does", () => {
    const next = drawing(11);
    for (let n = 0; n < 1500; n += 1) {
      const both = [drawn(next), drawn(next)] as const;
      const found = commonText(both);
      const expected = texts.some((text) => both.every((pattern) => matches(pattern, text)));
      expect(found !== undefined, both.join(" and ")).toBe(expected);
      expect(haveCommonText(both[0] ?? "", both[1] ?? ""), both.join(" and ")).toBe(expected);
      if (found !== undefined) for (const pattern of both) expect(matches(pattern, found), `${found} of ${pattern}`).toBe(true);
    }
  });

  test("that are made to take forever are given up on as not covering", () => {
    const hostile = "*a?".repeat(400);
    expect(coversText(`${hostile}b`, `${hostile}*`)).toBe(false);
  });
});

describe("patterns of ARNs", () => {
  test.each([
    ["*", "arn:aws:s3:::photos/*", true],
    ["arn:aws:s3:::photos/*", "*", false],
    ["arn:aws:s3:::photos*", "arn:aws:s3:::photos/2026/*", true],
    ["arn:aws:s3:::photos/*", "arn:aws:s3:::photos", false],
    ["arn:aws:lambda:*", "arn:aws:lambda:eu-west-1:111122223333:function:a:live", true],
    ["arn:aws:lambda:*:*:function:*", "arn:aws:lambda:eu-west-1:111122223333:function:a:live", true],
    ["arn:aws:iam::*:role/app-*", "arn:aws:iam::111122223333:role/app-*-writer", true],
    ["arn:aws:iam::*:role/app-*-writer", "arn:aws:iam::111122223333:role/app-*", false],
    ["arn:aws:iam::111122223333:role/*", "arn:aws:iam::*:role/app", false],
    ["arn:aws:iam::aws:policy/app-*", "arn:aws:iam::111122223333:policy/app-1", false],
    // a star does not reach over a colon of the first five
    ["arn:aws:sqs:*:orders", "arn:aws:sqs:eu-west-1:111122223333:orders", false],
    ["photos", "arn:aws:s3:::photos", false],
    ["arn:aws:dynamodb:*:*:table/?rders", "arn:aws:dynamodb:eu-west-1:111122223333:table/orders", true],
  ])("%s covers %s: %s", (outer, inner, expected) => {
    expect(covers(outer, inner)).toBe(expected);
  });

  test("overlap where an ARN could be one of both", () => {
    expect(overlap("arn:aws:iam::*:role/a*", "arn:aws:iam::111122223333:role/*z")).toBe(true);
    expect(overlap("arn:aws:iam::*:role/a*", "arn:aws:iam::111122223333:role/b*")).toBe(false);
    expect(overlap("photos", "*")).toBe(true);
    expect(commonArn(["arn:aws:lambda:*:*:function:a*", "arn:aws:lambda:eu-west-1:*:*", "*"])).toMatch(
      /^arn:aws:lambda:eu-west-1:[^:]+:function:a/,
    );
    expect(commonArn(["photos", "*"])).toBeUndefined();
  });
});
