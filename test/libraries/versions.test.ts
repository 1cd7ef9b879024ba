import { describe, expect, test } from "vitest";
import { compareVersions } from "../../shared/libraries/versions/orders.ts";
import { type Ecosystem, ecosystems } from "../../shared/model/packages.ts";

/** Each comes before the next; those of an inner list are the same. As the ecosystems' own specifications say. */
const chains: Readonly<Record<Ecosystem, readonly (string | readonly string[])[]>> = {
  npm: [
    "not-a-version",
    "0.0.0-0",
    ["0.0.0", "0"],
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-rc.1",
    ["1.0.0", "v1.0.0", "1", "=1.0.0", "1.0.0+20130313144700"],
    "1.0.1-Beta",
    "1.0.1-beta",
    ["1.0.1", "1.0.1+a.b"],
    "9007199254740993.0.0",
    "9007199254740994.0.0",
  ],
  Go: [
    "v0.0.0-20190101000000-abcdefabcdef",
    "v0.0.0-20200101000000-000000000000",
    "v1.2.3-pre",
    "v1.2.3-pre.0.20210101000000-abcdefabcdef",
    "v1.2.3",
    "v1.2.4-0.20210101000000-abcdefabcdef",
    ["v1.2.4", "1.2.4"],
    "go1.20.14",
    "1.21.0-0",
    "go1.21rc2",
    "1.21.0-rc.3",
    ["go1.21", "1.21.0"],
    "go1.21.1",
    ["v3.0.0+incompatible", "3.0.0"],
  ],
  PyPI: [
    "foobar",
    "2004d-x",
    "1.dev0",
    "1.0.dev456",
    "1.0a1",
    ["1.0a2.dev456", "1.0-ALPHA_2.dev456"],
    "1.0a12.dev456",
    "1.0a12",
    "1.0b1.dev456",
    "1.0b2",
    "1.0b2.post345.dev456",
    "1.0b2.post345",
    "1.0rc1.dev456",
    ["1.0rc1", "1.0c1", "1.0-preview1"],
    ["1.0", "v1", "1.0.0"],
    "1.0+abc.5",
    "1.0+abc.7",
    ["1.0+5", "1.0+05"],
    "1.0+5.1",
    ["1.0.post456.dev34"],
    ["1.0.post456", "1.0-456", "1.0.r456"],
    "1.0.15",
    "1.1.dev1",
    "2013.10",
    "1!0.1",
  ],
  Maven: [
    "1-alpha",
    ["1-alpha-1", "1a1", "1.0-alpha-1"],
    "1-beta-1",
    ["1-milestone-3", "1m3"],
    ["1-rc-1", "1cr1"],
    "1-SNAPSHOT",
    ["1", "1.0.0", "1-ga", "1.Final", "1.0.0.RELEASE", "1-0"],
    "1-sp",
    "1-abc",
    "1-xyz",
    ["1-1", "1-ga-1", "1.0-1"],
    "1-2",
    "1.0.1",
    "1.1",
    "9007199254740993",
    "9007199254740994",
  ],
  RubyGems: [
    ["1.0.a.2", "1.a.2", "1.a2"],
    "1.0.a.10",
    "1.0.b1",
    ["1.0.0-rc1", "1.0.0.pre.rc1"],
    ["1", "1.0", "1.0.0"],
    "1.0.0.1",
    "1.0.10",
    "1.9.0.rc1",
    "1.9",
    "1.10",
    "20111229183859.0",
  ],
  NuGet: [
    "1.0.0-alpha",
    ["1.0.0-beta", "1.0.0-BETA", "1.0-Beta+sha.5114f85"],
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-beta.x",
    ["1.0.0", "1", "1.0.0.0", "1.00.0", "1.0.0+meta"],
    "1.0.0.1-rc",
    "1.0.0.1",
    "1.0.1",
    "1.10",
    "9007199254740993.0",
    "9007199254740994.0",
  ],
};

