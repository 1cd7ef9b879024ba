/** Packages of the account's functions, as rows for people and programs. Pure. */
import type { Confidence, Severity } from "../model/finding.ts";
import type { VulnerablePackage } from "../model/libraries.ts";
import type { Ecosystem } from "../model/packages.ts";
import { cleanText } from "../model/plain-text.ts";
import { csv } from "./csv.ts";
import type { Look } from "./look.ts";
import { textTable } from "./text-table.ts";

/** A function that has a package. */
export interface LibraryUser {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  /** Where: `code`, a version behind aliases as `version 7 (live)`, or the ARN of a layer. */
  readonly via: string;
}

/** One version of a package. */
export interface LibraryRow {
  readonly purl: string;
  readonly name: string;
  readonly ecosystem: Ecosystem;
  /** Null: not known. */
  readonly version: string | null;
  /** What its code tells of it: `>=1.0.0 <1.8.2`. */
  readonly versionRange?: string;
  readonly functions: readonly LibraryUser[];
  /** Absent: none is known. */
  readonly holes?: Omit<VulnerablePackage, "package" | "inRange" | "inVersions">;
  /** Why it could not be put to the advisories. */
  readonly untold?: string;
  /** Of one function: how sure, and what told it. */
  readonly confidence?: Confidence;
  readonly evidence?: string;
}

/** What programs read: everything known of a package at the top level. */
export function librariesJson(rows: readonly LibraryRow[]): readonly object[] {
  return rows.map(({ holes, functions, ...row }) => ({ ...row, ...(holes ?? {}), ids: holes?.ids ?? [], functions }));
}

/** A line for each function that has the package. */
export function librariesCsv(rows: readonly LibraryRow[]): string {
  const names = "package,version,ecosystem,purl,severity,ids,fixed,function,region,arn,via,untold,versionRange".split(",");
  return csv(
    names,
    rows.flatMap(({ name, version, versionRange, ecosystem, purl, holes, functions, untold }) =>
      functions.map((user) => [
        name,
        version ?? undefined,
        ecosystem,
        purl,
        holes?.severity,
        holes?.ids.join(" "),
        holes?.fixed ?? undefined,
        user.name,
        user.region,
        user.arn,
        user.via,
        untold,
        versionRange,
      ]),
    ),
  );
}

interface Line extends LibraryRow {
  readonly user?: LibraryUser;
}

/** @param by `function`: a line for each function that has a package; `package`: one for each version of a package; `evidence`: with what told it */
export function librariesTable(rows: readonly LibraryRow[], by: "function" | "package" | "evidence", look: Look): string[] {
  const lines: Line[] = by === "function" ? rows.flatMap((row) => row.functions.map((user) => ({ ...row, user }))) : [...rows];
  return textTable(
    lines,
    [
      ...(by === "function" ? [{ head: "FUNCTION", cell: ({ user }: Line) => cleanText(user?.name ?? ""), flexible: true }] : []),
      { head: "PACKAGE", cell: ({ name }: Line) => cleanText(name), flexible: true },
      { head: "VERSION", cell: ({ version, versionRange }: Line) => cleanText(version ?? versionRange ?? "not known", 60) },
      {
        head: "SEVERITY",
        cell: ({ holes }: Line) => severityText(holes),
        colour: ({ holes }: Line, paint) => (holes && isGrave(holes.severity) ? paint.red : (text: string) => text),
      },
      { head: "UPGRADE TO", cell: ({ holes, untold }: Line) => upgradeText(holes, untold) },
      { head: "IDS", cell: ({ holes }: Line) => idsText(holes?.ids ?? []), drop: 3, flexible: true },
      ...(by === "package"
        ? [{ head: "FUNCTIONS", cell: ({ functions }: Line) => String(functionCount(functions)), align: "right" as const }]
        : []),
      ...(by === "function"
        ? [
            { head: "IN", cell: ({ user }: Line) => viaText(user?.via ?? ""), flexible: true, drop: 2 },
            { head: "REGION", cell: ({ user }: Line) => user?.region ?? "", drop: 1 },
          ]
        : []),
      ...(by === "evidence"
        ? [
            {
              head: "IN",
              cell: ({ functions }: Line) => [...new Set(functions.map(({ via }) => viaText(via)))].join(", "),
              flexible: true,
            },
            { head: "CONFIDENCE", cell: ({ confidence }: Line) => confidence ?? "", drop: 2 },
            { head: "FROM", cell: ({ evidence }: Line) => cleanText(evidence ?? "", 300), flexible: true, drop: 1 },
          ]
        : []),
    ],
    look,
  );
}

function isGrave(severity: Severity): boolean {
  return severity === "CRITICAL" || severity === "HIGH";
}

function severityText(holes: LibraryRow["holes"]): string {
  if (!holes) return "";
  return holes.malicious ? "malicious" : holes.severity.toLowerCase() + (holes.exploitedDue === undefined ? "" : " (exploited)");
}

function upgradeText(holes: LibraryRow["holes"], untold: string | undefined): string {
  if (untold !== undefined) return "cannot be told";
  if (!holes) return "";
  if (holes.fixed === null) return holes.malicious ? "remove it" : "no version yet";
  return holes.majorJump ? `${holes.fixed} (major)` : holes.fixed;
}

function idsText(ids: readonly string[]): string {
  return ids.slice(0, 2).join(", ") + (ids.length > 2 ? ` and ${ids.length - 2} more` : "");
}

/** A layer by its name and version. */
function viaText(via: string): string {
  const [, layer] = /:layer:([^:]+:\d+)$/.exec(via) ?? [];
  return cleanText(layer ? `layer ${layer}` : via);
}

function functionCount(functions: readonly LibraryUser[]): number {
  return new Set(functions.map(({ arn }) => arn)).size;
}
