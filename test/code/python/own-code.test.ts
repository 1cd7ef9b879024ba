import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pythonAnalyzer } from "../../../shared/code/python/analyzer.ts";
import { wantsFile } from "../../../shared/code/python/installed.ts";
import { wantsMore } from "../../../shared/code/python/packages.ts";
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

const record = (name: string, ...paths: string[]) => ({
  path: `${name}-2.0.dist-info/RECORD`,
  text: [...paths.map((path) => `${path},sha256=x,1`), `${name}-2.0.dist-info/RECORD,,`].join("\n"),
});
const about = (name: string, more: string) => ({ path: `${name}-2.0.dist-info/METADATA`, text: `Name: ${name}\n${more}\n\nA text.` });
const defined = (operation: string) => `import boto3\nqueue = boto3.client("sqs")\ndef go():\n    queue.${operation}(QueueUrl="q")\n`;

describe("a package that was installed beside the code", () => {
  const app = { path: "app.py", text: `import tool\ndef handler(event, context):\n    tool.go()\n${calls("send_message")}` };
  const tool = {
    path: "tool/__init__.py",
    text: `from other_tool import deep\n${defined("purge_queue")}def spare():\n    queue.delete_queue()\n`,
  };
  const other = { path: "other_tool/deep.py", text: calls("receive_message") };
  const lists = [record("acme_tool", "tool/__init__.py"), record("other_tool", "other_tool/deep.py")];

  test.each(["app.handler", "not.there"])("is read where the code imports it, and one that it imports; handler %s", async (handler) => {
    const unused = { path: "unused/__init__.py", text: calls("list_queues") };
    const summary = await readCode([app, tool, other, unused, ...lists, record("unused", "unused/__init__.py")], { handler });
    expect(operationsOf(summary)).toEqual(["sqs.PurgeQueue", "sqs.ReceiveMessage", "sqs.SendMessage"]);
    // weak evidence, if any: nothing calls it
    const weak = summary.calls.filter(({ confidence }) => confidence === "low").map(({ operation }) => operation);
    expect(weak).toEqual(handler === "not.there" ? ["DeleteQueue"] : []);
    expect(summary.unresolved).toEqual([]);
  });

  test("is evidence only by what is called of it where others publish it", async () => {
    const summary = await readCode([app, tool, ...lists, about("acme_tool", "Project-URL: Source, https://tool.example")], {
      handler: "app.handler",
    });
    expect(summary.calls.map(({ operation }) => operation)).toEqual(["SendMessage", "PurgeQueue"]);
  });

  test("leaves the need open where others publish it and no call could be made out", async () => {
    const odd = { path: "tool/__init__.py", text: `import boto3\ndef go():\n    run(boto3)\n` };
    const summary = await readCode([app, odd, ...lists, about("acme_tool", "Home-page: https://tool.example")], { handler: "app.handler" });
    expect(summary.unresolved).toEqual([{ what: "what the package tool asks for", at: "tool/__init__.py:1" }]);
  });

  test("leaves the need open where it uses boto3 and is too large", async () => {
    const large = { path: "tool/big.py", text: `import boto3\n${"# \n".repeat(400_000)}` };
    const summary = await readCode([app, tool, large, ...lists], { handler: "app.handler" });
    expect(operationsOf(summary)).toEqual(["sqs.SendMessage"]);
    expect(summary.unresolved).toEqual([{ what: "what the package tool asks for", at: "app.py:1" }]);
  });

  test.each(["requests", "aws_lambda_powertools", "smart_open", "mypy_boto3_sqs"])(
    "is not looked into where it is known: %s",
    async (name) => {
      const files = [
        { path: "app.py", text: `import ${name}\ndef handler(event, context):\n    pass\n` },
        { path: `${name}/__init__.py`, text: calls("purge_queue") },
      ];
      const { calls: found, unresolved } = await readCode([...files, record(name, `${name}/__init__.py`)], { handler: "app.handler" });
      expect([found, unresolved]).toEqual([[], []]);
    },
  );

  test("in a layer counts as a whole, where it may be of the own people", async () => {
    const files = ["acme", "others"].map((name) => ({
      path: `python/${name}/__init__.py`,
      text: defined(`${name === "acme" ? "purge" : "delete"}_queue`),
    }));
    const released = ["acme", "others"].map((name) => ({
      path: `python/${name}-1.0.dist-info/RECORD`,
      text: `${name}/__init__.py,sha256=x,1\n`,
    }));
    const published = { path: "python/others-1.0.dist-info/METADATA", text: "Home-page: https://others.example" };
    expect(operationsOf(await readCode([...files, ...released, published], {}))).toEqual(["sqs.PurgeQueue"]);
  });
});

