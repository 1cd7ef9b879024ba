import { describe, expect, test } from "vitest";
import type { WorthDoing } from "../../shared/today/item.ts";
import { asMemory, recall, remember } from "../../shared/today/memory.ts";
import { aDocument, aDocumentFinding } from "../build.ts";

const monday = new Date("2026-11-23T08:00:00Z");
const tuesday = new Date("2026-11-24T08:00:00Z");

function thing(key: string, ...ids: string[]): WorthDoing {
  return {
    key,
    task: "target",
    title: `title of ${key}`,
    advice: "",
    owners: [],
    findings: ids.map((id) => ({ id, rule: "lambda/timing-out", resource: "f" })),
    severity: "HIGH",
    risk: 30,
    parts: [],
    minutes: 10,
    riskPerMinute: 3,
  };
}

function scan(id: string, ...open: Parameters<typeof aDocumentFinding>[0][]) {
  const document = aDocument({ findings: open.map((given) => aDocumentFinding(given)) });
  return { ...document, scan: { ...document.scan, id } };
}

const first = scan("scan-1", { id: "F-A" }, { id: "F-B" }, { id: "F-C" });
const shownMonday = remember(recall(undefined, first, monday), [thing("a", "F-A", "F-B"), thing("c", "F-C")], monday);

describe("what is done", () => {
  test("is what the next scan no longer finds open, all of it", () => {
    const after = recall(shownMonday, scan("scan-2", { id: "F-B" }), tuesday);
    expect(after.done.map(({ key, decided }) => [key, decided])).toEqual([["c", false]]);
    expect(after.waiting.map(({ key }) => key)).toEqual(["a"]);
  });

  test("is not said of the same scan, however often it is read", () => {
    expect(recall(shownMonday, first, tuesday)).toBe(shownMonday);
  });

  test("is said again while no other scan has come", () => {
    const second = scan("scan-2", { id: "F-A" }, { id: "F-B" });
    const once = remember(recall(shownMonday, second, tuesday), [thing("d", "F-D")], tuesday);
    expect(recall(once, second, tuesday).done.map(({ key }) => key)).toEqual(["c"]);
    expect(recall(once, scan("scan-3", { id: "F-A" }), tuesday).done.map(({ key }) => key)).toEqual(["d"]);
  });

  test("what stayed open for a while is still recognised, also when it was not shown again", () => {
    const second = remember(recall(shownMonday, scan("scan-2", { id: "F-A" }, { id: "F-C" }), tuesday), [], tuesday);
    expect(recall(second, scan("scan-3", { id: "F-C" }), tuesday).done.map(({ key }) => key)).toEqual(["a"]);
  });

  test("what somebody decided to live with is off the list, and said to be decided", () => {
    const second = scan("scan-2", { id: "F-A", status: "SUPPRESSED" }, { id: "F-C" });
    expect(recall(shownMonday, second, tuesday).done.map(({ key, decided }) => [key, decided])).toEqual([["a", true]]);
  });

  test("a question who owns it is answered once it has an owner", () => {
    const asked = remember(recall(undefined, first, monday), [thing("owner stack x", "F-A"), thing("owner y", "F-B")], monday);
    const second = scan("scan-2", { id: "F-A", owner: { team: "core" } }, { id: "F-B", owner: {} });
    expect(recall(asked, second, tuesday).done.map(({ key }) => key)).toEqual(["owner stack x"]);
  });

  test("a decision that ends is off the list once it was made again, or the finding is gone", () => {
    const ending = { ack: "A-1", endsSoon: true } as never;
    const shown = remember(recall(undefined, first, monday), [thing("decide A-1", "F-A"), thing("decide A-2", "F-B")], monday);
    const still = scan("scan-2", { id: "F-A", status: "SUPPRESSED", acknowledged: ending });
    const after = recall(shown, still, tuesday);
    expect([after.done.map(({ key }) => key), after.waiting.map(({ key }) => key)]).toEqual([["decide A-2"], ["decide A-1"]]);
    const again = scan("scan-3", { id: "F-A", status: "SUPPRESSED", acknowledged: { ack: "A-3" } as never });
    expect(recall(after, again, tuesday).done.map(({ key }) => key)).toEqual(["decide A-1"]);
  });

  test("is forgotten after a quarter of a year without being done", () => {
    const later = new Date("2027-03-01T08:00:00Z");
    const after = recall(shownMonday, scan("scan-99", { id: "F-A" }, { id: "F-C" }), later);
    expect([after.waiting, after.done]).toEqual([[], []]);
  });
});

describe("what is remembered", () => {
  test("keeps when a thing was first shown", () => {
    const again = remember(shownMonday, [thing("a", "F-A")], tuesday);
    expect(again.waiting.map(({ key, shownAt }) => [key, shownAt])).toEqual([
      ["c", monday.toISOString()],
      ["a", monday.toISOString()],
    ]);
  });

  test("is bounded", () => {
    const many = Array.from({ length: 500 }, (_, i) => thing(`k${i}`, `F-${i}`));
    const { waiting } = remember(recall(undefined, first, monday), many, monday);
    expect(waiting).toHaveLength(200);
    expect(waiting.at(-1)?.key).toBe("k499");
  });

  test.each([[undefined], ["text"], [{ version: 2 }], [{ version: 1, waiting: {} }], [null]])("%j is no memory", (value) => {
    expect(asMemory(value)).toBeUndefined();
  });
});
