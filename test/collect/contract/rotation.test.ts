import { describe, expect, test } from "vitest";
import type { CachedReads } from "../../../shared/collect/contract/cached-reads.ts";
import { Rotation } from "../../../shared/collect/contract/rotation.ts";
import { awsError } from "../../stub-account.ts";

const day = (n: number) => new Date(Date.UTC(2026, 10, n));
const keys = (n: number, fingerprint = "same") => Array.from({ length: n }, (_, i) => ({ key: `k${i}`, fingerprint }));
const fail = (error: unknown) => {
  throw error;
};

async function read(before: CachedReads, now: Date, asked = keys(1000), answer: (key: string) => Promise<string> = async (key) => key) {
  const rotation = new Rotation(before, now, "eu-west-1");
  const reads: string[] = [];
  const missed: unknown[] = [];
  const answers = await rotation.read(
    "kind",
    asked,
    (key) => {
      reads.push(key);
      return answer(key);
    },
    (error) => missed.push(error),
  );
  return { answers, reads, missed, kept: rotation.kept };
}

describe("reads per resource", () => {
  test("all once, then a fourteenth a scan, oldest first, so that each is read again within fourteen scans", async () => {
    let { reads, kept } = await read({}, day(1));
    expect(reads).toHaveLength(1000);
    const again = new Set<string>();
    for (let scan = 2; scan <= 15; scan += 1) {
      ({ reads, kept } = await read(kept, day(scan)));
      expect(reads).toHaveLength(72);
      for (const key of reads) again.add(key);
    }
    expect(again.size).toBe(1000);
  });

  test("small accounts are read freshly every time", async () => {
    const { kept } = await read({}, day(1), keys(50));
    expect((await read(kept, day(2), keys(50))).reads).toHaveLength(50);
  });

  test("what the list says has changed is read at once; what is gone from the list is forgotten", async () => {
    const { kept } = await read({}, day(1));
    const changed = [{ key: "k7", fingerprint: "other" }, ...keys(1000).filter(({ key }) => key !== "k7")];
    expect((await read(kept, day(2), changed)).reads).toContain("k7");
    const fewer = await read(kept, day(2), keys(10));
    expect(Object.keys(fewer.kept.kind ?? {})).toHaveLength(10);
  });

  test("a read that fails keeps the older answer with its date, and is reported", async () => {
    const { kept } = await read({}, day(1), keys(1));
    const { answers, missed } = await read(kept, day(2), keys(1), () => fail(awsError("ServiceException")));
    expect(answers.get("k0")).toEqual({ value: "k0", readAt: day(1).toISOString() });
    expect(missed).toHaveLength(1);
  });

  test("twenty resources that refuse are those resources' own affair once another one has answered", async () => {
    const { answers, reads } = await read({}, day(1), keys(200), async (key) =>
      key === "k3" ? key : fail(awsError("AccessDeniedException")),
    );
    expect(reads).toHaveLength(200);
    expect([...answers.keys()]).toEqual(["k3"]);
  });

  test("once refused, no further one is asked; what was deleted meanwhile is no failure", async () => {
    const refused = await read({}, day(1), keys(1000), () => fail(awsError("AccessDeniedException")));
    expect(refused.missed).toHaveLength(1000);
    expect(refused.reads.length).toBeLessThanOrEqual(25);
    const gone = await read({}, day(1), keys(3), () => fail(awsError("ResourceNotFoundException")));
    expect(gone).toMatchObject({ missed: [] });
    expect(gone.answers.size).toBe(0);
  });

  test("a resource that refuses by its own policy keeps no other from being read", async () => {
    const first = await read({}, day(1), keys(40), (key) =>
      key === "k0" ? fail(awsError("AccessDeniedException")) : Promise.resolve(key),
    );
    expect(first.answers.size).toBe(39);
    expect(first.missed).toHaveLength(1);
  });

  test("names that objects have of their own are names like others", async () => {
    const names = ["constructor", "toString", "__proto__"].map((key) => ({ key, fingerprint: "" }));
    const failed = await read({}, day(1), names, () => fail(awsError("ServiceException")));
    expect(failed.answers.size).toBe(0);
    const { kept, answers } = await read({}, day(1), names);
    expect([...answers.keys()].toSorted()).toEqual(["__proto__", "constructor", "toString"]);
    const again = await read(JSON.parse(JSON.stringify(kept)) as CachedReads, day(2), names, () => fail(awsError("ServiceException")));
    expect(again.answers.size).toBe(3);
  });

  test("out of time, the rest is left for the next scan and said to be", async () => {
    let reads = 0;
    const rotation = new Rotation({}, day(1), "eu-west-1", { isOutOfTime: () => reads >= 100 });
    const missed: unknown[] = [];
    const answers = await rotation.read(
      "kind",
      keys(1000),
      async (key) => {
        reads += 1;
        return key;
      },
      (error) => missed.push(error),
    );
    expect(answers.size).toBeGreaterThanOrEqual(100);
    expect(answers.size).toBeLessThan(110);
    expect(String(missed[0])).toMatch(/OutOfTime: \d+ reads \(kind\) were left for the next scan/);
  });
});
