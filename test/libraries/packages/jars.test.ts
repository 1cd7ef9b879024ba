import { describe, expect, test } from "vitest";
import type { Package } from "../../../shared/model/packages.ts";
import { type Files, listPackages, zipOf } from "./list-packages.ts";

const manifest = (...lines: readonly string[]) => ({ "META-INF/MANIFEST.MF": ["Manifest-Version: 1.0", ...lines, "", ""].join("\r\n") });
const classes = (...folders: readonly string[]): Files => Object.fromEntries(folders.map((folder) => [`${folder}/A.class`, "x"]));

async function jar(name: string, files: Files): Promise<Package | undefined> {
  const { packages } = await listPackages({ [`lib/${name}`]: zipOf(files) });
  expect(packages).toHaveLength(1);
  return packages[0];
}

describe("the group of a jar without pom.properties", () => {
  test("of a known library is told by its name and by where its classes lie, and is probable", async () => {
    const told = await jar("spring-web-5.3.1.jar", classes("org/springframework/http", "org/springframework/web"));
    expect(told).toEqual({
      purl: "pkg:maven/org.springframework/spring-web@5.3.1",
      name: "org.springframework:spring-web",
      ecosystem: "Maven",
      version: "5.3.1",
      confidence: "medium",
      evidence: { how: "name of the jar, its classes and its manifest (probable)", path: "lib/spring-web-5.3.1.jar" },
      classes: "org.springframework",
    });
  });

  test("is not told by the name alone: somebody's own jar may be called so", async () => {
    expect(await jar("spring-web-5.3.1.jar", classes("com/acme/web"))).toMatchObject({ name: "spring-web", classes: "com.acme.web" });
  });

  test.each([
    ["hibernate-core-5.6.0.Final.jar", "org/hibernate", "org.hibernate:hibernate-core"],
    ["hibernate-core-6.1.0.Final.jar", "org/hibernate", "org.hibernate.orm:hibernate-core"],
    ["groovy-3.0.9.jar", "org/codehaus/groovy", "org.codehaus.groovy:groovy"],
    ["groovy-4.0.2.jar", "org/codehaus/groovy", "org.apache.groovy:groovy"],
    ["hibernate-core.jar", "org/hibernate", "hibernate-core"],
  ])("%s with classes in %s is %s: groups were renamed, and of no version it is not known which", async (file, folder, name) => {
    expect((await jar(file, classes(folder)))?.name).toBe(name);
  });

  test.each([
    [
      "its symbolic name is group and artifact",
      "acme-io-1.0.jar",
      ["Bundle-SymbolicName: com.acme.acme-io;singleton:=true"],
      "com.acme:acme-io",
    ],
    ["the last word of its symbolic name is the artifact", "acme-1.0.jar", ["Bundle-SymbolicName: org.acme"], "org.acme:acme"],
    ["its title is what Gradle resolves", "acme-1.0.jar", ["Implementation-Title: com.acme.io#other;1.0"], "com.acme.io:acme"],
    ["its vendor is where its classes lie", "acme-1.0.jar", ["Implementation-Vendor-Id: com.acme"], "com.acme:acme"],
    ["a line goes on in the next", "acme-1.0.jar", ["Bundle-SymbolicName: com.ac", " me.acme"], "com.acme:acme"],
  ])("is told where %s", async (_, file, lines, name) => {
    expect((await jar(file, { ...manifest(...lines), ...classes("com/acme/io", "com/acme/of") }))?.name).toBe(name);
  });

  test.each([
    ["its title is of another version", ["Implementation-Title: com.acme#acme;2.0"]],
    ["its vendor is somebody else", ["Implementation-Vendor-Id: org.example"]],
    ["its symbolic name says something else", ["Bundle-SymbolicName: com.acme.of"]],
    ["its symbolic name is no name", ["Bundle-SymbolicName: ../../x.acme"]],
    ["it says so of one of its files only", ["", "Name: x", "Bundle-SymbolicName: com.acme.acme"]],
    ["it says nothing", []],
  ])("is not told where %s", async (_, lines) => {
    expect((await jar("acme-1.0.jar", { ...manifest(...lines), ...classes("com/acme") }))?.name).toBe("acme");
  });

  test("of a signed jar, whose manifest goes on for long, is told too", async () => {
    const files = Array.from(
      { length: 9_000 },
      (_, i) => `\r\nName: a/${i}.class\r\nSHA-256-Digest: ${(i * 7919).toString(36).padStart(44, "x")}\r\n`,
    );
    const signed = `Manifest-Version: 1.0\r\nBundle-SymbolicName: com.acme.acme\r\n${files.join("")}`;
    expect((await jar("acme-1.0.jar", { "META-INF/MANIFEST.MF": signed, ...classes("com/acme") }))?.name).toBe("com.acme:acme");
  });
});

describe("where the classes of a jar lie", () => {
  test.each([
    ["the deepest package that has most of them", ["org/x/a", "org/x/b", "org/x/c", "javax/inject"], "org.x"],
    ["classes for later releases of Java lie where the others do", ["org/x/a", "META-INF/versions/9/org/x/a/b"], "org.x.a"],
    ["two origins have nothing in common", ["org/x", "com/y"], ""],
    ["classes without a package are in none", ["."], ""],
  ])("%s", async (_, folders, where) => {
    const files = Object.fromEntries(folders.map((folder) => [folder === "." ? "A.class" : `${folder}/A.class`, "x"]));
    expect(await jar("plain-1.0.jar", files)).toMatchObject({ classes: where });
  });

  test("of two jars of one name only what they have in common is known", async () => {
    const { packages } = await listPackages({ "a/core-1.0.jar": zipOf(classes("org/x/a")), "b/core-1.0.jar": zipOf(classes("org/y")) });
    expect(packages.map(({ name, classes }) => [name, classes])).toEqual([["core", "org"]]);
  });
});

describe("the version of a jar whose name has none", () => {
  test.each([
    ["is what its manifest says", ["Implementation-Version: 2.0.1"], "2.0.1"],
    ["is not told by what goes on behind it", ["Implementation-Version: 2.0.1-release-298"], null],
    ["is not told where its bundle has another one", ["Implementation-Version: 2.0.1", "Bundle-Version: 3.1.0"], null],
    ["is not told by a commit", ["Implementation-Version: f965e93"], null],
  ])("%s", async (_, lines, version) => {
    expect((await jar("acme.jar", { ...manifest(...lines), ...classes("com/acme") }))?.version).toBe(version);
  });

  test("is in its name where that has one, whatever the manifest says", async () => {
    expect((await jar("acme-1.1.jar", { ...manifest("Implementation-Version: 9.9"), ...classes("com/acme") }))?.version).toBe("1.1");
  });
});

test("pom.properties tell everything, and what a name adds for one release of Java", async () => {
  const pom = { "META-INF/maven/com.acme/acme/pom.properties": "version=13.6.2\ngroupId=com.acme\nartifactId=acme\n" };
  const told = await jar("acme-13.6.2.jre8.jar", { ...pom, ...manifest("Bundle-SymbolicName: org.other.acme"), ...classes("org/other") });
  expect(told).toMatchObject({ name: "com.acme:acme", version: "13.6.2.jre8", confidence: "high" });
  expect(told).not.toHaveProperty("classes");
});
