import { describe, expect, test } from "vitest";
import { type CodeFile, readCode } from "../../../shared/code/javascript/read-code.ts";
import { parameters } from "./reading.ts";

const head = `import { S3Client, PutObjectCommand } from "@aws-sdk/client-s3"; import { SQS, SQSClient, SendMessageCommand, GetQueueUrlCommand } from "@aws-sdk/client-sqs";
  const s3 = new S3Client({}), sqs = new SQSClient({}), queues = new SQS({}); const put = (Bucket) => s3.send(new PutObjectCommand({ Bucket }));
`;
const named = (text: string, ...more: readonly CodeFile[]) =>
  parameters(readCode([{ path: "index.mjs", text: head + text }, ...more], { handler: "index.handler" }));
const bucket = (...names: string[]) => names.map((name) => `Bucket=${name}`);

describe("the name of a resource is told that comes from", () => {
  test.each<[string, string, string[]]>([
    [
      "a function that asks for variables by name",
      `const need = (name) => { const v = process.env[name]; if (!v) throw 1; return v; }; const other = need("OTHER"); put(need("BUCKET"));`,
      bucket("$BUCKET"),
    ],
    [
      "one in which another one asks",
      `const get = (n) => process.env[n] ?? "x"; const app = (n) => get("APP_" + n); put(app("BUCKET"));`,
      bucket("$APP_BUCKET:x"),
    ],
    [
      "a function that makes names, of each call alone",
      `const name = (n) => "app-" + n; const a = name("a"); put(name("b"));`,
      bucket("app-b"),
    ],
    ["a default of such a function", `const name = (n = "main") => "app-" + n; put(name());`, bucket("app-main")],
    ["a list that is joined", `put(["app", process.env.STAGE, "files"].join("-"));`, bucket("app-$STAGE-files")],
    [
      "a schema that checks the environment",
      `import { z } from "zod"; const env = z.object({ B: z.string() }).parse(process.env); put(env.B);`,
      bucket("$B"),
    ],
    [
      "what such a check answers",
      `import { z } from "zod"; const parsed = z.object({}).safeParse(process.env); put(parsed.data.B);`,
      bucket("$B"),
    ],
    [
      "part of a checked environment",
      `import { cleanEnv, str } from "envalid"; const { B } = cleanEnv(process.env, { B: str() }); put(B);`,
      bucket("$B"),
    ],
    [
      "process under another name",
      `import { env as e } from "node:process"; const { env } = process; put(e.B); put(env.C);`,
      bucket("$B", "$C"),
    ],
    [
      "settings that nobody gives",
      `class R { constructor(o = {}) { this.b = o.bucket ?? process.env.B; } go() { put(this.b); } } new R().go();`,
      bucket("$B"),
    ],
    ["part of an ARN", `put(process.env.BUCKET_ARN.split(":::")[1]);`, bucket("$BUCKET_ARN")],
    ["the end of an address", `const name = process.env.QUEUE_URL.split("/").pop(); put(name);`, bucket("$QUEUE_URL")],
    ["a getter", `const conf = { get bucket() { return process.env.B; } }; put(conf.bucket);`, bucket("$B")],
  ])("%s", (_, text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  test("an environment that another file checks", () => {
    const env = { path: "env.mjs", text: `import { parseEnv } from "znv"; export const env = parseEnv(process.env, {});` };
    expect(named(`import { env } from "./env.mjs"; put(env.BUCKET);`, env)).toEqual(bucket("$BUCKET"));
  });

  test.each([
    [`const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: "jobs" })); sqs.send(new SendMessageCommand({ QueueUrl }));`],
    [`const found = await queues.getQueueUrl({ QueueName: "jobs" }); queues.sendMessage({ QueueUrl: found.QueueUrl });`],
    [
      `const url = (await sqs.send(new GetQueueUrlCommand({ QueueName: "jobs" }))).QueueUrl; sqs.send(new SendMessageCommand({ QueueUrl: url }));`,
    ],
  ])("an answer to its name: %s", (text) => {
    expect(named(text).filter((one) => one.startsWith("Queue"))).toEqual(["QueueName=jobs", "QueueUrl=jobs"]);
  });
});

test("the name of a resource is either where settings may be given", () => {
  const text = `class R { constructor(o = {}) { this.b = o.bucket ?? process.env.B; } go() { put(this.b); } } new R({ bucket: "a" }).go(); new R().go();`;
  expect(named(text)).toEqual(bucket("$B", "a"));
});

describe("the name of a resource is not told that comes from", () => {
  test.each([
    ["an unknown call that gets the environment", `import { run } from "x"; const env = run(process.env); put(env.B);`],
    ["a variable that is named at run time", `export const handler = (e) => put(process.env[e.name]);`],
    ["part of an address of anything", `put(process.env.S3_URL.split("/")[2]);`],
    ["part of a list", `put(process.env.BUCKETS.split(",")[0]);`],
    ["part of a text that is put together", `put(("a:" + process.env.B).split(":")[1]);`],
    ["another member of an answer", `const r = await sqs.send(new GetQueueUrlCommand({ QueueName: "jobs" })); put(r.Other);`],
    ["the same member of another answer", `const { QueueUrl } = await fetch({ QueueName: "jobs" }); put(QueueUrl);`],
  ])("%s", (_, text) => {
    expect(named(text).filter((one) => one.startsWith("Bucket"))).toEqual(bucket("*"));
  });
});
