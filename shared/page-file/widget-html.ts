/** The first screen of the page for a custom widget of a CloudWatch dashboard: HTML without a script, without links that lead nowhere. Pure. */

import { hasUnsafeCharacters } from "../model/plain-text.ts";
import { accountName } from "../wording/account-name.ts";
import { scannedText } from "./first-screen.ts";
import { type Card, fiveNumbers } from "./five-numbers.ts";
import { Html, html } from "./html-text.ts";
import type { Overview } from "./overview.ts";
import type { PageTask } from "./tasks.ts";
import { typed } from "./typed.ts";

/** Where the widget stands: what the dashboard says of it. */
export interface WidgetPlace {
  /** Pixels; absent: not told. */
  readonly width?: number;
  readonly dark: boolean;
}

/** Narrower than this, numbers stand under each other in pairs. */
const narrow = 620;
const mostUnseen = 12;

/** What a dashboard shows. */
export function widgetHtml(overview: Overview, place: WidgetPlace): string {
  return html`${styleOf(place)}<div class="smalltarget">
<p class="st-sub"><b>Account ${accountName(overview.account, overview.accountAlias)}</b> · ${scannedText(overview)}</p>
<div class="st-cards">${fiveNumbers(overview).map(cardHtml)}</div>
${tasksPart(overview)}
${unseenPart(overview)}
<p class="st-sub">The whole page: <code>${typed(overview, "report")}</code></p>
</div>`.text;
}

/** What a dashboard shows where there is nothing else to show: why, and what to do. */
export function widgetNote(text: string, place: WidgetPlace): string {
  return html`${styleOf(place)}<div class="smalltarget"><p>${text}</p></div>`.text;
}

function cardHtml({ label, number, isKnown, below, line, change }: Card): Html {
  const shown = isKnown ? html`<span class="st-number">${number}</span>` : html`<span class="st-unknown">${number}</span>`;
  return html`<div class="st-card"><span class="st-called">${label}</span>${shown}${below}${line}${change ? html`<span class="st-then">${change}</span>` : undefined}</div>`;
}

function tasksPart({ tasks }: Overview): Html {
  if (tasks.length === 0) return html`<h3>Most worth doing now</h3><p>No finding is open.</p>`;
  return html`<h3>Most worth doing now</h3><ol>${tasks.map(taskHtml)}</ol>`;
}

function taskHtml({ title, where, advice, command }: PageTask): Html {
  const shown = hasUnsafeCharacters(command)
    ? html`<p class="st-sub">The name holds characters that cannot be seen: type the command by hand.</p>`
    : html`<pre>${command}</pre>`;
  return html`<li><b>${title}</b><p class="st-sub">${where}</p><p>${advice}</p>${shown}</li>`;
}

function unseenPart(overview: Overview): Html {
  const all = [...overview.unseen, ...overview.later];
  if (all.length === 0) return html`<h3>Could not look</h3><p>Nothing: every question to AWS was answered.</p>`;
  const more = all.length > mostUnseen ? html`<li>${all.length - mostUnseen} more</li>` : undefined;
  return html`<h3>Could not look</h3><p>What is not seen is not judged. To see what is missing: <code>${typed(overview, "doctor")}</code></p><ul>${all.slice(0, mostUnseen).map((line) => html`<li>${line}</li>`)}${more}</ul>`;
}

/** Names of its own for every class: the dashboard puts all widgets into one document. */
function styleOf({ width, dark }: WidgetPlace): Html {
  const [text, dim, edge, ground, line, grave] = dark
    ? ["#e9ebed", "#b0b8c4", "#414d5c", "#161d26", "#6cb2ff", "#ff8a80"]
    : ["#16191f", "#545b64", "#d5dbdb", "#f4f6f6", "#0058b0", "#b3130b"];
  const isNarrow = width !== undefined && width < narrow;
  const css = `
.smalltarget{color:${text};font:14px/1.4 "Amazon Ember","Helvetica Neue",Roboto,Arial,sans-serif;padding:4px 8px;overflow-wrap:anywhere}
.smalltarget h3{font-size:15px;margin:14px 0 6px;color:${text}}
.smalltarget p{margin:2px 0}
.smalltarget ol,.smalltarget ul{margin:4px 0;padding-left:22px}
.smalltarget li{margin:0 0 10px}
.smalltarget ul li{margin:0 0 2px}
.smalltarget pre,.smalltarget code{font:12px/1.5 Menlo,Consolas,monospace;background:${ground};color:${text};border:0}
.smalltarget pre{padding:6px 8px;margin:4px 0;white-space:pre-wrap;border-radius:4px}
.smalltarget .st-cards{display:grid;grid-template-columns:repeat(${isNarrow ? 2 : 5},minmax(0,1fr));gap:8px;margin:8px 0}
.smalltarget .st-card{border:1px solid ${edge};border-radius:6px;padding:8px 10px;display:flex;flex-direction:column;gap:2px}
.smalltarget .st-card:first-child{grid-column:${isNarrow ? "1/-1" : "auto"}}
.smalltarget .sev{margin-right:4px;white-space:nowrap}
.smalltarget .st-number{font-size:26px;line-height:1.2;font-weight:700}
.smalltarget .st-unknown{font-size:16px;line-height:32px;color:${dim}}
.smalltarget .st-called{font-weight:600}
.smalltarget .what,.smalltarget .severities,.smalltarget .st-then,.smalltarget .st-sub{font-size:12px;color:${dim}}
.smalltarget .sev.critical,.smalltarget .sev.high{color:${grave};font-weight:600}
.smalltarget svg.trend{max-width:100%}
.smalltarget svg.trend polyline{fill:none;stroke:${line};stroke-width:1.5}
.smalltarget svg.trend circle{fill:${line}}
`;
  return html`<style>${new Html(css)}</style>`;
}
