import { describe, expect, test } from "vitest";
import { baseScore } from "../../../shared/libraries/advisories/cvss.ts";
import { readEpss, readKev } from "../../../shared/libraries/advisories/exploited.ts";
import { gravityOf } from "../../../shared/libraries/advisories/gravity.ts";
import { parsePackageUrl } from "../../../shared/libraries/advisories/package-names.ts";
import { readRecord } from "../../../shared/libraries/advisories/read-record.ts";
import { anAffected, anIndex, aRecord, idsFor } from "./an-advisory.ts";

describe("a record", () => {
  test("that is not what OSV describes is said to be unreadable, and nothing throws", () => {
    const odd: readonly unknown[] = [
      null,
      1,
      "x",
      [],
      {},
      { id: 3 },
      { id: "a b" },
      { id: "X-1", affected: 7 },
      { id: "X-1", affected: [null] },
    ];
    const ranges = [
      null,
      7,
      [null],
      [{}],
      [{ type: "SEMVER" }],
      [{ type: "SEMVER", events: [] }],
      [{ type: "SEMVER", events: [{ introduced: 1 }] }],
      [{ type: "NEW", events: [{ introduced: "0" }] }],
    ];
    const records = [...odd, ...ranges.slice(1).map((one) => ({ id: "X-1", affected: [anAffected([], "npm", "left", { ranges: one })] }))];
    expect(records.filter((record) => readRecord(record).unreadable === undefined)).toEqual([]);
    expect(readRecord({ id: "X-1", affected: [anAffected([], "npm", "left", { versions: ["1", 2] })] }).unreadable).toContain("left");
  });

  test("that is understood in part counts for that part", () => {
    const broken = anAffected([], "npm", "right", { ranges: 5 });
    const record = { ...aRecord("X-1", []), affected: [broken, anAffected([{ introduced: "0" }])] };
    expect(readRecord(record).unreadable).toContain("right");
    expect(idsFor(anIndex(record), "pkg:npm/left@1.0.0")).toEqual(["X-1"]);
  });

  test("about other ecosystems only is none of ours, and nothing is wrong with it", () => {
    expect(readRecord(aRecord("X-1", [], { affected: [anAffected([{ introduced: "0" }], "crates.io")] }))).toEqual({
      id: "X-1",
      modified: "2026-11-20T00:00:00Z",
    });
  });

  test("whose aliases go round in a circle, or are very many, is read like others", () => {
    const many = Array.from({ length: 5000 }, (_, i) => `CVE-${i}`);
    const all = [{ introduced: "0" }];
    const index = anIndex(
      aRecord("A-1", all, { aliases: ["A-2"] }),
      aRecord("A-2", all, { aliases: ["A-3"] }),
      aRecord("A-3", all, { aliases: ["A-1", ...many] }),
    );
    expect(idsFor(index, "pkg:npm/left@1.0.0")).toEqual(["A-1", "A-2", "A-3"]);
  });

  test("names a repository of Maven behind its ecosystem, and a package in another case", () => {
    const index = anIndex(
      aRecord("X-1", [], { affected: [anAffected([{ introduced: "0" }], "Maven:https://repo.example.com", "g.h:a")] }),
      aRecord("X-2", [], { affected: [anAffected([{ introduced: "0" }], "NuGet", "Left.Right")] }),
      aRecord("X-3", [], { affected: [anAffected([{ introduced: "0" }], "Go", "github.com/Left/right")] }),
    );
    const found = ["pkg:maven/g.h/a@1", "pkg:nuget/left.right@1", "pkg:golang/github.com/left/Right@v1.0.0"].flatMap((purl) =>
      idsFor(index, purl),
    );
    expect(found).toEqual(["X-1", "X-2", "X-3"]);
  });
});

