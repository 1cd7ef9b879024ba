/** All functions as a table. */
import type { TimeoutVerdict } from "../../shared/model/usage.ts";
import type { PageFunction } from "../../shared/page-file/page-function.ts";
import { levelWords } from "../../shared/picture/picture.ts";
import { timeoutVerdicts } from "../../shared/report/function-rows.ts";
import { verdictWords } from "../../shared/report/function-text.ts";
import type { Account } from "../account.ts";
import type { Choice } from "../chooser.ts";
import type { Child } from "../dom.ts";
import { listView } from "../list-view.ts";
import { title } from "../parts.ts";
import { functionColumns, levels, regionsOf, roleName, sparkDays } from "./function-columns.ts";

export function functionsView(account: Account, query: URLSearchParams): Child {
  const { functions, scan } = account;
  return [
    title("Functions", `as of ${scan.startedAt.slice(0, 10)}; runs of the last ${Math.min(sparkDays, account.historyDays)} days`),
    listView(
      {
        path: "functions",
        rows: functions,
        columns: functionColumns(account),
        choices: choicesOf(account),
        text: (one) => [one.name, one.region, one.owner.team, one.runtime, roleName(one), one.stack?.name].join(" "),
        sort: "-findings",
        names: ["function", "functions"],
      },
      query,
    ),
  ];
}

function choicesOf(account: Account): Choice<PageFunction>[] {
  const several = regionsOf(account).size > 1;
  return [
    ...(several ? [{ key: "region", label: "Region", value: ({ region }: PageFunction) => region }] : []),
    { key: "owner", label: "Owner", value: ({ owner }) => owner.team },
    {
      key: "exposure",
      label: "Exposure",
      value: ({ exposure }) => exposure?.open ?? "unknown",
      words: (level) => levelWords[level as (typeof levels)[number]],
      order: levels,
    },
    {
      key: "verdict",
      label: "Timeout",
      value: ({ timeout }) => timeout.verdict,
      words: (verdict) => verdictWords[verdict as TimeoutVerdict],
      order: timeoutVerdicts,
    },
    { key: "activity", label: "Activity", value: ({ activity }) => activity, words: (activity) => activity.replaceAll("-", " ") },
  ];
}
