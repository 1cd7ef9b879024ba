/** What is unused, and what goes with each function, in order. */

import { saysUnused } from "../../shared/model/account-numbers.ts";
import { isOpen } from "../../shared/model/document-finding.ts";
import type { PageFinding } from "../../shared/page-file/packed-finding.ts";
import type { PageFunction } from "../../shared/page-file/page-function.ts";
import type { PagePrune } from "../../shared/page-file/prune-lists.ts";
import { typed } from "../../shared/page-file/typed.ts";
import { count, grouped } from "../../shared/report/quantities.ts";
import { typeWord } from "../../shared/report/type-words.ts";
import type { Account } from "../account.ts";
import { functionAddress } from "../address.ts";
import { chooser } from "../chooser.ts";
import { commandBlock } from "../copy.ts";
import { type Child, h } from "../dom.ts";
import { findingLink, inPieces, lines, link, noneFound, section, title } from "../parts.ts";

const atOnce = 25;

/** A function with what goes with it, or another resource that a finding calls unused. */
type Unused = { readonly plan: PagePrune; readonly of?: PageFunction } | { readonly finding: PageFinding };

export function pruneView(account: Account, query: URLSearchParams): Child {
  const { prune, pruneLeft, functionByArn, findings } = account;
  const things: readonly Unused[] = [
    ...prune.map((plan): Unused => {
      const of = functionByArn.get(plan.functionArn);
      return of ? { plan, of } : { plan };
    }),
    ...findings.filter((one) => isOpen(one) && saysUnused(one) && !functionByArn.has(one.resource.arn)).map((finding) => ({ finding })),
  ];
  const unknown = account.functions.length > 0 && account.functions.every(({ lastInvocation }) => lastInvocation.state === "unknown");
  return [
    title(
      "Prune",
      "what a finding calls unused: functions, longest quiet first, each with what goes with it in order; nothing of this was run",
    ),
    prune.length > 0
      ? undefined
      : unknown
        ? h("p", {}, "When functions last ran is not known: which are unused cannot be told.")
        : noneFound(account, "No function is called unused."),
    things.length > 0 ? chosenPart(account, things, query) : undefined,
    pruneLeft > 0
      ? h(
          "p",
          { class: "note" },
          `${grouped(pruneLeft)} more functions are called unused; for each: `,
          h("code", {}, typed(account, "prune NAME")),
        )
      : undefined,
  ];
}

function chosenPart(account: Account, things: readonly Unused[], query: URLSearchParams): Child {
  const place = h("div");
  const { bar, counted, refresh } = chooser<Unused>(
    {
      path: "prune",
      things,
      choices: [
        {
          key: "state",
          label: "In the way",
          value: (one) => ("plan" in one ? (one.plan.inTheWay.length > 0 ? "something" : "nothing") : "not looked at"),
        },
        { key: "owner", label: "Owner", value: teamOf },
        { key: "region", label: "Region", value: (one) => ("plan" in one ? one.of?.region : one.finding.resource.region) },
      ],
      text: (one) =>
        "plan" in one
          ? [one.plan.functionArn, teamOf(one), one.of?.stack?.name, ...one.plan.goes].join(" ")
          : [one.finding.title, one.finding.resource.arn, teamOf(one)].join(" "),
      placeholder: "name, owner, stack ...",
      names: ["thing is called unused", "things are called unused"],
      show: (chosen) =>
        place.replaceChildren(
          chosen.length > 0 ? parts(account, chosen) : h("p", { class: "none" }, "None answers to the filter and the choices."),
        ),
    },
    query,
  );
  refresh();
  return [bar, counted, place];
}

function teamOf(one: Unused): string | undefined {
  return "plan" in one ? one.of?.owner.team : one.finding.owner.team;
}

function parts(account: Account, chosen: readonly Unused[]): HTMLElement {
  const plans = chosen.flatMap((one) => ("plan" in one ? one.plan : []));
  const others = chosen.flatMap((one) => ("plan" in one ? [] : one.finding));
  return h(
    "div",
    {},
    plans.length > 0 ? inPieces(plans, (one) => card(account, one), atOnce) : undefined,
    others.length > 0 ? section("Unused, and no function", inPieces(others, otherLine, 100)) : undefined,
  );
}

function otherLine(finding: PageFinding): HTMLElement {
  const { resource, owner } = finding;
  const where = `${typeWord(resource.type)}, ${resource.region}, ${owner.team ?? "nobody owns it"}`;
  return h("p", {}, findingLink(finding), h("span", { class: "dim" }, ` ${where}`));
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
