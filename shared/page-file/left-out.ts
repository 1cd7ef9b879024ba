/** What a page has no room for: how much of it there is, in an order in which it is given up, and the sentences that say so. Pure. */
import { metricRetentionDays } from "../data/service-limits.ts";
import type { ScanDocument } from "../model/document.ts";
import { grouped } from "../report/quantities.ts";
import { type Typing, typed } from "./typed.ts";

/** How much is in the page. */
export interface Detail {
  readonly historyDays: number;
  /** Findings with evidence and commands. */
  readonly wholeFindings: number;
  readonly functions: number;
  readonly findings: number;
}

/** So many days of so many functions: a million days are about 3 MB compressed. */
const functionDays = 700_000;

/** From everything to the least that is of use. */
export function* details(functions: number, findings: number): Generator<Detail> {
  const historyDays = [455, 180, 90].find((days) => days * functions <= functionDays) ?? 60;
  const whole = { historyDays, wholeFindings: findings, functions, findings };
  yield whole;
  yield { ...whole, historyDays: 30 };
  for (const share of [0.5, 0.2, 0.05]) yield { ...whole, historyDays: 30, wholeFindings: Math.ceil(findings * share) };
  for (const some of [10_000, 5000, 1000, 200]) {
    const [few, fewFindings] = [Math.min(some, functions), Math.min(some, findings)];
    if (few < functions || fewFindings < findings)
      yield { historyDays: 30, wholeFindings: Math.ceil(fewFindings / 10), functions: few, findings: fewFindings };
  }
}

/** A sentence for each thing that is not in the page, with where it is. */
export function leftOut({ functions, findings }: Pick<ScanDocument, "functions" | "findings">, detail: Detail, typing: Typing): string[] {
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
      typed(typing, "functions --all"),
    ),
    ...someOf(detail.findings, findings.length, "findings are listed here, the gravest first", typed(typing, "findings --all")),
    ...(short > 0
      ? [`Of ${grouped(short)} findings of lesser severity only the titles are here; evidence and commands: ${typed(typing, "show ID")}`]
      : []),
  ];
}

function someOf(here: number, all: number, what: string, command: string): string[] {
  return here < all ? [`${grouped(here)} of ${grouped(all)} ${what}; all: ${command}`] : [];
}
