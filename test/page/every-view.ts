/** The page of an account with a bit of everything, and where one can go in it. */
import { reportPage } from "../../shared/page-file/report-page.ts";
import { aPageDocument, aPageInput, means } from "../page-file/a-page.ts";
import type { OpenPage } from "./an-open-page.ts";

const earlier = aPageDocument();

/** With what opened since a scan a week before. */
export const { html } = await reportPage(
  aPageInput({
    earlier: {
      ...earlier,
      scan: { ...earlier.scan, id: "2026-11-17T06-00-00Z-000000", startedAt: "2026-11-17T06:00:00.000Z" },
      findings: earlier.findings.slice(1),
    },
  }),
  means,
);

/** Every view, and one that there is not. */
export const places = [
  "#/",
  "#/findings",
  "#/finding/F-7Q2MX4TB9A",
  "#/functions",
  "#/f/eu-west-1/orders-api",
  "#/exposure",
  "#/roles",
  "#/libraries",
  "#/libraries/functions",
  "#/libraries/functions?package=axios+%3C1.8.2",
  "#/libraries/read",
  "#/prune",
  "#/owners",
  "#/changes",
  "#/coverage",
  "#/nowhere",
];

/** Views with a table. */
export const lists = [
  "#/findings",
  "#/functions",
  "#/exposure",
  "#/roles",
  "#/libraries",
  "#/libraries/functions?package=axios",
  "#/libraries/read",
  "#/owners",
];

/** By how many pixels the widest table is wider than its place. */
export function beyondTheEdge({ page }: OpenPage): Promise<number> {
  return page.evaluate("Math.max(...[...document.querySelectorAll('.scroller')].map((one) => one.scrollWidth - one.clientWidth))");
}
