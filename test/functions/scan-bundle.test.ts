import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DurableLambdaHandler } from "@aws/durable-execution-sdk-js";
import { LocalDurableTestRunner } from "@aws/durable-execution-sdk-js-testing";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ScanSummary } from "../../functions/report.ts";
import { blobFolders } from "../../infra/blob-bucket.ts";
import { DynamodbStore } from "../../shared/store/dynamodb-store.ts";
import { anApp, aStack } from "../infra/synthesized.ts";
import { account, region } from "./small-account.ts";
import { Surroundings } from "./surroundings.ts";

let around: Surroundings;
let handler: DurableLambdaHandler;
let sweep: (event: unknown, context: unknown) => Promise<unknown>;

/** The functions' code as the stack deploys it, by the file that they begin with. */
async function bundled(): Promise<(entry: string) => string> {
  const app = anApp({ bundling: true });
  aStack(app);
  const { directory } = app.synth();
  const assets = (await readdir(directory)).filter((name) => name.startsWith("asset."));
  const files = assets.map((name) => join(directory, name, "index.mjs"));
  const code = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return (entry) => files[code.findIndex((text) => text.includes(`// functions/${entry}`))] ?? `no bundle of ${entry}`;
}

beforeAll(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  await LocalDurableTestRunner.setupTestEnvironment();
  around = await Surroundings.open();
  const bundleOf = await bundled();
  ({ handler } = await import(pathToFileURL(bundleOf("scan.ts")).href));
  ({ handler: sweep } = await import(pathToFileURL(bundleOf("sweep.ts")).href));
});

afterAll(async () => {
  await LocalDurableTestRunner.teardownTestEnvironment();
  await around.close();
  vi.unstubAllEnvs();
});

beforeEach(() => {
  for (const [name, value] of Object.entries(around.environment)) vi.stubEnv(name, value);
});

const invoke = () => new LocalDurableTestRunner<ScanSummary>({ handlerFunction: handler }).run({ payload: {} });

describe("the deployed function", () => {
  it("scans the account, stores what it found, and publishes it", async () => {
    const execution = await invoke();
    expect(execution.getResult()).toMatchObject({ regions: 1, functions: 1, complete: false, messages: { sent: 1, notPublished: 0 } });

    const store = new DynamodbStore(around.dynamodb, "findings");
    const rules = (await store.findings(account, [region, "global"])).map(({ rule }) => rule);
    expect(rules).toEqual(expect.arrayContaining(["lambda/deprecated-runtime", "scan/coverage-incomplete"]));
    expect(await store.scans(account, 1)).toMatchObject([{ outcome: "done", functions: 1 }]);
    expect(around.emails()).toEqual([expect.stringContaining("orders-api")]);
  });

  it("has written objects only into the folders that its role may write to", async () => {
    const s3 = new S3Client({ endpoint: around.messaging.address, forcePathStyle: true });
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "blobs" }));
    s3.destroy();
    expect(new Set(Contents.map(({ Key }) => Key?.split("/")[0]))).toEqual(new Set(Object.keys(blobFolders)));
  });

  it("finds nothing new when it runs again, and sends nothing", async () => {
    const execution = await invoke();
    expect(execution.getResult()).toMatchObject({ changes: { opened: 0 }, messages: { sent: 0, notPublished: 0 } });
  });

  it.each(["TABLE_NAME", "BUCKET_NAME", "TOPIC_ARN", "AWS_REGION"])(
    "says that %s is missing, before it asks AWS anything",
    async (name) => {
      vi.stubEnv(name, "");
      const asked = around.account.asked.length;
      const execution = await invoke();
      expect(execution.getError().errorMessage).toMatch(new RegExp(`^${name} is not set: `));
      expect(around.account.asked).toHaveLength(asked);
    },
  );

  it("gives up at once, by the name of the error, when the table is not there", async () => {
    vi.stubEnv("TABLE_NAME", "another");
    const execution = await invoke();
    expect(execution.getError().errorType).toBe("TableMissingError");
  });
});

describe("the deployed sweep", () => {
  it("reads the last scan, finds nothing close to its timeout, and answers", async () => {
    expect(await sweep({}, {})).toEqual({ outcome: "done", watched: 0, near: [], opened: 0, worsened: 0, conflicts: 0 });
  });

  it("fails when its environment is not set, so that the alarm hears of it", async () => {
    vi.stubEnv("TABLE_NAME", "");
    await expect(sweep({}, {})).rejects.toThrow(/^TABLE_NAME is not set: /);
  });
});
