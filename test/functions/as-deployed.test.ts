/** What `cdk deploy` uploads is what runs here: no test runner between the bundles and Node. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LocalDurableTestRunner } from "@aws/durable-execution-sdk-js-testing";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { PutParameterCommand } from "@aws-sdk/client-ssm";
import { Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ScanSummary } from "../../functions/report.ts";
import { blobFolders } from "../../infra/blob-bucket.ts";
import { functionCode } from "../../infra/function-code.ts";
import { createOwnClients } from "../../shared/aws/own-clients.ts";
import { questionId } from "../../shared/decisions/questions.ts";
import { signatureOf } from "../../shared/notify/kinds/webhook.ts";
import { signReply } from "../../shared/replies/token.ts";
import { aZip } from "../artifacts/a-zip.ts";
import { account } from "../aws/moto.ts";
import { motoForThisFile } from "../aws/moto-for-this-file.ts";
import { root } from "../cli/run-command.ts";
import { anApp, aStack, resources } from "../infra/synthesized.ts";
import { aRecord } from "../libraries/advisories/an-advisory.ts";
import { Receiver } from "../notify/a-receiver.ts";
import { deployedFunctions, region } from "./deployed-function.ts";
import { runDurably } from "./durable-service.ts";
import { names, openSurroundings, operationsTopicArn, type Surroundings } from "./surroundings.ts";

/** What the deployed function fetches: a mirror on this machine. */
const mirror = createServer((request, response) => {
  const bytes = request.url === "/npm/all.zip" ? aZip([{ name: "A-1.json", content: JSON.stringify(aRecord("A-1", [])) }]) : undefined;
  response.writeHead(bytes ? 200 : 404).end(bytes);
});
await new Promise<void>((ready) => mirror.listen(0, "127.0.0.1", ready));
afterAll(() => void mirror.close());
const source = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}`;

/** Longer than the 4 KB that the variables of a function share. */
const settings = {
  channels: {
    sns: { kind: "sns", topic: "stack" },
    hook: { kind: "webhook", url: "ssm:/smalltarget/hook", signingKey: "secretsmanager:smalltarget/hook-key" },
    grave: { kind: "slack", webhook: "ssm:/smalltarget/nobody-reads-this" },
  },
  routes: [{ channels: ["sns", "hook"] }, { teams: ["another"], channels: ["grave"] }],
  advisories: { source, ecosystems: ["npm"] },
  defaultTeam: "platform",
  tags: { team: Array.from({ length: 400 }, (_, i) => `team-tag-${i}`) },
};
/** Name of the secret that signs reply links. */
const replyKey = "reply-key";
const app = anApp({ bundling: true });
const stack = Template.fromStack(aStack(app, { regions: [region], replies: true, widget: true, settings }));
const valuesOf = (type: string, value: string) => resources(stack, type).map(([id]) => [id, value]);
/** What CloudFormation would fill in. */
const values = Object.fromEntries([
  ...valuesOf("AWS::DynamoDB::GlobalTable", names.table),
  ...valuesOf("AWS::S3::Bucket", names.bucket),
  ...valuesOf("AWS::SecretsManager::Secret", replyKey),
  ...resources(stack, "AWS::SNS::Topic").map(([id]) => [id, id.startsWith("Operations") ? operationsTopicArn : names.topicArn]),
]);
const functions = deployedFunctions(stack, app.outdir, values);
const named = (part: string) => {
  const found = functions.find(({ logicalId }) => logicalId.startsWith(part));
  if (!found) throw new Error(`the stack has no function ${part}`);
  return found;
};

describe.each(functions)("the deployed $logicalId", (deployed) => {
  it("loads in plain Node", async () => {
    expect(await deployed.invoke(undefined)).toMatchObject({ loaded: "function" });
  });

  it("has an environment that Lambda takes: 4 KB", () => {
    expect(Buffer.byteLength(JSON.stringify(deployed.environment))).toBeLessThan(4096);
  });
});

it("finds its parser of Python beside it, and reads a program with it", async () => {
  const around = mkdtempSync(join(tmpdir(), "smalltarget-asset-"));
  try {
    const asset = join(around, "asset");
    cpSync(named("Scan").folder, asset, { recursive: true });
    // the reader alone, bundled as the function is, in the place of the function
    const { bundling } = functionCode(new Stack(anApp()), "scan.ts", "{}");
    await build({
      entryPoints: [join(root, "shared/code/python/read-code.ts")],
      outfile: join(asset, "read-code.mjs"),
      bundle: true,
      platform: "node",
      format: "esm",
      target: bundling?.target ?? "",
      banner: { js: bundling?.banner ?? "" },
    });
    const program = `import { readCode } from ${JSON.stringify(pathToFileURL(join(asset, "read-code.mjs")).href)};
      const text = 'import boto3\\ndef handler(event, context):\\n  boto3.client("sqs").send_message(QueueUrl="q")';
      console.log(JSON.stringify((await readCode([{ path: "app.py", text }], { handler: "app.handler" })).calls));`;
    const answer = execFileSync(join(root, "node_modules/.bin/node"), ["--input-type=module", "-e", program], {
      cwd: around,
      encoding: "utf8",
    });
    expect(JSON.parse(answer)).toMatchObject([{ client: "sqs", operation: "SendMessage", at: "app.py:3" }]);
  } finally {
    rmSync(around, { recursive: true, force: true });
  }
});

const moto = await motoForThisFile("the functions as deployed, on an account");

// the emulator answers one request at a time, and refuses what it lacks so that it is tried again
describe.skipIf(!moto)("on an account", { timeout: 300_000 }, () => {
  const emulator = moto?.endpoint ?? "";
  const aws = { AWS_ENDPOINT_URL: emulator };
  const scan = (more: Readonly<Record<string, string>> = {}) => runDurably<ScanSummary>(named("Scan"), emulator, { ...aws, ...more });
  let around: Surroundings;
  let receiver: Receiver;

  beforeAll(async () => {
    await LocalDurableTestRunner.setupTestEnvironment();
    around = await openSurroundings();
    receiver = await Receiver.open();
    const own = createOwnClients(region);
    const hook = { Name: "/smalltarget/hook", Type: "SecureString", Value: `${receiver.address}/hook` } as const;
    await (await own.ssm()).send(new PutParameterCommand(hook));
    await (await own.secretsmanager()).send(new CreateSecretCommand({ Name: "smalltarget/hook-key", SecretString: "a key" }));
  });
  afterAll(async () => {
    await LocalDurableTestRunner.teardownTestEnvironment();
    await receiver.close();
  });

  it("the sweep has nothing to look at before the first scan, and is content", async () => {
    expect(await named("NearTimeout").invoke({}, aws)).toMatchObject({ answer: { outcome: "no-scan" } });
    expect(await around.folders()).toEqual([]);
  });

  it("the sweep says to the operations topic, once, that no scan has completed for days", async () => {
    const since = new Date(Date.now() - 3 * 86_400_000).toISOString();
    await around.store.saveSilence(account, { since });
    expect(await named("NearTimeout").invoke({}, aws)).toMatchObject({ answer: { outcome: "no-scan", silence: "said" } });
    expect(await around.saidOfItself()).toEqual([expect.stringMatching(/^No scan of account \d+ has completed for 72 hours/)]);
    expect(await named("NearTimeout").invoke({}, aws)).toMatchObject({ answer: { silence: "said-before" } });
    expect(await around.saidOfItself()).toEqual([]);
  });

  it("the sweep fails, so that an alarm hears of it, when it can look but not speak", async () => {
    await around.store.saveSilence(account, { since: "2026-01-01T00:00:00.000Z" });
    const elsewhere = { OPERATIONS_TOPIC_ARN: `${operationsTopicArn}-gone` };
    expect((await named("NearTimeout").invoke({}, { ...aws, ...elsewhere })).error).toMatchObject({ name: "DeliveryError" });
  });

  it.each(functions)("$logicalId runs to its end", async (deployed) => {
    if (deployed.durable) {
      const execution = await runDurably(deployed, emulator, aws);
      expect(execution.getError).toThrow();
      expect(execution.getStatus()).toBe("SUCCEEDED");
    } else {
      expect(await deployed.invoke({}, aws)).not.toHaveProperty("error");
    }
  });

  it("the scan has looked, stored what it found, published it, and written only where its role may", async () => {
    const rules = (await around.store.findings(account, [region, "global"])).map(({ rule }) => rule);
    expect(rules).toEqual(expect.arrayContaining(["lambda/deprecated-runtime", "scan/coverage-incomplete"]));
    expect(await around.store.scans(account, 1)).toMatchObject([{ outcome: "done", functions: 1 }]);
    expect(await around.published()).toEqual([expect.stringContaining("orders-api")]);
    const folders = await around.folders();
    expect(folders).toEqual(expect.arrayContaining(["reads", "reports", "scans", "snapshots"]));
    expect(folders.filter((folder) => !(folder in blobFolders))).toEqual([]);
  });

  it("the scan has sent the same to the webhook of its settings, whose address and key it read by name", async () => {
    const [received, ...more] = receiver.received;
    expect(more).toEqual([]);
    const body = received?.body ?? "";
    expect(received?.path).toBe("/hook");
    expect(received?.headers["x-smalltarget-signature"]).toBe(signatureOf(body, "a key"));
    expect(JSON.parse(body)).toMatchObject({ kind: "summary", account });
    expect(body).toContain("orders-api");
  });

  it("the fetching of advisories keeps what it got, and fails, so that an alarm hears of it, when a source does", async () => {
    expect(await around.folders()).toContain("advisories");
    expect(await named("Advisories").invoke({}, aws)).toMatchObject({
      answer: { feeds: [{ ecosystem: "npm", source, fetchedAt: expect.any(String) }] },
    });
    mirror.closeAllConnections();
    mirror.close();
    const { error } = await named("Advisories").invoke({}, aws);
    expect(error?.message).toMatch(/^advisories could not be read: npm: .*cannot be read/);
  });

  it("the widget shows what the scan has left, as wide and as dark as the dashboard, and describes itself", async () => {
    const shown = (event: object, more = {}) => named("Widget").invoke(event, { ...aws, ...more });
    const { answer } = await shown({ widgetContext: { width: 500, theme: "dark" } });
    expect(answer).toMatch(/Account 111122223333[\s\S]*Open findings[\s\S]*Most worth doing now[\s\S]*orders-api[\s\S]*Could not look/);
    expect(answer).toContain("repeat(2,");
    expect(answer).not.toMatch(/<script|<a /);
    expect((await shown({ describe: true })).answer).toEqual({ markdown: expect.stringContaining("Small Target") });
    const { answer: nothing, log } = await shown({}, { BUCKET_NAME: "another" });
    expect(nothing).toMatch(/This cannot be shown: .*bucket/);
    expect(log).toContain("the widget has nothing to show");
  });

  it("a second scan finds nothing new and sends nothing", async () => {
    expect((await scan()).getResult()).toMatchObject({ functions: 1, changes: { opened: 0 }, messages: { sent: 0, notPublished: 0 } });
  });

  it("the sweep has read the last scan, and nothing is close to its timeout", async () => {
    const { answer } = await named("NearTimeout").invoke({}, aws);
    expect(answer).toEqual({ outcome: "done", watched: 0, near: [], opened: 0, worsened: 0, conflicts: 0, silence: "early" });
  });

  it("the function for answers takes one by a signed link only, and its button waits a week", async () => {
    const key = "k".repeat(64);
    const client = await createOwnClients(region).secretsmanager();
    await client.send(new CreateSecretCommand({ Name: replyKey, SecretString: key }));
    const [finding] = await around.store.openFindings(account);
    const arn = finding?.resource.arn ?? "";
    const question = questionId(arn);
    const asked = { question, arn, kind: "asked", at: new Date().toISOString(), by: "ada", owner: "shop" } as const;
    await around.store.questions.add(account, [asked]);
    const open = async (t: string) => {
      const event = { requestContext: { http: { method: "GET" } }, queryStringParameters: { t } };
      return (await named("Reply").invoke(event, aws)).answer;
    };
    expect(await open("x.y")).toMatchObject({ statusCode: 403 });
    expect(await open(signReply(question, "shop", key, new Date()))).toMatchObject({
      statusCode: 200,
      body: expect.stringContaining("can go"),
    });
    const body = Buffer.from(`answer=can-go&token=${signReply(question, "shop", key, new Date())}`).toString("base64");
    const post = { requestContext: { http: { method: "POST" } }, body, isBase64Encoded: true };
    expect((await named("Reply").invoke(post, aws)).answer).toMatchObject({ statusCode: 200 });
    expect((await around.store.questions.all(account)).flatMap(({ events }) => events.map(({ kind }) => kind))).toEqual([
      "asked",
      "can-go",
    ]);
    expect((await named("Reply").invoke({ id: finding?.id }, aws)).answer).toEqual({
      text: expect.stringContaining("is not told again until"),
    });
    expect(await around.store.findingById(finding?.id ?? "")).toMatchObject({ status: "SUPPRESSED" });
  });

  it("a variable that is missing is named, and both fail, so that an alarm hears of it", async () => {
    expect((await scan({ TABLE_NAME: "" })).getError().errorMessage).toMatch(/^TABLE_NAME is not set: /);
    expect((await named("NearTimeout").invoke({}, { ...aws, TABLE_NAME: "" })).error?.message).toMatch(/^TABLE_NAME is not set: /);
  });

  it("the scan gives up at once, by the name of the error, when the table is not there", async () => {
    expect((await scan({ TABLE_NAME: "another" })).getError().errorType).toBe("TableMissingError");
  });
});
