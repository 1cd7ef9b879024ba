import { describe, expect, test } from "vitest";
import { goBuildInfo } from "../../../shared/libraries/packages/go-build-info.ts";
import { aGoProgram, usualCodeBytes } from "./a-go-program.ts";
import { listPackages, told } from "./list-packages.ts";

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
    const { packages, coverage } = await listPackages({ bootstrap: aGoProgram("go1.22.3", lines) });
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
    expect(await goBuildInfo(inPieces(aGoProgram("go1.22.3", lines), size))).toEqual({ go: "go1.22.3", modules: `${lines.join("\n")}\n` });
  });

  test.each([
    ["go1.22.3 X:boringcrypto", "stdlib@1.22.3"],
    ["devel go1.24-abcdef", "stdlib@?"],
    ["go1.23rc1", "stdlib@1.23rc1"],
  ])("built by %s has %s", async (go, stdlib) => {
    expect(told((await listPackages({ bootstrap: aGoProgram(go, ["dep\ta.b/c\tv1.0.0"]) })).packages)).toContain(stdlib);
  });

  test.each([
    ["before 1.18", aGoProgram("go1.17", lines, { flags: 0 })],
    ["of another language", aGoProgram("", [], { mark: "something else" })],
    ["cut off", aGoProgram("go1.22.3", lines).subarray(0, usualCodeBytes + 100)],
    ["with a length beyond reason", Buffer.concat([aGoProgram("x", []).subarray(0, usualCodeBytes + 48 + 32), Buffer.alloc(100, 0xff)])],
  ])("that is %s is unknown", async (_what, program) => {
    const { packages, coverage } = await listPackages({ bootstrap: program });
    expect(packages).toEqual([]);
    expect(coverage).toMatchObject({ status: "unknown", opaque: [{ file: "bootstrap" }] });
  });

  test("without its list of modules is known in part; data is no program", async () => {
    expect((await listPackages({ bootstrap: aGoProgram("go1.22.3", []) })).coverage.status).toBe("partial");
    expect((await listPackages({ data: Buffer.alloc(usualCodeBytes, "some data, as long as a program. ") })).coverage.status).toBe(
      "complete",
    );
  });
});
