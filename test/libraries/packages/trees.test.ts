import { describe, expect, test } from "vitest";
import { listPackages, told, zipOf } from "./list-packages.ts";

const manifest = (name: string, version?: string) => JSON.stringify({ name, version });

describe("node_modules", () => {
  test("holds nested, scoped and aliased packages, each by its own name and version", async () => {
    const { packages, coverage } = await listPackages({
      "index.js": "exports.handler = () => 1;",
      "package.json": manifest("my-app", "9.9.9"),
      "node_modules/a/package.json": manifest("a", "1.0.0"),
      "node_modules/a/node_modules/b/package.json": manifest("b", "2.0.0"),
      "node_modules/b/package.json": manifest("b", "3.0.0"),
      "node_modules/@s/c/package.json": manifest("@s/c", "4.0.0-rc.1"),
      "node_modules/old-d/package.json": manifest("d", "0.1.0"),
      "node_modules/__proto__/package.json": manifest("__proto__", "1.0.0"),
    });
    expect(told(packages)).toEqual(["@s/c@4.0.0-rc.1", "__proto__@1.0.0", "a@1.0.0", "b@2.0.0", "b@3.0.0", "d@0.1.0"]);
    expect(packages[0]).toMatchObject({ purl: "pkg:npm/%40s/c@4.0.0-rc.1", confidence: "high" });
    expect(coverage.status).toBe("complete");
  });

  test("markers of a type, tests of packages and broken files are no packages", async () => {
    const { packages } = await listPackages({
      "node_modules/a/package.json": manifest("a", "1.0.0"),
      "node_modules/a/dist/cjs/package.json": '{"type":"commonjs"}',
      "node_modules/b/package.json": '{"name":"b"}',
      "node_modules/c/package.json": "{ not json",
      "node_modules/a/test/fixtures/node_modules/x/package.json": manifest("x", "6.6.6"),
      "node_modules/d/package.json": '["d","1.0.0"]',
      "node_modules/e/package.json": '{"name":{"e":1},"version":["1"]}',
    });
    expect(told(packages)).toEqual(["a@1.0.0"]);
  });

  const hidden = JSON.stringify({
    packages: {
      "node_modules/a": { version: "1.0.0" },
      "node_modules/alias": { name: "real", version: "2.0.0" },
      "node_modules/gone": { version: "3.0.0" },
      "node_modules/linked": { resolved: "packages/linked", link: true },
    },
  });

  test("the hidden lock file tells what is there, not what was taken out; what it leaves out is read", async () => {
    const files = {
      "node_modules/.package-lock.json": hidden,
      "node_modules/a/package.json": manifest("a", "1.0.0"),
      "node_modules/alias/package.json": manifest("real", "2.0.0"),
      "node_modules/late/package.json": manifest("late", "4.0.0"),
    };
    expect(told((await listPackages(files)).packages)).toEqual(["a@1.0.0", "late@4.0.0", "real@2.0.0"]);
  });

  test("where bytes cost nothing, a package.json that says otherwise than the lock file is believed", async () => {
    const files = { "node_modules/.package-lock.json": hidden, "node_modules/a/package.json": manifest("a", "1.0.9") };
    expect(told((await listPackages(files, { thorough: true })).packages)).toEqual(["a@1.0.9"]);
  });

  test("pnpm's folders tell names and versions, with peers and scopes; of git and packages beside them the file does", async () => {
    const inStore = (folder: string, name: string) => `node_modules/.pnpm/${folder}/node_modules/${name}/package.json`;
    const { packages } = await listPackages({
      [inStore("a@1.0.0", "a")]: "unread",
      [inStore("@s+b@2.0.0-beta.1_a@1.0.0", "@s/b")]: "unread",
      [inStore("@s+b@2.0.0-beta.1_a@1.0.0", "a")]: manifest("a", "1.0.0"),
      [inStore("github.com+me+c@abc123", "c")]: manifest("c", "3.0.0"),
      "node_modules/a/package.json": manifest("a", "1.0.0"),
    });
    expect(told(packages)).toEqual(["@s/b@2.0.0-beta.1", "a@1.0.0", "c@3.0.0"]);
  });
});

test("archives of yarn tell names and versions where the scope is without doubt", async () => {
  const { packages } = await listPackages({
    ".yarn/cache/lodash-npm-4.17.21-6382451519-eb835a2e51.zip": "",
    ".yarn/cache/@babel-core-npm-7.20.0-0123456789-0123456789.zip": "",
    ".yarn/cache/@aws-sdk-client-s3-npm-3.1.0-0123456789-0123456789.zip": "",
  });
  expect(told(packages)).toEqual(["@babel/core@7.20.0", "lodash@4.17.21"]);
});

