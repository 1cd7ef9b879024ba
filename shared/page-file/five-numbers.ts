/** The account in five numbers, each over the kept scans. */
import type { NumbersAt } from "../model/account-numbers.ts";
import { severities } from "../model/finding.ts";
import { grouped } from "../report/quantities.ts";
import { type Html, html } from "./html-text.ts";
import type { Overview } from "./overview.ts";
import { type TrendPoint, trendLine, trendWords } from "./trend-line.ts";

export interface Card {
  readonly label: string;
  /** Where the page says more. */
  readonly link: string;
  /** `1,204`; `not known`. */
  readonly number: string;
  readonly isKnown: boolean;
  /** What is counted, or how it is shared out. */
  readonly below: Html;
  /** Nothing where fewer than two scans could tell. */
  readonly line?: Html;
  /** `4 fewer than on 17 Nov 2026`. */
  readonly change?: string;
}

interface Counted {
  readonly label: string;
  readonly link: string;
  readonly value: (at: NumbersAt) => number | null;
  readonly what?: string;
  /** Of a part of the Regions it is at least that much, and nothing is not known. */
  readonly ofAllRegions?: true;
}

const counted: readonly Counted[] = [
  {
    label: "Open findings",
    link: "#/findings",
    value: ({ numbers }) => Object.values(numbers.openBySeverity).reduce((all, one) => all + one, 0),
  },
  {
    label: "Reachable by anybody",
    link: "#/functions?exposure=internet-anonymous",
    value: ({ numbers }) => numbers.reachable,
    what: "functions that the internet reaches without signing in",
  },
  {
    label: "Unused",
    link: "#/prune",
    value: ({ numbers }) => numbers.unused,
    what: "functions and other resources that nothing was seen to use",
  },
  {
    label: "Over-privileged",
    link: "#/roles?power=yes",
    value: ({ numbers }) => numbers.overPrivileged,
    what: "functions whose role may do more than they need",
    ofAllRegions: true,
  },
  {
    label: "Vulnerable",
    link: "#/libraries/read?holes=some",
    value: ({ numbers }) => numbers.vulnerable,
    what: "functions with a library of which a hole is known",
  },
];

/** Of the last one of the trend. */
export function fiveNumbers({ trend, chosenRegions }: Pick<Overview, "trend" | "chosenRegions">): Card[] {
  const last = trend.at(-1);
  return last ? counted.map((one) => cardOf(one, last, trend, one.ofAllRegions === true && chosenRegions === true)) : [];
}

function cardOf({ label, link, value, what }: Counted, last: NumbersAt, trend: readonly NumbersAt[], isLeast: boolean): Card {
  const points: TrendPoint[] = trend.map((at) => ({ at: at.at, value: value(at) }));
  const now = value(last);
  // a part of the Regions is not compared with all of them
  const [line, change] = isLeast ? [] : [trendLine(points), trendWords(points)];
  return {
    label,
    link,
    number: now === null || (isLeast && now === 0) ? "not known" : `${isLeast ? "at least " : ""}${grouped(now)}`,
    isKnown: now !== null && !isLeast,
    below: what === undefined ? bySeverity(last) : html`<span class="what">${what}</span>`,
    ...(line ? { line } : {}),
    ...(change ? { change } : {}),
  };
}

function bySeverity({ numbers: { openBySeverity } }: NumbersAt): Html {
  const some = severities.filter((severity) => openBySeverity[severity] > 0);
  return html`<span class="severities">${some.map((severity) => html`<span class="sev ${severity.toLowerCase()}">${grouped(openBySeverity[severity])} ${severity.toLowerCase()}</span> `)}</span>`;
}
