import { describe, expect, test } from "vitest";
import { advisoryCoverage } from "../../../shared/judge/advisory-coverage.ts";
import type { AdvisoryFeed } from "../../../shared/model/advisories.ts";
import type { Ecosystem } from "../../../shared/model/packages.ts";
import { advisoriesTooOld } from "../../../shared/rules/library/advisories-too-old.ts";
import { contextOf } from "../a-subject.ts";
import { aFunctionWith, aLayerWith, aVulnerable, hitsOf, judged, libraries, vendorLayer, wordsOf } from "./a-library.ts";

const vulnerable = "library/vulnerable";
const malicious = "library/malicious";
const unknownContents = "library/contents-unknown";

describe("library/vulnerable", () => {
  test("is one finding for an artifact and a package, with all that a person and a machine need", () => {
    const minimist = aVulnerable({
      package: { name: "minimist", version: "1.2.5", purl: "pkg:npm/minimist@1.2.5" },
      ids: ["GHSA-xvch-5gv4-984h"],
      aliases: [],
    });
    const hits = hitsOf(vulnerable, aFunctionWith(libraries([aVulnerable({ epss: 0.9, inRange: true }), minimist]), "internal"));
    expect(hits.map(({ sub, severity }) => [sub, severity])).toEqual([
      ["lodash", "HIGH"],
      ["minimist", "HIGH"],
    ]);
    expect(hits[0]?.evidence).toEqual({
      package: "lodash",
      version: "4.17.20",
      ecosystem: "npm",
      purl: "pkg:npm/lodash@4.17.20",
      ids: ["GHSA-35jh-r3h4-6jhm"],
      aliases: ["CVE-2021-23337"],
      cvss: 7.2,
      epssPercentile: 0.9,
      fixed: "4.17.21",
      majorJump: false,
      inRange: true,
      exposure: "internal",
      foundBy: "package.json",
      path: "node_modules/lodash/package.json",
    });
  });

  test("several copies of a package are one finding, mended by the version that clears all of them", () => {
    const old = aVulnerable({
      package: { version: "3.10.1", purl: "pkg:npm/lodash@3.10.1" },
      ids: ["GHSA-jf85-cpcp-j695"],
      aliases: ["CVE-2019-10744"],
      severity: "CRITICAL",
      fixed: "4.17.12",
      majorJump: true,
    });
    const [hit, ...more] = hitsOf(vulnerable, aFunctionWith(libraries([old, aVulnerable({ fixed: "4.17.21" })]), "internet-anonymous"));
    expect(more).toEqual([]);
    expect(hit).toMatchObject({
      severity: "CRITICAL",
      evidence: { version: "3.10.1", versions: ["3.10.1", "4.17.20"], fixed: "4.17.21", majorJump: true },
    });
    const never = aVulnerable({ package: { version: "2.0.0" }, fixed: null });
    expect(hitsOf(vulnerable, aFunctionWith(libraries([aVulnerable(), never])))[0]?.evidence.fixed).toBeNull();
  });

  test("packages of one name in two ecosystems are two findings", () => {
    const python = aVulnerable({ package: { name: "lodash", ecosystem: "PyPI" as Ecosystem } });
    expect(hitsOf(vulnerable, aFunctionWith(libraries([aVulnerable(), python]))).map(({ sub }) => sub)).toEqual([
      "lodash",
      "lodash (PyPI)",
    ]);
  });

  describe("weighs what is known of use and of reach", () => {
    const severity = (
      more: Parameters<typeof aVulnerable>[0],
      ...reach: Parameters<typeof aFunctionWith> extends [unknown, ...infer R] ? R : never
    ) => hitsOf(vulnerable, aFunctionWith(libraries([aVulnerable(more)]), ...reach))[0]?.severity;

    test("critical by CVSS stays so where somebody outside comes in, also indirectly, or where that is not known", () => {
      const critical = { severity: "CRITICAL" } as const;
      for (const level of ["internet-anonymous", "internet-authenticated", "unknown"] as const)
        expect(severity(critical, level)).toBe("CRITICAL");
      for (const level of ["none", "internal", "cross-account"] as const) expect(severity(critical, level)).toBe("HIGH");
      expect(severity(critical, "internal", "internet-anonymous")).toBe("CRITICAL");
    });

    test("known to be used is HIGH at least, and CRITICAL where anybody comes in or where CVSS says so", () => {
      expect(severity({ severity: "LOW", exploitedDue: "" }, "none")).toBe("HIGH");
      expect(severity({ severity: "LOW", exploitedDue: "" }, "internet-anonymous")).toBe("CRITICAL");
      expect(severity({ severity: "CRITICAL", exploitedDue: "2026-12-01" }, "none")).toBe("CRITICAL");
    });

    test("likely to be used is one step graver, up to HIGH", () => {
      expect([0.97, 0.98].map((epss) => severity({ severity: "MEDIUM", epss }))).toEqual(["MEDIUM", "HIGH"]);
      expect(severity({ severity: "LOW", epss: 0.99 })).toBe("MEDIUM");
      expect(severity({ severity: "HIGH", epss: 0.99 })).toBe("HIGH");
      expect(severity({ severity: "INFORMATIONAL", epss: 0.99 })).toBe("INFORMATIONAL");
    });
  });

  test("has changed when the holes, the way out, or their use have, and not when a score, a path or a name beside did", () => {
    const key = (more: Parameters<typeof aVulnerable>[0]) =>
      hitsOf(vulnerable, aFunctionWith(libraries([aVulnerable(more)])))[0]?.materialKey;
    const before = key({});
    expect(key({ epss: 0.3, score: 7.4, package: { version: "4.17.19", evidence: { how: "lock", path: "x" } } })).toBe(before);
    // another database tells of the same hole
    expect(key({ ids: ["GHSA-35jh-r3h4-6jhm", "PYSEC-1"] })).toBe(before);
    expect(key({ ids: ["GHSA-35jh-r3h4-6jhm", "CVE-2021-23337"], aliases: [] })).toBe(before);
    expect(key({ ids: ["GHSA-35jh-r3h4-6jhm", "GHSA-29mw-wpgm-hmr9"], aliases: ["CVE-2021-23337", "CVE-2020-28500"] })).not.toBe(before);
    expect(key({ ids: ["GHSA-35jh-r3h4-6jhm", "GHSA-29mw-wpgm-hmr9"] })).not.toBe(before);
    expect(key({ fixed: "4.18.0" })).not.toBe(before);
    expect(key({ exploitedDue: "" })).not.toBe(before);
    expect(key({ ids: ["GO-1"], aliases: [] })).not.toBe(key({ ids: ["GO-1", "GO-2"], aliases: [] }));
  });

  test("cannot tell without packages or advisories, and resolves nothing that it cannot tell", () => {
    const { vulnerable: _, ...withoutAdvisories } = libraries([]);
    for (const all of [undefined, withoutAdvisories, libraries([], { unread: "left for the next scan" })]) {
      expect(judged(vulnerable, aFunctionWith(all))).toMatchObject([{ answer: "unknown" }]);
      expect(judged(malicious, aFunctionWith(all))).toMatchObject([{ answer: "unknown" }]);
    }
    expect(judged(vulnerable, aFunctionWith(libraries([])))).toEqual([]);
    const partial = { status: "partial", statements: [], opaque: [{ file: "dist/a.min.js", why: "minified" }] } as const;
    expect(judged(vulnerable, aFunctionWith(libraries([aVulnerable()], { coverage: partial, cleared: ["axios"] })))).toMatchObject([
      { answer: "hit", sub: "lodash" },
      { answer: "unknown", sub: "*", except: ["axios"] },
    ]);
    expect(judged(vulnerable, aFunctionWith(libraries([], { untold: ["axios: its version is not given"] })))).toMatchObject([
      { answer: "unknown", sub: "*", why: "axios: its version is not given" },
    ]);
  });

  test("says what, how bad and where to go, and how to get there", () => {
    const words = wordsOf(vulnerable, aFunctionWith(libraries([aVulnerable({ exploitedDue: "2026-12-01" })])));
    expect(words.title).toBe(
      "orders-api contains lodash 4.17.20, which has a known hole: GHSA-35jh-r3h4-6jhm, known to be used by attackers; mended in 4.17.21",
    );
    expect(words.remediation.commands).toEqual(["npm ls lodash", "npm install lodash@4.17.21"]);
    const bundled = wordsOf(
      vulnerable,
      aFunctionWith(libraries([aVulnerable({ package: { version: null, versionRange: ">=4.17.12 <4.17.21" } })])),
    );
    expect(bundled.title).toContain("contains lodash in a version that is >=4.17.12 <4.17.21, which has a known hole: GHSA-35jh");
    const many = wordsOf(
      vulnerable,
      aFunctionWith(libraries([aVulnerable({ ids: ["GHSA-1", "GHSA-2", "GHSA-3", "GHSA-4"], fixed: null })])),
    );
    expect(many.title).toContain("4 known holes: GHSA-1, GHSA-2, GHSA-3 and 1 more; mended in no version");
    expect(many.remediation).toMatchObject({ text: expect.stringContaining("replace lodash by something else"), commands: [] });
  });

  test.each([
    ["npm", "@babel/core", "7.1.0", ["npm ls @babel/core", "npm install @babel/core@7.1.0"]],
    ["PyPI", "jinja2", "3.1.6", ["pip install --upgrade 'jinja2>=3.1.6'"]],
    [
      "Maven",
      "org.apache.logging.log4j:log4j-core",
      "2.17.1",
      ["mvn versions:use-dep-version -Dincludes=org.apache.logging.log4j:log4j-core -DdepVersion=2.17.1"],
    ],
    ["Go", "golang.org/x/net", "0.38.0", ["go get golang.org/x/net@v0.38.0", "go mod tidy"]],
    ["Go", "stdlib", "1.24.2", ["go get toolchain@go1.24.2"]],
    ["RubyGems", "rack", "3.1.8", ["bundle update --conservative rack"]],
    ["NuGet", "Newtonsoft.Json", "13.0.1", ["dotnet add package Newtonsoft.Json --version 13.0.1"]],
    ["npm", "a; rm -rf $HOME", "1'", ["npm ls 'a; rm -rf $HOME'", "npm install 'a; rm -rf $HOME@1'\\'''"]],
  ] as const)("raises a package of %s as its people do: %s", (ecosystem, name, fixed, commands) => {
    const one = aVulnerable({ package: { ecosystem, name }, fixed });
    expect(wordsOf(vulnerable, aFunctionWith(libraries([one]))).remediation.commands).toEqual(commands);
  });

  test("what the ranges of those that need it allow comes by installing anew; a major jump is said", () => {
    const { text, commands } = wordsOf(vulnerable, aFunctionWith(libraries([aVulnerable({ inRange: true, majorJump: true })]))).remediation;
    expect(commands).toEqual(["npm update lodash"]);
    expect(text).toContain("installing anew is enough");
    expect(text).toContain("another major version");
  });

  test("what only a version behind an alias has is said of that, and mended by leading the alias on", () => {
    const behind = aVulnerable({ inVersions: ["7 (live)"] });
    const { title, remediation } = wordsOf(vulnerable, aFunctionWith(libraries([behind])));
    expect(title).toMatch(/^What aliases of orders-api lead to \(version 7 \(live\)\) contains lodash 4\.17\.20/);
    expect(remediation.commands).toEqual(["aws lambda list-aliases --function-name orders-api --region eu-west-1"]);
    const both = aVulnerable({ package: { version: "4.17.19" } });
    expect(hitsOf(vulnerable, aFunctionWith(libraries([both, behind])))[0]?.evidence).not.toHaveProperty("inVersions");
  });

  test("a layer is one finding for all functions that have it, weighed by the most open; a vendor's names its owner", () => {
    const levels = ["internal", "internet-anonymous", ...Array.from({ length: 300 }, () => "none" as const)] as const;
    const subject = aLayerWith(libraries([aVulnerable({ severity: "CRITICAL" })]), vendorLayer, levels);
    const [hit, ...more] = hitsOf(vulnerable, subject);
    expect(more).toEqual([]);
    expect(hit).toMatchObject({
      severity: "CRITICAL",
      evidence: { layerOwner: "444455556666", layerVersion: 41, moreFunctions: 292, exposure: "internet-anonymous" },
    });
    expect(hit?.evidence.functions).toHaveLength(10);
    const { title, remediation } = wordsOf(vulnerable, subject);
    expect(title).toMatch(/^Layer agent \(version 41, of account 444455556666\) contains lodash 4\.17\.20/);
    expect(remediation.text).toContain("302 functions use it.");
    expect(remediation.commands).toEqual([
      "aws lambda list-layer-versions --layer-name arn:aws:lambda:eu-west-1:444455556666:layer:agent --region eu-west-1",
    ]);
    const own = aLayerWith(libraries([aVulnerable({ severity: "CRITICAL" })]), "arn:aws:lambda:eu-west-1:111122223333:layer:tools:3", [
      "none",
    ]);
    expect(hitsOf(vulnerable, own)[0]).toMatchObject({ severity: "HIGH" });
    expect(hitsOf(vulnerable, own)[0]?.evidence).not.toHaveProperty("layerOwner");
    expect(wordsOf(vulnerable, own).remediation).toMatchObject({
      text: expect.stringContaining("publish a new version of the layer"),
      commands: ["npm ls lodash", "npm install lodash@4.17.21"],
    });
  });
});

