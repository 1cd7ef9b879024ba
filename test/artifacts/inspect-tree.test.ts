import { describe, expect, test } from "vitest";
import type { ByteSource } from "../../shared/artifacts/byte-source.ts";
import { bytesInMemory, zipTree } from "../../shared/artifacts/file-tree.ts";
import { inspectTree } from "../../shared/artifacts/inspect-tree.ts";
import type { Found, Inspector, Wish } from "../../shared/artifacts/inspector.ts";
import { Room } from "../../shared/artifacts/room.ts";
import { aZip, type FileInZip } from "./a-zip.ts";

/** Wants by suffix, and answers what it was given. */
function anInspector(wishes: Readonly<Record<string, Wish>>, parts: Partial<Inspector<Found>> = {}): Inspector<Found> {
  return {
    wishOf: (path) => wishes[path.slice(path.lastIndexOf(".") + 1)],
    async digest(_path, pieces) {
      let bytes = 0;
      for await (const piece of pieces) bytes += piece.length;
      return `${bytes}`;
    },
    missing: () => new Set(),
    read: (found) => found,
    ...parts,
  };
}

const room = () => new Room(1_000_000);
const inspect = (zip: Buffer, inspector: Inspector<Found>) => inspectTree(zipTree(bytesInMemory(zip), room()), inspector);
const big = { name: "a.big", content: Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => ((i * i * 31) >> 9) & 0x3f)) };

describe("a file that is told in pieces", () => {
  test.each([[{}], [{ stored: true }], [{ describedLater: true }], [{ zip64: true }]] as const)("is told whole: %j", async (shape) => {
    const digests = (await inspect(aZip([{ ...big, ...shape }]), anInspector({ big: "pieces" }))).digests;
    expect(digests).toEqual([{ path: "a.big", digest: "3000000" }]);
  });

  const bad: readonly (readonly [string, FileInZip])[] = [
    ["ZipLyingSize", { ...big, lies: { bytes: 2_999_999 } }],
    ["ZipLyingSize", { ...big, lies: { bytes: 3_000_001 }, describedLater: true }],
    ["ZipDamaged", { ...big, lies: { crc: 1 } }],
    ["ZipDamaged", { ...big, lies: { localName: "b.big" } }],
    ["ZipBomb", { name: "a.big", content: Buffer.alloc(30_000_000) }],
  ];
  test.each(bad)("that lies is refused: %s", async (name, file) => {
    await expect(inspect(aZip([file]), anInspector({ big: "pieces" }))).rejects.toMatchObject({ name });
  });

  test("is not fetched further than somebody reads it", async () => {
    const noise = Buffer.from(Array.from({ length: 12_000_000 }, (_, i) => (i * i * 31) >> 7));
    const zip = aZip([{ name: "a.big", content: noise, stored: true }]);
    let fetched = 0;
    const memory = bytesInMemory(zip);
    const range = (from: number, to: number) => {
      fetched += to - from;
      return memory.range(from, to);
    };
    const counted: ByteSource = { ...memory, range };
    const digest = async (_path: string, pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) {
        if (piece.length > 0) return "enough";
      }
      return undefined;
    };
    expect((await inspectTree(zipTree(counted, room()), anInspector({ big: "pieces" }, { digest }))).digests).toHaveLength(1);
    expect(fetched).toBeLessThan(9_000_000);
  });
});

test("a second round reads what the first found missing, and only that", async () => {
  const zip = aZip(["a.first", "b.later", "c.later"].map((name) => ({ name, content: name })));
  const missing = ({ names, files }: Found) => new Set(files.length === 1 ? [names[1]?.path ?? ""] : []);
  const found = await inspect(zip, anInspector({ first: "content", later: "name" }, { missing }));
  expect(found.files.map(({ path, content }) => `${path}=${content}`)).toEqual(["a.first=a.first", "b.later=b.later"]);
  expect(found.names).toHaveLength(3);
});

test("an archive in it is looked into; one that is broken or a bomb costs itself only", async () => {
  const inner = aZip([{ name: "x.text", content: "deep" }]);
  const bomb = aZip([{ name: "y.text", content: Buffer.alloc(30_000_000) }]);
  const zip = aZip([
    { name: "one.zip", content: inner },
    { name: "bad.zip", content: "no zip" },
    { name: "bomb.zip", content: bomb, stored: true },
  ]);
  const found = await inspect(zip, anInspector({ zip: "archive", text: "content" }));
  expect(found.files.map(({ path, content }) => `${path}=${content}`)).toEqual(["one.zip!/x.text=deep"]);
  expect(found.unread.map(({ file }) => file)).toEqual(["bad.zip", "bomb.zip"]);
});
