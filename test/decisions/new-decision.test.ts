import { describe, expect, test } from "vitest";
import { latestEnd, newDecision, replacedBy, type Wanted } from "../../shared/decisions/new-decision.ts";
import type { AckRecord } from "../../shared/model/acknowledgement.ts";
import { day } from "./a-decision.ts";

const now = day(2);
const wanted: Wanted = {
  scope: { kind: "finding", finding: "F-0000000001" },
  reason: "accepted-risk",
  comment: "a shop window",
  until: day(32).toISOString(),
  alsoUntil: "worse",
  by: "arn:aws:iam::111122223333:user/ada",
  finding: { id: "F-0000000001", severity: "HIGH", evidenceDigest: "x" },
};
const decided = (more: Partial<Wanted> = {}, records: AckRecord[] = [], at = now) => newDecision({ ...wanted, ...more }, records, at);
const record = (more: Partial<Wanted> = {}, events: AckRecord["events"] = []): AckRecord => ({ ...decided(more), events });

describe("what cannot be decided is refused with the most that can", () => {
  test.each<[string, Partial<Wanted>, RegExp]>([
    ["longer than a year", { until: day(2 + 366).toISOString() }, /for 365 days at most: until 2027-11-02, or 365d/],
    [
      "longer than 90 days where it is CRITICAL",
      { until: day(2 + 91).toISOString(), finding: { ...wanted.finding, severity: "CRITICAL" } },
      /CRITICAL finding may be accepted for 90 days at most: until 2027-01-31, or 90d/,
    ],
    ["an end that has passed", { until: day(2).toISOString() }, /2026-11-02 is not in the future/],
    ["no comment, or one that nobody can see", { comment: " \u200b\u0000 " }, /needs a comment/],
    ["an end that is no time", { until: "soon" }, /no time/],
  ])("%s", (_, more, message) => {
    expect(() => decided(more)).toThrow(message);
  });

  test("to the day the most is allowed", () => {
    expect(decided({ until: latestEnd("HIGH", now).toISOString() }).until).toBe(day(367).toISOString());
    expect(() => decided({ until: new Date(latestEnd("HIGH", now).getTime() + 1).toISOString() })).toThrow(/365 days/);
  });
});

test("said twice on one day it is one decision; another word makes another one", () => {
  const first = record();
  const later = new Date(now.getTime() + 60_000);
  expect(decided({}, [], later).id).toBe(first.id);
  expect(decided({ until: new Date(day(32).getTime() + 60_000).toISOString() }, [first], later)).toBe(first);
  expect(decided({ comment: "another" }).id).not.toBe(first.id);
  expect(decided({ until: day(33).toISOString() }).id).not.toBe(first.id);
});

test("made again after it was taken back, or outgrown, it is another one", () => {
  const back = record({}, [{ ack: "x", kind: "withdrawn", at: day(3).toISOString(), by: "x" }]);
  const outgrown = record({}, [{ ack: "x", kind: "worse", at: day(3).toISOString(), finding: "F-0000000001" }]);
  expect(decided({}, [back]).id).not.toBe(back.id);
  expect(decided({}, [outgrown]).id).not.toBe(outgrown.id);
});

test("a new one takes the place of older ones of the same scope that are in force, and of no other", () => {
  const old = record({ comment: "old" });
  const over = record({ comment: "over" }, [{ ack: "x", kind: "withdrawn", at: day(3).toISOString(), by: "x" }]);
  const other = record({ scope: { kind: "finding", finding: "F-0000000002" } });
  const fresh: AckRecord = { ...record({ comment: "new" }), at: day(4).toISOString() };
  expect(replacedBy(fresh, [old, over, other, fresh], day(4))).toEqual([old]);
  // decided at the same time by somebody else: the newer one stays
  expect(replacedBy(old, [old, fresh], day(4))).toEqual([]);
});

test("hostile words are made one line of printable text", () => {
  expect(decided({ comment: "a\u001b[31mred\nb\u202e" }).comment).toBe("a red b");
});
