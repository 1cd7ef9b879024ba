/** Base scores of CVSS 3.0 and 3.1 (first.org/cvss/v3.1/specification-document, section 7) and of CVSS 2 (first.org/cvss/v2/guide, 3.2.1); those of CVSS 4 are in cvss4.ts. */
import { scoreOf4 } from "./cvss4.ts";

type Weights = Readonly<Record<string, number>>;

const impact3: Weights = { H: 0.56, L: 0.22, N: 0 };
const weights3 = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  UI: { N: 0.85, R: 0.62 },
  PR: { N: 0.85, L: 0.62, H: 0.27 },
  /** Privileges weigh otherwise where the scope changes. */
  PRchanged: { N: 0.85, L: 0.68, H: 0.5 },
} satisfies Record<string, Weights>;
const impact2: Weights = { N: 0, P: 0.275, C: 0.66 };
const weights2 = {
  AV: { L: 0.395, A: 0.646, N: 1 },
  AC: { H: 0.35, M: 0.61, L: 0.71 },
  Au: { M: 0.45, S: 0.56, N: 0.704 },
} satisfies Record<string, Weights>;

/** 0 to 10; undefined where the vector lacks something or is none of these versions. Temporal and environmental metrics are left out. */
export function baseScore(vector: string): { readonly score: number; readonly version: 2 | 3 | 4 } | undefined {
  const metrics = new Map(vector.split("/").map((part) => part.split(":", 2) as [string, string | undefined]));
  const weight = (name: string, weights: Weights, metric = name) => {
    const value = metrics.get(metric);
    return value !== undefined && Object.hasOwn(weights, value) ? (weights[value] ?? Number.NaN) : Number.NaN;
  };
  const isThree = /^CVSS:3\.[01]\//.test(vector);
  if (/^CVSS:4\.0\//.test(vector)) {
    const score = scoreOf4(new Map([...metrics].map(([name, value = ""]) => [name, value])));
    return score === undefined ? undefined : { score, version: 4 };
  }
  if (!isThree && /^CVSS:/.test(vector)) return undefined;
  const impacts = ["C", "I", "A"].map((name) => weight(name, isThree ? impact3 : impact2));
  const lost = 1 - impacts.reduce((left, impact) => left * (1 - impact), 1);
  const score = isThree ? scoreOf3(lost, metrics.get("S"), weight) : scoreOf2(lost, weight);
  return Number.isNaN(score) ? undefined : { score, version: isThree ? 3 : 2 };
}

function scoreOf3(lost: number, scope: string | undefined, weight: (name: string, weights: Weights, metric?: string) => number): number {
  if (scope !== "U" && scope !== "C") return Number.NaN;
  const changed = scope === "C";
  const impact = changed ? 7.52 * (lost - 0.029) - 3.25 * (lost - 0.02) ** 15 : 6.42 * lost;
  const privileges = weight("PR", changed ? weights3.PRchanged : weights3.PR);
  const exploitability = 8.22 * weight("AV", weights3.AV) * weight("AC", weights3.AC) * privileges * weight("UI", weights3.UI);
  if (Number.isNaN(exploitability) || impact <= 0) return impact <= 0 ? exploitability * 0 : Number.NaN;
  return roundedUp(Math.min((changed ? 1.08 : 1) * (impact + exploitability), 10));
}

/** To one decimal, and not by what a computer's fractions add (appendix A). */
function roundedUp(score: number): number {
  const parts = Math.round(score * 100_000);
  return parts % 10_000 === 0 ? parts / 100_000 : (Math.floor(parts / 10_000) + 1) / 10;
}

function scoreOf2(lost: number, weight: (name: string, weights: Weights) => number): number {
  const exploitability = 20 * weight("AV", weights2.AV) * weight("AC", weights2.AC) * weight("Au", weights2.Au);
  const score = (0.6 * 10.41 * lost + 0.4 * exploitability - 1.5) * (lost === 0 ? 0 : 1.176);
  return Math.round(score * 10) / 10;
}
