import { randomBytes } from "node:crypto";
import { describe, expect, it, test } from "vitest";
import { Room } from "../../shared/artifacts/room.ts";
import { readDirectory } from "../../shared/artifacts/zip-directory.ts";
import { readFiles, usualLimits } from "../../shared/artifacts/zip-files.ts";
import { aZip, type FileInZip, sourceOf, type ZipShape } from "./a-zip.ts";

const everything = () => true;

async function contents(zip: Buffer, wants: (name: string) => boolean = everything, limits = usualLimits) {
  const source = sourceOf(zip);
  const { wanted, files } = await readDirectory(source, ({ name }) => wants(name), new Room(1_000_000));
  const read: Record<string, string> = {};
  for await (const file of readFiles(source, wanted, limits)) {
    read[file.entry.name] = "unread" in file ? `unread: ${file.unread}` : file.content.toString("utf8");
  }
  return { read, files, asked: source.asked };
}

const two: FileInZip[] = [
  { name: "index.mjs", content: "export const handler = 1;" },
  { name: "lib/orders.mjs", content: "export const orders = 2;", stored: true },
];
const both = { "index.mjs": "export const handler = 1;", "lib/orders.mjs": "export const orders = 2;" };

describe("a zip", () => {
  test.each<[string, FileInZip[], ZipShape]>([
    ["as everybody writes it", two, {}],
    ["with a comment", two, { comment: Buffer.from("built on a Tuesday") }],
    ["whose comment holds the signature of an end record", two, { comment: Buffer.from("PK\x05\x06 and so on, and so on, and so on") }],
    ["with bytes before it", two, { prefix: Buffer.from("#!/bin/sh\nexit 1\n") }],
    ["with the end of zip64", two, { zip64: true }],
    ["with the end of zip64 and bytes before it", two, { zip64: true, prefix: randomBytes(99) }],
    ["with the sizes of zip64", two.map((file) => ({ ...file, zip64: true })), {}],
    ["whose sizes stand behind the content", two.map((file) => ({ ...file, describedLater: true })), {}],
    ["with longer local headers than the list says", two.map((file) => ({ ...file, localExtra: 4_000 })), {}],
    ["with gaps", two.map((file) => ({ ...file, gap: 100_000 })), {}],
  ])("%s is read", async (_how, files, shape) => {
    expect((await contents(aZip(files, shape))).read).toEqual(both);
  });

  it("without files has none", async () => {
    expect(await contents(aZip([]))).toMatchObject({ read: {}, files: 0 });
  });

  it("with names of any kind gives names, not paths", async () => {
    const names = ["../../etc/passwd", "/etc/shadow", "C:\\x", "a\0b", "ünïcode/ß.py"];
    const { read } = await contents(aZip(names.map((name) => ({ name, content: name }))));
    expect(Object.keys(read)).toEqual(names);
  });

  it("shows what it holds of an empty file, and passes over folders", async () => {
    const zip = aZip([
      { name: "lib/", content: "", stored: true },
      { name: "lib/__init__.py", content: "", stored: true },
      { name: "lib/empty.py", content: "" },
    ]);
    expect((await contents(zip)).read).toEqual({ "lib/__init__.py": "", "lib/empty.py": "" });
  });

  it("is read for what is wanted only: the end, and then one range", async () => {
    const filler = Array.from({ length: 40 }, (_, i) => ({ name: `data/${i}.bin`, content: randomBytes(50_000), stored: true }));
    const zip = aZip([...filler.slice(0, 20), ...two, ...filler.slice(20)]);
    const { read, asked } = await contents(zip, (name) => name.endsWith(".mjs"));
    expect(read).toEqual(both);
    expect(asked).toHaveLength(2);
    expect((asked[1]?.[1] ?? 0) - (asked[1]?.[0] ?? 0)).toBeLessThan(3_000);
  });

  it("fetches neighbours at once up to a gap of 32 KB, and the others apart", async () => {
    const filler = (name: string, bytes: number): FileInZip => ({ name, content: randomBytes(bytes), stored: true });
    const code = (name: string): FileInZip => ({ name, content: "code" });
    const zip = aZip([code("a.js"), filler("x", 20_000), code("b.js"), filler("y", 200_000), code("c.js"), filler("z", 200_000)]);
    const { read, asked } = await contents(zip, (name) => name.endsWith(".js"));
    expect(Object.keys(read)).toEqual(["a.js", "b.js", "c.js"]);
    expect(asked).toHaveLength(3);
  });

  it("whose list is longer than its tail is asked for the list once more", async () => {
    const many = Array.from({ length: 3_000 }, (_, i) => ({ name: `node_modules/package-${i}/index.js`, content: "" }));
    const { files, asked } = await contents(aZip([...two, ...many]), (name) => !name.startsWith("node_modules"));
    expect(files).toBe(3_002);
    expect(asked).toHaveLength(3);
  });

  it("leaves files that are too large, and says so", async () => {
    const limits = { fileBytes: 2_000_000, totalBytes: 2_500_000 };
    const text = (bytes: number) => randomBytes(bytes / 2).toString("hex");
    const zip = aZip([
      { name: "a.js", content: text(1_500_000) },
      { name: "huge.js", content: text(3_000_000) },
      { name: "b.js", content: text(1_500_000) },
      { name: "c.js", content: "small" },
    ]);
    const { read } = await contents(zip, everything, limits);
    expect(read["huge.js"]).toBe("unread: 3 MB, and files of more than 2 MB are not read");
    expect(read["b.js"]).toBe("unread: more than 3 MB of code in one zip are not read");
    expect(read["c.js"]).toBe("small");
    expect(read["a.js"]).toHaveLength(1_500_000);
  });
});

