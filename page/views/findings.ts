/** All findings as a table. */
import { severities, severityRank } from "../../shared/model/finding.ts";
import type { PageFinding } from "../../shared/page-file/packed-finding.ts";
import { dateText } from "../../shared/wording/words.ts";
import type { Account } from "../account.ts";
import type { Choice } from "../chooser.ts";
import { type Child, h } from "../dom.ts";
import { listView } from "../list-view.ts";
import { findingLink, noneFound, ownerColumn, severityMark, title } from "../parts.ts";
import type { Column } from "../virtual-table.ts";

export function findingsView(account: Account, query: URLSearchParams): Child {
  const { findings } = account;
  return [
    title("Findings", "gravest first"),
    findings.length === 0 ? noneFound(account, "No finding was made.") : undefined,
    listView(
      {
        path: "findings",
        rows: findings,
        columns,
        choices,
        text: ({ id, title: text, rule, resource, owner }) => [id, text, rule, resource.name, resource.region, owner.team].join(" "),
        sort: "severity",
        names: ["finding", "findings"],
      },
      query,
    ),
  ];
}

const columns: readonly Column<PageFinding>[] = [
  { key: "title", head: "Finding", width: 460, narrow: 232, sort: (one) => one.title.toLowerCase(), cell: findingLink },
  {
    key: "severity",
    head: "Severity",
    width: 110,
    narrow: 94,
    sort: ({ severity }) => severityRank(severity),
    cell: ({ severity }) => severityMark(severity),
  },
  {
    key: "resource",
    head: "Resource",
    width: 190,
    wide: true,
    sort: ({ resource }) => resource.name.toLowerCase(),
    cell: ({ resource }) => h("span", { title: resource.arn }, resource.name),
  },
  {
    key: "region",
    head: "Region",
    width: 110,
    wide: true,
    sort: ({ resource }) => resource.region,
    cell: ({ resource }) => resource.region,
  },
  ownerColumn(110, ({ owner }) => owner.team),
  { key: "rule", head: "Rule", width: 220, wide: true, sort: ({ rule }) => rule, cell: ({ rule }) => rule },
  { key: "status", head: "Status", width: 110, extra: true, sort: ({ status }) => status, cell: ({ status }) => status.toLowerCase() },
  {
    key: "since",
    head: "First seen",
    width: 120,
    numeric: true,
    wide: true,
    downFirst: true,
    sort: ({ firstSeenAt }) => firstSeenAt,
    cell: ({ firstSeenAt }) => dateText(firstSeenAt),
  },
  {
    key: "changed",
    head: "Changed",
    width: 120,
    numeric: true,
    extra: true,
    downFirst: true,
    sort: ({ changedAt }) => changedAt,
    cell: ({ changedAt }) => dateText(changedAt),
  },
  { key: "id", head: "Id", width: 130, extra: true, sort: ({ id }) => id, cell: ({ id }) => id },
];

const choices: readonly Choice<PageFinding>[] = [
  { key: "severity", label: "Severity", value: ({ severity }) => severity, words: (severity) => severity.toLowerCase(), order: severities },
  { key: "rule", label: "Rule", value: ({ rule }) => rule },
  { key: "owner", label: "Owner", value: ({ owner }) => owner.team },
  { key: "region", label: "Region", value: ({ resource }) => resource.region },
  { key: "status", label: "Status", value: ({ status }) => status, words: (status) => status.toLowerCase() },
];