describe("library/malicious", () => {
  const evil = aVulnerable({
    package: { name: "lodahs", version: "1.0.0", purl: "pkg:npm/lodahs@1.0.0" },
    ids: ["MAL-2025-1"],
    aliases: [],
    severity: "CRITICAL",
    malicious: true,
    fixed: null,
  });

  test("is CRITICAL wherever it is, is taken out, and is no vulnerable library beside", () => {
    const subject = aFunctionWith(libraries([evil, aVulnerable()]), "none");
    expect(hitsOf(malicious, subject)).toMatchObject([
      { sub: "lodahs", severity: "CRITICAL", evidence: { package: "lodahs", ids: ["MAL-2025-1"] } },
    ]);
    expect(hitsOf(vulnerable, subject).map(({ sub }) => sub)).toEqual(["lodash"]);
    const { title, remediation } = wordsOf(malicious, subject);
    expect(title).toBe("orders-api contains lodahs 1.0.0, which was made to harm (MAL-2025-1)");
    expect(remediation.commands).toEqual(["npm uninstall lodahs"]);
    expect(remediation.text).toContain("change every secret");
  });

  test("in somebody else's layer, the layer goes", () => {
    const { remediation } = wordsOf(malicious, aLayerWith(libraries([evil]), vendorLayer, ["none"]));
    expect(remediation.text).toMatch(/^Take the layer off its functions at once, and tell account 444455556666/);
  });

  test("an artifact that was not read as a whole keeps what was found open", () => {
    expect(judged(malicious, aFunctionWith(libraries([evil])))).toHaveLength(1);
    expect(judged(malicious, aFunctionWith(libraries([evil], { untold: ["x: its version is not given"] })))).toMatchObject([
      {},
      { answer: "unknown", sub: "*" },
    ]);
  });
});

