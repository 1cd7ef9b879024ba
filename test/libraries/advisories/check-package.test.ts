import { describe, expect, test } from "vitest";
import { checkPackage, idsOf } from "../../../shared/libraries/advisories/check-package.ts";
import { readEpss, readKev } from "../../../shared/libraries/advisories/exploited.ts";
import { anAffected, anIndex, aRecord, checked, idsFor } from "./an-advisory.ts";

/** Of `versions` of npm's `left` those that are affected. */
const affected = (events: Parameters<typeof aRecord>[1], versions: readonly string[]) => {
  // one more record, so that there is something of npm in any case
  const index = anIndex(
    aRecord("GHSA-a", events),
    aRecord("GHSA-b", [], { affected: [anAffected([{ introduced: "0" }], "npm", "other")] }),
  );
  return versions.filter((version) => idsFor(index, `pkg:npm/left@${version}`).includes("GHSA-a"));
};

describe("a version is affected", () => {
  test.each([
    [
      "from the beginning, pre-releases of 0.0.0 too",
      [{ introduced: "0" }, { fixed: "1.0.0" }],
      ["0.0.0-a", "0.9.0", "1.0.0-rc.1"],
      ["1.0.0", "2.0.0"],
    ],
    [
      "up to and with the last affected",
      [{ introduced: "1.0.0" }, { last_affected: "1.2.0" }],
      ["1.0.0", "1.2.0"],
      ["0.9.0", "1.0.0-rc.1", "1.2.1"],
    ],
    ["for ever where nothing ends it", [{ introduced: "1.0.0" }], ["1.0.0", "99.0.0"], ["0.9.9"]],
    [
      "in any of several intervals, however the events are sorted",
      [{ fixed: "2.1.0" }, { introduced: "1.0.0" }, { introduced: "2.0.0" }, { fixed: "1.1.0" }],
      ["1.0.5", "2.0.5"],
      ["0.5.0", "1.1.0", "1.9.0", "2.1.0"],
    ],
    [
      "from the beginning also where that is said last",
      [{ fixed: "1.0.0" }, { introduced: "2.0.0" }, { introduced: "0" }],
      ["0.1.0", "2.0.0"],
      ["1.0.0"],
    ],
    [
      "across a version where one interval ends and the next begins",
      [{ introduced: "1.0.0" }, { fixed: "2.0.0" }, { introduced: "2.0.0" }, { fixed: "3.0.0" }],
      ["1.0.0", "2.0.0", "2.9.0"],
      ["3.0.0"],
    ],
    ["also alone", [{ introduced: "1.2.3" }, { last_affected: "1.2.3" }], ["1.2.3"], ["1.2.2", "1.2.4"]],
    ["also alone, written the other way round", [{ last_affected: "1.2.3" }, { introduced: "1.2.3" }], ["1.2.3"], ["1.2.2", "1.2.4"]],
    [
      "only before the furthest limit",
      [{ introduced: "1.0.0" }, { limit: "2.0.0" }, { limit: "1.5.0" }],
      ["1.0.0", "1.9.0"],
      ["2.0.0", "3.0.0"],
    ],
    ["whatever the limit, where that is none", [{ introduced: "1.0.0" }, { limit: "*" }], ["1.0.0", "9.0.0"], ["0.9.0"]],
  ])("%s", (_, events, inside, outside) => {
    expect(affected(events, [...inside, ...outside])).toEqual(inside);
  });

  test("by a list of versions alone, or beside a range; in whatever spelling", () => {
    const index = anIndex(
      aRecord("GHSA-a", [], {
        affected: [anAffected([{ introduced: "2" }, { fixed: "3" }], "PyPI", "Zope.Interface", { versions: ["1.0", "2.5"] })],
      }),
    );
    const found = ["1.0.0", "1.1", "2.5", "3"].filter((version) => idsFor(index, `pkg:pypi/zope-interface@${version}`).length > 0);
    expect(found).toEqual(["1.0.0", "2.5"]);
  });

  test("not by commits, and not by an advisory that was withdrawn", () => {
    const index = anIndex(
      aRecord("GHSA-a", [], { affected: [anAffected([], "PyPI", "left", { ranges: [{ type: "GIT", events: [{ introduced: "0" }] }] })] }),
      aRecord("GHSA-b", [], { affected: [anAffected([{ introduced: "0" }], "PyPI")], withdrawn: "2026-01-01T00:00:00Z" }),
    );
    expect(idsFor(index, "pkg:pypi/left@1")).toEqual([]);
  });

  test("beyond the last version that somebody is known to have tried: no later one is known to be mended", () => {
    const database_specific = { last_known_affected_version_range: "<= 0.0.4" };
    const index = anIndex(aRecord("GHSA-a", [], { affected: [anAffected([{ introduced: "0" }], "npm", "left", { database_specific })] }));
    expect(checked(index, "pkg:npm/left@0.0.5")).toMatchObject({ holes: [{ ids: ["GHSA-a"] }], fixed: null });
  });

  test("in its own ecosystem only, and the state of the advisory that is newest stands", () => {
    const old = aRecord("GHSA-a", [{ introduced: "0" }], { modified: "2025-01-01T00:00:00Z" });
    const index = anIndex(
      aRecord("GHSA-a", [{ introduced: "2.0.0" }]),
      old,
      aRecord("GHSA-b", [], { affected: [anAffected([{ introduced: "0" }], "RubyGems")] }),
    );
    expect([idsFor(index, "pkg:npm/left@1.0.0"), idsFor(index, "pkg:npm/left@2.0.0"), idsFor(index, "pkg:gem/left@1.0.0")]).toEqual([
      [],
      ["GHSA-a"],
      ["GHSA-b"],
    ]);
  });
});

