/** Functions by the risk of their roles: what each may do against what it needs. */

import { isOverPrivileged, saidOf, saysOverPrivileged } from "../../shared/model/account-numbers.ts";
import type { FunctionRole } from "../../shared/model/document.ts";
import type { PageRole } from "../../shared/page-file/role-data.ts";
import { typed } from "../../shared/page-file/typed.ts";
import { levelWords } from "../../shared/picture/picture.ts";
import { grouped } from "../../shared/report/quantities.ts";
import type { Account } from "../account.ts";
import { functionAddress } from "../address.ts";
import { type Child, h } from "../dom.ts";
import { listView } from "../list-view.ts";
import { title } from "../parts.ts";
import type { Column } from "../virtual-table.ts";
import { levelMark } from "./function-columns.ts";

export function rolesView(account: Account, query: URLSearchParams): Child {
  const { roles, hasRoles, functionByArn, findings } = account;
  if (!hasRoles) return [title("Roles"), h("p", {}, "The roles of this scan were not read: nothing is said of them.")];
  const powerful = saidOf(findings, saysOverPrivileged);
  return [
    title("Roles", [
      "what the role of each function allows, what the function needs of it, and what is in excess; riskiest first, 100 being the worst. ",
      "A role for one function: ",
      h("code", {}, typed(account, "role NAME")),
    ]),
    listView(
      {
        path: "roles",
        rows: roles,
        columns,
        choices: [
          {
            key: "exposure",
            label: "Exposure",
            value: ({ exposure }) => exposure,
            words: (level) => levelWords[level as FunctionRole["exposure"]],
          },
          {
            key: "data",
            label: "Reads data",
            value: ({ reads, allowed }) => (allowed === null ? "not known" : reads.length > 0 ? "yes" : "none seen"),
          },
          { key: "owner", label: "Owner", value: ({ functionArn }) => functionByArn.get(functionArn)?.owner.team },
          { key: "region", label: "Region", value: ({ region }) => region },
          {
            key: "power",
            label: "Over-privileged",
            value: ({ functionArn, roleArn }) => (isOverPrivileged({ arn: functionArn, roleArn }, powerful) ? "yes" : "no"),
          },
          { key: "shared", label: "Shared", value: ({ sharedWith }) => (sharedWith.length > 0 ? "shared" : "of its own") },
        ],
        text: (one) => [one.function, one.role, one.region, one.first?.what, ...one.worst, ...one.reads, ...one.writes].join(" "),
        placeholder: "name, role, Region, table or secret it reads ...",
        sort: "-risk",
        names: ["function", "functions"],
      },
      query,
    ),
  ];
}

const unknown = () => h("span", { class: "dim" }, "not known");
const dataCell = (texts: readonly string[]): Child =>
  texts.length === 0 ? h("span", { class: "dim" }, "none seen") : h("span", { title: texts.join(", ") }, texts.join(", "));
const number = (value: number | null): Child => (value === null ? unknown() : grouped(value));

const columns: readonly Column<PageRole>[] = [
  {
    key: "function",
    head: "Function",
    width: 210,
    narrow: 160,
    sort: (one) => one.function.toLowerCase(),
    cell: (one) => h("a", { href: functionAddress({ region: one.region, name: one.function }), title: one.function }, one.function),
  },
  {
    key: "risk",
    head: "Risk",
    about:
      "Of 100: who reaches it x what its excess can do x what it reaches x how easily that is mended; of one role by pointing at the number",
    width: 80,
    narrow: 70,
    numeric: true,
    downFirst: true,
    sort: ({ risk }) => risk?.score,
    cell: ({ risk }) =>
      risk
        ? h("span", { title: risk.factors.map(({ name, value, why }) => `${name} ${value} (${why})`).join(" x ") }, risk.score)
        : unknown(),
  },
  {
    key: "role",
    head: "Role",
    width: 170,
    wide: true,
    sort: ({ role }) => role.toLowerCase(),
    cell: ({ role, roleArn }) => h("span", { title: roleArn }, role),
  },
  { key: "region", head: "Region", width: 110, extra: true, sort: ({ region }) => region, cell: ({ region }) => region },
  {
    key: "allowed",
    head: "Allowed",
    width: 84,
    numeric: true,
    wide: true,
    downFirst: true,
    sort: ({ allowed }) => allowed ?? undefined,
    cell: ({ allowed }) => number(allowed),
  },
  {
    key: "needed",
    head: "Needed",
    width: 84,
    numeric: true,
    wide: true,
    downFirst: true,
    sort: ({ needed }) => needed ?? undefined,
    cell: ({ needed }) => number(needed),
  },
  {
    key: "excess",
    head: "In excess",
    width: 100,
    narrow: 96,
    numeric: true,
    downFirst: true,
    sort: ({ inExcess }) => inExcess ?? undefined,
    cell: ({ inExcess }) => number(inExcess),
  },
  {
    key: "shared",
    head: "Shared with",
    width: 114,
    numeric: true,
    wide: true,
    downFirst: true,
    sort: ({ sharedWith }) => sharedWith.length,
    cell: ({ sharedWith }) => h("span", { title: sharedWith.join(", ") }, sharedWith.length),
  },
  {
    key: "exposure",
    head: "Exposure",
    width: 130,
    wide: true,
    sort: ({ exposure }) => exposure,
    cell: ({ exposure }) => levelMark(exposure),
  },
  {
    key: "reads",
    head: "May read",
    about: "Buckets, tables, queues, streams, secrets and parameters whose content the role may read",
    width: 190,
    wide: true,
    cell: ({ reads }) => dataCell(reads),
  },
  {
    key: "writes",
    head: "May write",
    about: "Buckets, tables, queues, streams, secrets and parameters whose content the role may change",
    width: 190,
    extra: true,
    cell: ({ writes }) => dataCell(writes),
  },
  {
    key: "worst",
    head: "Gravest in excess",
    width: 240,
    extra: true,
    cell: ({ worst }) => h("span", { title: worst.join(", ") }, worst.join(", ") || "-"),
  },
  {
    key: "first",
    head: "First",
    about: "What to do about it first",
    width: 180,
    wide: true,
    sort: ({ first }) => first?.what,
    cell: ({ first, unknown: why }) =>
      h("span", { title: first?.command ?? why ?? "no finding about it" }, first?.what ?? (why ? "not known" : "-")),
  },
];
