/** What a page has no room for: how much of it there is, in an order in which it is given up, and the sentences that say so. Pure. */
import { metricRetentionDays } from "../data/service-limits.ts";
import type { ScanDocument } from "../model/document.ts";
import { grouped } from "../report/quantities.ts";
import { type ListedPackages, type PackageDetail, withoutHoles } from "./package-lines.ts";
import { type Typing, typed } from "./typed.ts";

/** What there is to put into a page. */
export interface PageContents {
  readonly document: Pick<ScanDocument, "functions" | "findings">;
  readonly packages?: ListedPackages | string;
}

/** How much is in the page. */
export interface Detail {
  readonly historyDays: number;
  /** Findings with evidence and commands. */
  readonly wholeFindings: number;
  readonly functions: number;
  readonly findings: number;
  readonly packages: PackageDetail;
}

/** So many days of so many functions: a million days are about 3 MB compressed. */
const functionDays = 700_000;

/** From everything to the least that is of use. */
export function* details({ document, packages }: PageContents): Generator<Detail> {
  const [functions, findings] = [document.functions.length, document.findings.length];
  const historyDays = [455, 180, 90].find((days) => days * functions <= functionDays) ?? 60;
  const whole = { historyDays, wholeFindings: findings, functions, findings, packages: "all" } as const;
  yield whole;
  yield { ...whole, historyDays: 30 };
  const less = { ...whole, historyDays: 30, packages: "vulnerable" } as const;
  if (packages !== undefined) yield less;
  for (const share of [0.5, 0.2, 0.05]) yield { ...less, wholeFindings: Math.ceil(findings * share) };
  for (const some of [10_000, 5000, 1000, 200]) {
    const [few, fewFindings] = [Math.min(some, functions), Math.min(some, findings)];
    if (few === functions && fewFindings === findings) continue;
    const least = { ...less, wholeFindings: Math.ceil(fewFindings / 10), functions: few, findings: fewFindings };
    yield least;
    if (packages !== undefined) yield { ...least, packages: "none" };
  }
}

/** A sentence for each thing that is not in the page, with where it is. */
export function leftOut(contents: PageContents & Typing, detail: Detail): string[] {
  const { functions, findings } = contents.document;
  const { historyDays } = detail;
  const short = Math.min(findings.length, detail.findings) - detail.wholeFindings;
  return [
    ...(historyDays < metricRetentionDays
      ? [
          `Daily runs are drawn for the last ${historyDays} of ${metricRetentionDays} days; the others are in the findings table, on the items of the functions.`,
        ]
      : []),
    ...someOf(
      detail.functions,
      functions.length,
      "functions are listed here, those with the gravest findings first",
      typed(contents, "functions --all"),
    ),
    ...someOf(detail.findings, findings.length, "findings are listed here, the gravest first", typed(contents, "findings --all")),
    ...packagesLeft(contents, detail),
    ...(short > 0
      ? [`Of ${grouped(short)} findings of lesser severity only the titles are here; evidence and commands: ${typed(contents, "show ID")}`]
      : []),
  ];
}

function packagesLeft(contents: PageContents & Typing, detail: Detail): string[] {
  const { packages } = contents;
  if (typeof packages === "string" || packages === undefined || detail.packages === "all") return [];
  const command = typed(contents, "libraries --package NAME");
  if (detail.packages === "none") return [`The packages of the functions are not here: ${command}`];
  const number = withoutHoles(packages);
  return number === 0
    ? []
    : [`Of ${grouped(number)} versions of packages without known holes is said how many functions have them; which ones: ${command}`];
}

function someOf(here: number, all: number, what: string, command: string): string[] {
  return here < all ? [`${grouped(here)} of ${grouped(all)} ${what}; all: ${command}`] : [];
}