describe("a package URL", () => {
  test.each([
    ["pkg:npm/%40scope/name@1.0.0", "npm", "@scope/name", "1.0.0"],
    ["pkg:npm/@scope/name@1.0.0-a%2Bb?arch=x#sub/path", "npm", "@scope/name", "1.0.0-a+b"],
    ["pkg:npm/@scope/name", "npm", "@scope/name", null],
    ["PKG:NPM/left@1", "npm", "left", "1"],
    ["pkg://npm/left@1", "npm", "left", "1"],
    ["pkg:maven/org.a.b/c@1.0?type=jar", "Maven", "org.a.b:c", "1.0"],
    ["pkg:golang/github.com/A/b/v2@v2.0.1#cmd/x", "Go", "github.com/a/b/v2", "v2.0.1"],
    ["pkg:golang/stdlib@1.20", "Go", "stdlib", "1.20"],
    ["pkg:pypi/Zope.Interface_x@1!2.0%2Blocal", "PyPI", "zope-interface-x", "1!2.0+local"],
    ["pkg:gem/rails@7.0.0?platform=java", "RubyGems", "rails", "7.0.0"],
    ["pkg:nuget/Newtonsoft.Json@13.0.1", "NuGet", "newtonsoft.json", "13.0.1"],
    ["pkg:npm/left@", "npm", "left", null],
  ])("%s", (purl, ecosystem, name, version) => {
    expect(parsePackageUrl(purl)).toMatchObject({ ecosystem, name, version });
  });

  test.each(["", "left@1.0.0", "pkg:", "pkg:npm", "pkg:npm/", "pkg:npm/%zz@1", "pkg:npm/left@%", "http://npm/left"])(
    "is not %j",
    (text) => {
      expect(parsePackageUrl(text)).toEqual({ wrong: expect.any(String) });
    },
  );

  test("of another type is one that we know nothing of", () => {
    expect(parsePackageUrl("pkg:deb/debian/curl@7")).toEqual({ otherType: "deb" });
  });
});

describe("how grave", () => {
  // scores as the specifications' own examples and the definition of the scale give them
  test.each([
    ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8],
    ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10],
    ["CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1],
    ["CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 6.4],
    ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H/E:P/RL:O/RC:C", 7.5],
    ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0],
    ["AV:N/AC:L/Au:N/C:N/I:N/A:C", 7.8],
    ["AV:N/AC:L/Au:N/C:C/I:C/A:C", 10],
    ["AV:L/AC:H/Au:N/C:C/I:C/A:C", 6.2],
  ])("%s is %d", (vector, score) => {
    expect(baseScore(vector)?.score).toBe(score);
  });

  test.each([
    "",
    "CVSS:3.1/AV:N",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:X/C:H/I:H/A:H",
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H",
    "AV:toString/AC:L/Au:N/C:C/I:C/A:C",
  ])("%j has no score", (vector) => {
    expect(baseScore(vector)).toBeUndefined();
  });

  test("is by CVSS 3 before CVSS 4 before CVSS 2 before the database's word", () => {
    const three = { type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" };
    const two = { type: "CVSS_V2", score: "AV:N/AC:L/Au:N/C:N/I:N/A:C" };
    const four = { type: "CVSS_V4", score: "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N" };
    const word = { severity: "MODERATE" };
    expect([
      gravityOf([two, three], word),
      gravityOf([two], word),
      gravityOf([four], word),
      gravityOf([four]),
      gravityOf("x", null),
    ]).toEqual([
      { severity: "CRITICAL", score: 9.8, by: "CVSS 3" },
      { severity: "HIGH", score: 7.8, by: "CVSS 2" },
      { severity: "CRITICAL", score: 9.3, by: "CVSS 4" },
      { severity: "CRITICAL", score: 9.3, by: "CVSS 4" },
      undefined,
    ]);
  });
});

describe("lists of what is exploited", () => {
  test("are read as JSON and as CSV with quotes", () => {
    expect(readKev('cveID,vendorProject,shortDescription,dueDate\r\nCVE-1,"A, B","says ""x""\nand more",2026-12-01\r\n')).toEqual(
      new Map([["CVE-1", "2026-12-01"]]),
    );
    expect(readEpss("cve,epss,percentile\nCVE-1,0.1,0.5\nCVE-2,x,y\n")).toEqual(new Map([["CVE-1", 0.5]]));
  });

  test.each(["", "{", "{}", "a,b\n1,2", '{"vulnerabilities":[1]}'])("are not %j", (text) => {
    expect(() => readKev(text)).toThrow("it ");
    expect(() => readEpss(text)).toThrow("it ");
  });
});