describe("library/contents-unknown", () => {
  const opaque = {
    status: "partial",
    statements: ["npm: 3 packages, all versions known"],
    opaque: [{ file: "index.js", why: "one minified file of 1.2 MB" }],
  } as const;

  test("leaves code as people write it alone, and what is known, and what was not looked at", () => {
    const plain = { status: "complete", statements: ["nothing in it looks like a package"], opaque: [] } as const;
    expect(judged(unknownContents, aFunctionWith(libraries([], { packages: 0, versionsKnown: 0, coverage: plain })))).toEqual([]);
    expect(judged(unknownContents, aFunctionWith(libraries([])))).toEqual([]);
    for (const all of [
      undefined,
      libraries([], { unread: "left for the next scan" }),
      libraries([], { kind: "image", unread: "a container image" }),
    ])
      expect(judged(unknownContents, aFunctionWith(all))).toMatchObject([{ answer: "unknown" }]);
    // that there are no advisories about an ecosystem is no fault of the artifact
    expect(judged(unknownContents, aFunctionWith(libraries([], { untold: ["left: there are no advisories of npm"] })))).toEqual([]);
  });

  test("is INFORMATIONAL for files that may hold anything, LOW where packages with known holes are in it", () => {
    const [hit] = hitsOf(unknownContents, aFunctionWith(libraries([], { coverage: opaque })));
    expect(hit).toMatchObject({ severity: "INFORMATIONAL", evidence: { opaque: ["index.js: one minified file of 1.2 MB"] } });
    const untold = [
      "lodash: there are advisories about lodash, and its version is not given",
      'axios: there are advisories about axios, and "latest" is no version',
    ];
    const undecided = aFunctionWith(libraries([], { untold }));
    expect(hitsOf(unknownContents, undecided)).toMatchObject([{ severity: "LOW", evidence: { undecided: ["lodash", "axios"] } }]);
    expect(wordsOf(unknownContents, undecided).title).toBe(
      "orders-api contains lodash and axios of which nothing tells the version, or the group, and of which some have known holes",
    );
  });

  test("a zip that nobody can read is LOW, one that was only not looked at is not told", () => {
    const refused = aFunctionWith(libraries([], { unread: "its zip is not read: it has overlapping files", isRefused: true }));
    expect(hitsOf(unknownContents, refused)).toMatchObject([{ severity: "LOW", materialKey: "refused" }]);
    expect(wordsOf(unknownContents, refused).title).toBe(
      "What is in orders-api is not known: its zip is not read: it has overlapping files",
    );
    expect(judged(vulnerable, refused)).toMatchObject([{ answer: "unknown" }]);
  });

  test("says the one thing that helps", () => {
    const { title, remediation } = wordsOf(unknownContents, aFunctionWith(libraries([], { coverage: opaque })));
    expect(title).toBe("Not all libraries in orders-api are known: index.js: one minified file of 1.2 MB");
    expect(remediation.text).toMatch(/^Ship a list of what is in it: a CycloneDX file named bom\.json/);
    expect(remediation.commands).toEqual(["npx @cyclonedx/cyclonedx-npm --omit dev --output-file bom.json"]);
    const binary = {
      status: "unknown",
      statements: ["contents unknown: bootstrap: packed"],
      opaque: [{ file: "bootstrap", why: "packed" }],
    } as const;
    expect(wordsOf(unknownContents, aFunctionWith(libraries([], { coverage: binary }))).remediation.commands).toEqual([]);
  });
});

