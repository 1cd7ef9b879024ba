/** What each team has, and what nobody has. */

import { severities } from "../../shared/model/finding.ts";
import type { PageOwner } from "../../shared/page-file/owner-rows.ts";
import { typed } from "../../shared/page-file/typed.ts";
import { grouped } from "../../shared/report/quantities.ts";
import type { Account } from "../account.ts";
import { addressOf } from "../address.ts";
import { commandBlock } from "../copy.ts";
import { type Child, h } from "../dom.ts";
import { listView } from "../list-view.ts";
import { link, title } from "../parts.ts";
import type { Column } from "../virtual-table.ts";

export function ownersView(account: Account, query: URLSearchParams): Child {
  const { owners } = account;
  const all = owners.reduce((sum, { resources }) => sum + resources, 0);
  const unowned = owners.find(({ team }) => team === undefined)?.resources ?? 0;
  return [
    title("Owners", all === 0 ? "no resources were read" : `${grouped(all - unowned)} of ${grouped(all)} resources have an owner`),
    listView(
      {
        path: "owners",
        rows: owners,
        columns,
        choices: [],
        text: ({ team = "nobody" }) => team,
        placeholder: "team ...",
        sort: "",
        names: ["owner", "owners"],
      },
      query,
    ),
    unowned > 0
      ? [h("p", {}, "To say who owns a resource, whatever its tags say:"), commandBlock(typed(account, "own RESOURCE TEAM"))]
      : undefined,
  ];
}

const count = (value: number | null): Child =>
  value === null || value === 0 ? h("span", { class: "dim" }, value === null ? "not known" : "0") : grouped(value);
/** The lists of what a team has. */
const of = (place: string, { team = "" }: PageOwner, number: number | null, more: Readonly<Record<string, string>> = {}): Child =>
  number === null || number === 0 ? count(number) : link(addressOf(place.split("/"), { owner: team, ...more }), grouped(number));

const columns: readonly Column<PageOwner>[] = [
  {
    key: "team",
    head: "Owner",
    width: 150,
    narrow: 92,
    sort: ({ team }) => team?.toLowerCase(),
    cell: ({ team }) => team ?? h("strong", {}, "nobody"),
  },
  {
    key: "resources",
    head: "Resources",
    width: 100,
    wide: true,
    numeric: true,
    downFirst: true,
    sort: ({ resources }) => resources,
    cell: ({ resources }) => count(resources),
  },
  {
    key: "functions",
    head: "Functions",
    width: 100,
    narrow: 96,
    numeric: true,
    downFirst: true,
    sort: ({ functions }) => functions,
    cell: (one) => of("functions", one, one.functions),
  },
  ...severities.slice(0, 4).map(
    (severity, i): Column<PageOwner> => ({
      key: severity.toLowerCase(),
      head: severity.charAt(0) + severity.slice(1).toLowerCase(),
      width: 78,
      narrow: i === 0 ? 80 : 58,
      numeric: true,
      downFirst: true,
      wide: i > 1,
      sort: ({ open }) => open[i],
      cell: (one) => of("findings", one, one.open[i] ?? 0, { severity }),
    }),
  ),
  {
    key: "reachable",
    head: "Reachable by anybody",
    width: 205,
    numeric: true,
    downFirst: true,
    wide: true,
    sort: ({ reachable }) => reachable ?? undefined,
    cell: (one) => of("functions", one, one.reachable, { exposure: "internet-anonymous" }),
  },
  {
    key: "unused",
    head: "Unused",
    width: 90,
    numeric: true,
    downFirst: true,
    wide: true,
    sort: ({ unused }) => unused ?? undefined,
    cell: (one) => of("prune", one, one.unused),
  },
  {
    key: "power",
    head: "Over-privileged",
    width: 140,
    numeric: true,
    downFirst: true,
    wide: true,
    sort: ({ overPrivileged }) => overPrivileged ?? undefined,
    cell: (one) => of("roles", one, one.overPrivileged, { power: "yes" }),
  },
  {
    key: "holes",
    head: "Vulnerable",
    about: "Functions with a library of which a hole is known",
    width: 105,
    numeric: true,
    downFirst: true,
    wide: true,
    sort: ({ vulnerable }) => vulnerable ?? undefined,
    cell: (one) => of("libraries/read", one, one.vulnerable, { holes: "some" }),
  },
  { key: "sources", head: "Known from", width: 140, wide: true, cell: ({ sources }) => sources.join(", ") || "-" },
];
