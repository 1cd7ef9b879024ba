/** Everything about one function on one page. */

import { severityRank } from "../../shared/model/finding.ts";
import { dailyRuns } from "../../shared/page-file/daily-text.ts";
import type { PageFinding } from "../../shared/page-file/packed-finding.ts";
import type { PageFunction } from "../../shared/page-file/page-function.ts";
import { asTyped, typed } from "../../shared/page-file/typed.ts";
import { howLong, triggerText, whatItIs, whenItRan, whose } from "../../shared/report/function-page-facts.ts";
import { count, grouped } from "../../shared/report/quantities.ts";
import { roleFacts } from "../../shared/report/role-facts.ts";
import { type Account, findingsAbout, openAbout } from "../account.ts";
import { addressOf } from "../address.ts";
import { shareBar } from "../charts.ts";
import { commandBlock } from "../copy.ts";
import { dailyChart } from "../daily-chart.ts";
import { type Child, h } from "../dom.ts";
import { facts, lines, link, noneFound, section, severityCounts, severityMark, title } from "../parts.ts";
import { pathList, pathPicture } from "../path-picture.ts";
import { findingBody } from "./finding.ts";
import { levelMark } from "./function-columns.ts";
import { packagesOfOne } from "./function-packages.ts";
import { holesOf } from "./functions-libraries.ts";

/** Findings that are open from the beginning. */
const mostOpen = 1;

export function functionView(account: Account, region: string, name: string): Child {
  const one = account.functions.find((some) => some.region === region && some.name === name);
  if (!one) {
    return [
      title("No such function"),
      h("p", {}, `This file has no function ${name} in ${region}.`),
      h("p", {}, link(addressOf(["functions"], { q: name }), "Look for it among the functions")),
    ];
  }
  // its own and those of its role: gravest first, whosever they are
  const findings = findingsAbout(account, one).toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity));
  const open = openAbout(account, one);
  const whole = { ...one, triggers: account.triggersOf(one) };
  return [
    title(one.name, [
      one.region,
      " · ",
      one.runtime ?? "container image",
      " · ",
      one.owner.team ?? "nobody owns it",
      " · ",
      levelMark(one.exposure?.open),
      " · ",
      open.length > 0 ? severityCounts(open) : "no open finding",
    ]),
    section(
      "Findings",
      findings.length > 0 ? findings.map((finding, i) => findingCard(account, finding, i < mostOpen)) : noneFound(account, "None."),
    ),
    section("Use and timeout", chart(account, one), facts([...whenItRan(whole), ...howLong(whole)])),
    reachPart(account, one),
    rolePart(account, one),
    librariesPart(account, one),
    section("What it is", facts([...whatItIs(whole), ...whose(whole)])),
    section(
      "More on the command line",
      commandBlock(typed(account, `show ${one.arn}`)),
      commandBlock(typed(account, `role ${one.arn}`)),
      commandBlock(typed(account, `prune ${one.arn}`)),
    ),
  ];
}

function findingCard(account: Account, finding: PageFinding, open: boolean): HTMLElement {
  return h(
    "details",
    { class: "finding", open },
    h(
      "summary",
      {},
      severityMark(finding.severity),
      ` ${finding.title}`,
      finding.acknowledged ? h("span", { class: "dim" }, " accepted") : undefined,
    ),
    h(
      "div",
      { class: "inside" },
      h("p", { class: "sub" }, link(addressOf(["finding", finding.id]), finding.id), ` · ${finding.rule}`),
      findingBody(account, finding),
    ),
  );
}

function chart({ today, historyDays, daysOf }: Account, one: PageFunction): Child {
  const days = daysOf(one);
  if (days === undefined) return h("p", { class: "dim" }, "No daily runs are known of it.");
  const all = dailyRuns(days, today - historyDays + 1);
  const [first] = all;
  if (!first) return h("p", { class: "dim" }, `No run in the last ${count(historyDays, "day")}.`);
  // what began lately is not drawn as a year of nothing; what ended long ago is
  const firstDay = Math.min(first.day, today - 29);
  const { timeoutSeconds, timeout } = one;
  return dailyChart({
    days: all,
    firstDay,
    lastDay: today,
    timeoutSeconds,
    ...(timeout.recommendedSeconds === undefined ? {} : { recommendedSeconds: timeout.recommendedSeconds }),
  });
}

function reachPart(account: Account, one: PageFunction): HTMLElement {
  const { exposure } = one;
  const paths = (exposure?.paths ?? []).flatMap((place) => account.paths[place] ?? []);
  const nothing = exposure ? "No way in from outside the account was seen." : "Who may call it was not read.";
  return section(
    "Who reaches it",
    paths.length > 0
      ? [pathPicture(account, paths), pathList(account, paths)]
      : exposure
        ? noneFound(account, nothing)
        : h("p", {}, nothing),
    h("h3", {}, "Triggers"),
    lines(
      account
        .triggersOf(one)
        .map((trigger) => [triggerText(trigger), trigger.why ? h("span", { class: "dim" }, ` ${trigger.why}`) : undefined]),
    ) ?? noneFound(account, "None known."),
  );
}

function librariesPart(account: Account, one: PageFunction): HTMLElement {
  const { arn, libraries } = one;
  const ask = commandBlock(typed(account, `libraries --function ${arn}`));
  if (!libraries) return section("Libraries", h("p", {}, "This scan read none of its libraries."), ask);
  const { packages, versionsKnown, coverage, unread } = libraries;
  const holes = libraries.vulnerable ? severityCounts(holesOf(libraries)) : "not known: there were no advisories to put them to";
  return section(
    "Libraries",
    facts([
      ["Packages", `${grouped(packages)}, of ${grouped(versionsKnown)} the version is known`],
      ["With known holes", holesOf(libraries).length === 0 && libraries.vulnerable ? "none known" : holes],
      ["How much is known", unread === undefined ? coverage : `not read: ${unread}`],
    ]),
    packages > 0 ? packagesOfOne(account, one) : undefined,
    ask,
  );
}

function rolePart(account: Account, { arn, roleArn }: PageFunction): HTMLElement {
  const role = account.roleOf.get(arn);
  if (!role) return section("What its role may do", h("p", {}, `What ${roleArn} allows was not read.`));
  const { allowed, needed } = role;
  const bar =
    allowed === null || needed === null
      ? undefined
      : h(
          "p",
          { class: "shares" },
          shareBar(needed, allowed, `${grouped(needed)} of ${grouped(allowed)} allowed actions are needed`),
          h("span", {}, ` needs ${grouped(needed)} of the ${grouped(allowed)} actions that it allows`),
        );
  const rows = roleFacts(role).map(([name, value]): readonly [string, Child] =>
    name === "Exposure" ? [name, levelMark(role.exposure)] : [name, value],
  );
  return section(
    "What its role may do",
    bar,
    facts([
      ...rows,
      ["May read", role.reads.join(", ") || "no data, as far as is seen"],
      ["May write", role.writes.join(", ") || "no data, as far as is seen"],
    ]),
    role.first ? [h("p", {}, `First: ${role.first.what}.`), commandBlock(asTyped(account, role.first.command))] : undefined,
  );
}
