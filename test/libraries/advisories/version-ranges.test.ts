import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { describe, expect, test } from "vitest";
import { checkPackage, idsOf } from "../../../shared/libraries/advisories/check-package.ts";
import { nothingExploited } from "../../../shared/libraries/advisories/exploited.ts";
import { withHoles } from "../../../shared/libraries/artifact-libraries.ts";
import { Postings } from "../../../shared/libraries/match-packages.ts";
import { keptList, noted, packed, unpacked } from "../../../shared/libraries/packages/kept-list.ts";
import { isInRange } from "../../../shared/libraries/versions/npm-range.ts";
import type { Package } from "../../../shared/model/packages.ts";
import { listPackages } from "../packages/list-packages.ts";
import { anAffected, anIndex, aRecord, idsFor } from "./an-advisory.ts";

/** Versions of `left` in order, of which ranges and intervals are drawn. */
const versions = ["0.9.0", "1.0.0", "1.1.0", "2.0.0-rc.1", "2.0.0", "2.1.0", "3.0.0"];

function ofRange(index: ReturnType<typeof anIndex>, versionRange: string) {
  return checkPackage(index, { ecosystem: "npm", name: "left", version: null, versionRange });
}

describe("a version of which only a range is known", () => {
  test("has the holes that every version in the range has, and no others", () => {
    const events = versions.flatMap((introduced, i) => [
      [{ introduced }],
      [{ introduced: "0" }, { fixed: introduced }],
      ...versions.slice(i).map((last_affected) => [{ introduced }, { last_affected }]),
      ...versions.slice(i + 1).map((fixed) => [{ introduced }, { fixed }]),
    ]);
    const index = anIndex(...events.map((one, n) => aRecord(`GHSA-${n}`, one)));
    const ends = (operators: readonly string[]) => [
      "",
      ...versions.flatMap((version) => operators.map((operator) => `${operator}${version}`)),
    ];
    let compared = 0;
    for (const from of ends([">=", ">"])) {
      for (const to of ends(["<=", "<"])) {
        const range = `${from} ${to}`.trim();
        const inside = versions.filter((version) => isBetween(version, from, to));
        if (range === "" || inside.length === 0) continue;
        compared += 1;
        const answer = ofRange(index, range);
        const ids = "unknown" in answer ? [] : idsOf(answer);
        for (const id of ids)
          for (const version of inside) expect(idsFor(index, `pkg:npm/left@${version}`), `${range} ${id}`).toContain(id);
        // and none is missed that holds for everything between both ends, whatever was published there
        const [lower, upper] = [from.replace(/[<>=]/g, ""), to.replace(/[<>=]/g, "")];
        if (!from.startsWith(">=") || !to.startsWith("<=")) continue;
        const whole = idsFor(index, `pkg:npm/left@${lower}`).filter((id) => idsFor(index, `pkg:npm/left@${upper}`).includes(id));
        expect(new Set(ids), range).toEqual(new Set(whole));
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  test("goes to the smallest version that is mended and beyond all that it may be", () => {
    const index = anIndex(
      aRecord("GHSA-a", [{ introduced: "1.0.0" }, { fixed: "1.1.0" }]),
      aRecord("GHSA-b", [{ introduced: "0" }, { fixed: "2.1.0" }]),
    );
    expect(ofRange(index, ">=1.0.0 <2.0.0")).toMatchObject({ holes: [{ ids: ["GHSA-b"] }], fixed: "2.1.0", majorJump: true });
    expect(ofRange(index, ">=2.0.0 <2.1.0")).toMatchObject({ fixed: "2.1.0", majorJump: false });
    expect(ofRange(index, "1.0.5 || >=2.0.0 <2.1.0")).toMatchObject({ holes: [{ ids: ["GHSA-b"] }], fixed: "2.1.0", majorJump: true });
  });

  test.each([">=1.0.0", "<=2.1.0", ">=2.1.0", "^1.0.0", "latest", ">=a"])(
    "cannot be told where %s may be mended, or says nothing",
    (range) => {
      const index = anIndex(aRecord("GHSA-a", [{ introduced: "1.0.0" }, { fixed: "2.1.0" }]));
      expect(ofRange(index, range)).toEqual({
        unknown: `there are advisories about left, and of its version it is known only that it is ${range}`,
      });
    },
  );

  test("is not asked about where nothing was ever said of the package", () => {
    const index = anIndex(aRecord("GHSA-a", [], { affected: [anAffected([{ introduced: "0" }], "npm", "other")] }));
    expect(ofRange(index, ">=1.0.0")).toMatchObject({ holes: [] });
  });
});

function isBetween(version: string, from: string, to: string): boolean {
  const at = versions.indexOf(version);
  const [lower, upper] = [from, to].map((end) => versions.indexOf(end.replace(/[<>=]/g, ""))) as [number, number];
  const isAfter = from === "" || (from.startsWith(">=") ? at >= lower : at > lower);
  return isAfter && (to === "" || (to.startsWith("<=") ? at <= upper : at < upper));
}

const inBundle: Package = {
  purl: "pkg:npm/left",
  name: "left",
  ecosystem: "npm",
  version: null,
  versionRange: ">=1.0.0 <1.2.0",
  confidence: "medium",
  evidence: { how: "texts and names of some versions in a bundle (3)", path: "index.js" },
};

test("what is kept of a package keeps the range", () => {
  expect(unpacked(packed(inBundle))).toEqual(inBundle);
  expect(noted(packed(inBundle))).toEqual({ ecosystem: "npm", name: "left", version: null, versionRange: ">=1.0.0 <1.2.0" });
});

test("versions that are not known are not mixed up with those of which something is", () => {
  const postings = new Postings();
  postings.note(0, noted(packed(inBundle)));
  const { versionRange: _, ...unknown } = inBundle;
  postings.note(1, noted(packed(unknown)));
  postings.putTo({ index: anIndex(aRecord("GHSA-a", [{ introduced: "0" }, { fixed: "1.2.0" }])), exploited: nothingExploited });
  expect(postings.posting(inBundle)).toMatchObject({ artifacts: [0], holes: { ids: ["GHSA-a"], fixed: "1.2.0" } });
  expect(postings.posting(unknown)).toMatchObject({
    artifacts: [1],
    untold: "there are advisories about left, and its version is not given",
  });
});

test("a package in a minified bundle has the holes of all that it may be", async () => {
  const contents = `const it = require("semver"); exports.handler = () => it;`;
  const stdin = { contents, resolveDir: import.meta.dirname };
  const [file] = buildSync({ stdin, bundle: true, platform: "node", write: false, minify: true, legalComments: "none" }).outputFiles;
  const list = keptList("code x", 1, { summary: await listPackages({ "index.js": file?.text ?? "" }) });
  const there = JSON.parse(readFileSync(join(import.meta.dirname, "../../../node_modules/semver/package.json"), "utf8")).version as string;
  const of = (events: Parameters<typeof anAffected>[0]) => {
    const postings = new Postings();
    for (const line of list.packages) postings.note(0, noted(line));
    postings.putTo({
      index: anIndex(aRecord("GHSA-a", [], { affected: [anAffected(events, "npm", "semver")] })),
      exploited: nothingExploited,
    });
    return withHoles({ kind: "code", packages: 1, versionsKnown: 0, untold: [] }, list, postings);
  };
  const range = list.packages.map(unpacked).find(({ name }) => name === "semver")?.versionRange ?? "";
  expect(isInRange(range, there)).toBe(true);
  expect(of([{ introduced: "0" }])).toMatchObject({
    vulnerable: [{ package: { version: null, versionRange: range }, ids: ["GHSA-a"], fixed: null }],
    untold: [],
  });
  expect(of([{ introduced: "0" }, { fixed: "5.0.0" }])).toMatchObject({
    vulnerable: [],
    untold: [expect.stringContaining("it is known only that it is")],
  });
});