describe("Python", () => {
  test("distributions are told by their folders, eggs without version by what they hold, names by PEP 503", async () => {
    const { packages } = await listPackages({
      "python/Foo_Bar.baz-1.0.post1.dist-info/METADATA": "unread",
      "torch-2.1.0+cu118.dist-info/RECORD": "x",
      "torch-2.1.0+cu118.dist-info/METADATA": "x",
      "PyYAML-5.1-py3.9.egg-info/PKG-INFO": "unread",
      "legacy.egg-info/PKG-INFO": "Metadata-Version: 1.0\nName: legacy.thing\nVersion: 0.3\n\nVersion: 9",
    });
    expect(told(packages)).toEqual(["foo-bar-baz@1.0.post1", "legacy-thing@0.3", "pyyaml@5.1", "torch@2.1.0+cu118"]);
    expect(packages.at(-1)?.purl).toBe("pkg:pypi/torch@2.1.0%2Bcu118");
  });

  test("what is carried in _vendor has the version of the list beside it, or none", async () => {
    const { packages } = await listPackages({
      "pip/_vendor/vendor.txt": "urllib3==1.26.20\n  gone==1.0  # taken out\n",
      "pip/_vendor/urllib3/__init__.py": "",
      "mine/_vendor/six.py": "",
      "mine/_vendor/__init__.py": "",
    });
    expect(packages.map(({ name, version, confidence }) => [name, version, confidence])).toEqual([
      ["six", null, "low"],
      ["urllib3", "1.26.20", "medium"],
    ]);
  });
});

test("Ruby gems are told by their specifications, with or without a platform", async () => {
  const { packages } = await listPackages({
    "ruby/gems/3.2.0/specifications/nokogiri-1.16.0-x86_64-linux.gemspec": "",
    "ruby/gems/3.2.0/gems/nokogiri-1.16.0-x86_64-linux/lib/nokogiri.rb": "",
    "ruby/gems/3.2.0/specifications/aws-sdk-s3-1.140.0.gemspec": "",
    "vendor/bundle/ruby/3.2.0/gems/rack-2.2.8.1/README.md": "",
    "vendor/bundle/ruby/3.2.0/bundler/gems/mine-0123456789ab/lib.rb": "",
  });
  expect(told(packages)).toEqual(["aws-sdk-s3@1.140.0", "mine@?", "nokogiri@1.16.0", "rack@2.2.8.1"]);
});

test(".NET packages are told by deps.json, projects are none; assemblies without it are unknown", async () => {
  const libraries = { "MyApp/1.0.0": { type: "project" }, "Newtonsoft.Json/13.0.3": { type: "package" }, odd: { type: "package" } };
  const listed = await listPackages({ "MyApp.deps.json": JSON.stringify({ libraries }), "MyApp.dll": "MZ" });
  expect(told(listed.packages)).toEqual(["Newtonsoft.Json@13.0.3"]);
  expect(listed.coverage.status).toBe("complete");
  expect((await listPackages({ "MyApp.dll": "MZ" })).coverage).toMatchObject({ status: "unknown", opaque: [{ file: "MyApp.dll" }] });
});

const pom = (group: string, artifact: string, version: string) => ({
  [`META-INF/maven/${group}/${artifact}/pom.properties`]: `#made\nversion=${version}\ngroupId=${group}\nartifactId=${artifact}\n`,
});

