/** Which functions have a package: `axios <1.8.2`. */
import { typed } from "../../shared/page-file/typed.ts";
import { count, grouped } from "../../shared/report/quantities.ts";
import type { Account } from "../account.ts";
import { addressOf, functionAddress } from "../address.ts";
import { commandBlock } from "../copy.ts";
import { type Child, h } from "../dom.ts";
import { listView } from "../list-view.ts";
import { holesMark, holesRank, knownPart, upgradeText, versionPart, wereAsked, whyNoPackages } from "../package-words.ts";
import { type PackageQuestion, type PackageRow, type PackageUser, packageQuestion, versionText } from "../packages.ts";
import { ownerColumn } from "../parts.ts";
import type { Column } from "../virtual-table.ts";

/** Lines that the list takes: a word such as `a` would mean millions. */
const most = 20_000;

/** The address of who has what a text asks for. */
export function usersAddress(text: string): string {
  return addressOf(["libraries", "functions"], { package: text });
}

/** The address of who has this very version: its name need not read like one. */
export function rowAddress(row: PackageRow): string {
  return addressOf(["libraries", "functions"], { package: row.name, in: row.ecosystem, at: versionText(row) ?? "" });
}

export function packageUsersView(account: Account, query: URLSearchParams): Child {
  const unknown = whyNoPackages(account);
  if (unknown) return unknown;
  const name = query.get("package")?.trim() ?? "";
  const [ecosystem, version] = [query.get("in"), query.get("at")];
  const asked = askedText(name, version);
  const field = questionField(asked);
  if (asked === "") return [field, knownPart(account)];
  const { isAsked, wrong } = version === null ? packageQuestion(asked) : { isAsked: isRow(name, ecosystem, version), wrong: undefined };
  if (wrong !== undefined) return [field, h("p", { class: "note", role: "status" }, wrong)];
  const rows = account.listed.rows.filter(isAsked);
  const { users, hidden, beyond } = usersOf(account, rows);
  const fixed = { package: name, ...(ecosystem === null || version === null ? {} : { in: ecosystem, at: version }) };
  return [
    field,
    h("p", { class: "count", role: "status" }, answerText(asked, users, rows)),
    rows.some((row) => versionText(row) === undefined)
      ? h("p", { class: "sub" }, "Where the version is not known, it may be any: such functions are listed too.")
      : undefined,
    hidden > 0 || beyond
      ? [
          h(
            "p",
            { class: "note" },
            beyond
              ? `These are the first ${grouped(most)} lines. All of them:`
              : `Of ${count(hidden, "version")} without known holes this file says only how many functions have them. Which ones:`,
          ),
          commandBlock(typed(account, `libraries --package '${asked.replaceAll("'", "")}'`)),
        ]
      : undefined,
    knownPart(account),
    users.length > 0
      ? listView(
          {
            path: "libraries/functions",
            rows: users,
            columns: columnsOf(wereAsked(account)),
            choices: [
              { key: "version", label: "Version", value: ({ row }) => versionText(row), words: (version) => version },
              { key: "owner", label: "Owner", value: ({ one }) => one.owner.team },
              { key: "region", label: "Region", value: ({ one }) => one.region },
            ],
            text: ({ one, row, via }) => [one.name, one.region, one.owner.team, row.name, versionText(row), via].join(" "),
            sort: "name",
            names: ["line", "lines"],
            fixed,
          },
          query,
        )
      : undefined,
  ];
}

function isRow(name: string, ecosystem: string | null, version: string): PackageQuestion["isAsked"] {
  return (row) => row.name === name && row.ecosystem === ecosystem && (versionText(row) ?? "") === version;
}

interface Users {
  readonly users: readonly PackageUser[];
  /** Versions of which the page does not say who has them. */
  readonly hidden: number;
  readonly beyond: boolean;
}

function usersOf({ listed }: Account, rows: readonly PackageRow[]): Users {
  const users: PackageUser[] = [];
  let hidden = 0;
  for (const row of rows) {
    const some = listed.usersOf(row);
    if (some === undefined) hidden += 1;
    for (const user of some ?? []) {
      if (users.length === most) return { users, hidden, beyond: true };
      users.push(user);
    }
  }
  return { users, hidden, beyond: false };
}

function answerText(asked: string, users: readonly PackageUser[], rows: readonly PackageRow[]): string {
  if (rows.length === 0) return `No function has ${asked}, as far as code was read.`;
  const functions = new Set(users.map(({ one }) => one)).size;
  return `${count(functions, "function")} with ${asked}, in ${count(rows.length, "version")}`;
}

function questionField(asked: string): HTMLElement {
  const input = h("input", { type: "search", value: asked, autocomplete: "off", spellcheck: "false", placeholder: "axios <1.8.2" });
  const ask = () => location.assign(usersAddress(input.value));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") ask();
  });
  return h(
    "div",
    { class: "bar" },
    h("label", { class: "field grow" }, h("span", {}, "Which functions have"), input),
    h("div", { class: "buttons" }, h("button", { type: "button", click: ask }, "Show")),
  );
}

function askedText(name: string, version: string | null): string {
  // several runs of versions are no bounds
  if (!version || version.includes("||")) return name;
  return /[<>]/.test(version) ? `${name} ${version}` : `${name} =${version}`;
}

function columnsOf(asked: boolean): readonly Column<PackageUser>[] {
  return [
    {
      key: "name",
      head: "Function",
      width: 260,
      narrow: 118,
      sort: ({ one }) => one.name.toLowerCase(),
      cell: ({ one }) => h("a", { href: functionAddress(one), title: one.name }, one.name),
    },
    { key: "package", head: "Package", width: 200, wide: true, sort: ({ row }) => row.name, cell: ({ row }) => row.name },
    { key: "version", head: "Version", width: 120, narrow: 76, cell: ({ row }) => versionPart(row) },
    {
      key: "holes",
      head: "Known holes",
      width: 150,
      narrow: 124,
      sort: ({ row }) => holesRank(row),
      cell: ({ row }) => holesMark(row, asked),
    },
    { key: "fixed", head: "Upgrade to", width: 130, wide: true, cell: ({ row }) => upgradeText(row) },
    { key: "via", head: "In", width: 170, wide: true, sort: ({ via }) => via, cell: ({ via }) => via },
    { key: "region", head: "Region", width: 110, wide: true, sort: ({ one }) => one.region, cell: ({ one }) => one.region },
    ownerColumn(120, ({ one }) => one.owner.team),
  ];
}
