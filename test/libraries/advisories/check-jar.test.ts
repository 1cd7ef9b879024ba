import { expect, test } from "vitest";
import { checkPackage } from "../../../shared/libraries/advisories/check-package.ts";
import { checkPurl } from "../../../shared/libraries/advisories/check-purls.ts";
import { nothingExploited } from "../../../shared/libraries/advisories/exploited.ts";
import { withHoles } from "../../../shared/libraries/artifact-libraries.ts";
import { Postings } from "../../../shared/libraries/match-packages.ts";
import { keptList, noted } from "../../../shared/libraries/packages/kept-list.ts";
import { listPackages, zipOf } from "../packages/list-packages.ts";
import { anAffected, anIndex, aRecord } from "./an-advisory.ts";

const about = (id: string, name: string, fixed = "2.0") =>
  aRecord(id, [], { affected: [anAffected([{ introduced: "1.0" }, { fixed }], "Maven", name)] });

const index = anIndex(about("GHSA-1", "org.acme:core"), about("GHSA-2", "org.x:both"), about("GHSA-3", "com.y:both", "3.0"));

const ask = (name: string, version: string | null, classes: string | undefined) => {
  const asked = { ecosystem: "Maven", name, version, ...(classes === undefined ? {} : { classes }) } as const;
  const found = checkPackage(index, asked);
  return "unknown" in found ? found.unknown : [found.as, ...found.holes.flatMap(({ ids }) => ids)];
};

test.each([
  ["core", "1.5", "org.acme", ["org.acme:core", "GHSA-1"]],
  ["core", "1.5", "org.acme.core.impl", ["org.acme:core", "GHSA-1"]],
  ["core", "2.0", "org.acme", ["org.acme:core"]],
  ["org.acme:core", "1.5", "org.acme", ["org.acme:core", "GHSA-1"]],
  ["org:core", "1.5", "org.acme", ["org.acme:core", "GHSA-1"]],
  ["com.y:both", "1.5", "", ["com.y:both", "GHSA-3"]],
  ["else", "1.5", "org.acme", [undefined]],
])("%s %s with classes in %s is %s", (name, version, classes, expected) => {
  expect(ask(name, version, classes)).toEqual(expected);
});

test.each([
  ["its classes lie elsewhere", "core", "1.5", "com.example", "org.acme:core"],
  ["its classes lie beside the group", "core", "1.5", "org.acmeother", "org.acme:core"],
  ["its classes lie further up", "core", "1.5", "org", "org.acme:core"],
  ["its version is not known", "core", null, "com.example", "org.acme:core"],
  ["its group is told, and is another one", "com.example:core", "1.5", "com.example", "org.acme:core"],
  ["two groups have such an artifact", "both", "1.5", "org.x", "org.x:both"],
  ["one of two groups has a hole in it", "both", "2.5", "org.x", "com.y:both"],
])("undecided where %s", (_, name, version, classes, group) => {
  expect(ask(name, version, classes)).toBe(`there are advisories about ${group}, and whether the jar is that nothing tells`);
});

test("nothing is said against a version that no group's advisories mean", () => {
  expect(ask("core", "3.0", "com.example")).toEqual([undefined]);
  expect(ask("both", "3.0", "org.x")).toEqual([undefined]);
});

test("a pom.properties that says another group is believed", () => {
  expect(ask("com.example:core", "1.5", undefined)).toEqual([undefined]);
});

test("a package URL without a group cannot be told, and is no mistake: lists have them", () => {
  expect(checkPurl(index, "pkg:maven/core@1.5")).toEqual({
    purl: "pkg:maven/core@1.5",
    ids: null,
    fixed: null,
    unknown: "there are advisories about org.acme:core, and whether the jar is that nothing tells",
  });
  expect(checkPurl(index, "pkg:maven/never-heard-of@1.5").unknown).toContain("a Maven package has a group too");
});

test("a jar is named by the package that it is taken for", async () => {
  const inspected = { summary: await listPackages({ "core-1.5.jar": zipOf({ "org/acme/a/A.class": "x", "org/acme/b/B.class": "x" }) }) };
  const list = keptList("code x", 1, inspected);
  const postings = new Postings();
  for (const line of list.packages) postings.note(0, noted(line));
  expect(postings.names()("Maven", "org.acme:core")).toBe(true);
  expect(postings.names()("Maven", "org.acme:other")).toBe(false);
  postings.putTo({ index, exploited: nothingExploited });
  const { vulnerable, untold } = withHoles({ kind: "code", packages: 1, versionsKnown: 1, untold: [] }, list, postings);
  expect(untold).toEqual([]);
  expect(vulnerable).toMatchObject([
    { package: { name: "org.acme:core", purl: "pkg:maven/org.acme/core@1.5", confidence: "medium" }, ids: ["GHSA-1"], fixed: "2.0" },
  ]);
});

test("lists of older readers, which do not say where classes lie, clear nothing", () => {
  const postings = new Postings();
  postings.note(0, { ecosystem: "Maven", name: "core", version: "1.5" });
  expect(postings.names()("Maven", "org.acme:core")).toBe(true);
  postings.putTo({ index, exploited: nothingExploited });
  expect(postings.posting({ ecosystem: "Maven", name: "core", version: "1.5" })?.untold).toContain("org.acme:core");
});
