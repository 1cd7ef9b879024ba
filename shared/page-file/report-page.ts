/** The page of a scan, within its size. Pure. */
import { type Overview, overviewOf } from "./overview.ts";
import { type Detail, type PageInput, pageData } from "./page-data-of.ts";
import { type PageBundle, pageHtml } from "./page-html.ts";

/** More than this opens slowly from a disk and does not pass as an attachment. */
export const mostBytes = 5_000_000;

/** So many days of so many functions: a million days are about 3 MB compressed. */
const functionDays = 700_000;

/** What a page is written with. */
export interface PageMeans {
  readonly bundle: PageBundle;
  /** Compresses; the same text gives the same bytes. */
  readonly gzip: (text: string) => Uint8Array;
}

export interface ReportPage {
  readonly html: string;
  /** What there was no room for: a sentence each. */
  readonly left: readonly string[];
  /** Its first screen. */
  readonly overview: Overview;
}

/**
 * Gives up detail, the least needed first, until the page fits.
 */
export function reportPage(input: PageInput, { bundle, gzip }: PageMeans, most = mostBytes): ReportPage {
  const overview = overviewOf(input.document, input.trend, input);
  for (const detail of details(input.document.functions.length, input.document.findings.length)) {
    const data = pageData(input, detail);
    const html = pageHtml({ overview, left: data.left, packed: gzip(JSON.stringify(data)) }, bundle);
    if (Buffer.byteLength(html) <= most) return { html, left: data.left, overview };
  }
  throw new Error(`the page of ${input.document.functions.length} functions does not fit into ${most} bytes, whatever is left out of it`);
}

/** From everything to the least that is of use. */
function* details(functions: number, findings: number): Generator<Detail> {
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
