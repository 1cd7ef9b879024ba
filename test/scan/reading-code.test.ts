import { createHash } from "node:crypto";
import { describe, expect, it, onTestFinished } from "vitest";
import { presignedRead } from "../../shared/aws/pace.ts";
import type { FunctionCode } from "../../shared/model/code.ts";
import type { ScanDocument } from "../../shared/model/document.ts";
import type { Snapshot } from "../../shared/model/snapshot.ts";
import { readRegion } from "../../shared/scan/read-region.ts";
import type { Watchdog } from "../../shared/scan/watchdog.ts";
import { withCode } from "../../shared/scan/with-code.ts";
import { regionKey } from "../../shared/store/region-blob.ts";
import { aWatchdog } from "../a-watchdog.ts";
import { aZip } from "../artifacts/a-zip.ts";
import { anAnalyzer } from "../artifacts/an-analyzer.ts";
import { account, awsError, functionArn, StubAccount, type StubFunction } from "../stub-account.ts";

const layerArn = `arn:aws:lambda:eu-west-1:${account}:layer:tools:3`;

/** Functions, each with the text of its index.js or with a zip. Equal code has one digest. */
type Functions = Readonly<Record<string, { readonly code: string | Buffer; readonly more?: Readonly<Record<string, unknown>> }>>;

function zipOf(code: string | Buffer): Buffer {
  return typeof code === "string" ? aZip([{ name: "index.js", content: code }]) : code;
}

function shaOf(code: string | Buffer): string {
  return createHash("sha256").update(zipOf(code)).digest("base64");
}

async function aReader(functions: Functions, overrides: Partial<Watchdog> = {}) {
  const analyzer = anAnalyzer();
  const artifacts = new Map<string, Buffer>();
  const asked: string[] = [];
  const stubFunction = ([name, { code, more = {} }]: [string, Functions[string]]): StubFunction => {
    artifacts.set(`code ${shaOf(code)}`, zipOf(code));
    return { name, configuration: { Runtime: "nodejs24.x", Handler: "index.handler", CodeSha256: shaOf(code), ...more } };
  };
  const stub = new StubAccount({
    now: new Date("2026-11-24T03:00:00Z"),
    regions: ["eu-west-1"],
    functions: Object.entries(functions).map(stubFunction),
    answers: {
      [presignedRead]: ({ input }) => {
        const { artifact, last, from, to } = input as { artifact: string; last?: number; from?: number; to?: number };
        asked.push(artifact);
        const bytes = artifacts.get(artifact);
        if (!bytes) throw awsError("Http404");
        const start = last === undefined ? (from ?? 0) : Math.max(0, bytes.length - last);
        return { bytes: bytes.subarray(start, to).toString("base64"), from: start, total: bytes.length };
      },
    },
  });
  const analyzerFor = (runtime: string) => (runtime.startsWith("nodejs") ? analyzer : undefined);
  const dog = await aWatchdog(stub, { analyzerFor, ...overrides });
  onTestFinished(() => dog.close());
  return {
    stub,
    dog,
    analyzer,
    artifacts,
    /** Which artifacts bytes were asked of since the last scan. */
    async scan(more: Partial<Watchdog> = {}) {
      asked.length = 0;
      const { document } = await dog.scan(more);
      const codeOf = await codeAfter(document, { ...dog.watchdog, ...more });
      return { document, asked: [...asked], codeOf, row: document.coverage.find(({ collector }) => collector === "code") };
    },
    asked,
    deploy(name: string, code: string) {
      stub.data.functions = [...stub.data.functions.filter((f) => f.name !== name), stubFunction([name, { code }])];
    },
  };
}