describe("refused is", () => {
  const refusedAs = (zip: Buffer) =>
    contents(zip).then(
      () => "read",
      ({ name }: Error) => name,
    );
  const end = Buffer.from("PK\x05\x06");

  test.each<[string, Buffer, string]>([
    ["what is no zip", Buffer.from("hello, this is not a zip at all"), "ZipWithoutEnd"],
    ["what is empty", Buffer.alloc(0), "ZipWithoutEnd"],
    ["a zip without its last byte", aZip(two).subarray(0, -1), "ZipWithoutEnd"],
    ["a zip without its second half", aZip(two).subarray(0, 90), "ZipWithoutEnd"],
    ["a zip without its first bytes", aZip(two).subarray(10), "ZipWithoutEnd"],
    ["an end record alone that lists a file", aZip([], { end: { files: 1 } }), "ZipDamaged"],
    ["a part of several", aZip(two, { end: { disk: 1 } }), "ZipInPieces"],
    ["a list of more files than there are", aZip(two, { end: { files: 3 } }), "ZipDamaged"],
    ["a list of fewer files than there are", aZip(two, { end: { files: 1 } }), "ZipDamaged"],
    ["too many files", aZip(two, { zip64: true, end: { files: 200_001 } }), "ZipTooManyFiles"],
    [
      "a list that is too large",
      Buffer.concat([Buffer.alloc(70_000_000), aZip([], { end: { bytes: 69_000_000, offset: 0 } })]),
      "ZipDirectoryTooLarge",
    ],
    ["a bomb", aZip([{ name: "index.js", content: Buffer.alloc(3_000_000) }]), "ZipBomb"],
    ["a bomb that says it is small", aZip([{ name: "index.js", content: Buffer.alloc(3_000_000), lies: { bytes: 100 } }]), "ZipLyingSize"],
    ["a file that says it is larger", aZip([{ name: "index.js", content: "short", lies: { bytes: 100 } }]), "ZipLyingSize"],
    ["a stored file of two sizes", aZip([{ name: "a", content: "short", stored: true, lies: { bytes: 4 } }]), "ZipLyingSize"],
    ["a packed size beyond the list", aZip([{ name: "a", content: "short", lies: { packedBytes: 9_000 } }]), "ZipDamaged"],
    [
      "a packed size that reaches into the next file",
      aZip([{ name: "a", content: "short", lies: { packedBytes: 60 } }, ...two]),
      "ZipOverlap",
    ],
    ["a packed size that is too small", aZip([{ name: "a", content: "not so short at all", lies: { packedBytes: 4 } }]), "ZipDamaged"],
    ["the same bytes under two names", aZip([...two, { name: "again", content: "", lies: { start: 0 } }]), "ZipOverlap"],
    ["a file that begins within another", aZip([...two, { name: "again", content: "", lies: { start: 20 } }]), "ZipOverlap"],
    ["an encrypted file", aZip([{ name: "a", content: "x", lies: { flags: 1 } }]), "ZipEncrypted"],
    ["an unknown method", aZip([{ name: "a", content: "x", lies: { method: 14 } }]), "ZipUnknownMethod"],
    ["a wrong checksum", aZip([{ name: "a", content: "x", lies: { crc: 7 } }]), "ZipDamaged"],
    ["another name before the content than in the list", aZip([{ name: "a", content: "x", lies: { localName: "b" } }]), "ZipDamaged"],
    ["a file that begins where none does", aZip([{ name: "a", content: "x", lies: { start: 3 } }]), "ZipDamaged"],
    ["a zip in the comment of a zip", aZip(two, { comment: aZip([{ name: "index.mjs", content: "another" }]) }), "ZipAmbiguous"],
    ["a false end record that could be one", aZip(two, { comment: Buffer.concat([end, Buffer.alloc(18)]) }), "ZipAmbiguous"],
  ])("%s", async (_what, zip, code) => {
    expect(await refusedAs(zip)).toBe(code);
  });

  it("whatever one bit turned makes of a zip, or it is read; it never hangs and never answers something else", async () => {
    const zip = aZip([...two, { name: "more.py", content: "import boto3\n".repeat(50), describedLater: true }], {
      comment: Buffer.from("c"),
    });
    const right = (await contents(zip)).read;
    for (let bit = 0; bit < zip.length * 8; bit += 1) {
      const turned = Buffer.from(zip);
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const read = await contents(turned).then(
        (answer) => answer.read,
        (error: Error) => error.name,
      );
      if (typeof read === "string") expect(read, `bit ${bit}`).toMatch(/^Zip/);
      else for (const content of Object.values(read)) expect(Object.values(right), `bit ${bit}`).toContain(content);
    }
  });
});
