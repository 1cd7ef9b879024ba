// Packages that code loads: read of a zip in further rounds, by few requests.
import { describe, expect, it } from "vitest";
import type { Analyzer } from "../../shared/artifacts/analyzer.ts";
import { artifactBytes } from "../../shared/artifacts/artifact-bytes.ts";
import type { Reading } from "../../shared/artifacts/kept-artifact.ts";
import { belowAny, holdingList, moreOfZip } from "../../shared/artifacts/more-files.ts";
import { readArtifact } from "../../shared/artifacts/read-artifact.ts";
import { Room } from "../../shared/artifacts/room.ts";
import { readDirectory } from "../../shared/artifacts/zip-directory.ts";
import type { CodeSummary } from "../../shared/model/code.ts";
import { analyzerFor } from "../../shared/scan/analyzers.ts";
import { aZip, type FileInZip } from "./a-zip.ts";

/** Reads the zip by ranges; tells how many were asked for. */
async function read(files: readonly FileInZip[], analyzer: Analyzer): Promise<{ readings: readonly Reading[]; requests: number }> {
  const bytes = aZip(files);
  let requests = 0;
  const source = artifactBytes(async (range) => {
    requests += 1;
    const from = "last" in range ? Math.max(0, bytes.length - range.last) : range.from;
    return { bytes: bytes.subarray(from, "last" in range ? bytes.length : range.to), from, total: bytes.length };
  });
  const asked = ["a.handler", "b.handler"].map((handler) => ({ analyzer, question: { kind: "x", runtime: "nodejs24.x", handler } }));
  return { readings: (await readArtifact(source, asked, new Room(100_000_000))).readings, requests };
}

/** Each file names the folders that it wants. */
function anAnalyzer(read: string[][] = []): Analyzer {
  return {
    kind: "x",
    version: 1,
    wantsFile: (path) => path === "a.js",
    wantsMore: async (files, below) => (await below(files.flatMap(({ text }) => text.split("\n")))).map(({ path }) => path),
    read: (files) => {
      read.push(files.map(({ path }) => path));
      return {};
    },
  };
}

/** Not to be packed. */
const noise = (bytes: number) => Buffer.from(Array.from({ length: bytes }, (_, i) => (i * i * 31 + i * 7 + (i >> 8) * 13) % 251));

describe("an analyzer that wants more once it knows the first files", () => {
  it("is given what lies in the folders that it names, round by round, and nothing else", async () => {
    const seen: string[][] = [];
    const { requests } = await read(
      [
        { name: "a.js", content: "lib/one" },
        { name: "lib/one/x.js", content: "lib/two" },
        { name: "lib/two/deep/y.js", content: "nowhere" },
        { name: "lib/two.js", content: "" },
        { name: "lib/three/z.js", content: "" },
      ],
      anAnalyzer(seen),
    );
    expect(seen).toEqual([
      ["a.js", "lib/one/x.js", "lib/two/deep/y.js"],
      ["a.js", "lib/one/x.js", "lib/two/deep/y.js"],
    ]);
    expect(requests).toBe(1);
  });

  it("costs one request for each round of a large zip, however many files lie side by side", async () => {
    const files = [
      { name: "a.js", content: "lib" },
      { name: "data.bin", content: noise(400_000), stored: true },
      ...Array.from({ length: 100 }, (_, i) => ({ name: `lib/${i}.js`, content: "" })),
      { name: "more.bin", content: noise(400_000), stored: true },
    ];
    // the end with the list, the first file, the folder
    expect((await read(files, anAnalyzer())).requests).toBe(3);
  });

  it("does not make a large list be fetched again, which takes longer than all it wants", async () => {
    const others = Array.from({ length: 60_000 }, (_, i) => ({
      name: `node_modules/other/${"long".repeat(12)}/${i}.js`,
      content: "",
      stored: true,
    }));
    const bytes = aZip([
      { name: "a.js", content: "lib" },
      ...others,
      { name: "lib/x.js", content: "other" },
      { name: "other/y.js", content: "" },
    ]);
    let fetched = 0;
    const source = holdingList({
      tail: async (count) => ({ bytes: bytes.subarray(-count), total: bytes.length }),
      range: async (from, to) => {
        fetched += to - from;
        return bytes.subarray(from, to);
      },
    });
    const { files } = await readDirectory(source, () => false, new Room(100_000_000));
    const list = fetched;
    expect(list).toBeGreaterThan(4 * 1024 * 1024);
    await moreOfZip(source, () => {}).below(["lib"]);
    expect([files, fetched]).toEqual([60_003, list]);
  });

  it("is told what is too much of it", async () => {
    const files = [
      { name: "a.js", content: "lib" },
      { name: "lib/huge.js", content: noise(3_000_000) },
      { name: "lib/x.js", content: "" },
    ];
    const { readings } = await read(files, anAnalyzer());
    expect(readings[0]?.unread).toEqual([{ file: "lib/huge.js", why: "3 MB, and files of more than 2 MB are not read" }]);
  });

  it("comes to an end though every file names another one", async () => {
    const seen: string[][] = [];
    const chain = Array.from({ length: 40 }, (_, i) => ({ name: `f${i}/x.js`, content: `f${i + 1}` }));
    await read([{ name: "a.js", content: "f0" }, ...chain], anAnalyzer(seen));
    expect(seen[0]).toHaveLength(13);
  });
});

