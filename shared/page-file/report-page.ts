/** The page of a scan, within its size. */

import { details, leftOut } from "./left-out.ts";
import { type Overview, overviewOf } from "./overview.ts";
import { type PageBundle, pageHtml } from "./page-html.ts";
import { type Compress, type PageInput, PartMaker } from "./page-parts.ts";

/** More than this opens slowly from a disk and does not pass as an attachment. */
export const mostBytes = 5_000_000;

/** What a page is written with. */
export interface PageMeans {
  readonly bundle: PageBundle;
  /** By gzip; the same text gives the same bytes. */
  readonly compress: Compress;
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
 * @throws where it does not, whatever is left out
 */
export async function reportPage(input: PageInput, { bundle, compress }: PageMeans, most = mostBytes): Promise<ReportPage> {
  const overview = overviewOf(input.document, input.trend, input, input.unclaimed);
  const maker = new PartMaker(input, compress);
  for (const detail of details(input)) {
    const left = leftOut(input, detail);
    const html = pageHtml({ overview, left, parts: await maker.parts(detail) }, bundle);
    if (Buffer.byteLength(html) <= most) return { html, left, overview };
  }
  throw new Error(`the page of ${input.document.functions.length} functions does not fit into ${most} bytes, whatever is left out of it`);
}
