/** What views say of packages. */
import { severities, severityRank } from "../shared/model/finding.ts";
import { typed } from "../shared/page-file/typed.ts";
import { contentsText } from "../shared/report/contents-text.ts";
import type { Account } from "./account.ts";
import { commandBlock } from "./copy.ts";
import { type Child, h } from "./dom.ts";
import { type PackageRow, versionText } from "./packages.ts";
import { severityMark } from "./parts.ts";

/** Nothing is known of packages; undefined: something is. */
export function whyNoPackages({ packages, listed, ...typing }: Account): Child {
  const ask = [h("p", {}, "Which functions have a package:"), commandBlock(typed(typing, "libraries --package NAME"))];
  if (packages === undefined) return [h("p", {}, "No scan has listed packages: which are in the code is not known."), ask];
  if (typeof packages === "string") return [h("p", {}, `What is known of packages cannot be read: ${packages}`)];
  if (packages !== undefined && listed.rows.length === 0 && !typing.left.some((line) => line.includes("libraries --package")))
    return [h("p", {}, "No package was found in what was read of the code."), knownPart({ packages, listed, ...typing })];
  return listed.rows.length === 0 && typing.left.some((line) => line.includes("libraries --package"))
    ? [h("p", {}, "There was no room for packages in this file."), ask]
    : undefined;
}

/** How far an answer goes. */
export function knownPart({ packages, scan, ...account }: Account): Child {
  if (packages === undefined || typeof packages === "string") return undefined;
  const gaps = contentsText(packages.contents);
  return [
    packages.scanId === scan.id
      ? undefined
      : h("p", { class: "note" }, `The last scan listed no packages: these are of the scan ${packages.scanId}.`),
    gaps ? h("p", { class: "note" }, `What is not listed here may be there all the same: ${gaps}.`) : undefined,
    wereAsked(account)
      ? undefined
      : h("p", { class: "note" }, "There were no advisories to put them to: whether one has a known hole is not known."),
  ];
}

/** Whether packages were put to advisories. */
export function wereAsked({ functions }: Pick<Account, "functions">): boolean {
  return functions.some(({ libraries }) => libraries?.vulnerable !== undefined);
}

/** The version, or as much as is known of it. */
export function versionPart(row: PackageRow): Child {
  return versionText(row) ?? h("span", { class: "dim" }, "not known");
}

/** What the advisories say, in a word. */
export function holesWord({ holes, untold }: PackageRow, asked: boolean): string {
  if (holes) return holes.severity;
  return untold === undefined ? (asked ? "none known" : "not known") : "cannot be told";
}

/** The same as a cell. */
export function holesMark(row: PackageRow, asked: boolean): Child {
  const { holes, untold } = row;
  if (!holes) return h("span", { class: "dim", title: untold }, holesWord(row, asked));
  const more = holes.malicious ? " malicious" : holes.exploitedDue === undefined ? "" : " exploited";
  return [severityMark(holes.severity), more];
}

/** The smallest version without a known hole. */
export function upgradeText({ holes }: PackageRow): string {
  if (!holes) return "";
  if (holes.fixed === null) return holes.malicious ? "remove it" : "no version yet";
  return holes.majorJump ? `${holes.fixed} (major)` : holes.fixed;
}

/** For sorting: the gravest first. */
export function holesRank({ holes, untold }: PackageRow): number {
  return holes ? severityRank(holes.severity) : severities.length + (untold === undefined ? 1 : 0);
}
