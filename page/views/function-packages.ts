/** The packages of one function, unpacked when somebody opens the list. */
import type { PageFunction } from "../../shared/page-file/page-function.ts";
import { count } from "../../shared/report/quantities.ts";
import { type Account, withParts } from "../account.ts";
import { type Child, h } from "../dom.ts";
import { holesMark, holesRank, upgradeText, wereAsked, whyNoPackages } from "../package-words.ts";
import { type PackageUser, versionText } from "../packages.ts";
import { inPieces, link } from "../parts.ts";
import { rowAddress } from "./package-users.ts";

export function packagesOfOne(account: Account, one: PageFunction): HTMLElement {
  const place = h("div", { class: "inside" }, "Unpacking ...");
  const list = h("details", { class: "finding" }, h("summary", {}, "Its packages"), place);
  list.addEventListener(
    "toggle",
    async () => {
      try {
        await withParts(account, ["packages"]);
        place.replaceChildren(h("div", {}, listOf(account, one)));
      } catch (error) {
        place.textContent = `They cannot be shown: ${error instanceof Error ? error.message : String(error)}`;
      }
    },
    { once: true },
  );
  return list;
}

function listOf(account: Account, one: PageFunction): Child {
  const unknown = whyNoPackages(account);
  if (unknown) return unknown;
  const { listed } = account;
  const users = listed.rowsOf(one).toSorted((a, b) => holesRank(a.row) - holesRank(b.row) || (a.row.name < b.row.name ? -1 : 1));
  const hidden = listed.rows.some(({ list }) => list === undefined);
  return [
    hidden
      ? h("p", { class: "note" }, "Only those with known holes are here; the command below lists all.")
      : users.length === 0
        ? h("p", {}, "None is listed.")
        : h("p", { class: "sub" }, count(users.length, "package")),
    inPieces(users, (user) => h("p", { class: "package" }, lineOf(user, wereAsked(account))), 100),
  ];
}

function lineOf({ row, via }: PackageUser, asked: boolean): Child {
  const to = upgradeText(row);
  return [
    link(rowAddress(row), `${row.name} ${versionText(row) ?? "(version not known)"}`),
    " ",
    holesMark(row, asked),
    to === "" ? undefined : ` to ${to}`,
    h("span", { class: "dim" }, ` in ${via}`),
  ];
}
