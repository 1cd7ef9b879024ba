import { describe, expect, it } from "vitest";
import type { ArtifactFile } from "../../shared/artifacts/analyzer.ts";
import { atMost } from "../../shared/artifacts/at-most.ts";
import { anAnalyzer } from "./an-analyzer.ts";

const file = (path: string, characters: number) => ({ path, text: `call s3 ${path.replaceAll(/\W/g, "_")}\n`.padEnd(characters, "\n") });

async function read(files: readonly ReturnType<typeof file>[], handler: string) {
  const ownOf = async (all: readonly ArtifactFile[]) =>
    all
      .filter(({ path }) => !path.startsWith("vendor/"))
      .map((one) => ({ file: one, weight: one.path.endsWith(".min.js") ? 2 * one.text.length : one.text.length }));
  const { calls, unread } = await atMost(1_000, anAnalyzer(), ownOf).read(files, { handler });
  return { read: calls.map(({ operation }) => operation), left: unread.map(({ file }) => file) };
}

describe("an analyzer that takes only so much at once", () => {
  it("is given everything where that fits", async () => {
    expect(await read([file("b.js", 400), file("a.js", 400)], "a.handler")).toEqual({ read: ["b_js", "a_js"], left: [] });
  });

  it("is given the handler's file first, then what lies least deep, then the smallest, and says what it was not given", async () => {
    const files = [file("lib/deep.js", 50), file("large.js", 600), file("small.js", 200), file("src/orders.js", 700)];
    expect(await read(files, "src/orders.handler")).toEqual({ read: ["src_orders_js", "small_js", "lib_deep_js"], left: ["large.js"] });
  });

  it("is not given what is not the function's own, which takes no room", async () => {
    expect(await read([file("vendor/huge.js", 5_000), file("a.js", 900)], "a.handler")).toEqual({ read: ["a_js"], left: [] });
  });

  it("is given less of what weighs more", async () => {
    const files = [file("a.min.js", 600), file("b.min.js", 400)];
    expect(await read(files, "b.min.handler")).toEqual({ read: ["b_min_js"], left: ["a.min.js"] });
  });

  it("is given nothing where a single file is too much", async () => {
    expect(await read([file("bundle.js", 5_000)], "bundle.handler")).toEqual({ read: [], left: ["bundle.js"] });
  });
});
