// From the bytes that a registry sends to what is in a layer: proven, unpacked as it passes, never more than an image may have.
import { constants, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it, test } from "vitest";
import { inspectLayer, type LayerChanges, type LayerInspector } from "../../shared/artifacts/inspect-layer.ts";
import { layerBytes } from "../../shared/artifacts/layer-bytes.ts";
import { type TarEntry, tarEntries } from "../../shared/artifacts/tar-entries.ts";
import { aLayer, aTar, digestOf, type TarFile } from "./a-layer.ts";

const files: TarFile[] = [
  { name: "app/list.json", content: "{}" },
  { name: "app/code.js", content: "call()" },
];

async function bytesOf(packed: Buffer, { digest = digestOf(packed), bytes = packed.length, total = packed.length } = {}) {
  const asked: number[] = [];
  const read = async ({ from, to }: { from: number; to: number }) => {
    asked.push(to - from);
    return { bytes: packed.subarray(from, to), from, total };
  };
  const parts: Buffer[] = [];
  for await (const part of layerBytes(read as Parameters<typeof layerBytes>[0], { digest, bytes })) parts.push(part);
  return { unpacked: Buffer.concat(parts), asked };
}

describe("the bytes of a layer", () => {
  const tar = aTar(files);
  const summed = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };
  const skipped = Buffer.from("502a4d1804000000deadbeef", "hex");
  test.each([
    ["gzip", gzipSync(tar)],
    ["two members of gzip", Buffer.concat([gzipSync(tar.subarray(0, 700)), gzipSync(tar.subarray(700))])],
    ["zstd", zstdCompressSync(tar)],
    ["two frames of zstd", Buffer.concat([zstdCompressSync(tar.subarray(0, 1024)), zstdCompressSync(tar.subarray(1024))])],
    [
      "frames of zstd with sums, one of them empty, and lists to be skipped between and behind them",
      Buffer.concat([
        zstdCompressSync(tar.subarray(0, 1024), summed),
        skipped,
        zstdCompressSync(Buffer.alloc(0)),
        zstdCompressSync(tar.subarray(1024)),
        skipped,
      ]),
    ],
    ["nothing", tar],
  ])("packed by %s are unpacked, whatever the manifest calls them", async (_, packed) => {
    expect((await bytesOf(packed)).unpacked.equals(tar)).toBe(true);
  });

  it("are fetched some megabytes at a time", async () => {
    const noise = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => (i * i * 31 + (i >> 3)) & 255));
    const packed = gzipSync(aTar([{ name: "noise", content: Buffer.concat([noise, noise, noise]) }]), { level: 0 });
    const { asked } = await bytesOf(packed);
    expect(new Set(asked.slice(0, -1))).toEqual(new Set([1_048_576]));
    expect(asked.reduce((sum, bytes) => sum + bytes, 0)).toBe(packed.length);
  });

  test.each<[string, Buffer, object, string]>([
    ["of another digest", gzipSync(tar), { digest: digestOf("other") }, "LayerDigest"],
    ["of another size than the manifest says", gzipSync(tar), { total: 17 }, "LayerLyingSize"],
    ["that are cut off", gzipSync(tar).subarray(0, 80), {}, "LayerDamaged"],
    ["of zstd that are cut off between a frame and its sum", zstdCompressSync(tar, summed).subarray(0, -4), {}, "TarDamaged"],
    ["of zstd with something else behind", Buffer.concat([zstdCompressSync(tar), tar.subarray(0, 512)]), {}, "LayerDamaged"],
    ["that are damaged within", Buffer.concat([gzipSync(tar).subarray(0, 30), Buffer.alloc(200, 7)]), {}, "LayerDamaged"],
    ["that unpack to what nobody would write", gzipSync(Buffer.alloc(300 * 1024 * 1024)), {}, "LayerBomb"],
  ])("%s are refused", async (_, packed, more, code) => {
    await expect(bytesOf(packed, more)).rejects.toMatchObject({ name: code });
  });

  it("that are proven only at their end count for nothing before", async () => {
    const packed = aLayer(files);
    const read = async ({ from, to }: { from: number; to: number }) => ({ bytes: packed.subarray(from, to), from, total: packed.length });
    const pieces = layerBytes(read as Parameters<typeof layerBytes>[0], { digest: digestOf("other"), bytes: packed.length });
    await expect(inspectLayer(tarEntries(pieces), anInspector())).rejects.toMatchObject({ name: "LayerDigest" });
  });
});

interface Seen extends LayerChanges {
  readonly names: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly unread: readonly string[];
}

