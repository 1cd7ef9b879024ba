/** What is unused, and what goes with each function, in order. */

import { saysUnused } from "../../shared/model/account-numbers.ts";
import type { PagePrune } from "../../shared/page-file/page-data.ts";
import { typed } from "../../shared/page-file/typed.ts";
import { count, grouped } from "../../shared/report/quantities.ts";
import { typeWord } from "../../shared/report/type-words.ts";
import type { Account } from "../account.ts";
import { functionAddress } from "../address.ts";
import { commandBlock } from "../copy.ts";
import { type Child, h } from "../dom.ts";
import { findingLink, inPieces, lines, link, noneFound, section, title } from "../parts.ts";

const atOnce = 25;

export function pruneView(account: Account, query: URLSearchParams): Child {
  const { prune, pruneLeft, functionByArn, findings } = account;
  const text = (query.get("q") ?? "").toLowerCase();
  const shown = prune.filter(({ functionArn }) => functionArn.toLowerCase().includes(text));
  const others = findings.filter((finding) => saysUnused(finding) && !functionByArn.has(finding.resource.arn));
  return [
    title("Prune", "functions that a finding calls unused, longest quiet first; nothing of this was run"),
    shown.length > 0
      ? inPieces(shown, (one) => card(account, one), atOnce)
      : account.functions.length > 0 && account.functions.every(({ lastInvocation }) => lastInvocation.state === "unknown")
        ? h("p", {}, "When functions last ran is not known: which are unused cannot be told.")
        : noneFound(account, "No function is called unused."),
    pruneLeft > 0
      ? h(
          "p",
          { class: "note" },
          `${grouped(pruneLeft)} more functions are called unused; for each: `,
          h("code", {}, typed(account, "prune NAME")),
        )
      : undefined,
    others.length > 0
      ? section(
          "Unused, and no function",
          inPieces(
            others,
            (finding) =>
              h(
                "p",
                {},
                findingLink(finding),
                h(
                  "span",
                  { class: "dim" },
                  ` ${typeWord(finding.resource.type)}, ${finding.resource.region}, ${finding.owner.team ?? "nobody owns it"}`,
                ),
              ),
            100,
          ),
        )
      : undefined,
  ];
}

function card({ functionByArn, findingsOf }: Account, one: PagePrune): HTMLElement {
  const subject = functionByArn.get(one.functionArn);
  const why = findingsOf.get(one.functionArn)?.find(saysUnused)?.title ?? one.functionArn;
  const state = one.inTheWay.length > 0 ? `${one.inTheWay.length} in the way` : `${count(one.goes.length, "thing")} to remove`;
  return h(
    "details",
    { class: "finding" },
    h(
      "summary",
      {},
      why,
      h("span", { class: "dim" }, ` ${subject ? `${subject.region} · ${subject.owner.team ?? "nobody owns it"} · ` : ""}${state}`),
    ),
    h(
      "div",
      { class: "inside" },
      subject ? h("p", {}, link(functionAddress(subject), `Everything about ${subject.name}`)) : undefined,
      listed("In the way: see to this first", one.inTheWay),
      listed("Goes with it", one.goes),
      listed("Stays", one.stays),
      listed("Could not look: what refers to it from there would not show", one.unseen),
      one.phases.map(({ title: text, steps }, i) => section(`${i + 1}. ${text}`, steps.map(step))),
    ),
  );
}

function step({ what, commands, undo = [] }: PagePrune["phases"][number]["steps"][number]): Child {
  return [
    h("p", {}, what),
    commands.map(commandBlock),
    undo.length > 0 ? h("details", {}, h("summary", {}, "To undo it"), undo.map(commandBlock)) : undefined,
  ];
}

function listed(head: string, texts: readonly string[]): Child {
  return texts.length === 0 ? undefined : [h("h3", {}, head), lines(texts)];
}
