import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pythonAnalyzer } from "../../../shared/code/python/analyzer.ts";
import { wantsFile } from "../../../shared/code/python/modules.ts";
import { readCode } from "../../../shared/code/python/read-code.ts";
import { root } from "../../cli/run-command.ts";
import { operationsOf } from "./a-program.ts";

describe("of a zip, it wants", () => {
  test.each(["app.py", "src/orders/handler.py", "python/shared/db.py", "tests.py", "company-1.0.dist-info/top_level.txt"])("%s", (path) => {
    expect(wantsFile(path, 100)).toBe(true);
  });
});

describe("of a zip, it does not want", () => {
  test.each([
    ["boto3/session.py", 100],
    ["botocore/client.py", 100],
    ["python/lib/python3.13/site-packages/company/x.py", 100],
    ["venv/lib/x.py", 100],
    ["numpy/core/__init__.py", 100],
    ["app.pyc", 100],
    ["data.json", 100],
    ["app.py", 0],
    ["app.py", 5_000_000],
  ])("%s of %i bytes", (path, size) => {
    expect(wantsFile(path, size)).toBe(false);
  });
});

test("whoever asks what it wants has no parser loaded until it reads", async () => {
  const program = `import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    const { pythonAnalyzer } = await import("./shared/code/python/analyzer.ts");
    const heavy = () => loaded.filter((url) => /tree-sitter|boto3/.test(url)).length;
    pythonAnalyzer.wantsFile("app.py", 10);
    const before = heavy();
    await pythonAnalyzer.read([{ path: "app.py", text: "x = 1" }], {});
    console.log(before, heavy() > 0);`;
  const said = execFileSync(join(root, "node_modules/.bin/node"), ["--input-type=module", "-e", program], { cwd: root, encoding: "utf8" });
  expect(said).toBe("0 true\n");
  expect(await pythonAnalyzer.read([{ path: "app.py", text: calls("send_message") }], { runtime: "python3.13" })).toMatchObject({
    language: "python",
  });
});

const calls = (operation: string) => `import boto3\nboto3.client("sqs").${operation}(QueueUrl="q")\n`;

test("what a package brought is not own code, as its list says", async () => {
  const files = [
    { path: "app.py", text: `import tool, single, mine\ndef handler(event, context):\n    pass\n${calls("send_message")}` },
    { path: "tool/__init__.py", text: calls("purge_queue") },
    { path: "single.py", text: calls("delete_queue") },
    { path: "mine/__init__.py", text: calls("receive_message") },
    {
      path: "some_tool-2.0.dist-info/RECORD",
      text: "tool/__init__.py,sha256=x,1\nsingle.py,sha256=y,1\nsome_tool-2.0.dist-info/RECORD,,\n",
    },
  ];
  for (const handler of ["app.handler", "not.there"]) {
    expect(operationsOf(await readCode(files, { handler }))).toEqual(["sqs.ReceiveMessage", "sqs.SendMessage"]);
  }
});

test("only what the handler imports is read; without a handler everything but tests", async () => {
  const files = [
    { path: "one/app.py", text: `from . import near\ndef handler(event, context):\n    near.go()\n` },
    { path: "one/near.py", text: `import boto3\ndef go():\n    import far.away\n    far.away.run()\n` },
    { path: "far/away.py", text: `import boto3\ndef run():\n    boto3.client("s3").list_buckets()\n` },
    { path: "two/app.py", text: `import boto3\ndef handler(event, context):\n    boto3.client("sns").list_topics()\n` },
    { path: "tests/test_app.py", text: `import boto3\nboto3.client("sqs").list_queues()\n` },
  ];
  expect(operationsOf(await readCode(files, { handler: "one/app.handler" }))).toEqual(["s3.ListBuckets"]);
  expect(operationsOf(await readCode(files, { handler: "two.app.handler" }))).toEqual(["sns.ListTopics"]);
  const all = await readCode(files, { handler: "wrapper.of.somebody" });
  expect(operationsOf(all)).toEqual(["s3.ListBuckets", "sns.ListTopics"]);
  expect(all.files).toBe(4);
});

test("a function that nothing reaches is weak evidence, and what it cannot tell keeps nobody from a whole list", async () => {
  const text = `import boto3
def handler(event, context):
    boto3.client("s3").list_buckets()
def left_over(name):
    boto3.client("iam").list_roles()
    boto3.client(name).anything()
`;
  const summary = await readCode([{ path: "app.py", text }], { handler: "app.handler" });
  expect(summary.calls.map(({ operation, confidence, at }) => [operation, confidence, at])).toEqual([
    ["ListBuckets", "high", "app.py:3"],
    ["ListRoles", "low", "app.py:5"],
  ]);
  expect(summary.unresolved).toEqual([]);
});
