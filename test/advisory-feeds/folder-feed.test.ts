import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { readAdvisoryFolder } from "../../shared/advisory-feeds/folder-feed.ts";
import { aZip } from "../artifacts/a-zip.ts";
import { aRecord } from "../libraries/advisories/an-advisory.ts";

function aFolderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-advisories-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const record = (id: string) => JSON.stringify(aRecord(id, [{ introduced: "0" }]));
const idsIn = async (files: Readonly<Record<string, string | Buffer>>) =>
  (await readAdvisoryFolder(aFolderOf(files))).advisoriesOf("npm").map(({ id }) => id);

test("lines, gzipped lines, single records, lists of records and bulk zips are read; other folders are not", async () => {
  const ids = await idsIn({
    "a.ndjson": `${record("A-1")}\n\n${record("A-2")}\n`,
    "b.ndjson.gz": gzipSync(`${record("B-1")}\n${record("B-2")}`),
    "c.json": record("C-1"),
    "d.json": `[${record("D-1")},${record("D-2")}]`,
    "npm/all.zip": aZip([
      { name: "E-1.json", content: record("E-1") },
      { name: "README.txt", content: "{" },
    ]),
    "versions/A-1.json": record("OLD-1"),
    "README.md": "# read me",
  });
  expect(ids).toEqual(["A-1", "A-2", "B-1", "B-2", "C-1", "D-1", "D-2", "E-1"]);
});

test("a line that is no record is counted and named, and the others are read", async () => {
  const records = await readAdvisoryFolder(aFolderOf({ "a.ndjson": `${record("A-1")}\n{oops}\n{"id":7}\n${record("A-2")}\n` }));
  expect(records.advisoriesOf("npm").map(({ id }) => id)).toEqual(["A-1", "A-2"]);
  expect(records.unreadable).toEqual([expect.stringMatching(/a\.ndjson, line 2: no JSON$/), "record 3: it has no id"]);
});

test.each([
  [
    "a line that is cut off",
    { "a.ndjson": `${record("A-1")}\n${record("A-2").slice(0, 40)}` },
    /a\.ndjson is cut off in line 2: fetch it again/,
  ],
  ["gzip that is cut off", { "a.ndjson.gz": gzipSync(record("A-1").repeat(50)).subarray(0, -12) }, /a\.ndjson\.gz is damaged or cut off/],
  [
    "a zip that is cut off",
    { "npm/all.zip": aZip([{ name: "E-1.json", content: record("E-1") }]).subarray(0, -30) },
    /all\.zip is no zip of advisories, or only part of one/,
  ],
  [
    "a file in a zip that is damaged",
    { "npm/all.zip": aZip([{ name: "E-1.json", content: record("E-1"), lies: { crc: 1 } }]) },
    /only part of one/,
  ],
  ["nothing that is an advisory", { "README.md": "x", "other/a.json": record("A-1") }, /holds no advisories/],
  [
    "something else in the shape of lines",
    { "a.ndjson": '{"name":"x"}\n'.repeat(30) },
    /does not hold OSV records: of 30 30 are not understood/,
  ],
])("of %s nothing is believed", async (_, files, message) => {
  await expect(readAdvisoryFolder(aFolderOf(files as Readonly<Record<string, string | Buffer>>))).rejects.toThrow(message);
});

test("a line longer than any record is passed over in little memory", async () => {
  const long = `{"id":"L-1","x":"${"x".repeat(17 * 1024 * 1024)}"}`;
  const records = await readAdvisoryFolder(aFolderOf({ "a.ndjson.gz": gzipSync(`${long}\n${record("A-1")}\n`) }));
  expect(records.advisoriesOf("npm").map(({ id }) => id)).toEqual(["A-1"]);
  expect(records.unreadable).toEqual([expect.stringContaining("longer than any record")]);
});

test("a folder that is not there is named", async () => {
  await expect(readAdvisoryFolder("/nowhere/advisories")).rejects.toThrow("there is no folder /nowhere/advisories");
});
