import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeFolder } from "../../shared/store/make-folder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "smalltarget-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a folder is made with those above it, by several at once, and again", async () => {
  const path = join(folder, "a", "b", "c");
  await Promise.all([makeFolder(path), makeFolder(path), makeFolder(join(folder, "a", "d"))]);
  await makeFolder(path);
  expect(statSync(path).isDirectory()).toBe(true);
});

test("a file in the way is an error", async () => {
  writeFileSync(join(folder, "file"), "");
  await expect(makeFolder(join(folder, "file"))).rejects.toThrow(/EEXIST/);
  await expect(makeFolder(join(folder, "file", "below"))).rejects.toThrow(/ENOTDIR/);
});

test.runIf(process.platform === "linux")("where the system makes none, it is said at once", async () => {
  await expect(makeFolder("/proc/smalltarget")).rejects.toThrow(/no folder can be made at \/proc\/smalltarget .*: choose another place$/);
  await expect(makeFolder("/proc/smalltarget/blobs")).rejects.toThrow(
    /no folder can be made at \/proc\/smalltarget .*: choose another place$/,
  );
});
