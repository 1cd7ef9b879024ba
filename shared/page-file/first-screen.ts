/** The first screen: who and when, five numbers, what is most worth doing, what could not be looked at. HTML that reads without a script. */
import type { NumbersAt } from "../model/account-numbers.ts";
import { severities } from "../model/finding.ts";
import { hasUnsafeCharacters } from "../model/plain-text.ts";
import { leftTexts, unseen, unseenText } from "../report/coverage-section.ts";
import { count, grouped } from "../report/quantities.ts";
import { dateText } from "../wording/words.ts";
import { type Html, html } from "./html-text.ts";
import type { PageData } from "./page-data.ts";
import type { PageTask } from "./tasks.ts";
import { type TrendPoint, trendLine, trendWords } from "./trend-line.ts";
import { typed } from "./typed.ts";

/** The content of the first screen. */
export function firstScreen(data: PageData, tasks: readonly PageTask[]): Html {
  return html`${heading(data)}
${numbers(data)}
${tasksPart(tasks, data)}
${unseenPart(data)}
${data.left.length > 0 ? html`<section><h2>Left out of this file</h2><ul class="plain">${data.left.map((line) => html`<li>${line}</li>`)}</ul></section>` : undefined}`;
}

function heading({ scan, functions, coverage }: PageData): Html {
  const cannot = unseen(coverage).length;
  const complete = cannot === 0 ? "everything was looked at" : `${count(cannot, "thing")} could not be looked at`;
  const facts = [count(scan.regions.length, "Region"), count(functions.length, "function"), complete];
  return html`<h1 tabindex="-1">Account ${scan.account}</h1>
<p class="sub">Scanned ${dateText(scan.startedAt)}, ${scan.startedAt.slice(11, 16)} UTC · ${facts.join(" · ")}</p>
<noscript><p class="note">This is the first screen. The tables and the pages of single functions need JavaScript, which is inside this file and asks nothing of the network.</p></noscript>`;
}

interface Card {
  readonly label: string;
  readonly link: string;
  readonly value: (at: NumbersAt) => number | null;
  readonly what: string;
  readonly below?: Html;
}

function numbers({ trend }: PageData): Html {
  const last = trend.at(-1);
  if (!last) return html``;
  const { openBySeverity } = last.numbers;
  const sum = ({ numbers }: NumbersAt) => Object.values(numbers.openBySeverity).reduce((all, one) => all + one, 0);
  const some = severities.filter((severity) => openBySeverity[severity] > 0);
  const bySeverity = html`<span class="severities">${some.map((severity) => html`<span class="sev ${severity.toLowerCase()}">${grouped(openBySeverity[severity])} ${severity.toLowerCase()}</span> `)}</span>`;
  const cards: readonly Card[] = [
    { label: "Open findings", link: "#/findings", value: sum, what: "", below: bySeverity },
    {
      label: "Reachable by anybody",
      link: "#/functions?exposure=internet-anonymous",
      value: (at) => at.numbers.reachable,
      what: "functions that the internet reaches without signing in",
    },
    {
      label: "Unused",
      link: "#/prune",
      value: (at) => at.numbers.unused,
      what: "functions and other resources that nothing was seen to use",
    },
    {
      label: "Over-privileged",
      link: "#/roles",
      value: (at) => at.numbers.overPrivileged,
      what: "functions whose role may do more than they need",
    },
    {
      label: "Vulnerable",
      link: "#/libraries",
      value: (at) => at.numbers.vulnerable,
      what: "functions with a library of which a hole is known",
    },
  ];
  return html`<section aria-label="The account in five numbers"><ul class="cards">${cards.map((card) => cardHtml(card, trend))}</ul></section>`;
}

function cardHtml({ label, link, value, what, below }: Card, trend: readonly NumbersAt[]): Html {
  const points: TrendPoint[] = trend.map((at) => ({ at: at.at, value: value(at) }));
  const now = points.at(-1)?.value ?? null;
  const number = now === null ? html`<span class="number none">not known</span>` : html`<span class="number">${grouped(now)}</span>`;
  const words = trendWords(points);
  return html`<li class="card"><a href="${link}"><span class="called">${label}</span>${number}</a>${below ?? html`<span class="what">${what}</span>`}${trendLine(points)}${words ? html`<span class="then">${words}</span>` : undefined}</li>`;
}

function tasksPart(tasks: readonly PageTask[], data: PageData): Html {
  const list = tasks.map(
    ({ title, where, advice, why, command: typed, link }) =>
      html`<li><h3>${link ? html`<a href="${link}">${title}</a>` : title}</h3><p class="where">${where}</p><p>${advice}</p>${commandHtml(typed)}<p class="where">${why}</p></li>`,
  );
  return html`<section><h2>Most worth doing now</h2>${tasks.length > 0 ? html`<ol class="tasks">${list}</ol>` : html`<p>No finding is open. See what was looked at below, or: <code>${typed(data, "findings")}</code></p>`}</section>`;
}

/** A command with a button that a script makes work. */
function commandHtml(command: string): Html {
  if (hasUnsafeCharacters(command))
    return html`<p class="note">The name holds characters that cannot be seen: type the command by hand.</p>`;
  return html`<div class="command"><code>${command}</code><button type="button" class="copy" hidden>Copy</button></div>`;
}

function unseenPart(data: PageData): Html {
  const { coverage } = data;
  const rows = unseen(coverage).map(unseenText);
  const later = leftTexts(coverage).map((text) => `${text}: left for the next scan`);
  const all = [...rows, ...later];
  if (all.length === 0) return html`<section><h2>Could not look</h2><p>Nothing: every question to AWS was answered.</p></section>`;
  return html`<section><h2>Could not look</h2><p>What is not seen is not judged. To see what is missing: <code>${typed(data, "doctor")}</code></p><ul class="plain">${all.map((line) => html`<li>${line}</li>`)}</ul></section>`;
}