describe("the age of advisories", () => {
  const now = new Date("2026-11-24T12:00:00Z");
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();
  const feed = (hours: number | undefined, more: Partial<AdvisoryFeed> = {}): AdvisoryFeed => ({
    ecosystem: "npm",
    source: "https://mirror.example.com",
    ...(hours === undefined ? {} : { fetchedAt: hoursAgo(hours) }),
    ...more,
  });
  const rows = (...feeds: AdvisoryFeed[]) => advisoryCoverage(feeds, now);
  const judgedRows = (...feeds: AdvisoryFeed[]) => rows(...feeds).map((row) => advisoriesTooOld.judge(row, contextOf(advisoriesTooOld)));

  test("up to two days is nothing to speak of, more is MEDIUM, and says which, since when and why", () => {
    expect(judgedRows(feed(48), feed(1, { failure: "the server answered 503" })).every(({ answer }) => answer === "clear")).toBe(true);
    const [, hit] = judgedRows(feed(49, { failure: "the server answered 503" }), feed(1, { ecosystem: "Go" }));
    expect(hit).toMatchObject({ answer: "hit", severity: "MEDIUM", materialKey: "old" });
    if (hit?.answer !== "hit") throw new Error("no hit");
    const resource = { arn: "arn", type: "AWS::::Account", name: "111122223333", account: "111122223333", region: "global" };
    expect(advisoriesTooOld.word(hit.evidence, resource).title).toBe(
      "Libraries are put to old advisories: those of npm are of 2026-11-22 (the server answered 503)",
    );
  });

  test("a source that is read daily and has not changed for a week is dead", () => {
    const still = (days: number, other: number) =>
      rows(feed(1, { newest: hoursAgo(days * 24) }), feed(1, { ecosystem: "Go", newest: hoursAgo(other * 24) }));
    expect(still(8, 6)).toHaveLength(1);
    expect(still(8, 9)[1]).toMatchObject({ code: "OldAdvisories", message: expect.stringContaining("was changed since 2026-11-16") });
    expect(rows(feed(1))).toHaveLength(1);
  });

  test("switched off is no row; not there yet is left for the next scan; not to be had is a failure, in part or whole", () => {
    expect(advisoryCoverage(undefined, now)).toEqual([]);
    expect(rows()).toMatchObject([{ status: "left", region: "global" }]);
    expect(rows(feed(undefined, { failure: "no route" }))).toMatchObject([
      { status: "failed", code: "NoAdvisories", message: "npm: no route" },
    ]);
    expect(rows(feed(undefined, { failure: "no route" }), feed(60, { ecosystem: "Go" }))).toMatchObject([
      { status: "partial" },
      { code: "OldAdvisories" },
    ]);
    expect(rows(feed(1))).toMatchObject([{ status: "complete" }]);
  });

  test("a date that is none is old", () => {
    expect(rows(feed(1, { fetchedAt: "yesterday" }))).toHaveLength(2);
  });
});