test("of packages in folders of their own those are wanted that code imports, and what they say of themselves", async () => {
  const there = [
    "vendored/acme/db.py",
    "vendored/acme-1.0.dist-info/METADATA",
    "vendored/acme-1.0.dist-info/RECORD",
    "vendored/spare/x.py",
    "vendored/requests/api.py",
  ];
  const below = async (folders: readonly string[]) =>
    there.filter((path) => folders.some((one) => path.startsWith(`${one}/`))).map((path) => ({ path, bytes: 100 }));
  const app = { path: "app.py", text: "import requests\nfrom acme import db\n" };
  expect(await wantsMore([app], below)).toEqual(["vendored/acme/db.py", "vendored/acme-1.0.dist-info/METADATA"]);
  const db = { path: "vendored/acme/db.py", text: `import boto3\ndef get():\n    boto3.client("s3").list_buckets()\n` };
  const text = `from acme import db\ndef handler(event, context):\n    db.get()\n`;
  expect(operationsOf(await readCode([{ path: "app.py", text }, db], { handler: "app.handler" }))).toEqual(["s3.ListBuckets"]);
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

describe("a client that is given to a package", () => {
  const program = (
    line: string,
  ) => `import boto3, odd, tenacity, functools\nfrom aws_xray_sdk.core import patch\ntable = boto3.resource("dynamodb").Table("t")
s3 = boto3.client("s3")\ndef handler(event, context):\n    ${line}\n`;
  const open = async (line: string) => {
    const { unresolved } = await readCode([{ path: "app.py", text: program(line) }], { handler: "app.handler" });
    return unresolved.map(({ what, client }) => `${client}: ${what}`);
  };

  test.each([
    ["odd.Store(s3)", ["s3: what the package odd does with a client of s3"]],
    ["odd.store.open(name='x', table=table)", ["dynamodb: what the package odd does with a client of dynamodb"]],
    ["odd.open(boto3.Session())", ["undefined: what the package odd does with a session of boto3"]],
  ])("that nobody knows leaves the need of its service open: %s", async (line, what) => {
    expect(await open(line)).toEqual(what);
  });

  test.each(["tenacity.retry(s3)", "functools.partial(s3.list_buckets)", "patch([s3])", "print(s3, table)", "odd.Store('s3')"])(
    "that is known leaves nothing open, nor does one that gets no client: %s",
    async (line) => {
      expect(await open(line)).toEqual([]);
    },
  );
});

describe("a client that is given to something that nobody here knows", () => {
  const open = async (...lines: string[]) => {
    const text = [
      "import boto3, odd, json, logging, concurrent.futures",
      's3 = boto3.client("s3")',
      "log = logging.getLogger()",
      "def tidy(client): client.list_buckets()",
      "def handler(event, context):",
      ...lines.map((line) => `    ${line}`),
    ].join("\n");
    const { unresolved } = await readCode([{ path: "app.py", text }], { handler: "app.handler" });
    return unresolved.map(({ what, client }) => `${client}: ${what}`);
  };

  test.each([
    ["an object that a package made", ["store = odd.Store('x')", "store.open(s3)"], "s3: what the package odd does with a client of s3"],
    ["what such an object holds", ["odd.Store('x').parts[0].open(s3)"], "s3: what the package odd does with a client of s3"],
    ["what it answers", ["odd.Store('x').open('y').read(s3)"], "s3: what the package odd does with a client of s3"],
    ["inside of settings", ["odd.open({'client': s3})"], "s3: what the package odd does with a client of s3"],
    ["a method of something unknown", ["event['store'].save(s3)"], "s3: what save does with a client of s3"],
    ["something unknown", ["context(s3)"], "s3: what something unknown that is called does with a client of s3"],
    ["a whole session", ["context.use(boto3.Session())"], "undefined: what use does with a session of boto3"],
  ])("leaves the need open: %s", async (_, lines, what) => {
    expect(await open(...lines)).toEqual([what]);
  });

  test.each([
    ["a logger", ["log.info('%s', s3)", "event['log'].warning(s3)"]],
    ["lists and dictionaries", ["event['all'].append(s3)", "event.setdefault('s3', s3)", "context.cache.update(s3=s3)"]],
    ["Python's own modules", ["json.dumps({'a': str(s3)})", "json.JSONEncoder().default(s3)"]],
    ["a pool that gives it to a function of the program", ["event['pool'].submit(tidy, s3)"]],
    ["a pool of Python's own", ["with concurrent.futures.ThreadPoolExecutor() as pool: pool.submit(tidy, s3)"]],
    ["a function of the program that could be told", ["{'a': tidy}[event['a']](s3)"]],
    [
      "a client of other credentials",
      [
        "key = boto3.client('sts').assume_role(RoleArn='r')['Credentials']['AccessKeyId']",
        "odd.open(boto3.client('s3', aws_access_key_id=key))",
      ],
    ],
  ])("leaves nothing open: %s", async (_, lines) => {
    expect(await open(...lines)).toEqual([]);
  });
});

test("a session of somebody else is none of boto3: services are called otherwise", async () => {
  const text = 'import boto3\ndef handler(event, context): boto3.Session().client("azure.vault.SecretClient").get_secret("x")\n';
  const { calls: found, unresolved } = await readCode([{ path: "app.py", text }], { handler: "app.handler" });
  expect([found, unresolved]).toEqual([[], []]);
});
