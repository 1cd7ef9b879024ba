// Tars as tools write them, and as somebody would who means harm.
import { describe, expect, it, test } from "vitest";
import { tarEntries } from "../../shared/artifacts/tar-entries.ts";
import { aTar, record, type TarFile } from "./a-layer.ts";

/** In pieces of odd lengths, as they come out of an unpacker. */
async function* inPieces(tar: Buffer, length = 777): AsyncGenerator<Buffer> {
  for (let at = 0; at < tar.length; at += length) yield tar.subarray(at, at + length);
}

async function entriesOf(tar: Buffer, { takes = true, length = 777 } = {}) {
  const found: { name: string; kind: string; bytes: number; text?: string; target?: string }[] = [];
  for await (const { name, kind, bytes, content, target } of tarEntries(inPieces(tar, length))) {
    const parts: Buffer[] = [];
    if (takes) for await (const part of content()) parts.push(part);
    found.push({
      name,
      kind,
      bytes,
      ...(takes ? { text: Buffer.concat(parts).toString() } : {}),
      ...(target === undefined ? {} : { target }),
    });
  }
  return found;
}

const namesIn = async (files: readonly TarFile[]) => (await entriesOf(aTar(files))).map(({ name }) => name);
const file = (name: string, content = "x"): TarFile => ({ name, content });

describe("a tar", () => {
  it("gives its files with their content, in its order, also where nobody takes the content, or only a part of it", async () => {
    const tar = aTar([file("a/one.txt", "first"), file("empty", ""), file("a/two.txt", "y".repeat(5000))]);
    expect(await entriesOf(tar)).toEqual([
      { name: "a/one.txt", kind: "file", bytes: 5, text: "first" },
      { name: "empty", kind: "file", bytes: 0, text: "" },
      { name: "a/two.txt", kind: "file", bytes: 5000, text: "y".repeat(5000) },
    ]);
    expect((await entriesOf(tar, { takes: false })).map(({ name }) => name)).toEqual(["a/one.txt", "empty", "a/two.txt"]);
    const begun: string[] = [];
    for await (const { name, content } of tarEntries(inPieces(tar, 512))) {
      begun.push(name);
      for await (const _ of content()) break;
    }
    expect(begun).toEqual(["a/one.txt", "empty", "a/two.txt"]);
  });

  it("tells links, folders, devices and files with holes apart", async () => {
    const kinds = await entriesOf(
      aTar([
        file("real"),
        { name: "second", flag: "1", link: "./real" },
        { name: "soft", flag: "2", link: "/etc/passwd" },
        { name: "folder/", flag: "5" },
        { name: "old-folder/" },
        { name: "null", flag: "3" },
        { name: "sparse", flag: "S", content: "data" },
        { name: "PaxHeaders/1", flag: "x", content: record("GNU.sparse.major", "1") + record("GNU.sparse.name", "modern-sparse") },
        file("GNUSparseFile.0/x"),
      ]),
    );
    expect(kinds.map(({ name, kind, target }) => [name, kind, target])).toEqual([
      ["real", "file", undefined],
      ["second", "hard link", "real"],
      ["soft", "link", undefined],
      ["folder", "folder", undefined],
      ["old-folder", "folder", undefined],
      ["null", "other", undefined],
      ["sparse", "holes", undefined],
      ["modern-sparse", "holes", undefined],
    ]);
  });

  it("has long names by pax, by GNU's way and by the prefix of ustar", async () => {
    const long = `${"folder/".repeat(30)}file.txt`;
    const gnu: TarFile[] = [{ name: "././@LongLink", flag: "L", content: `${long}\0` }, file("cut")];
    const prefixed = { ...file("file.txt"), spoil: (head: Buffer) => void head.write("a/prefix", 345) };
    expect(await namesIn([file(long), ...gnu, prefixed])).toEqual([long, long, "a/prefix/file.txt"]);
  });

  it("has sizes by pax and in binary", async () => {
    const spoil = (head: Buffer) => {
      head.fill(0, 124, 136);
      head[124] = 0x80;
      head[135] = 5;
    };
    const binary = { ...file("b", "12345"), spoil };
    const pax: TarFile = { name: "PaxHeaders/1", flag: "x", content: record("size", "3") };
    const [first, second] = await entriesOf(aTar([binary, pax, { ...file("p", "abc"), bytes: 0 }]));
    expect([first?.text, second?.text]).toEqual(["12345", "abc"]);
  });

  it("leads nowhere outside: names are what they would be under a root", async () => {
    const names = ["/etc/passwd", "./var/task/a.js", "../../escape", "a/../../b", "a//b/./c", "dir/.wh..wh..opq", "win\\dows"];
    expect(await namesIn(names.map((name) => file(name)))).toEqual([
      "etc/passwd",
      "var/task/a.js",
      "escape",
      "b",
      "a/b/c",
      "dir/.wh..wh..opq",
      "win\\dows",
    ]);
  });

  it("may end without the blocks that end it; what stands after them is nothing of it", async () => {
    expect(await entriesOf(aTar([file("a")], { ends: false }))).toHaveLength(1);
    expect(await entriesOf(Buffer.concat([aTar([file("a")]), aTar([file("hidden")])]))).toHaveLength(1);
    expect(await entriesOf(Buffer.alloc(0))).toEqual([]);
  });

  const good = aTar([file("a", "content"), file("b", "content")]);
  test.each<[string, Buffer, string]>([
    ["that is cut off in a file", good.subarray(0, 515), "TarDamaged"],
    ["that is cut off in a head", good.subarray(0, 1200), "TarDamaged"],
    ["that is something else", Buffer.from("<html>".repeat(200)), "TarDamaged"],
    ["whose head was changed", Buffer.concat([good.subarray(0, 1024), Buffer.from("c"), good.subarray(1025)]), "TarDamaged"],
    ["that says it has more than there is", aTar([{ ...file("a"), bytes: 5_000_000 }]), "TarDamaged"],
    ["with a size that is no number", aTar([{ ...file("a"), spoil: (head) => void head.write("12x45", 124) }]), "TarDamaged"],
    ["with a size beyond all numbers", aTar([{ ...file("a"), spoil: (head) => void head.fill(0xff, 124, 136) }]), "TarDamaged"],
    [
      "with a pax head that says the size is none",
      aTar([{ name: "p", flag: "x", content: record("size", "-1") }, file("a")]),
      "TarDamaged",
    ],
    ["with a pax head whose lengths lie", aTar([{ name: "p", flag: "x", content: "999 path=a\n" }, file("a")]), "TarDamaged"],
    ["with a pax head of many megabytes", aTar([{ name: "p", flag: "x", content: "x".repeat(2_000_000) }, file("a")]), "TarNameTooLong"],
    ["with a name of many kilobytes", aTar([{ name: "L", flag: "L", content: "n".repeat(9000) }, file("a")]), "TarNameTooLong"],
  ])("%s is refused", async (_, tar, code) => {
    await expect(entriesOf(tar)).rejects.toMatchObject({ name: code });
  });
});
