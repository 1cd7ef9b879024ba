/** How much is known of the libraries of each function. */
import { isVulnerable, saidOf, saysVulnerable } from "../../shared/model/account-numbers.ts";
import { type Severity, severities } from "../../shared/model/finding.ts";
import type { LibrariesSummary } from "../../shared/model/libraries.ts";
import type { PageFunction } from "../../shared/page-file/page-function.ts";
import { grouped } from "../../shared/report/quantities.ts";
import type { Account } from "../account.ts";
import { functionAddress } from "../address.ts";
import { type Child, h } from "../dom.ts";
import { listView } from "../list-view.ts";
import { ownerColumn, severityNumbers, weight } from "../parts.ts";
import type { Column } from "../virtual-table.ts";

type Known = PageFunction & { readonly libraries: LibrariesSummary };

/** How much is known of each function's libraries. */
export function functionsLibrariesView(account: Account, query: URLSearchParams): Child {
  const known = account.functions.filter((one): one is Known => one.libraries !== undefined);
  if (known.length === 0) return h("p", {}, "This scan read no libraries: nothing is said of them.");
  const found = saidOf(account.findings, saysVulnerable);
  const unasked = known.every(({ libraries }) => libraries.vulnerable === undefined);
  return [
    unasked ? h("p", { class: "note" }, "There were no advisories to put them to: whether one has a known hole is not known.") : undefined,
    listView(
      {
        path: "libraries/read",
        rows: known,
        columns,
        choices: [
          { key: "known", label: "How much is known", value: ({ libraries }) => libraries.coverage },
          {
            key: "holes",
            label: "Known holes",
            value: (one) => (isVulnerable(one, found) ? "some" : one.libraries.vulnerable ? "none known" : "not known"),
          },
          { key: "owner", label: "Owner", value: ({ owner }) => owner.team },
        ],
        text: ({ name, region, owner, runtime }) => [name, region, owner.team, runtime].join(" "),
        sort: "-holes",
        names: ["function", "functions"],
      },
      query,
    ),
  ];
}

/** One for each package with a hole. */
export function holesOf({ vulnerable = {} }: LibrariesSummary): { readonly severity: Severity }[] {
  return severities.flatMap((severity) => Array.from({ length: vulnerable[severity] ?? 0 }, () => ({ severity })));
}

/** How many packages have known holes, by severity; where nobody could look, that. */
export function holesCell(libraries: LibrariesSummary | undefined): Child {
  if (!libraries?.vulnerable) return h("span", { class: "dim", title: libraries?.unread }, "not known");
  return severityNumbers(holesOf(libraries));
}

const columns: readonly Column<Known>[] = [
  {
    key: "name",
    head: "Function",
    width: 240,
    narrow: 166,
    sort: ({ name }) => name.toLowerCase(),
    cell: (one) => h("a", { href: functionAddress(one), title: one.name }, one.name),
  },
  {
    key: "holes",
    head: "Known holes",
    about: "Packages of which a hole is known, by severity",
    width: 150,
    narrow: 160,
    downFirst: true,
    sort: ({ libraries }) => (libraries.vulnerable ? weight(holesOf(libraries)) : undefined),
    cell: ({ libraries }) => holesCell(libraries),
  },
  {
    key: "packages",
    head: "Packages",
    width: 110,
    wide: true,
    numeric: true,
    downFirst: true,
    sort: ({ libraries }) => libraries.packages,
    cell: ({ libraries }) => grouped(libraries.packages),
  },
  {
    key: "versions",
    head: "Versions known",
    width: 130,
    numeric: true,
    wide: true,
    downFirst: true,
    sort: ({ libraries }) => libraries.versionsKnown,
    cell: ({ libraries }) => grouped(libraries.versionsKnown),
  },
  {
    key: "coverage",
    head: "How much is known",
    width: 330,
    wide: true,
    sort: ({ libraries }) => libraries.coverage,
    cell: ({ libraries }) =>
      h("span", { title: libraries.unread }, libraries.unread === undefined ? libraries.coverage : `not read: ${libraries.unread}`),
  },
  {
    key: "runtime",
    head: "Runtime",
    width: 120,
    wide: true,
    sort: ({ runtime }) => runtime,
    cell: ({ runtime, packageType }) => runtime ?? packageType.toLowerCase(),
  },
  ownerColumn(120, ({ owner }) => owner.team),
];
