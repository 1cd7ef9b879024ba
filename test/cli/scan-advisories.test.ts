import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { nothingKept } from "../../cli/nothing-kept.ts";
import { openAdvisories, type ScanAdvisories } from "../../cli/scan-advisories.ts";
import type { AdvisorySettings } from "../../shared/advisory-settings.ts";
import { aRangeServer } from "../artifacts/a-range-server.ts";
import { aRecord } from "../libraries/advisories/an-advisory.ts";
import { smalltarget } from "./run-command.ts";

const now = () => new Date("2026-11-27T12:00:00Z");
const ecosystems = ["npm", "Go"] as const;
let folder: string;
let blobs: ReturnType<typeof nothingKept>["blobs"];
let opened: ScanAdvisories | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "smalltarget-advisories-"));
  writeFileSync(join(folder, "npm.ndjson"), `${JSON.stringify(aRecord("GHSA-1", [{ introduced: "0" }]))}\n`);
  ({ blobs } = nothingKept());
});
afterEach(() => {
  opened?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function open(
  options: Parameters<typeof openAdvisories>[0],
  settings: Partial<AdvisorySettings> = {},
  kind: "dir" | "dynamodb" = "dir",
) {
  opened = await openAdvisories(options, { ecosystems, ...settings }, { now }, { blobs, kind });
  const { advisories } = opened.part;
  return advisories ? ((await advisories()) ?? "nothing kept") : "off";
}

test("nobody named a source: none is asked; the store of a stack has what the stack fetched", async () => {
  expect(await open({})).toBe("off");
  expect(await open({}, {}, "dynamodb")).toBe("nothing kept");
  await open({ advisories: folder });
  expect(await open({}, {}, "dynamodb")).toMatchObject({ feeds: [{ ecosystem: "npm", source: folder }] });
  expect(await open({})).toBe("off");
});

test("the option goes before the settings, and off is off", async () => {
  expect(await open({}, { source: folder })).toMatchObject({ feeds: [{ ecosystem: "npm" }] });
  expect(await open({ advisories: "off" }, { source: folder })).toBe("off");
  expect(await open({}, { source: "off" })).toBe("off");
  expect(await open({ advisories: folder }, { source: "off" })).toMatchObject({ feeds: [{ ecosystem: "npm" }] });
});

test("a source that cannot be reached fails no scan: it is said, and what was good before is in use", async () => {
  const gone = "http://127.0.0.1:9/osv";
  const known = await open({ advisories: gone });
  expect(known).toMatchObject({ feeds: ecosystems.map((ecosystem) => ({ ecosystem, source: gone, failure: expect.any(String) })) });
});

test("a scan that ends does not wait for a source that says nothing", async () => {
  const server = await aRangeServer();
  server.misbehave = () => true;
  const advisories = await openAdvisories({ advisories: server.url }, { ecosystems }, { now }, { blobs, kind: "dir" });
  const asked = advisories.part.advisories?.();
  advisories.stop();
  expect(await asked).toMatchObject({ feeds: [{ failure: expect.stringMatching(/there was no more time for it/) }, {}] });
});

test("a folder that is not there is a mistake of the person, said before anything is scanned", async () => {
  const args = ["scan", "--replay", "sample", "--store", "none", "--advisories", join(folder, "nowhere")];
  const { code, err } = await smalltarget(args, { cwd: folder });
  expect([code, err]).toEqual([2, expect.stringMatching(/--advisories .*nowhere: there is no such folder/)]);
});

test("a scan sends no names of packages to an API", async () => {
  await expect(open({ advisories: "osv-api" })).rejects.toThrow(/a scan sends no names of packages out; osv-api is for/);
});
