/** Functions by the risk of their roles: what each may do against what it needs. */

import type { FunctionRole } from "../../shared/model/document.ts";
import { typed } from "../../shared/page-file/typed.ts";
import { levelWords } from "../../shared/picture/picture.ts";
import { grouped } from "../../shared/report/quantities.ts";
import type { Account } from "../account.ts";
import { functionAddress } from "../address.ts";
import { type Child, h } from "../dom.ts";
import { listView } from "../list-view.ts";
import { title } from "../parts.ts";
import type { Column } from "../virtual-table.ts";
import { levelMark } from "./functions.ts";

export function rolesView(account: Account, query: URLSearchParams): Child {
  const { roles, hasRoles, functionByArn } = account;
  if (!hasRoles) return [title("Roles"), h("p", {}, "The roles of this scan were not read: nothing is said of them.")];
  return [
    title("Roles", [
      "what each function may do against what it needs, riskiest first; a role for one function: ",
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
          { key: "owner", label: "Owner", value: ({ functionArn }) => functionByArn.get(functionArn)?.owner.team },
          { key: "region", label: "Region", value: ({ region }) => region },
          { key: "shared", label: "Shared", value: ({ sharedWith }) => (sharedWith.length > 0 ? "shared" : "of its own") },
        ],
        text: (one) => [one.function, one.role, one.region, one.first?.what, ...one.worst].join(" "),
        sort: "-risk",
        names: ["function", "functions"],
      },
      query,
    ),
  ];
}

const unknown = () => h("span", { class: "dim" }, "not known");
const number = (value: number | null): Child => (value === null ? unknown() : grouped(value));

const columns: readonly Column<FunctionRole>[] = [
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
    width: 210,
    wide: true,
    sort: ({ role }) => role.toLowerCase(),
    cell: ({ role, roleArn }) => h("span", { title: roleArn }, role),
  },
  { key: "region", head: "Region", width: 110, extra: true, sort: ({ region }) => region, cell: ({ region }) => region },
  {
    key: "allowed",
    head: "Allowed",
    width: 95,
    numeric: true,
    wide: true,
    downFirst: true,
    sort: ({ allowed }) => allowed ?? undefined,
    cell: ({ allowed }) => number(allowed),
  },
  {
    key: "needed",
    head: "Needed",
    width: 95,
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
    width: 118,
    numeric: true,
    wide: true,
    downFirst: true,
    sort: ({ sharedWith }) => sharedWith.length,
    cell: ({ sharedWith }) => h("span", { title: sharedWith.join(", ") }, sharedWith.length),
  },
  {
    key: "exposure",
    head: "Exposure",
    width: 170,
    wide: true,
    sort: ({ exposure }) => exposure,
    cell: ({ exposure }) => levelMark(exposure),
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
    width: 270,
    wide: true,
    sort: ({ first }) => first?.what,
    cell: ({ first, unknown: why }) => h("span", { title: first?.command ?? why }, first?.what ?? (why ? "not known" : "nothing to do")),
  },
];