describe("one hole", () => {
  test("is what aliases name, in either direction and from one to the next; its ids stand with GHSA before CVE before the rest", () => {
    const everything = [{ introduced: "0" }];
    const index = anIndex(
      aRecord("PYSEC-1", everything, { aliases: ["CVE-2026-1"] }),
      aRecord("CVE-2026-1", everything, {}),
      aRecord("GHSA-z", everything, { aliases: ["CVE-2026-1", "CVE-2026-2"] }),
      aRecord("GHSA-a", everything, { aliases: ["GHSA-a", "OTHER-9"] }),
    );
    const { holes } = checked(index, "pkg:npm/left@1.0.0");
    expect(holes.map(({ ids, aliases }) => [ids, aliases])).toEqual([
      [["GHSA-a"], ["OTHER-9"]],
      [["GHSA-z", "CVE-2026-1", "PYSEC-1"], ["CVE-2026-2"]],
    ]);
    expect(idsFor(index, "pkg:npm/left@1.0.0")).toEqual(["GHSA-a", "GHSA-z", "CVE-2026-1", "PYSEC-1"]);
  });

  test("is as grave as its gravest graded advisory; what nobody graded does not make it graver", () => {
    const vector = (score: string) => [{ type: "CVSS_V3", score }];
    const low = { severity: vector("CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N"), aliases: ["CVE-1"] };
    const one = anIndex(aRecord("GHSA-a", [{ introduced: "0" }], low), aRecord("GO-1", [{ introduced: "0" }], { aliases: ["CVE-1"] }));
    expect(checked(one, "pkg:npm/left@1.0.0").holes).toMatchObject([{ severity: "LOW", severityBy: "CVSS 3", score: 1.8 }]);
    const other = anIndex(aRecord("GO-1", [{ introduced: "0" }]));
    expect(checked(other, "pkg:npm/left@1.0.0").holes).toMatchObject([{ severity: "MEDIUM", severityBy: "nobody" }]);
  });

  test("comes first where it is known to be exploited, by any of its names or of what it is made from", () => {
    const critical = { database_specific: { severity: "CRITICAL" } };
    const index = anIndex(
      aRecord("GHSA-a", [{ introduced: "0" }], critical),
      aRecord("GHSA-b", [{ introduced: "0" }], { database_specific: { severity: "LOW" }, upstream: ["CVE-2026-7"] }),
      aRecord("MAL-1", [{ introduced: "0" }]),
    );
    const kev = readKev('{"vulnerabilities":[{"cveID":"CVE-2026-7","dueDate":"2026-12-01"}]}');
    const epss = readEpss("#model_version:v2026\ncve,epss,percentile\nCVE-2026-7,0.9,0.97\n");
    expect(checked(index, "pkg:npm/left@1.0.0", { kev, epss }).holes).toMatchObject([
      { ids: ["GHSA-b"], exploitedDue: "2026-12-01", epss: 0.97 },
      { ids: ["MAL-1"], malicious: true, severity: "CRITICAL" },
      { ids: ["GHSA-a"], malicious: false },
    ]);
  });
});

