/** What was looked at, and what not and why. */

import type { Coverage } from "../../shared/model/coverage.ts";
import { typed } from "../../shared/page-file/typed.ts";
import { leftTexts, unseen, unseenText } from "../../shared/report/coverage-section.ts";
import { count, grouped } from "../../shared/report/quantities.ts";
import { collectorName } from "../../shared/wording/collector-names.ts";
import { notJudgedTexts } from "../../shared/wording/not-judged.ts";
import type { Account } from "../account.ts";
import { commandBlock } from "../copy.ts";
import { type Child, h } from "../dom.ts";
import { lines, section, title } from "../parts.ts";

export function coverageView(account: Account): Child {
  const { coverage, scan } = account;
  const missing = unseen(coverage);
  const later = leftTexts(coverage);
  const notJudged = notJudgedTexts(scan);
  const byCollector = [...Map.groupBy(coverage, ({ collector }) => collector)]
    .map(([collector, rows]) => ({ name: collectorName(collector), rows }))
    // what is not seen first
    .sort((a, b) => Number(isWhole(a.rows)) - Number(isWhole(b.rows)) || (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  return [
    title("Coverage", `${count(scan.regions.length, "Region")}: ${scan.regions.join(", ")}`),
    section(
      "Could not look",
      missing.length > 0
        ? [
            lines(missing.map((row) => [unseenText(row), row.message ? h("span", { class: "dim said" }, ` ${row.message}`) : undefined])),
            h("p", {}, "What is missing, permission by permission:"),
            commandBlock(typed(account, "doctor")),
          ]
        : h("p", {}, "Nothing: every question to AWS was answered."),
    ),
    later.length > 0 ? section("Left for the next scan", lines(later)) : undefined,
    notJudged.length > 0 ? section("Not judged", lines(notJudged)) : undefined,
    section(
      "Looked at",
      h(
        "table",
        { class: "small" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, "What"),
            h("th", { scope: "col", class: "numeric" }, "Read"),
            h("th", { scope: "col" }, "How"),
          ),
        ),
        h(
          "tbody",
          {},
          byCollector.map(({ name, rows }) =>
            h(
              "tr",
              {},
              h("th", { scope: "row" }, name),
              h("td", { class: "numeric" }, grouped(rows.reduce((sum, { resources = 0 }) => sum + resources, 0))),
              h("td", {}, howText(rows)),
            ),
          ),
        ),
      ),
    ),
  ];
}

const statusWords: Readonly<Record<Coverage["status"], string>> = {
  complete: "everything",
  partial: "in part",
  left: "left for the next scan",
  denied: "refused",
  throttled: "throttled",
  disabled: "switched off",
  unsupported: "not offered",
  failed: "failed",
};

function isWhole(rows: readonly Coverage[]): boolean {
  return rows.every(({ status }) => status === "complete");
}

/** `everything`, or each state with its Regions; what is whole is said last, and of how many Regions. */
function howText(rows: readonly Coverage[]): string {
  const byStatus = [...Map.groupBy(rows, ({ status }) => status)];
  const [only] = byStatus;
  if (only && byStatus.length === 1) return statusWords[only[0]];
  const regionsOf = (some: readonly Coverage[]) => some.flatMap(({ region, regions }) => regions ?? region);
  return byStatus
    .sort(([a], [b]) => Number(a === "complete") - Number(b === "complete"))
    .map(([status, some]) =>
      status === "complete"
        ? `everything in ${count(regionsOf(some).length, "Region")}`
        : `${statusWords[status]} in ${regionsOf(some).join(", ")}`,
    )
    .join("; ");
}
