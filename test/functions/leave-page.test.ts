import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Environment } from "../../functions/environment.ts";
import { leavePage } from "../../functions/leave-page.ts";
import { bundleFile } from "../../shared/page-file/page-html.ts";
import { latestOverview, latestOverviewKey, latestPage } from "../../shared/page-upkeep/keep-page.ts";
import type { ScanResult } from "../../shared/scan/finish.ts";
import type { Watchdog } from "../../shared/scan/watchdog.ts";
import { FolderBlobs } from "../../shared/store/folder-blobs.ts";
import { aPageDocument, means } from "../page-file/a-page.ts";

const folder = mkdtempSync(join(tmpdir(), "smalltarget-page-"));
const blobs = new FolderBlobs(join(folder, "blobs"));
const document = aPageDocument();
const documentKey = "scans/one.json.gz";
const environment = { stackName: "SmallTarget", homeRegion: "eu-west-1" } as Environment;
const result = { documentKey, functions: document.functions.length } as ScanResult;
const store = { ledger: async (_: string, region: string) => ({ region, entries: new Map() }), scans: async () => [] };
const watchdog = { store, blobs } as unknown as Watchdog;

beforeEach(async () => {
  vi.stubEnv("LAMBDA_TASK_ROOT", folder);
  vi.stubEnv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, bundleFile), JSON.stringify(means.bundle));
  await blobs.put(documentKey, document);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it("keeps the page under a name that stays, and its commands name the stack", async () => {
  const left = await leavePage(watchdog, result, environment);
  const html = Buffer.from((await latestPage(blobs)) ?? []).toString();
  expect(left).toEqual({ bytes: Buffer.byteLength(html), left: [] });
  expect(html).toContain("Account 111122223333");
  expect(html).toContain("AWS_REGION=eu-west-1 smalltarget doctor --stack SmallTarget");
});

it("keeps the account in short beside it, as the first screen has it", async () => {
  await leavePage(watchdog, result, environment);
  expect(await latestOverview(blobs)).toMatchObject({
    account: "111122223333",
    functions: document.functions.length,
    unseen: [expect.stringContaining("sqs:ListQueues refused")],
    tasks: expect.arrayContaining([expect.objectContaining({ command: expect.any(String) })]),
  });
  await blobs.put(latestOverviewKey, { version: 99 });
  await expect(latestOverview(blobs)).rejects.toThrow(/has format 99/);
});

it("writes no page where the account needs more memory than there is, and says what to do", async () => {
  const left = await leavePage(watchdog, { ...result, functions: 10_300 }, environment);
  expect(left).toMatchObject({ failed: expect.stringMatching(/10,300 functions needs more than 512 MB: give the function more memory/) });
  expect(await latestPage(blobs)).toBeUndefined();
});

it.each([
  ["the bundle", () => rmSync(join(folder, bundleFile)), /page-bundle\.json/],
  ["the document", () => rmSync(join(folder, "blobs"), { recursive: true }), /document scans\/one\.json\.gz is gone/],
])("fails for itself alone without %s", async (_, take, why) => {
  take();
  expect(await leavePage(watchdog, result, environment)).toMatchObject({ failed: expect.stringMatching(why) });
});