describe("the fixed version", () => {
  const fix = (version: string, ...records: readonly unknown[]) => {
    const { fixed, majorJump } = checked(anIndex(...records), `pkg:npm/left@${version}`);
    return [fixed, majorJump];
  };

  test("is the smallest that clears all that is known, in the same major version where there is one", () => {
    const both = [
      aRecord("GHSA-a", [{ introduced: "0" }, { fixed: "1.2.0" }, { introduced: "2.0.0" }, { fixed: "2.0.1" }]),
      aRecord("GHSA-b", [{ introduced: "1.0.0" }, { fixed: "1.10.0" }]),
    ];
    expect([fix("0.9.0", ...both), fix("1.0.0", ...both), fix("1.5.0", ...both), fix("2.0.0", ...both)]).toEqual([
      ["1.10.0", true],
      ["1.10.0", false],
      ["1.10.0", false],
      ["2.0.1", false],
    ]);
  });

  test("is not one that has another hole", () => {
    expect(
      fix(
        "1.0.0",
        aRecord("GHSA-a", [{ introduced: "0" }, { fixed: "1.1.0" }]),
        aRecord("GHSA-b", [{ introduced: "1.1.0" }, { fixed: "3.0.0" }]),
      ),
    ).toEqual(["3.0.0", true]);
  });

  test("is none where one of the holes is never mended, or only known to end, and none for what is not affected", () => {
    const mended = aRecord("GHSA-a", [{ introduced: "0" }, { fixed: "1.1.0" }]);
    expect(fix("1.0.0", mended, aRecord("GHSA-b", [{ introduced: "0" }]))).toEqual([null, false]);
    expect(fix("1.0.0", aRecord("GHSA-b", [{ introduced: "0" }, { last_affected: "1.0.0" }]))).toEqual([null, false]);
    expect(fix("1.1.0", mended)).toEqual([null, false]);
  });
});

describe("it cannot be told, and that is not fine,", () => {
  const index = anIndex(aRecord("GHSA-a", [{ introduced: "0" }]));
  const answer = (ecosystem: "npm" | "Go", name: string, version: string | null) => checkPackage(index, { ecosystem, name, version });

  test.each([
    ["npm", "left", null, "its version is not given"],
    ["npm", "left", "latest", '"latest" is no version'],
    ["npm", "left", "file:../left2", "is no version"],
    ["npm", "left", "^1.0.0", "is no version"],
    ["Go", "left", "1.0.0", "there are no advisories of Go"],
  ] as const)("of %s %s %s", (ecosystem, name, version, why) => {
    expect(answer(ecosystem, name, version)).toEqual({ unknown: expect.stringContaining(why) });
  });

  test("but what begins with a word may be a version", () => {
    const jetty = anAffected([], "Maven", "org.example:jetty", { versions: ["test-6.0.0"] });
    expect(idsFor(anIndex(aRecord("GHSA-j", [], { affected: [jetty] })), "pkg:maven/org.example/jetty@test-6.0.0")).toEqual(["GHSA-j"]);
  });

  test("but a package that no advisory names is fine in whatever version", () => {
    expect(answer("npm", "right", "latest")).toEqual({ holes: [], fixed: null, majorJump: false });
  });

  test("and names that every object has are names like others", () => {
    for (const name of ["__proto__", "constructor", "toString"]) {
      expect(answer("npm", name, "1.0.0")).toEqual({ holes: [], fixed: null, majorJump: false });
      const own = anIndex(aRecord("GHSA-p", [], { affected: [anAffected([{ introduced: "0" }], "npm", name)] }));
      expect(idsFor(own, `pkg:npm/${name}@1.0.0`)).toEqual(["GHSA-p"]);
    }
  });
});

test("the ids of nothing are none", () => {
  expect(idsOf({ holes: [], fixed: null, majorJump: false })).toEqual([]);
});
