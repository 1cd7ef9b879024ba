import { describe, expect, test } from "vitest";
import { goBuildInfo } from "../../../shared/libraries/packages/go-build-info.ts";
import { listPackages, told } from "./list-packages.ts";

const dataAt = 600_000;

function varint(n: number): Buffer {
  return n < 0x80 ? Buffer.from([n]) : Buffer.concat([Buffer.from([(n & 0x7f) | 0x80]), varint(n >> 7)]);
}

function text(value: string | Buffer): Buffer {
  return Buffer.concat([varint(value.length), Buffer.from(value)]);
}

/** An ELF program with one segment of code and one of data, whose start is what the linker of Go writes. */
function aProgram(go: string, lines: readonly string[], { flags = 2, mark = "\xff Go buildinf:" } = {}): Buffer {
  const head = Buffer.alloc(dataAt);
  head.writeUInt32BE(0x7f454c46, 0);
  head.set([2, 1, 1], 4);
  head.writeBigUInt64LE(64n, 32);
  head.writeUInt16LE(56, 54);
  head.writeUInt16LE(2, 56);
  for (const [at, permission, offset] of [
    [64, 5, 0],
    [120, 6, dataAt],
  ] as const) {
    head.writeUInt32LE(1, at);
    head.writeUInt32LE(permission, at + 4);
    head.writeBigUInt64LE(BigInt(offset), at + 8);
  }
  // a text in the code that looks like the mark is none
  head.write("\xff Go buildinf:\x08\x02", 4096, "latin1");
  for (let i = 5000; i < dataAt; i += 7) head[i] = (i * 31) & 0xff;
  const info = Buffer.alloc(32);
  info.write(mark, 0, "latin1");
  info.set([8, flags], 14);
  const border = Buffer.alloc(16, 1);
  const modules = lines.length > 0 ? Buffer.concat([border, Buffer.from(`${lines.join("\n")}\n`), border]) : Buffer.alloc(0);
  return Buffer.concat([head, Buffer.alloc(48), info, text(go), text(modules), Buffer.alloc(1000, 3)]);
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const lines = [
  "path\texample.com/app",
  "mod\texample.com/app\t(devel)\t",
  "dep\tgithub.com/a/b\tv1.2.3\th1:x",
  "dep\tgithub.com/c/d\tv2.0.0+incompatible\th1:x",
  "dep\tgithub.com/old/e\tv1.0.0",
  "=>\tgithub.com/new/e\tv1.0.1-0.20230101000000-abcdefabcdef\th1:x",
  "dep\tgithub.com/local/f\tv1.0.0",
  "=>\t./f\t",
  "build\tGOOS=linux",
];

describe("a program of Go", () => {
  test("tells its modules, what replaced them, and the standard library; not itself", async () => {
    const { packages, coverage } = await listPackages({ bootstrap: aProgram("go1.22.3", lines) });
    expect(told(packages)).toEqual([
      "github.com/a/b@1.2.3",
      "github.com/c/d@2.0.0+incompatible",
      "github.com/local/f@?",
      "github.com/new/e@1.0.1-0.20230101000000-abcdefabcdef",
      "stdlib@1.22.3",
    ]);
    expect(packages[1]?.purl).toBe("pkg:golang/github.com/c/d@2.0.0%2Bincompatible");
    expect(coverage.status).toBe("complete");
  });

  test.each([1, 13, 4096, 1_000_000])("is told the same in pieces of %i bytes", async (size) => {
    expect(await goBuildInfo(inPieces(aProgram("go1.22.3", lines), size))).toEqual({ go: "go1.22.3", modules: `${lines.join("\n")}\n` });
  });

  test.each([
    ["go1.22.3 X:boringcrypto", "stdlib@1.22.3"],
    ["devel go1.24-abcdef", "stdlib@?"],
    ["go1.23rc1", "stdlib@1.23rc1"],
  ])("built by %s has %s", async (go, stdlib) => {
    expect(told((await listPackages({ bootstrap: aProgram(go, ["dep\ta.b/c\tv1.0.0"]) })).packages)).toContain(stdlib);
  });

  test.each([
    ["before 1.18", aProgram("go1.17", lines, { flags: 0 })],
    ["of another language", aProgram("", [], { mark: "something else" })],
    ["cut off", aProgram("go1.22.3", lines).subarray(0, dataAt + 100)],
    ["with a length beyond reason", Buffer.concat([aProgram("x", []).subarray(0, dataAt + 48 + 32), Buffer.alloc(100, 0xff)])],
  ])("that is %s is unknown", async (_what, program) => {
    const { packages, coverage } = await listPackages({ bootstrap: program });
    expect(packages).toEqual([]);
    expect(coverage).toMatchObject({ status: "unknown", opaque: [{ file: "bootstrap" }] });
  });

  test("without its list of modules is known in part; data is no program", async () => {
    expect((await listPackages({ bootstrap: aProgram("go1.22.3", []) })).coverage.status).toBe("partial");
    expect((await listPackages({ data: Buffer.alloc(dataAt, "some data, as long as a program. ") })).coverage.status).toBe("complete");
  });
});
