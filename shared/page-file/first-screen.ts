/** The first screen: who and when, five numbers, what is most worth doing, what could not be looked at. HTML that reads without a script. */

import { hasUnsafeCharacters } from "../model/plain-text.ts";
import { count } from "../report/quantities.ts";
import { accountName } from "../wording/account-name.ts";
import { dateText } from "../wording/words.ts";
import { type Card, fiveNumbers } from "./five-numbers.ts";
import { type Html, html } from "./html-text.ts";
import type { Overview } from "./overview.ts";
import { typed } from "./typed.ts";

/**
 * The content of the first screen.
 * @param left what there was no room for in the file
 */
export function firstScreen(overview: Overview, left: readonly string[]): Html {
  const cards = fiveNumbers(overview);
  return html`<h1 tabindex="-1">Account ${accountName(overview.account, overview.accountAlias)}</h1>
<p class="sub">${scannedText(overview)}</p>
<noscript><p class="note">This is the first screen. The tables and the pages of single functions need JavaScript, which is inside this file and asks nothing of the network.</p></noscript>
<section aria-label="The account in five numbers"><ul class="cards">${cards.map(cardHtml)}</ul></section>
${tasksPart(overview)}
${unseenPart(overview)}
${left.length > 0 ? html`<section><h2>Left out of this file</h2><ul class="plain">${left.map((line) => html`<li>${line}</li>`)}</ul></section>` : undefined}`;
}

/** When, how much, and how complete. */
export function scannedText({ startedAt, regions, chosenRegions, functions, unseen }: Overview): string {
  const complete = unseen.length === 0 ? "everything was looked at" : `${count(unseen.length, "thing")} could not be looked at`;
  const facts = [`${chosenRegions ? "only " : ""}${count(regions, "Region")}`, count(functions, "function"), complete];
  return `Scanned ${dateText(startedAt)}, ${startedAt.slice(11, 16)} UTC · ${facts.join(" · ")}`;
}

function cardHtml({ label, link, number, isKnown, below, line, change }: Card): Html {
  const shown = isKnown ? html`<span class="number">${number}</span>` : html`<span class="number none">${number}</span>`;
  return html`<li class="card"><a href="${link}"><span class="called">${label}</span>${shown}</a>${below}${line}${change ? html`<span class="then">${change}</span>` : undefined}</li>`;
}

function tasksPart(overview: Overview): Html {
  const list = overview.tasks.map(
    ({ title, where, advice, why, command, link }) =>
      html`<li><h3>${link ? html`<a href="${link}">${title}</a>` : title}</h3><p class="where">${where}</p><p>${advice}</p>${commandHtml(command)}<p class="where">${why}</p></li>`,
  );
  return html`<section><h2>Most worth doing now</h2>${list.length > 0 ? html`<ol class="tasks">${list}</ol>` : html`<p>No finding is open. See what was looked at below, or: <code>${typed(overview, "findings")}</code></p>`}</section>`;
}

/** A command with a button that a script makes work. */
function commandHtml(command: string): Html {
  if (hasUnsafeCharacters(command))
    return html`<p class="note">The name holds characters that cannot be seen: type the command by hand.</p>`;
  return html`<div class="command"><code>${command}</code><button type="button" class="copy" hidden>Copy</button></div>`;
}

function unseenPart(overview: Overview): Html {
  const all = [...overview.unseen, ...overview.later];
  if (all.length === 0) return html`<section><h2>Could not look</h2><p>Nothing: every question to AWS was answered.</p></section>`;
  return html`<section><h2>Could not look</h2><p>What is not seen is not judged. To see what is missing: <code>${typed(overview, "doctor")}</code></p><ul class="plain">${all.map((line) => html`<li>${line}</li>`)}</ul></section>`;
}
