import { describe, expect, it } from "vitest";
import type { DailyUse } from "../../shared/model/usage.ts";
import { mergeDays, packDays, unpackDays } from "../../shared/usage/daily-ring.ts";

const use = (day: number, over: Partial<DailyUse> = {}): DailyUse => ({ day, samples: 10, maxMs: 1234.56, errors: 0, ...over });

describe("packing", () => {
  it("gives back what was packed", () => {
    const days = [use(20_000), use(20_001, { samples: 3, maxMs: 0.01, errors: 2 }), use(20_400, { maxMs: 5_400_000 })];
    expect(unpackDays(packDays(days))).toEqual(days);
  });

  it("packs no days to an empty string", () => {
    expect(packDays([])).toBe("");
    expect(unpackDays("")).toEqual([]);
  });

  it("takes 16 characters a day", () => {
    expect(packDays(Array.from({ length: 455 }, (_, index) => use(20_000 + index)))).toHaveLength(455 * 16);
  });

  it("lets counts and times that are too large end at the largest it can hold", () => {
    const [day] = unpackDays(packDays([use(20_000, { errors: 70_000, maxMs: 1e9, samples: 2 ** 24 })]));
    expect(day).toEqual({ day: 20_000, errors: 65_535, maxMs: 42_949_672.95, samples: 2 ** 24 });
  });

  it("refuses days out of order, days that are none, and values that are none", () => {
    expect(() => packDays([use(2), use(1)])).toThrow("day 1 comes after day 2");
    expect(() => packDays([use(2), use(2)])).toThrow("day 2 comes after day 2");
    expect(() => packDays([use(1.5)])).toThrow("not a day");
    expect(() => packDays([use(70_000)])).toThrow("not a day");
    expect(() => packDays([use(1, { maxMs: Number.NaN })])).toThrow("day 1 has a value");
    expect(() => packDays([use(1, { samples: -1 })])).toThrow("day 1 has a value");
  });
});

describe("unpacking what is corrupt", () => {
  const packed = packDays([use(20_000), use(20_001)]);

  it.each([
    ["foreign text", "no base64 at all!", "not base64"],
    ["a character that is lost", packed.slice(1), "not base64"],
    ["half a day", packed.slice(0, 20), "no multiple of 12"],
    ["a foreign character", `*${packed.slice(1)}`, "not base64"],
    ["days out of order", packDays([use(20_001)]) + packDays([use(20_000)]), "day 20000 comes after day 20001"],
    ["samples that are no number", Buffer.alloc(12, 0xff).toString("base64"), "samples"],
  ])("says that the ring cannot be read, and why: %s", (_, text, why) => {
    expect(() => unpackDays(text)).toThrow(why);
    expect(() => unpackDays(text)).toThrow("the ledger's daily use of a function cannot be read");
  });
});

describe("merging", () => {
  const ring = packDays([use(100), use(101, { samples: 50, maxMs: 900, errors: 5 })]);
  const merged = (fresh: readonly DailyUse[], from: number, today = 102) => unpackDays(mergeDays(ring, fresh, from, today));

  it("adds new days", () => {
    expect(merged([use(102)], 102).map(({ day }) => day)).toEqual([100, 101, 102]);
  });

  it("takes a day that grew since", () => {
    expect(merged([use(101, { samples: 60, maxMs: 1000, errors: 6 })], 101)[1]).toEqual({ day: 101, samples: 60, maxMs: 1000, errors: 6 });
  });

  it("keeps the larger of each value when the fresh answer holds less", () => {
    expect(merged([use(101, { samples: 7, maxMs: 1000, errors: 0 })], 101)[1]).toEqual({ day: 101, samples: 50, maxMs: 1000, errors: 5 });
  });

  it("keeps a day that a fresh answer does not mention", () => {
    expect(merged([], 100).map(({ samples }) => samples)).toEqual([10, 50]);
  });

  it("fills a gap before the ring, and takes fresh days in any order", () => {
    expect(merged([use(99), use(98)], 98).map(({ day }) => day)).toEqual([98, 99, 100, 101]);
    expect(merged([use(90)], 101).map(({ day }) => day)).toEqual([90, 100, 101]);
  });

  it("drops what is older than CloudWatch keeps", () => {
    expect(merged([use(555)], 555, 555).map(({ day }) => day)).toEqual([100, 101, 555]);
    expect(merged([use(556)], 556, 556).map(({ day }) => day)).toEqual([101, 556]);
  });

  it("does not swallow a corrupt ring", () => {
    expect(() => mergeDays("AAAA", [use(102)], 102, 102)).toThrow("cannot be read");
  });
});
