import { describe, expect, test } from "vitest";
import { artifactLines, listLines, packageLines } from "../../shared/page-file/package-lines.ts";
import { reportPage } from "../../shared/page-file/report-page.ts";
import { arns } from "../an-account.ts";
import { aPageInput, means, partsIn, somePackages } from "./a-page.ts";

const places = new Map([[arns.orders, 4]]);

describe("the packages of all functions", () => {
  const listed = somePackages();

  test("name functions by their places; of those that are not in the page nothing stands there", () => {
    expect([...artifactLines(listed, places)]).toEqual([
      { usedBy: [4] },
      { usedBy: [[4, "7 (live)"]] },
      { layer: "arn:aws:lambda:eu-west-1:111122223333:layer:tools:3", usedBy: [4] },
      { usedBy: [] },
    ]);
  });

  test("say how many functions have each version, a function that has it twice once", () => {
    const [axios] = [...packageLines(listed, "all")];
    expect(axios?.versions.map(({ version, functions, list }) => [version, functions, list])).toEqual([
      ["1.7.2", 1, 0],
      ["1.8.2", 2, 1],
      ["0.21.1", 2, 2],
    ]);
    expect(axios?.versions[0]?.holes).toEqual({
      ids: ["GHSA-8hc4-vh64-cxmj"],
      aliases: ["CVE-2024-39338"],
      severity: "HIGH",
      malicious: false,
      fixed: "1.8.2",
      majorJump: false,
    });
  });

  test("where there is little room, which functions is said of those with holes only", () => {
    const [axios, retry] = [...packageLines(listed, "vulnerable")];
    expect(axios?.versions.map(({ functions, list }) => [functions, list])).toEqual([
      [1, 0],
      [2, undefined],
      [2, 1],
    ]);
    expect(retry?.versions).toEqual([{ version: "1.0.0", functions: 2 }]);
    expect([...listLines(listed, "vulnerable")]).toEqual([[0], [0, 2]]);
    expect([[...packageLines(listed, "none")], [...listLines(listed, "none")]]).toEqual([[], []]);
  });
});

describe("a page of packages", () => {
  const plain = { ...means, compress: async (pieces: Iterable<string>) => Buffer.from([...pieces].join("")) };
  // many versions without holes, each in other artifacts
  const many = somePackages({
    lists: Array.from({ length: 3000 }, (_, i) => [i % 4]),
    packages: [
      ...somePackages().packages,
      ...Array.from({ length: 3000 }, (_, i) => ({ ecosystem: "npm" as const, name: `p${i}`, versions: [{ version: "1.0.0", list: i }] })),
    ],
  });

  test("that is too large says how many versions lost their functions, and which command names them", async () => {
    const whole = Buffer.byteLength((await reportPage(aPageInput({ packages: many }), plain, 1e9)).html);
    const { html, left } = await reportPage(aPageInput({ packages: many }), plain, whole - 30_000);
    expect(left.join("\n")).toMatch(/Of 3,0\d\d versions of packages without known holes .*: smalltarget libraries --package NAME/);
    expect(partsIn(html).packages.at(-1)?.versions).toEqual([{ version: "1.0.0", functions: expect.any(Number) }]);
  });

  test("of an index that cannot be read says why, and is a page", async () => {
    const { html } = await reportPage(aPageInput({ packages: 'Blob "x" has format 9' }), means);
    expect(partsIn(html).account[0]?.packages).toBe('Blob "x" has format 9');
    expect(partsIn(html).packages).toEqual([]);
  });

  test("where nothing was ever listed there are none, and it is not said that there are none", async () => {
    const { packages: _, ...input } = aPageInput();
    const { html, left } = await reportPage(input, means);
    expect(partsIn(html).account[0]).not.toHaveProperty("packages");
    expect(left.join()).not.toContain("packages");
  });
});
