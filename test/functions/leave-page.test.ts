import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Environment } from "../../functions/environment.ts";
import { leavePage } from "../../functions/leave-page.ts";
import { questionId } from "../../shared/decisions/questions.ts";
import type { Question } from "../../shared/model/question.ts";
import { bundleFile } from "../../shared/page-file/page-html.ts";
import { latestOverview, latestOverviewKey, latestPage } from "../../shared/page-upkeep/keep-page.ts";
import type { ScanResult } from "../../shared/scan/finish.ts";
import type { Watchdog } from "../../shared/scan/watchdog.ts";
import { FolderBlobs } from "../../shared/store/folder-blobs.ts";
import { aDocumentFinding } from "../build.ts";
import { aPageDocument, means } from "../page-file/a-page.ts";

const folder = mkdtempSync(join(tmpdir(), "smalltarget-page-"));
const blobs = new FolderBlobs(join(folder, "blobs"));
const document = aPageDocument();
const documentKey = "scans/one.json.gz";
const environment = { stackName: "SmallTarget", homeRegion: "eu-west-1" } as Environment;
const result = { documentKey, functions: document.functions.length } as ScanResult;
const asked: Question[] = [];
const store = {
  ledger: async (_: string, region: string) => ({ region, entries: new Map() }),
  scans: async () => [],
  questions: { all: async () => asked },
};
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

it("names what an owner said is not its own among the first things to do", async () => {
  const resource = {
    arn: "arn:aws:sqs:eu-west-1:111122223333:q",
    type: "AWS::SQS::Queue",
    name: "q",
    account: "111122223333",
    region: "eu-west-1",
  };
  const owner = { team: "payments" };
  await blobs.put(
    documentKey,
    aPageDocument({ findings: [aDocumentFinding({ rule: "sqs/unused-queue", severity: "HIGH", resource, owner })] }),
  );
  const [id, at] = [questionId(resource.arn), "2026-11-01T08:00:00.000Z"];
  const said = { question: id, arn: resource.arn, at, by: "ada", owner: "payments" };
  asked.push({
    id,
    arn: resource.arn,
    events: [
      { ...said, kind: "asked" },
      { ...said, kind: "not-mine" },
    ],
  });
  await leavePage(watchdog, result, environment);
  asked.length = 0;
  const titles = (await latestOverview(blobs))?.tasks.map(({ title }) => title);
  expect(titles).toContain("Nobody claims q: payments says of 1 that it is somebody else's");
});

it("writes no page where the account needs more memory than there is, and says what to do", async () => {
  const left = await leavePage(watchdog, { ...result, functions: 10_300 }, environment);
  expect(left).toMatchObject({ failed: expect.stringMatching(/10,300 functions needs more than 512 MB: give the function more memory/) });
  expect(await latestPage(blobs)).toBeUndefined();
});

it("writes one of 10,000 functions where the function has 512 MB", async () => {
  expect(await leavePage(watchdog, { ...result, functions: 10_000 }, environment)).toMatchObject({ bytes: expect.any(Number) });
});

it.each([
  ["the bundle", () => rmSync(join(folder, bundleFile)), /page-bundle\.json/],
  ["the document", () => rmSync(join(folder, "blobs"), { recursive: true }), /document scans\/one\.json\.gz is gone/],
])("fails for itself alone without %s", async (_, take, why) => {
  take();
  expect(await leavePage(watchdog, result, environment)).toMatchObject({ failed: expect.stringMatching(why) });
});
