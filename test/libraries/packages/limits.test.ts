import { describe, expect, test } from "vitest";
import { artifactBytes } from "../../../shared/artifacts/artifact-bytes.ts";
import { bytesInMemory, zipTree } from "../../../shared/artifacts/file-tree.ts";
import { inspectTree } from "../../../shared/artifacts/inspect-tree.ts";
import { Room } from "../../../shared/artifacts/room.ts";
import { packageInspector } from "../../../shared/libraries/packages/package-inspector.ts";
import { type Files, listPackages, told, zipOf } from "./list-packages.ts";

/** As by links: every range is a request. */
async function overRanges(files: Files) {
  const zip = zipOf(files);
  const asked = { requests: 0, bytes: 0, total: zip.length };
  const source = artifactBytes(async (range) => {
    const [from, to] = "last" in range ? [Math.max(0, zip.length - range.last), zip.length] : [range.from, Math.min(zip.length, range.to)];
    asked.requests += 1;
    asked.bytes += to - from;
    return { bytes: zip.subarray(from, to), from, total: zip.length };
  });
  const list = await inspectTree(zipTree(source, new Room(1_000_000)), packageInspector());
  return { ...asked, list };
}

test("a large tree of npm is read in four requests and a twentieth of its bytes", async () => {
  const files: Record<string, string | Buffer> = { "index.js": "exports.handler = () => 1;" };
  const packages: Record<string, { version: string }> = {};
  for (let i = 0; i < 400; i += 1) {
    packages[`node_modules/p${i}`] = { version: `1.0.${i}` };
    files[`node_modules/p${i}/package.json`] = JSON.stringify({ name: `p${i}`, version: `1.0.${i}` });
    files[`node_modules/p${i}/index.js`] = Buffer.from(Array.from({ length: 20_000 }, (_, n) => ((n * n * 31) >> 5) ^ i));
  }
  files["node_modules/.package-lock.json"] = JSON.stringify({ packages });
  const { list, requests, bytes, total } = await overRanges(files);
  expect(list.packages).toHaveLength(400);
  expect(requests).toBeLessThanOrEqual(4);
  expect(bytes / total).toBeLessThan(0.05);
});

describe("what was written to harm is read in no time, and tells nothing", () => {
  const long = 2_000_000;
  test.each([
    ["index.js", "/*!".repeat(long / 3)],
    ["index.js", "/**@license a".repeat(long / 13)],
    ["index.js", '{name:"'.repeat(long / 7)],
    ["index.js", `{name:"a",x:${"[".repeat(long)}`],
    ["index.js", "node_modules/".repeat(long / 13)],
    ["index.js", `Bundled license information:\n${"@a/".repeat(long / 3)}`],
    ["index.js", `//# sourceMappingURL=data:application/json${",".repeat(long)}`],
    ["yarn.lock", "a@".repeat(long / 2)],
    ["requirements.txt", " ".repeat(long)],
    ["a.egg-info/PKG-INFO", `Name:${" ".repeat(long)}`],
    ["bom.json", `{"bomFormat":"CycloneDX","components":${'[{"components":'.repeat(90_000)}1${"}]".repeat(90_000)}}`],
  ])("%s, case %#", { timeout: 5000 }, async (name, text) => {
    const { packages, declared } = await listPackages({ [name]: text });
    expect([...packages, ...declared]).toEqual([]);
  });

  test("names of no package are left out, and of too many the rest", async () => {
    const odd = ["a b", "../x", "a\u0000b", "\u202ex", "a".repeat(400)];
    const files = Object.fromEntries(odd.map((name, i) => [`node_modules/d${i}/package.json`, JSON.stringify({ name, version: "1.0.0" })]));
    const versions = { "node_modules/v/package.json": JSON.stringify({ name: "v", version: "1.0.0\u001b[31m" }) };
    expect(told((await listPackages({ ...files, ...versions })).packages)).toEqual(["v@?"]);
    const many = Array.from({ length: 20_010 }, (_, i) => `// node_modules/p${i}/index.js`).join("\n");
    const { packages, coverage } = await listPackages({ "index.js": many });
    expect(packages).toHaveLength(20_000);
    expect(coverage.status).toBe("partial");
  });
});

test.each(["node_modules/a/package.json", "App.deps.json", "a.egg-info/PKG-INFO", "bom.json", "node_modules/.package-lock.json"])(
  "%s that is larger than any is not read, and is said to be unknown",
  async (path) => {
    const { coverage } = await listPackages({ [path]: Buffer.alloc(13 * 1024 * 1024, " ") });
    expect(coverage).toMatchObject({
      status: "unknown",
      opaque: [{ file: path, why: "13 MB: no list of packages is so large, and it is not read" }],
    });
  },
);

test("a list of what was wanted is not missed, however large", async () => {
  const { coverage } = await listPackages({ "package-lock.json": Buffer.alloc(13 * 1024 * 1024, " ") });
  expect(coverage).toMatchObject({ status: "complete", opaque: [] });
});

test("small files that are kept keep no more memory than they have", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 400 }, (_, i) => [`node_modules/p${i}/package.json`, `{"name":"p${i}","version":"1.0.0"}`]),
  );
  const kept = new Set<ArrayBufferLike>();
  await inspectTree(zipTree(bytesInMemory(zipOf(files)), new Room(64 * 1024 * 1024)), {
    ...packageInspector({ thorough: true }),
    read: ({ files: read }) => {
      for (const { content } of read) kept.add(content.buffer);
    },
  });
  // by itself zlib keeps 16 KB for each: more than six megabytes
  const bytes = [...kept].reduce((sum, { byteLength }) => sum + byteLength, 0);
  expect([kept.size > 0, bytes < 1_000_000]).toEqual([true, true]);
});