const sign = (ecosystem: Ecosystem, a: string, b: string) => Math.sign(compareVersions(ecosystem, a, b));

describe.each(ecosystems)("versions of %s", (ecosystem) => {
  const spelt = chains[ecosystem].flatMap((same, rank) => [same].flat().map((version) => ({ version, rank })));

  test("are in the order of its specification, whichever comes first", () => {
    const wrong = spelt.flatMap((a) =>
      spelt
        .filter((b) => sign(ecosystem, a.version, b.version) !== Math.sign(a.rank - b.rank))
        .map((b) => `${a.version} and ${b.version}: ${sign(ecosystem, a.version, b.version)}`),
    );
    expect(wrong).toEqual([]);
  });

  test("are in one order: itself is the same, turned round is turned round, and what is between stays between", () => {
    const drawn = drawnVersions(ecosystem, 60);
    const wrong: string[] = [];
    for (const a of drawn) {
      if (sign(ecosystem, a, a) !== 0) wrong.push(`${a} is not itself`);
      for (const b of drawn) {
        const ab = sign(ecosystem, a, b);
        if (ab + sign(ecosystem, b, a) !== 0) wrong.push(`${a} ${ab} ${b} and ${b} ${sign(ecosystem, b, a)} ${a}`);
        if (ab > 0) continue;
        for (const c of drawn) {
          const bc = sign(ecosystem, b, c);
          if (bc <= 0 && sign(ecosystem, a, c) !== Math.max(-1, ab + bc))
            wrong.push(`${a} ${ab} ${b} ${bc} ${c}, but ${sign(ecosystem, a, c)}`);
        }
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test("may be anything: nothing throws", () => {
    const odd = [
      "",
      " ",
      ".",
      "-",
      "+",
      "..",
      "--",
      "1.",
      "1-",
      "1..2",
      "\u0000",
      "__proto__",
      "constructor",
      "٣.١",
      "1".repeat(1e6),
      "1.".repeat(1e5),
      "a-".repeat(1e5),
    ];
    for (const a of odd) for (const b of odd) expect(sign(ecosystem, a, b) + sign(ecosystem, b, a)).toBe(0);
  });
});

test("Maven has a circle of its own, and we follow Maven: a word after a dot comes before any after a hyphen", () => {
  expect([sign("Maven", "1.x", "1-alpha"), sign("Maven", "1-alpha", "1"), sign("Maven", "1", "1.x")]).toEqual([-1, -1, -1]);
});

/** Versions that look like those people write, always the same ones. */
function drawnVersions(ecosystem: Ecosystem, count: number): string[] {
  let state = 20261127;
  const below = (most: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const oneOf = (texts: readonly string[]) => texts[below(texts.length)] ?? "";
  const numbers = ["0", "1", "2", "10", "01", "99999999999999999999", "99999999999999999998"];
  // of Maven only words after a hyphen: see its circle
  const tails: Readonly<Record<Ecosystem, readonly string[]>> = {
    npm: ["", "", "-alpha", "-alpha.1", "-1", "-1.a", "+b", ".3", "-", "x"],
    Go: ["", "", "-alpha", "-0.20200101000000-abcdefabcdef", "+incompatible", "rc1"],
    PyPI: ["", "", "a1", "b", "rc2", ".dev3", ".post1", ".post1.dev2", "+local.1", "+1", "-old", "zeta"],
    Maven: ["", "", "-alpha", "-1", "-rc-2", "-snapshot", "-x", "-ga", "-sp-1", "-20200101"],
    RubyGems: ["", "", ".a", ".a.1", ".rc1", "-x", ".0"],
    NuGet: ["", "", "-alpha", "-Alpha.1", "-1", "+meta", ".1", ".0"],
  };
  return Array.from({ length: count }, () => {
    const length = 1 + below(3);
    return Array.from({ length }, () => oneOf(numbers)).join(".") + oneOf(tails[ecosystem]);
  });
}
