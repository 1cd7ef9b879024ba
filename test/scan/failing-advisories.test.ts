// A source of advisories that fails, or is not asked: nothing is resolved, nothing is milder, nothing is said twice.
import { expect, it } from "vitest";
import type { KnownAdvisories } from "../../shared/advisory-feeds/known-advisories.ts";
import { AdvisoryIndex } from "../../shared/libraries/advisories/advisory-index.ts";
import { nothingExploited } from "../../shared/libraries/advisories/exploited.ts";
import { aZip } from "../artifacts/a-zip.ts";
import { anAffected, aRecord } from "../libraries/advisories/an-advisory.ts";
import { anAccountOfZips, known, nodeZip } from "./an-account-of-zips.ts";

const records = [
  aRecord("GHSA-left-hole-0001", [{ introduced: "0" }, { fixed: "1.2.0" }]),
  aRecord("GHSA-right-hole-001", [], { affected: [anAffected([{ introduced: "0" }, { fixed: "3.0.0" }], "npm", "right")] }),
];
/** One file that was put together of many, of one of which a comment tells the name. */
const licence = "/*!\n * right\n * Copyright(c) 2009 Somebody\n */\n";
const bundle = aZip([{ name: "index.js", content: `${licence}var filler="${"-".repeat(200_000)}";` }]);

const fresh = () => known(...records);
const old = (): KnownAdvisories => ({ ...fresh(), feeds: fresh().feeds.map((feed) => ({ ...feed, fetchedAt: "2026-11-20T00:00:00Z" })) });
const failing = (): KnownAdvisories => ({
  index: new AdvisoryIndex([], []),
  exploited: nothingExploited,
  feeds: [{ ecosystem: "npm", source: "https://mirror.example.com", failure: "the server answered 503" }],
});

const byRule = (a: { readonly rule: string }, b: { readonly rule: string }) => (a.rule < b.rule ? -1 : 1);
const isAbout = (prefix: string) => (one: { readonly rule: string }) => one.rule.startsWith(prefix);

it.each([
  ["fails", { advisories: async () => failing() }],
  ["is not asked", {}],
] as const)("a source that %s leaves every finding about libraries as it was", async (_, meanwhile) => {
  const there = await anAccountOfZips({ api: { zip: nodeZip({ left: "1.1.0" }) }, bundled: { zip: bundle } });
  const ids = new Set<string>();
  const libraries = async (more: Parameters<typeof there.scan>[0]) => {
    there.later(1 / 24);
    const { document } = await there.scan(more);
    const { changes, findings } = document;
    for (const { id } of findings.filter(isAbout("library/"))) ids.add(id);
    const touched = new Set([...changes.opened, ...changes.reopened, ...changes.changed, ...changes.resolved]);
    const said = findings
      .filter(isAbout("library/"))
      .map(({ rule, severity, title }) => ({ rule, severity, title }))
      .toSorted(byRule);
    return {
      said,
      touched: findings.filter(isAbout("library/")).filter(({ id }) => touched.has(id)),
      resolved: changes.resolved.filter((id) => ids.has(id)),
    };
  };
  const before = await libraries({ advisories: async () => fresh() });
  expect(before.said.map(({ rule, severity }) => [rule, severity])).toEqual([
    ["library/contents-unknown", "LOW"],
    ["library/vulnerable", "MEDIUM"],
  ]);
  expect(await libraries(meanwhile)).toEqual({ said: before.said, touched: [], resolved: [] });
  expect(await libraries({ advisories: async () => fresh() })).toEqual({ said: before.said, touched: [], resolved: [] });
});

it("how old advisories are is not known while their source fails: what was said of it stands", async () => {
  const there = await anAccountOfZips({ api: { zip: nodeZip({ left: "1.1.0" }) } });
  const tooOld = async (advisories: KnownAdvisories) => {
    const { document } = await there.scan({ advisories: async () => advisories });
    return document.findings.filter(isAbout("library/advisories-too-old")).map(({ status }) => status !== "RESOLVED");
  };
  expect(await tooOld(old())).toEqual([true]);
  expect(await tooOld(failing())).toEqual([true]);
  expect(await tooOld(fresh())).toEqual([]);
});

it("without any advisories a bundle is said to be one, and graver once they tell of what is in it", async () => {
  const there = await anAccountOfZips({ bundled: { zip: bundle } });
  const severity = async (more: Parameters<typeof there.scan>[0]) =>
    (await there.scan(more)).document.findings.filter(isAbout("library/contents-unknown")).map((one) => one.severity);
  expect(await severity({})).toEqual(["INFORMATIONAL"]);
  expect(await severity({})).toEqual(["INFORMATIONAL"]);
  expect(await severity({ advisories: async () => fresh() })).toEqual(["LOW"]);
});