/** What rules are given: put together from what the scan left. */
async function codeAfter({ scan }: ScanDocument, watchdog: Watchdog): Promise<(name: string) => FunctionCode | undefined> {
  const region = await readRegion(watchdog.blobs, regionKey(account, "eu-west-1"));
  const { startedAt: at, partition } = scan;
  const bare: Snapshot = { account, partition, regionSource: "account", at, accountCoverage: [], regions: region ? [region] : [] };
  const { codeOf } = await withCode(bare, scan.id, watchdog);
  return (name) => codeOf?.(functionArn(name));
}

const callsOf = (code: FunctionCode | undefined) => code?.code?.calls.map(({ client, operation }) => `${client}:${operation}`);

describe("the code of functions", () => {
  it("is read once, and never again while it is the same", async () => {
    const reader = await aReader({ orders: { code: "call dynamodb GetItem" }, mail: { code: "call ses SendEmail" } });
    const first = await reader.scan();
    expect(first.asked).toHaveLength(2);
    expect(first.row).toEqual({ collector: "code", region: "eu-west-1", status: "complete", resources: 2 });
    expect(first.document.scan.apiCalls.byOperation[presignedRead]).toBe(2);
    expect(callsOf(first.codeOf("orders"))).toEqual(["dynamodb:GetItem"]);

    for (let day = 1; day <= 9; day += 1) {
      reader.stub.data.now = new Date(reader.stub.data.now.getTime() + 86_400_000);
      const later = await reader.scan();
      expect(later.asked).toEqual([]);
      expect(callsOf(later.codeOf("mail"))).toEqual(["ses:SendEmail"]);
    }
  });

  it("is read again of what was deployed anew, and of nothing else", async () => {
    const reader = await aReader({ orders: { code: "call dynamodb GetItem" }, mail: { code: "call ses SendEmail" } });
    await reader.scan();
    reader.deploy("orders", "call dynamodb PutItem");
    const { asked, codeOf } = await reader.scan();
    expect(asked).toEqual([`code ${shaOf("call dynamodb PutItem")}`]);
    expect(callsOf(codeOf("orders"))).toEqual(["dynamodb:PutItem"]);
  });

  it("that several functions share is fetched once, and read for each of their handlers", async () => {
    const code = "call s3 GetObject";
    const reader = await aReader({
      a: { code, more: { Handler: "index.a" } },
      b: { code, more: { Handler: "index.b" } },
      c: { code, more: { Handler: "index.a" } },
    });
    const { asked, codeOf } = await reader.scan();
    expect(asked).toHaveLength(1);
    expect(reader.analyzer.asked.map(({ handler }) => handler)).toEqual(["index.a", "index.b"]);
    expect(["a", "b", "c"].map((name) => callsOf(codeOf(name)))).toEqual([["s3:GetObject"], ["s3:GetObject"], ["s3:GetObject"]]);
  });

  it("that a later function shares by another handler is asked for that one, and keeps what was known", async () => {
    const code = "call s3 GetObject";
    const reader = await aReader({ a: { code, more: { Handler: "index.a" } } });
    await reader.scan();
    reader.stub.data.functions = [
      ...reader.stub.data.functions,
      { name: "b", configuration: { Runtime: "nodejs24.x", Handler: "index.b", CodeSha256: shaOf(code) } },
    ];
    expect((await reader.scan()).asked).toHaveLength(1);
    const { asked, codeOf } = await reader.scan();
    expect(asked).toEqual([]);
    expect([callsOf(codeOf("a")), callsOf(codeOf("b"))]).toEqual([["s3:GetObject"], ["s3:GetObject"]]);
  });

  it("in layers is read once for each version, and told apart from its own", async () => {
    const more = { Layers: [{ Arn: layerArn }] };
    const reader = await aReader({ a: { code: "call s3 GetObject", more }, b: { code: "call sqs SendMessage", more } });
    reader.artifacts.set(`layer ${layerArn}`, aZip([{ name: "nodejs/tools.js", content: "call kms Decrypt" }]));
    const { asked, codeOf } = await reader.scan();
    expect(asked.filter((key) => key.startsWith("layer"))).toHaveLength(1);
    expect(callsOf(codeOf("b"))).toEqual(["sqs:SendMessage"]);
    expect(codeOf("b")?.layers).toMatchObject([{ arn: layerArn, code: { calls: [{ client: "kms", operation: "Decrypt" }] } }]);
    expect((await reader.scan()).asked).toEqual([]);
  });

  it("of images and of runtimes that nobody reads is not asked for, and is no gap in the scan", async () => {
    const reader = await aReader({
      jar: { code: "x", more: { Runtime: "java21" } },
      image: { code: "y", more: { PackageType: "Image", Runtime: undefined, Handler: undefined } },
    });
    const { asked, codeOf, row } = await reader.scan();
    expect(asked).toEqual([]);
    expect(codeOf("jar")).toEqual({ unread: "code of java21 is not read", layers: [] });
    expect(codeOf("image")).toEqual({ unread: "container image", layers: [] });
    expect(row?.status).toBe("complete");
  });

  it("of functions that anybody can reach is read first, then that of those in use", async () => {
    const reader = await aReader({ quiet: { code: "1" }, used: { code: "2" }, open: { code: "3" } });
    const day = Math.floor(reader.stub.data.now.getTime() / 86_400_000) - 3;
    const use = [{ day, samples: 10, maxMs: 10 }];
    reader.stub.data.functions = reader.stub.data.functions.map((f) => (f.name === "used" ? { ...f, use } : f));
    const url = {
      FunctionUrl: "https://x.lambda-url.eu-west-1.on.aws/",
      FunctionArn: functionArn("open"),
      AuthType: "NONE",
      InvokeMode: "BUFFERED",
    };
    const everybody = (Action: string, Condition: object) => ({
      Effect: "Allow",
      Principal: "*",
      Action,
      Resource: functionArn("open"),
      Condition,
    });
    const Statement = [
      everybody("lambda:InvokeFunctionUrl", { StringEquals: { "lambda:FunctionUrlAuthType": "NONE" } }),
      everybody("lambda:InvokeFunction", { Bool: { "lambda:InvokedViaFunctionUrl": "true" } }),
    ];
    const isOpen = ({ FunctionName }: Readonly<Record<string, unknown>>) => String(FunctionName).includes("open");
    reader.stub.data.answers = {
      ...reader.stub.data.answers,
      "lambda:ListFunctionUrlConfigs": ({ input }) => ({ FunctionUrlConfigs: isOpen(input) ? [url] : [] }),
      "lambda:GetPolicy": ({ input }) => {
        if (!isOpen(input)) throw awsError("ResourceNotFoundException");
        return { Policy: JSON.stringify({ Version: "2012-10-17", Statement }) };
      },
    };
    const { asked } = await reader.scan();
    expect(asked).toEqual(["3", "2", "1"].map((code) => `code ${shaOf(code)}`));
  });

  it("is not looked at where that is switched off: nothing is asked, and nothing is known", async () => {
    const reader = await aReader({ orders: { code: "call dynamodb GetItem", more: { Layers: [{ Arn: layerArn }] } } });
    await reader.scan();
    const { analyzerFor: _, ...without } = reader.dog.watchdog;
    const off = { ...without, analyzerFor: undefined } as unknown as Watchdog;
    reader.deploy("orders", "call dynamodb PutItem");
    const before = reader.stub.calls["lambda:GetFunction"];
    const { asked, row, codeOf, document } = await reader.scan(off);
    expect(asked).toEqual([]);
    expect(reader.stub.calls["lambda:GetFunction"]).toBe(before);
    expect(row).toMatchObject({ status: "disabled", message: "reading code is switched off" });
    expect(document.scan.complete).toBe(true);
    expect(codeOf("orders")?.unread).toBe("reading code is switched off");
  });
});

