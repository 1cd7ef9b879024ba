/** What several views are made of. */
import type { Severity } from "../shared/model/finding.ts";
import { severities } from "../shared/model/finding.ts";
import type { PageFinding } from "../shared/page-file/packed-finding.ts";
import type { PageAccount } from "../shared/page-file/page-data.ts";
import { unseen } from "../shared/report/coverage-section.ts";
import { addressOf } from "./address.ts";
import { type Child, h } from "./dom.ts";
import type { Column } from "./virtual-table.ts";

/** `2 critical  1 high`, each in its colour; nothing where there are none. */
export function severityCounts(findings: readonly { readonly severity: Severity }[]): Child {
  return severities.flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0
      ? []
      : [
          h(
            "span",
            { class: `sev ${severity.toLowerCase()}`, title: `${number} ${severity.toLowerCase()}` },
            `${number} ${severity.toLowerCase()}`,
          ),
          " ",
        ];
  });
}

/** The same for a narrow place: numbers beside marks, the words for who listens or points. */
export function severityNumbers(findings: readonly { readonly severity: Severity }[]): Child {
  const words: string[] = [];
  const marks = severities.flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    if (number > 0) words.push(`${number} ${severity.toLowerCase()}`);
    return number === 0 ? [] : [h("span", { class: `sev ${severity.toLowerCase()}`, "aria-hidden": "true" }, number), " "];
  });
  return words.length === 0
    ? h("span", { class: "dim" }, "none")
    : h("span", { title: words.join(", ") }, marks, h("span", { class: "hidden" }, words.join(", ")));
}

/** The severity as a word in its colour. */
export function severityMark(severity: Severity): HTMLElement {
  return h("span", { class: `sev ${severity.toLowerCase()}` }, severity.toLowerCase());
}

/** Gravest first as a number, for sorting: more is worse. */
export function weight(findings: readonly { readonly severity: Severity }[]): number {
  const counts = severities.map((severity) => findings.filter((finding) => finding.severity === severity).length);
  return counts.reduce((sum, number) => sum * 1000 + Math.min(number, 999), 0);
}

/** Name and value under each other. */
export function facts(rows: readonly (readonly [name: Child, value: Child])[]): HTMLElement {
  return h(
    "dl",
    { class: "facts" },
    rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

export function section(title: string, ...children: readonly Child[]): HTMLElement {
  return h("section", {}, h("h2", {}, title), children);
}

export function title(text: string, sub?: Child): Child[] {
  return [h("h1", { tabindex: -1 }, text), sub === undefined ? undefined : h("p", { class: "sub" }, sub)];
}

export function link(address: string, ...children: readonly Child[]): HTMLAnchorElement {
  return h("a", { href: address }, children);
}

/** That nothing was found, and how far that goes: where something could not be looked at it proves nothing. */
export function noneFound({ coverage }: Pick<PageAccount, "coverage">, text: string): HTMLElement {
  return unseen(coverage).length === 0
    ? h("p", {}, text)
    : h("p", {}, `${text} Not everything could be looked at: `, link("#/coverage", "see Coverage"), ".");
}

/** A finding's title that leads to it. */
export function findingLink({ id, title: text }: Pick<PageFinding, "id" | "title">): HTMLAnchorElement {
  return h("a", { href: addressOf(["finding", id]), title: text }, text);
}

/** A list of texts; nothing where there are none. */
export function lines(texts: readonly Child[]): HTMLElement | undefined {
  return texts.length === 0
    ? undefined
    : h(
        "ul",
        { class: "plain" },
        texts.map((text) => h("li", {}, text)),
      );
}

/** Lists what is long piece by piece. */
export function inPieces<T>(things: readonly T[], one: (thing: T) => Node, atOnce = 50): HTMLElement {
  const place = h("div");
  let next = 0;
  const more = h("button", {
    type: "button",
    click: () => {
      // the button goes: whoever is on it goes to what it brought
      const [first] = show();
      const target = first instanceof HTMLElement ? (first.querySelector<HTMLElement>("a, summary, button") ?? first) : undefined;
      if (target === first) target?.setAttribute("tabindex", "-1");
      target?.focus();
    },
  });
  const show = (): readonly Node[] => {
    more.remove();
    const some = things.slice(next, next + atOnce).map(one);
    place.append(...some);
    next += some.length;
    if (next >= things.length) return some;
    more.textContent = `Show ${Math.min(atOnce, things.length - next)} more of ${(things.length - next).toLocaleString("en-US")}`;
    place.append(more);
    return some;
  };
  show();
  return place;
}

/** Who owns it. @param teamOf undefined: nobody does */
export function ownerColumn<Row>(width: number, teamOf: (row: Row) => string | undefined): Column<Row> {
  return {
    key: "owner",
    head: "Owner",
    width,
    wide: true,
    sort: (row) => teamOf(row)?.toLowerCase(),
    cell: (row) => teamOf(row) ?? h("span", { class: "dim" }, "nobody"),
  };
}
