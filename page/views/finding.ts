/** One finding with everything there is to say about it. */

import { evidenceRows } from "../../shared/notify/layout.ts";
import type { PageFinding } from "../../shared/page-file/packed-finding.ts";
import type { PageRule } from "../../shared/page-file/rule-words.ts";
import { asTyped, typed } from "../../shared/page-file/typed.ts";
import { decisionFacts, scopeFacts } from "../../shared/report/decision-facts.ts";
import { typeWord } from "../../shared/report/type-words.ts";
import { dateText } from "../../shared/wording/words.ts";
import type { Account } from "../account.ts";
import { addressOf, functionAddress } from "../address.ts";
import { commandBlock } from "../copy.ts";
import { type Child, h } from "../dom.ts";
import { facts, link, section, severityMark, title } from "../parts.ts";

export function findingView(account: Account, id: string): Child {
  const finding = account.findingById.get(id.toUpperCase());
  if (!finding) {
    const ask = typed(account, `show ${/^F-[0-9A-Z]{10}$/i.test(id) ? id.toUpperCase() : "F-..."}`);
    return [
      title("No such finding"),
      h("p", {}, `The scan of this file has no finding ${id}: it may be resolved, or of another account.`),
      commandBlock(ask),
    ];
  }
  const { resource, rule } = finding;
  return [
    title(finding.title, [severityMark(finding.severity), ` ${finding.id} · `, link(addressOf(["findings"], { rule }), rule)]),
    section(
      "What it is about",
      facts([
        ["Resource", [resourceLink(account, finding), ` (${typeWord(resource.type)}) in ${resource.region}`]],
        ["ARN", resource.arn],
        ["Owner", ownerText(finding)],
      ]),
    ),
    findingBody(account, finding),
  ];
}

/** What the rule says, and when it says this severity. */
function whyPart({ rules }: Account, { rule, severity }: PageFinding): HTMLElement {
  const said = rules.find(({ id }) => id === rule);
  const when = said?.severities.find((one) => one.severity === severity)?.when;
  return section(
    `Why it is ${severity.toLowerCase()}`,
    when === undefined ? undefined : h("p", {}, severityMark(severity), `: ${when}`),
    said?.settings.filter(({ name }) => when?.includes(name)).map(settingLine),
    said ? h("p", {}, said.why) : h("p", {}, "Its rule is not known to the version that wrote this file."),
    said ? h("details", {}, h("summary", {}, "Every severity of this rule"), everySeverity(said)) : undefined,
  );
}

function everySeverity({ severities, settings }: PageRule): Child {
  return [facts(severities.map(({ severity, when }) => [severityMark(severity), when] as const)), settings.map(settingLine)];
}

function settingLine({ name, value, meaning }: PageRule["settings"][number]): HTMLElement {
  return h("p", { class: "dim" }, `${name}: ${meaning}; ${value} unless it is set otherwise`);
}

/** Why it is as grave as it is, evidence, history, commands. */
export function findingBody(account: Account, finding: PageFinding): Child {
  const rest = account.evidenceOf(finding);
  const { id, status, firstSeenAt, changedAt } = finding;
  const history = [
    ["Status", status.toLowerCase()],
    ["First seen", dateText(firstSeenAt)],
    ["Changed", dateText(changedAt)],
    ...(rest ? ([["Confidence", rest.confidence]] as const) : []),
    ...scopeFacts(finding),
  ] as const;
  const decided = decisionFacts(finding);
  const decision = section("Decision", decided.length > 0 ? facts(decided) : decidePart(account, finding));
  if (!rest) {
    return [
      whyPart(account, finding),
      facts(history),
      h("p", { class: "note" }, "There was no room for its evidence and commands in this file:"),
      commandBlock(typed(account, `show ${id}`)),
    ];
  }
  const { evidence, remediation, references } = rest;
  const more = references.filter((url) => url.startsWith("https://"));
  return [
    whyPart(account, finding),
    section("Evidence", facts(evidenceRows(evidence).map(({ name, value }) => [name, value] as const))),
    section(
      "What to do",
      h("p", {}, remediation.text),
      remediation.commands.map((command) => commandBlock(asTyped(account, command))),
    ),
    decision,
    section("History", facts(history)),
    more.length > 0
      ? section(
          "More",
          h(
            "ul",
            { class: "plain" },
            more.map((url) => h("li", {}, h("a", { href: url, rel: "noreferrer noopener" }, url))),
          ),
        )
      : undefined,
  ];
}

/** A CRITICAL finding may be accepted for 90 days, others for a year: the command says no to more. */
function decidePart(account: Account, { id }: PageFinding): Child {
  return [
    h("p", {}, "Nobody decided to live with it. To do so for a time and a reason:"),
    commandBlock(typed(account, `ack ${id} --reason accepted-risk --until 90d --comment 'why'`)),
  ];
}

function resourceLink({ functionByArn }: Account, { resource }: PageFinding): Child {
  const one = functionByArn.get(resource.arn);
  return one ? link(functionAddress(one), resource.name) : resource.name;
}

function ownerText({ owner }: PageFinding): string {
  return owner.team
    ? `${owner.team}${owner.source ? ` (${owner.source})` : ""}${owner.env ? `, environment ${owner.env}` : ""}`
    : "nobody owns it";
}