describe("code that cannot be read", () => {
  const bomb = aZip([{ name: "index.js", content: Buffer.alloc(3_000_000) }]);

  it("because its zip is refused is said, with the reason; the others are read; it is not fetched again", async () => {
    const reader = await aReader({ bomb: { code: bomb }, orders: { code: "call dynamodb GetItem" } });
    const first = await reader.scan();
    expect(first.row).toMatchObject({ status: "partial", code: "ZipBomb", resources: 1 });
    expect(first.row?.message).toMatch(/^bomb: a file in it unpacks to more than two hundred times its size/);
    expect(first.codeOf("bomb")?.unread).toMatch(/^its zip is not read: /);
    expect(callsOf(first.codeOf("orders"))).toEqual(["dynamodb:GetItem"]);
    const finding = first.document.findings.find(
      ({ rule, evidence }) => rule === "scan/coverage-incomplete" && evidence.collector === "code",
    );
    expect(finding?.title).toMatch(/^Only part of the code of functions in eu-west-1 could be read \(bomb: /);

    const second = await reader.scan();
    expect(second.asked).toEqual([]);
    expect(second.row).toMatchObject({ status: "partial", code: "ZipBomb" });
    reader.deploy("bomb", "call s3 GetObject");
    expect((await reader.scan()).row).toMatchObject({ status: "complete", resources: 2 });
  });

  it("because AWS refuses is asked for again by the next scan", async () => {
    const reader = await aReader({ orders: { code: "call dynamodb GetItem" } });
    reader.stub.fault = ({ operation }) => (operation === presignedRead ? awsError("AccessDeniedException", "not for you") : undefined);
    const { row, codeOf } = await reader.scan();
    expect(row).toMatchObject({
      status: "denied",
      operation: presignedRead,
      code: "AccessDeniedException",
      message: "orders: not for you",
    });
    expect(codeOf("orders")?.unread).toBe(`${presignedRead} failed (AccessDeniedException): not for you`);
    reader.stub.fault = () => undefined;
    expect((await reader.scan()).row).toMatchObject({ status: "complete", resources: 1 });
  });

  it("of a version of a layer that was deleted is asked once, and is no gap of the scan", async () => {
    const reader = await aReader({ orders: { code: "call dynamodb GetItem", more: { Layers: [{ Arn: layerArn }] } } });
    reader.stub.fault = ({ operation, input }) =>
      operation === presignedRead && String(input.artifact).startsWith("layer") ? awsError("ResourceNotFoundException") : undefined;
    const first = await reader.scan();
    expect(first.row).toMatchObject({ status: "complete" });
    expect(first.codeOf("orders")?.layers).toEqual([{ arn: layerArn, unread: "this version of the layer was deleted" }]);
    const before = reader.stub.calls[presignedRead];
    const second = await reader.scan();
    expect(second.row).toMatchObject({ status: "complete" });
    expect(reader.stub.calls[presignedRead]).toBe(before);
  });

  it("of a layer that is not ours is said of the layer, and is no gap of the scan", async () => {
    const foreign = "arn:aws:lambda:eu-west-1:444455556666:layer:vendor:7";
    const reader = await aReader({ orders: { code: "call dynamodb GetItem", more: { Layers: [{ Arn: foreign }] } } });
    reader.stub.fault = ({ operation, input }) =>
      operation === presignedRead && String(input.artifact).includes("444455556666")
        ? awsError("AccessDeniedException", "not for you")
        : undefined;
    const { row, codeOf } = await reader.scan();
    expect(row).toMatchObject({ status: "complete" });
    expect(codeOf("orders")?.layers).toEqual([{ arn: foreign, unread: `${presignedRead} failed (AccessDeniedException): not for you` }]);
  });

  it("because the reader breaks on it is a gap, and is not tried again by the same reader", async () => {
    const reader = await aReader({ odd: { code: "break the reader" } });
    const { row, codeOf } = await reader.scan();
    expect(row).toMatchObject({ status: "failed", code: "ReaderFailed", message: "odd: the reader of lines failed: the reader broke" });
    expect(codeOf("odd")?.unread).toBe("the reader of lines failed: the reader broke");
    expect((await reader.scan()).asked).toEqual([]);
    const better = anAnalyzer(2);
    expect((await reader.scan({ analyzerFor: () => better })).asked).toHaveLength(1);
  });

  it("whole, for a file is too large, is known in part and says so", async () => {
    const large = Array.from({ length: 400_000 }, (_, i) => `var v${i} = ${i * 7919};`)
      .join("\n")
      .padEnd(13_000_000, "/");
    const reader = await aReader({
      big: {
        code: aZip([
          { name: "vendor.js", content: large, stored: true },
          { name: "index.js", content: "call s3 GetObject" },
        ]),
      },
    });
    const { row, codeOf } = await reader.scan();
    expect(callsOf(codeOf("big"))).toEqual(["s3:GetObject"]);
    expect(codeOf("big")?.code?.unread).toEqual([{ file: "vendor.js", why: "13 MB, and files of more than 12 MB are not read" }]);
    expect(row).toMatchObject({ status: "partial", code: "FileLeft" });
  });

  it("from a recording that holds none is no failure", async () => {
    const reader = await aReader({ orders: { code: "call dynamodb GetItem" } });
    reader.stub.fault = ({ operation }) => (operation === presignedRead ? awsError("NotRecorded") : undefined);
    const { row, document, codeOf } = await reader.scan();
    expect(row).toMatchObject({ status: "disabled" });
    expect(document.scan.complete).toBe(true);
    expect(codeOf("orders")?.unread).toBe("the recording holds no code");
  });
});

describe("a scan that ends in the middle of reading", () => {
  it("keeps what was read: the next one reads the rest", async () => {
    const reader = await aReader(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}`, { code: `call s3 Get${i}` }])));
    let reads = 0;
    reader.stub.fault = ({ operation }) => {
      if (operation !== presignedRead) return undefined;
      reads += 1;
      return reads > 8 ? awsError("ExpiredTokenException") : undefined;
    };
    await expect(reader.scan()).rejects.toThrow("ExpiredTokenException");
    reader.stub.fault = () => undefined;
    const { asked, row, codeOf } = await reader.scan();
    expect(asked).toHaveLength(12);
    expect(row).toMatchObject({ status: "complete", resources: 20 });
    expect(callsOf(codeOf("f0"))).toEqual(["s3:Get0"]);
  });

  it("or whose blob is damaged costs reading again, and nothing else", async () => {
    const reader = await aReader({ orders: { code: "call dynamodb GetItem" } });
    await reader.scan();
    await reader.scan();
    for (const name of ["known", "batch-1"]) await reader.dog.watchdog.blobs.put(`artifacts/${account}/${name}.ndjson.gz`, "damaged");
    const { asked, row } = await reader.scan();
    expect(asked).toHaveLength(1);
    expect(row).toMatchObject({ status: "complete" });
  });
});

it("what no scan has met for a month is forgotten", async () => {
  const reader = await aReader({ orders: { code: "call dynamodb GetItem" }, mail: { code: "call ses SendEmail" } });
  const [orders] = reader.stub.data.functions;
  await reader.scan();
  reader.stub.data.functions = reader.stub.data.functions.slice(1);
  const daysLater = async (days: number) => {
    reader.stub.data.now = new Date(reader.stub.data.now.getTime() + days * 86_400_000);
    return reader.scan();
  };
  await daysLater(20);
  reader.stub.data.functions = [...reader.stub.data.functions, ...(orders ? [orders] : [])];
  expect((await daysLater(1)).asked).toEqual([]);
  reader.stub.data.functions = reader.stub.data.functions.slice(0, 1);
  await daysLater(31);
  reader.stub.data.functions = [...reader.stub.data.functions, ...(orders ? [orders] : [])];
  expect((await daysLater(1)).asked).toEqual([`code ${shaOf("call dynamodb GetItem")}`]);
});
