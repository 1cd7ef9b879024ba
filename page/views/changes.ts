/** What opened, worsened and cleared between two scans. */

import { type Severity, severityRank } from "../../shared/model/finding.ts";
import type { PageFinding } from "../../shared/page-file/packed-finding.ts";
import { typed } from "../../shared/page-file/typed.ts";
import { decisionFacts } from "../../shared/report/decision-facts.ts";
import { count } from "../../shared/report/quantities.ts";
import { dateText } from "../../shared/wording/words.ts";
import type { Account } from "../account.ts";
import { commandBlock } from "../copy.ts";
import { type Child, h } from "../dom.ts";
import { facts, findingLink, inPieces, lines, section, severityMark, title } from "../parts.ts";

export function changesView(account: Account): Child {
  const { changes, findingById, scan } = account;
  const decisions = decisionsPart(account);
  const { since, opened, worsened, eased, cleared, newFunctions, goneFunctions } = changes;
  if (!since) {
    return [
      title("Changes"),
      h("p", {}, "There is no earlier scan to compare with: this was the first, or its document is no longer kept."),
      othersPart(account),
      decisions,
    ];
  }
  const moved = (list: typeof worsened) =>
    list
      .flatMap(({ id, from }) => (findingById.get(id) ? [{ finding: findingById.get(id) as PageFinding, from }] : []))
      .sort((a, b) => gravestFirst(a.finding, b.finding));
  return [
    title("Changes", `from ${timeText(since.at)} to ${timeText(scan.startedAt)}`),
    othersPart(account),
    part("Opened", opened.flatMap((id) => findingById.get(id) ?? []).sort(gravestFirst), (finding) => row(finding)),
    part("Worsened", moved(worsened), ({ finding, from }) => row(finding, ` was ${from.toLowerCase()}`)),
    part("Less grave", moved(eased), ({ finding, from }) => row(finding, ` was ${from.toLowerCase()}`)),
    part("Cleared", cleared.toSorted(gravestFirst), ({ id, severity, title: text, resource, rule }) =>
      h("p", { class: "row" }, severityMark(severity), ` ${text}`, h("span", { class: "dim" }, ` ${resource.region} · ${rule} · ${id}`)),
    ),
    newFunctions.length > 0 ? section(`New functions (${newFunctions.length})`, lines(newFunctions.slice(0, 200))) : undefined,
    goneFunctions.length > 0 ? section(`Functions that are gone (${goneFunctions.length})`, lines(goneFunctions.slice(0, 200))) : undefined,
    decisions,
  ];
}

/** Other scans that this one can be compared with: the file has one comparison. */
function othersPart({ changes: { since, kept }, ...typing }: Account): Child {
  const others = kept.filter(({ id }) => id !== since?.id);
  return others.length === 0
    ? undefined
    : h(
        "details",
        {},
        h("summary", {}, "Since another scan"),
        others.map(({ id, at }) => [h("p", {}, timeText(at)), commandBlock(typed(typing, `report --since ${id}`))]),
      );
}

function timeText(at: string): string {
  return `${dateText(at)}, ${at.slice(11, 16)} UTC`;
}

const gravestFirst = (a: { readonly severity: Severity }, b: { readonly severity: Severity }) =>
  severityRank(a.severity) - severityRank(b.severity);

function row(finding: PageFinding, more = ""): HTMLElement {
  return h(
    "p",
    { class: "row" },
    severityMark(finding.severity),
    " ",
    findingLink(finding),
    h("span", { class: "dim" }, `${more} ${finding.resource.region} · ${finding.owner.team ?? "nobody owns it"} · ${finding.rule}`),
  );
}

function part<T>(name: string, things: readonly T[], one: (thing: T) => HTMLElement): HTMLElement {
  return section(
    name,
    things.length > 0 ? [h("p", { class: "count" }, count(things.length, "finding")), inPieces(things, one, 100)] : h("p", {}, "Nothing."),
  );
}

/** What somebody decided to live with, the first to end first; and decisions that no longer hold. */
function decisionsPart({ findings }: Account): Child {
  const held = findings.filter(({ acknowledged, status }) => acknowledged && status === "SUPPRESSED");
  const ended = findings.filter(({ released, acknowledged }) => released && !acknowledged);
  const sooner = (a: PageFinding, b: PageFinding) => ((a.acknowledged?.until ?? "") < (b.acknowledged?.until ?? "") ? -1 : 1);
  const one = (finding: PageFinding) => h("div", {}, row(finding), facts(decisionFacts(finding)));
  return [
    section(
      "Decisions in force",
      held.length > 0 ? inPieces(held.toSorted(sooner), one) : h("p", {}, "Nobody decided to live with a finding."),
    ),
    ended.length > 0 ? section("Decisions that ended", inPieces(ended, one)) : undefined,
  ];
}