describe("Java", () => {
  test.each([
    ["lib/log4j-1.2-api-2.20.0.jar", "log4j-1.2-api", "2.20.0"],
    ["lib/guava-32.1.2-jre.jar", "guava", "32.1.2-jre"],
    ["netty-epoll-4.1.100.Final-linux-x86_64.jar", "netty-epoll", "4.1.100.Final"],
    ["a-1.0-20230101.123456-1.jar", "a", "1.0-20230101.123456-1"],
    ["a-1.0-strange.jar", "a", null],
    ["plain.jar", "plain", null],
  ])("%s is %s of %s", async (path, name, version) => {
    const { packages } = await listPackages({ [path]: zipOf({ "A.class": "x" }) });
    expect(packages.map((one) => [one.name, one.version, one.confidence])).toEqual([[name, version, "medium"]]);
  });

  test("a jar tells its group itself; parts within it are probable", async () => {
    const { packages } = await listPackages({
      "lib/core-1.2.jar": zipOf({ ...pom("org.x", "core", "1.2"), ...pom("org.y", "shaded", "3.0") }),
    });
    expect(packages.map(({ purl, name, confidence }) => [purl, name, confidence])).toEqual([
      ["pkg:maven/org.x/core@1.2", "org.x:core", "high"],
      ["pkg:maven/org.y/shaded@3.0", "org.y:shaded", "medium"],
    ]);
  });

  test("a jar whose name and content disagree has no version", async () => {
    const { packages } = await listPackages({ "core-1.3.jar": zipOf(pom("org.x", "core", "1.2")) });
    expect(told(packages)).toEqual(["org.x:core@?"]);
  });

  test("jars in jars are opened two levels deep, a broken one costs itself only", async () => {
    const third = zipOf({ "BOOT-INF/lib/too-deep-1.0.jar": zipOf({ x: "x" }) });
    const { packages, coverage } = await listPackages({
      "app.jar": zipOf({ "BOOT-INF/lib/inner-1.0.jar": zipOf({ "lib/third-1.0.jar": third }) }),
      "lib/broken-2.0.jar": "no zip",
    });
    expect(told(packages)).toEqual(["app@?", "broken@2.0", "inner@1.0", "third@1.0"]);
    expect(coverage.opaque.map(({ file }) => file)).toEqual(
      expect.arrayContaining(["lib/broken-2.0.jar", "app.jar!/BOOT-INF/lib/inner-1.0.jar!/lib/third-1.0.jar"]),
    );
    expect(coverage.status).toBe("partial");
  });
});

describe("bills of materials", () => {
  test("CycloneDX and SPDX name packages, and what nothing else tells is known by them", async () => {
    const components = [
      { purl: "pkg:npm/%40s/a@1.0.0", components: [{ purl: "pkg:maven/g/b@2.0" }] },
      { purl: "pkg:npm/dev@1.0.0", scope: "excluded" },
    ];
    const references = [{ referenceType: "purl", referenceLocator: "pkg:golang/x.org/y@v1.2.3?type=module" }];
    const { packages, coverage } = await listPackages({
      "index.js": `x(${'"'.repeat(2)},${"1,".repeat(20_000)}1)`,
      "bom.json": JSON.stringify({ bomFormat: "CycloneDX", components }),
      "all.spdx.json": JSON.stringify({ spdxVersion: "SPDX-2.3", packages: [{ externalRefs: references }, null] }),
    });
    expect(told(packages)).toEqual(["x.org/y@1.2.3", "g:b@2.0", "@s/a@1.0.0"]);
    expect(coverage.status).toBe("complete");
  });
});

test("lock files and requirements are declared, and what is there is not declared again", async () => {
  const { packages, declared } = await listPackages({
    "requirements.txt": "requests[socks]==2.31.0 ; python_version > '3'\nflask>=2\n# six==1.0\nhere==1.0\n",
    "Pipfile.lock": JSON.stringify({ default: { Django: { version: "==4.2" } }, develop: { pytest: { version: "==8" } } }),
    "poetry.lock": '[[package]]\nname = "attrs"\nversion = "23.1.0"\n',
    "package-lock.json": JSON.stringify({ packages: { "": { version: "1.0.0" }, "node_modules/@s/a": { version: "1.2.3" } } }),
    "yarn.lock": '"@b/c@^1.0.0", "@b/c@^1.1.0":\n  version "1.1.2"\n\nlodash@npm:^4.0.0:\n  version: 4.17.21\n',
    "pnpm-lock.yaml": "packages:\n\n  /old/1.0.0:\n    x: 1\n\n  '@p/q@2.0.0(peer@1.0.0)':\n    x: 1\n",
    "Gemfile.lock": "GEM\n  specs:\n    rack (2.2.8)\n      other (>= 1)\n",
    "here-1.0.dist-info/METADATA": "",
    "node_modules/x/package-lock.json": JSON.stringify({ packages: { "node_modules/phantom": { version: "6.6.6" } } }),
  });
  expect(told(packages)).toEqual(["here@1.0"]);
  expect(told(declared)).toEqual([
    "attrs@23.1.0",
    "django@4.2",
    "requests@2.31.0",
    "rack@2.2.8",
    "@b/c@1.1.2",
    "@p/q@2.0.0",
    "@s/a@1.2.3",
    "lodash@4.17.21",
    "old@1.0.0",
  ]);
});
