import { describe, expect, it, test } from "vitest";
import { artifactBytes } from "../../shared/artifacts/artifact-bytes.ts";
import type { Inspector } from "../../shared/artifacts/inspector.ts";
import { readArtifact } from "../../shared/artifacts/read-artifact.ts";
import { Room } from "../../shared/artifacts/room.ts";
import { readDirectory } from "../../shared/artifacts/zip-directory.ts";
import { unpackInPieces } from "../../shared/artifacts/zip-pieces.ts";
import type { ByteRange } from "../../shared/aws/ranged-get.ts";
import { aZip, sourceOf } from "./a-zip.ts";
import { anAnalyzer } from "./an-analyzer.ts";

const mb = 1024 * 1024;

/** A zip behind a link that notes which bytes were asked for. */
function behindLink(zip: Buffer) {
  const asked: [number, number][] = [];
  const source = artifactBytes(async (range: ByteRange) => {
    const [from, to] = "last" in range ? [Math.max(0, zip.length - range.last), zip.length] : [range.from, range.to];
    asked.push([from, to]);
    return { bytes: zip.subarray(from, to), from, total: zip.length };
  });
  return { source, asked };
}

const noise = (bytes: number) => Buffer.from(Array.from({ length: bytes }, (_, i) => (i * 7919 + (i >> 3)) % 251));

describe("the bytes of an artifact", () => {
  it("are fetched once, whoever asks for them in which pieces, and are what they are", async () => {
    const bytes = noise(2 * mb);
    const { source, asked } = behindLink(bytes);
    await source.tail(65_557);
    for (const [from, to] of [
      [100_000, 200_000],
      [150_000, 160_000],
      [50_000, 400_000],
      [0, mb],
      [mb, bytes.length],
    ] as const)
      expect((await source.range(from, to)).equals(bytes.subarray(from, to)), `${from} to ${to}`).toBe(true);
    const fetched = asked.reduce((sum, [from, to]) => sum + to - from, 0);
    expect(fetched).toBe(bytes.length);
  });

  it("are fetched again where more than eight megabytes were asked for since: they are not kept for ever", async () => {
    const bytes = noise(12 * mb);
    const { source, asked } = behindLink(bytes);
    await source.tail(65_557);
    await source.range(0, 1000);
    await source.range(mb, 9 * mb);
    await source.range(0, 1000);
    expect(asked.filter(([from]) => from === 0)).toHaveLength(2);
  });

  it("that lie between kept ones and are fewer than a request costs are fetched with them", async () => {
    const { source, asked } = behindLink(noise(mb));
    await source.tail(65_557);
    await source.range(100_000, 110_000);
    await source.range(50_000, 200_000);
    expect(asked.slice(2)).toEqual([[50_000, 200_000]]);
  });
});

describe("one pass over an artifact", () => {
  it("fetches for code and contents what either wants, the list of files once and no file twice", async () => {
    // noise does not pack: the zip is large, and its end does not hold everything
    const zip = aZip([
      { name: "data.bin", content: noise(300_000), stored: true },
      { name: "index.js", content: Buffer.concat([Buffer.from("call s3 GetObject\n//"), noise(200_000)]), stored: true },
      { name: "more.bin", content: noise(300_000), stored: true },
      { name: "packages.txt", content: "left 1.0.0", stored: true },
    ]);
    const { source, asked } = behindLink(zip);
    const inspector: Inspector<readonly string[]> = {
      wishOf: (path) => (path === "index.js" || path === "packages.txt" ? "content" : undefined),
      digest: async () => undefined,
      missing: () => new Set(),
      read: ({ files }) => files.map(({ path, content }) => `${path} ${content.length}`),
    };
    const analyzer = anAnalyzer();
    const question = { kind: analyzer.kind, runtime: "nodejs24.x" };
    const { readings, inspected } = await readArtifact(source, [{ question, analyzer }], new Room(64 * mb), inspector);
    expect(readings).toMatchObject([{ summary: { calls: [{ client: "s3", operation: "GetObject" }] } }]);
    expect(inspected).toEqual({ summary: ["index.js 200020", "packages.txt 10"] });
    expect(asked).toHaveLength(2);
    expect(asked.reduce((sum, [from, to]) => sum + to - from, 0)).toBeLessThan(zip.length / 2);
  });

  it("keeps what was learned of the code where the contents are refused", async () => {
    const zip = aZip([
      { name: "index.js", content: "call s3 GetObject" },
      { name: "packages.txt", content: "left", lies: { flags: 1 } },
    ]);
    const inspector: Inspector<string> = {
      wishOf: (path) => (path === "packages.txt" ? "content" : undefined),
      digest: async () => undefined,
      missing: () => new Set(),
      read: () => "read",
    };
    const analyzer = anAnalyzer();
    const question = { kind: analyzer.kind, runtime: "nodejs24.x" };
    const { readings, inspected } = await readArtifact(behindLink(zip).source, [{ question, analyzer }], new Room(64 * mb), inspector);
    expect(readings).toHaveLength(1);
    expect(inspected).toMatchObject({ code: "ZipEncrypted" });
  });
});

test("a large file is fetched as it is unpacked, not far ahead of it: what is not wanted any more was not fetched", async () => {
  const source = sourceOf(aZip([{ name: "bootstrap", content: noise(24 * mb), stored: true }]));
  const { wanted } = await readDirectory(source, () => true, new Room(mb));
  const before = source.asked.length;
  for await (const piece of unpackInPieces(source, wanted[0] as (typeof wanted)[number])) {
    expect(piece.length).toBeLessThanOrEqual(2 * mb);
    break;
  }
  // its header, the piece, and at most two more on the way
  expect(source.asked.length - before).toBeLessThanOrEqual(4);
});
