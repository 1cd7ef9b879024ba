/** The packages that are really in the code of functions: which there are, who has one, how much is known. */
import { saysVulnerable } from "../../shared/model/account-numbers.ts";
import { severities } from "../../shared/model/finding.ts";
import { ecosystems } from "../../shared/model/packages.ts";
import { count, grouped } from "../../shared/report/quantities.ts";
import type { Account } from "../account.ts";
import { type Address, addressOf } from "../address.ts";
import { type Child, h } from "../dom.ts";
import { listView } from "../list-view.ts";
import { holesMark, holesRank, holesWord, knownPart, upgradeText, versionPart, wereAsked, whyNoPackages } from "../package-words.ts";
import { type PackageRow, packageQuestion, versionText } from "../packages.ts";
import { link, title } from "../parts.ts";
import type { Column } from "../virtual-table.ts";
import { functionsLibrariesView } from "./functions-libraries.ts";
import { packageUsersView, rowAddress, usersAddress } from "./package-users.ts";

const tabs = [
  ["", "Packages"],
  ["functions", "Who has a package"],
  ["read", "How much is known"],
] as const;

export function librariesView(account: Account, { path: [, tab = ""], query }: Address): Child {
  const view = tab === "read" ? functionsLibrariesView : tab === "functions" ? packageUsersView : packagesView;
  return [
    title("Libraries", "the packages that are really in the code of functions and in their layers"),
    h(
      "nav",
      { class: "tabs", "aria-label": "Libraries" },
      h(
        "ul",
        {},
        tabs.map(([key, name]) =>
          h(
            "li",
            {},
            h("a", { href: addressOf(["libraries", key].filter(Boolean)), "aria-current": key === tab ? "page" : undefined }, name),
          ),
        ),
      ),
    ),
    view(account, query),
  ];
}

function packagesView(account: Account, query: URLSearchParams): Child {
  const unknown = whyNoPackages(account);
  if (unknown) return unknown;
  const { listed, findings } = account;
  const vulnerable = findings.filter(saysVulnerable);
  return [
    knownPart(account),
    vulnerable.length > 0
      ? h(
          "p",
          {},
          link(
            addressOf(["findings"], { q: "library/", sort: "severity" }),
            `${count(vulnerable.length, "finding")} about libraries with known holes`,
          ),
          ", each with the version to go to",
        )
      : undefined,
    listView(
      {
        path: "libraries",
        rows: listed.rows,
        columns: columnsOf(wereAsked(account)),
        choices: [
          {
            key: "severity",
            label: "Known holes",
            value: (row) => holesWord(row, wereAsked(account)),
            words: (word) => word.toLowerCase(),
            order: [...severities, "none known", "cannot be told", "not known"],
          },
          { key: "ecosystem", label: "Ecosystem", value: ({ ecosystem }) => ecosystem, order: ecosystems },
        ],
        text: { asked: (text) => packageQuestion(text).isAsked },
        placeholder: "axios <1.8.2, log4j, CVE-2021-44228 ...",
        sort: "severity",
        names: ["version of a package", "versions of packages"],
        below: (rows, filter) => usersPart(rows, filter),
      },
      query,
    ),
  ];
}

function usersPart(rows: readonly PackageRow[], filter: string): Child {
  if (filter === "")
    return h("p", { class: "sub" }, "A name with versions, such as axios <1.8.2 or log4j-core >=2.0,<2.17.1, means that package alone.");
  const { wrong, isExact } = packageQuestion(filter);
  if (wrong !== undefined) return h("p", { class: "sub" }, wrong);
  const untold = isExact ? rows.filter((row) => versionText(row) === undefined).length : 0;
  return h(
    "p",
    {},
    rows.length > 0
      ? link(usersAddress(filter), `Which functions have ${rows.length === 1 ? "it" : "them"}`)
      : "No function has it, as far as code was read.",
    untold > 0 ? " A version that is not known may be any." : undefined,
  );
}

function columnsOf(asked: boolean): readonly Column<PackageRow>[] {
  return [
    {
      key: "name",
      head: "Package",
      width: 300,
      narrow: 118,
      sort: ({ name }) => name.toLowerCase(),
      cell: (row) => link(rowAddress(row), row.name),
    },
    { key: "version", head: "Version", width: 130, narrow: 76, cell: versionPart },
    { key: "severity", head: "Known holes", width: 160, narrow: 124, sort: holesRank, cell: (row) => holesMark(row, asked) },
    { key: "fixed", head: "Upgrade to", width: 150, wide: true, cell: upgradeText },
    {
      key: "ids",
      head: "Advisories",
      width: 330,
      wide: true,
      cell: ({ holes }) => h("span", { title: [...(holes?.ids ?? []), ...(holes?.aliases ?? [])].join(", ") }, holes?.ids.join(", ")),
    },
    { key: "ecosystem", head: "Ecosystem", width: 110, wide: true, sort: ({ ecosystem }) => ecosystem, cell: ({ ecosystem }) => ecosystem },
    {
      key: "functions",
      head: "Functions",
      width: 100,
      wide: true,
      numeric: true,
      downFirst: true,
      sort: ({ functions }) => functions,
      cell: ({ functions }) => grouped(functions),
    },
  ];
}