describe("the code of a function", () => {
  it("is read with the packages of the same people that it loads", async () => {
    const files = [
      { name: "a.js", content: `const { put } = require("orders-lib"); exports.handler = () => put("1");` },
      { name: "node_modules/orders-lib/package.json", content: `{ "main": "dist/index.js" }` },
      {
        name: "node_modules/orders-lib/dist/index.js",
        content: `const { SQS } = require("@aws-sdk/client-sqs"); exports.put = (id) => new SQS({}).sendMessage({ QueueUrl: process.env.QUEUE, MessageBody: id });`,
      },
    ];
    const { readings, requests } = await read(files, analyzerFor("nodejs24.x") as Analyzer);
    const summary = readings[0]?.summary as CodeSummary;
    expect(summary.calls).toMatchObject([{ client: "sqs", operation: "SendMessage", confidence: "high" }]);
    expect(requests).toBe(1);
  });
});

describe("whether a file lies in one of some folders", () => {
  it("is the same as asking for every folder above it", () => {
    const words = ["a", "b", "ab", "a-b", "a.b", "a b", "node_modules", "\u00e4", "\ud83d\ude00", "\uff5e"];
    let seed = 7;
    const any = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return words[(seed >> 8) % words.length] ?? "";
    };
    const path = (depth: number) => Array.from({ length: depth }, any).join("/");
    const folders = Array.from({ length: 60 }, (_, i) => path((i % 4) + 1) + (i % 3 === 0 ? "/" : ""));
    const above = (name: string) => folders.some((folder) => name.startsWith(`${folder.replace(/\/$/, "")}/`));
    const names = Array.from({ length: 3000 }, (_, i) => path((i % 6) + 1));
    const isBelow = belowAny(folders);
    expect(names.filter(isBelow)).toEqual(names.filter(above));
    expect(names.filter(isBelow).length).toBeGreaterThan(100);
    expect(names.map(belowAny([])).includes(true)).toBe(false);
  });

  it("takes no time that grows with the depth of names", { timeout: 20_000 }, () => {
    const isBelow = belowAny(["node_modules/x"]);
    const names = Array.from({ length: 500 }, (_, i) => `${"a/".repeat(32_000)}${i}`);
    expect(names.some(isBelow)).toBe(false);
  });
});

describe("an analyzer that fails while it says what more it wants", () => {
  it("has the first files, and the reading says what is missing", async () => {
    const seen: string[][] = [];
    const failing = { ...anAnalyzer(seen), wantsMore: () => Promise.reject(new Error("too many")) };
    const { readings } = await read([{ name: "a.js", content: "" }], failing);
    expect(readings[0]).toMatchObject({ unread: [{ file: "a.js", why: "packages beside it are not read: too many" }], summary: {} });
    expect(seen).toEqual([["a.js"], ["a.js"]]);
  });
});