/** Wants the content of JSON, the names of code, and of `late.js` its content after all; zips are looked into. */
function anInspector(): LayerInspector<Seen> {
  return {
    wishOf: (path) => (path.endsWith(".json") ? "content" : path.endsWith(".js") ? "name" : path.endsWith(".zip") ? "archive" : undefined),
    digest: async () => undefined,
    missing: ({ names }) => new Set(names.flatMap(({ path }) => (path.endsWith("late.js") ? [path] : []))),
    mayMiss: (path) => path.endsWith(".js"),
    essenceOf: (_, content) => content,
    read: ({ names, files: read, unread }, changes) => ({
      names: names.map(({ path }) => path),
      files: Object.fromEntries(read.map(({ path, content }) => [path, content.toString()])),
      unread: unread.map(({ file, why }) => `${file}: ${why}`),
      ...changes,
    }),
  };
}

async function seen(...all: TarFile[]): Promise<Seen> {
  return inspectLayer(
    tarEntries(
      (async function* () {
        yield aTar(all);
      })(),
    ),
    anInspector(),
  );
}

describe("a layer", () => {
  it("tells what it removes of the layers below", async () => {
    const layer = await seen(
      { name: "app/.wh.old.js" },
      { name: "app/node_modules/.wh..wh..opq" },
      { name: ".wh.gone" },
      { name: "app/.wh..wh.plnk" },
      { name: "app/.wh." },
      { name: "app/.wh..." },
      { name: "app/current", flag: "2", link: "/opt/app" },
    );
    expect(layer).toMatchObject({ removed: ["app/old.js", "gone"], emptied: ["app/node_modules"], links: ["app/current"], names: [] });
  });

  it("gives content that is wanted only once all names are known: what has passed does not come back", async () => {
    const layer = await seen({ name: "a/late.js", content: "late" }, { name: "b.js", content: "b" }, { name: "c.json", content: "{}" });
    expect(layer.files).toEqual({ "c.json": "{}", "a/late.js": "late" });
    expect(layer.names).toEqual(["a/late.js", "b.js", "c.json"]);
  });

  it("has of a file that is written twice what was written last", async () => {
    const layer = await seen({ name: "a.json", content: "1" }, { name: "b.json", content: "b" }, { name: "./a.json", content: "2" });
    expect(layer.files).toEqual({ "b.json": "b", "a.json": "2" });
    expect(layer.names.toSorted()).toEqual(["a.json", "b.json"]);
    const many = Array.from({ length: 1100 }, () => ({ name: "a.json", content: "1" }));
    await expect(seen(...many)).rejects.toMatchObject({ name: "TarRepeats" });
  });

  test.each<[string, Partial<TarEntry>, string]>([
    ["files", { kind: "file" }, ".js"],
    ["folders of whiteouts", { kind: "file" }, "/.wh.x"],
    ["links", { kind: "link" }, ""],
    ["second names", { kind: "hard link", target: "a.js" }, ".js"],
  ])("whose names of %s would fill the memory is refused, however little it takes packed", async (_, kind, ending) => {
    const entries = async function* (): AsyncGenerator<TarEntry> {
      const content = async function* () {};
      for (let i = 0; i < 40_000; i += 1)
        yield { name: `${"d".repeat(ending === ".js" ? 900 : 4000)}${i}${ending}`, kind: "file", bytes: 0, content, ...kind };
    };
    await expect(inspectLayer(entries(), anInspector())).rejects.toMatchObject({ name: "TarLongNames" });
  });

  it("says of a file that lies deeper than installers put any that it is not read", async () => {
    const { names, unread } = await seen({ name: `${"d/".repeat(600)}a.json`, content: "{}" }, { name: "b.json", content: "{}" });
    expect(names).toEqual(["b.json"]);
    expect(unread).toEqual([expect.stringMatching(/^d\/d.*: its path is longer than 1024 characters$/)]);
  });

  it("knows a second name of a file by its first, and says where it cannot", async () => {
    const layer = await seen(
      { name: "store/one.json", content: "1" },
      { name: "app/same.json", flag: "1", link: "store/one.json" },
      { name: "store/ab/cdef", content: "unseen" },
      { name: "app/lost.json", flag: "1", link: "store/ab/cdef" },
      { name: "store/late.js", content: "late" },
      { name: "app/late.js", flag: "1", link: "store/late.js" },
      { name: "holes.json", flag: "S", content: "x" },
    );
    expect(layer.files).toMatchObject({ "app/same.json": "1", "app/late.js": "late" });
    expect(layer.unread).toEqual([
      "app/lost.json: it is a second name of store/ab/cdef, which is not read",
      "holes.json: it is written with holes",
    ]);
  });

  it("leaves what is too large for one layer, and says so", async () => {
    const large = { name: "large.json", content: Buffer.alloc(13 * 1024 * 1024, " ") };
    const many = Array.from({ length: 4 }, (_, i) => ({ name: `${i}.json`, content: Buffer.alloc(10 * 1024 * 1024, " ") }));
    const layer = await seen(large, ...many);
    expect(Object.keys(layer.files)).toEqual(["0.json", "1.json", "2.json"]);
    expect(layer.unread).toHaveLength(2);
  });
});
