import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { isInRange } from "../../../shared/libraries/versions/npm-range.ts";
import { listPackages } from "./list-packages.ts";

const root = join(import.meta.dirname, "../../..");
const versionOf = (name: string): string => JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")).version;

function bundleOf(name: string, minify: boolean): string {
  const contents = `const it = require(${JSON.stringify(name)}); exports.handler = () => it;`;
  const stdin = { contents, resolveDir: import.meta.dirname };
  const [file] = buildSync({
    stdin,
    bundle: true,
    platform: "node",
    write: false,
    minify,
    legalComments: "none",
    logLevel: "silent",
  }).outputFiles;
  return file?.text ?? "";
}

test.each(["acorn", "ajv", "fastify", "postcss", "semver"])("what is told of the version of %s in a bundle is so", async (name) => {
  for (const minify of [true, false]) {
    const { packages } = await listPackages({ "index.js": bundleOf(name, minify) });
    const found = packages.filter((one) => one.name === name);
    expect(found).toHaveLength(1);
    const [{ version = null, versionRange } = {}] = found;
    expect(version ?? versionOf(name)).toBe(versionOf(name));
    if (versionRange !== undefined) expect(isInRange(versionRange, versionOf(name))).toBe(true);
  }
});

test("where the version is not certain the list says in which range it lies, and the version stays null", async () => {
  const { packages } = await listPackages({ "index.js": bundleOf("semver", true) });
  const found = packages.find(({ name }) => name === "semver");
  expect(found).toMatchObject({ version: null, purl: "pkg:npm/semver" });
  expect(found?.versionRange).toMatch(/^>=?\d/);
});

test("of a package in two files no range is told: they may be two versions", async () => {
  const code = bundleOf("semver", true);
  const { packages } = await listPackages({ "a.js": code, "b.js": code });
  const found = packages.find(({ name }) => name === "semver");
  expect(found?.version).toBeNull();
  expect(found?.versionRange).toBeUndefined();
});

const member = (name: string) => `c.${name} = c.make${name};`;
const whole = `const FUNC = "Expected a function"; ${["sample", "runInContext", "snakeCase", "some", "sortedIndex"].map(member).join(" ")}`;
const padded = (code: string) => `${code}; var filler = "${"-".repeat(6000)}";`;

test("lodash as a whole is told by what none of its parts has", async () => {
  const { packages } = await listPackages({ "index.js": padded(whole) });
  expect(packages.map(({ name }) => name)).toEqual(["lodash"]);
  const other = await listPackages({
    "index.js": padded(`vm.runInContext(code);${"x.anotherMember();".repeat(40)}${member("snakeCase")}`),
  });
  expect(other.packages).toEqual([]);
});
