import { dailyRuns } from "../../shared/page-file/daily-text.ts";
import type { PageFunction } from "../../shared/page-file/page-function.ts";
import { levelWords } from "../../shared/picture/picture.ts";
import { timeoutVerdicts } from "../../shared/report/function-rows.ts";
import { headroomText, lastUsedText, longestText, quietText, setToText, verdictWords } from "../../shared/report/function-text.ts";
import { count, grouped } from "../../shared/report/quantities.ts";
import { type Account, openAbout } from "../account.ts";
import { functionAddress } from "../address.ts";
import { fill, sparkline } from "../charts.ts";
import { type Child, h } from "../dom.ts";
import { ownerColumn, severityNumbers, weight } from "../parts.ts";
import type { Column } from "../virtual-table.ts";
import { holesCell, holesOf } from "./functions-libraries.ts";

/** Days of the small drawing in a row. */
export const sparkDays = 90;

export const levels = ["internet-anonymous", "internet-authenticated", "cross-account", "internal", "none", "unknown"] as const;

/** How open it is, in the words of pictures; the command line's tables have the code that pointing at it shows. */
export function levelMark(level: (typeof levels)[number] = "unknown"): HTMLElement {
  return h("span", { class: `level ${level}`, title: level }, levelWords[level]);
}

export function functionColumns(account: Account): Column<PageFunction>[] {
  const several = regionsOf(account).size > 1;
  const findings = (one: PageFunction) => openAbout(account, one);
  return [
    {
      key: "name",
      head: "Function",
      width: 216,
      narrow: 206,
      sort: ({ name }) => name.toLowerCase(),
      cell: (one) => h("a", { href: functionAddress(one), title: one.name }, one.name),
    },
    {
      key: "findings",
      head: "Findings",
      width: 108,
      downFirst: true,
      sort: (one) => weight(findings(one)),
      cell: (one) => severityNumbers(findings(one)),
    },
    { key: "region", head: "Region", width: 94, wide: true, extra: !several, sort: ({ region }) => region, cell: ({ region }) => region },
    ownerColumn(92, ({ owner }) => owner.team),
    {
      key: "used",
      head: "Last used",
      width: 126,
      wide: true,
      sort: ({ lastInvocation }) => lastInvocation.at,
      cell: lastUsedText,
    },
    {
      key: "runs",
      head: "Runs a day",
      width: 106,
      wide: true,
      downFirst: true,
      sort: (one) => runsIn(account, one),
      cell: (one) => runsCell(account, one),
    },
    {
      key: "quiet",
      head: "Quiet",
      width: 80,
      numeric: true,
      extra: true,
      downFirst: true,
      sort: ({ lastInvocation }) => lastInvocation.quietDays,
      cell: quietText,
    },
    { key: "timeout", head: "Longest run of timeout", width: 196, wide: true, sort: ({ timeout }) => timeout.headroom, cell: timeoutCell },
    {
      key: "verdict",
      head: "Verdict",
      width: 100,
      extra: true,
      sort: ({ timeout }) => timeoutVerdicts.indexOf(timeout.verdict),
      cell: ({ timeout }) => h("span", { class: `verdict ${timeout.verdict}` }, verdictWords[timeout.verdict]),
    },
    {
      key: "set",
      head: "Set to",
      width: 80,
      numeric: true,
      extra: true,
      sort: ({ timeout }) => timeout.recommendedSeconds,
      cell: setToText,
    },
    {
      key: "exposure",
      head: "Exposure",
      width: 168,
      wide: true,
      sort: ({ exposure }) => levels.indexOf(exposure?.open ?? "unknown"),
      cell: ({ exposure }) => levelMark(exposure?.open),
    },
    {
      key: "role",
      head: "In excess",
      about: "Actions that its role allows and none of the role's functions was seen to need",
      width: 96,
      numeric: true,
      wide: true,
      downFirst: true,
      sort: ({ excess }) => excess ?? undefined,
      cell: ({ excess }) => excessText(excess),
    },
    {
      key: "rolename",
      head: "Role",
      width: 180,
      extra: true,
      sort: ({ roleArn }) => roleArn,
      cell: roleName,
    },
    {
      key: "runtime",
      head: "Runtime",
      width: 110,
      extra: true,
      sort: ({ runtime }) => runtime,
      cell: ({ runtime, packageType }) => runtime ?? packageType.toLowerCase(),
    },
    {
      key: "memory",
      head: "Memory",
      width: 90,
      numeric: true,
      extra: true,
      downFirst: true,
      sort: ({ memoryMb }) => memoryMb,
      cell: ({ memoryMb }) => `${grouped(memoryMb)} MB`,
    },
    {
      key: "libraries",
      head: "Library holes",
      about: "Packages in its code and layers of which a hole is known",
      width: 126,
      wide: true,
      downFirst: true,
      sort: ({ libraries }) => (libraries?.vulnerable ? weight(holesOf(libraries)) : undefined),
      cell: ({ libraries }) => holesCell(libraries),
    },
  ];
}

function daysOf(account: Account, one: PageFunction) {
  const text = account.daysOf(one);
  return text === undefined ? [] : dailyRuns(text, account.today - account.historyDays + 1);
}

function runsIn(account: Account, one: PageFunction): number | undefined {
  if (account.daysOf(one) === undefined) return undefined;
  return daysOf(account, one).reduce((sum, { day, runs }) => (day > account.today - sparkDays ? sum + runs : sum), 0);
}

function runsCell(account: Account, one: PageFunction): Child {
  const first = account.today - Math.min(sparkDays, account.historyDays) + 1;
  const days = daysOf(account, one).filter(({ day }) => day >= first);
  if (days.length === 0) {
    // none is only known where the runs are
    const known = account.daysOf(one) !== undefined || one.lastInvocation.state === "none-seen";
    return h("span", { class: "dim" }, known ? "none" : "not known");
  }
  const runs = days.reduce((sum, day) => sum + day.runs, 0);
  return sparkline(days, first, account.today, `${count(runs, "run")} on ${count(days.length, "day")}`);
}

function timeoutCell(one: PageFunction): Child {
  const { timeoutSeconds, duration, timeout } = one;
  if (duration.longestMs === undefined) return h("span", { class: "dim" }, `- of ${timeoutSeconds} s`);
  const words = `${verdictWords[timeout.verdict]}, headroom ${headroomText(one)}`;
  return h(
    "span",
    { class: "of", title: words },
    fill(duration.longestMs / (timeoutSeconds * 1000), timeout.verdict, words),
    ` ${longestText(one)} of ${timeoutSeconds} s`,
  );
}

function excessText(number: number | null | undefined): Child {
  if (number === null || number === undefined) return h("span", { class: "dim", title: "not known" }, "?");
  return number === 0 ? h("span", { class: "dim" }, "0") : grouped(number);
}

/** The last part of its ARN. */
export function roleName({ roleArn }: PageFunction): string {
  return roleArn.split("/").at(-1) ?? roleArn;
}

export function regionsOf({ functions }: Account): ReadonlySet<string> {
  return new Set(functions.map(({ region }) => region));
}
