/** Scores of CVSS 4.0 from the base metrics and the maturity of exploits (first.org/cvss/v4-0/specification-document, section 8). */
import { cvss4Classes } from "./cvss4-classes.ts";

/** How far from the gravest each value is, in steps of a tenth. Requirements of the environment, which nobody here gives, are high. */
const levels: Readonly<Record<string, string>> = {
  AV: "NALP",
  PR: "NLH",
  UI: "NPA",
  AC: "LH",
  AT: "NP",
  VC: "HLN",
  VI: "HLN",
  VA: "HLN",
  SC: "SHLN",
  SI: "SHLN",
  SA: "SHLN",
};

type Metrics = ReadonlyMap<string, string>;

/** A class of one equivalence set: the gravest vectors in it, and how many steps deep it is. */
interface Class {
  readonly gravest: readonly Readonly<Record<string, string>>[];
  readonly depth: number;
}

const sets: readonly (readonly Class[])[] = [
  [
    { gravest: [{ AV: "N", PR: "N", UI: "N" }], depth: 1 },
    {
      gravest: [
        { AV: "A", PR: "N", UI: "N" },
        { AV: "N", PR: "L", UI: "N" },
        { AV: "N", PR: "N", UI: "P" },
      ],
      depth: 4,
    },
    {
      gravest: [
        { AV: "P", PR: "N", UI: "N" },
        { AV: "A", PR: "L", UI: "P" },
      ],
      depth: 5,
    },
  ],
  [
    { gravest: [{ AC: "L", AT: "N" }], depth: 1 },
    {
      gravest: [
        { AC: "H", AT: "N" },
        { AC: "L", AT: "P" },
      ],
      depth: 2,
    },
  ],
  // of the third with the sixth: with high requirements, what is not the last is 0 in the sixth
  [
    { gravest: [{ VC: "H", VI: "H", VA: "H" }], depth: 7 },
    {
      gravest: [
        { VC: "L", VI: "H", VA: "H" },
        { VC: "H", VI: "L", VA: "H" },
      ],
      depth: 8,
    },
    { gravest: [{ VC: "L", VI: "L", VA: "L" }], depth: 10 },
  ],
  [
    { gravest: [{ SC: "H", SI: "S", SA: "S" }], depth: 6 },
    { gravest: [{ SC: "H", SI: "H", SA: "H" }], depth: 5 },
    { gravest: [{ SC: "L", SI: "L", SA: "L" }], depth: 4 },
  ],
];

const scores: ReadonlyMap<string, number> = new Map(
  cvss4Classes.flatMap((row) => {
    const [first, second, ...values] = row.split(" ");
    return values.map((score, i): [string, number] => [`${first}${second}${Math.floor(i / 3)}${i % 3}`, Number(score)]);
  }),
);

/** By the names of the sets: the first, the second, the third with the sixth, the fourth, the fifth. */
type Place = readonly [eq1: number, eq2: number, eq36: string, eq4: number, eq5: number];

const scoreAt = ([eq1, eq2, eq36, eq4, eq5]: Place) => scores.get(`${eq1}${eq2}${eq36}${eq4}${eq5}`);

/** 0 to 10; undefined where the vector lacks a base metric, or has a value that there is none. */
export function scoreOf4(metrics: Metrics): number | undefined {
  for (const [name, values] of Object.entries(levels)) {
    const value = metrics.get(name) ?? "";
    // S stands only in the environment's own metrics
    if (value.length !== 1 || !values.includes(value) || value === "S") return undefined;
  }
  const is = (name: string, ...values: readonly string[]) => values.includes(metrics.get(name) ?? "");
  const [vulnerable, subsequent] = [
    ["VC", "VI", "VA"],
    ["SC", "SI", "SA"],
  ] as const;
  if ([...vulnerable, ...subsequent].every((name) => is(name, "N"))) return 0;
  const easy = [is("AV", "N"), is("PR", "N"), is("UI", "N")];
  const eq1 = easy.every(Boolean) ? 0 : easy.some(Boolean) && !is("AV", "P") ? 1 : 2;
  const eq2 = is("AC", "L") && is("AT", "N") ? 0 : 1;
  const eq3 = is("VC", "H") && is("VI", "H") ? 0 : vulnerable.some((name) => is(name, "H")) ? 1 : 2;
  const eq4 = subsequent.some((name) => is(name, "H")) ? 1 : 2;
  const eq5 = is("E", "P") ? 1 : is("E", "U") ? 2 : 0;
  const place: Place = [eq1, eq2, ["00", "10", "21"][eq3] ?? "", eq4, eq5];
  const score = scoreAt(place) ?? 0;
  const steps = distances(metrics, [eq1, eq2, eq3, eq4]);
  const mean = meanStep(score, place, steps, [eq1, eq2, eq3, eq4]);
  return Math.round(Math.min(10, Math.max(0, score - mean)) * 10 + 1e-6) / 10;
}

/** How far the vector is from the gravest of its class, in each set. */
function distances(metrics: Metrics, classes: readonly number[]): readonly number[] {
  const far = (gravest: Readonly<Record<string, string>>) =>
    Object.entries(gravest).map(([name, value]) => {
      const all = levels[name] ?? "";
      return all.indexOf(metrics.get(name) ?? "") - all.indexOf(value);
    });
  return classes.map((number, set) => {
    // the first that is nowhere less grave than the vector
    const all = (sets[set]?.[number]?.gravest ?? []).map(far);
    return (all.find((one) => one.every((steps) => steps >= 0)) ?? []).reduce((sum, steps) => sum + steps, 0);
  });
}

/** What is taken from the score of the class: on the way to the next lower one of each set as far as the vector is from the gravest. */
function meanStep(score: number, [eq1, eq2, eq36, eq4, eq5]: Place, steps: readonly number[], classes: readonly number[]): number {
  const lower36 = eq36 === "00" ? ["01", "10"] : eq36 === "10" ? ["11"] : [];
  const next: readonly (number | undefined)[] = [
    scoreAt([eq1 + 1, eq2, eq36, eq4, eq5]),
    scoreAt([eq1, eq2 + 1, eq36, eq4, eq5]),
    lower36.length === 0 ? undefined : Math.max(...lower36.map((one) => scoreAt([eq1, eq2, one, eq4, eq5]) ?? 0)),
    scoreAt([eq1, eq2, eq36, eq4 + 1, eq5]),
    scoreAt([eq1, eq2, eq36, eq4, eq5 + 1]),
  ];
  const parts = next.flatMap((lower, set) => {
    if (lower === undefined) return [];
    const depth = sets[set]?.[classes[set] ?? 0]?.depth;
    // the fifth has one value a class
    return depth === undefined ? [0] : [((score - lower) * (steps[set] ?? 0)) / depth];
  });
  return parts.length === 0 ? 0 : parts.reduce((sum, part) => sum + part, 0) / parts.length;
}
