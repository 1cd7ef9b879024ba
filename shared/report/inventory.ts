/**
 * The inventory as people go through it in a meeting of owners: a list per type, with room to write down what is decided.
 * What nobody owns comes first, then what was not used for longest.
 */
import { compare } from "../model/compare.ts";
import type { DocumentFinding, ScanDocument } from "../model/document.ts";
import { severityRank } from "../model/finding.ts";
import { ownerShare } from "../owners/owner-share.ts";
import { consoleLink } from "../wording/console-link.ts";
import { type ResourceRow, resourceRows } from "./resource-rows.ts";
import { encryptionText, stackOf, tagsText } from "./resource-words.ts";
import { typePlural } from "./type-words.ts";

export type InventoryCell = string | number | undefined;

export interface InventoryColumn {
  readonly head: string;
  /** Characters. */
  readonly width: number;
  /** `decision`: empty, for the meeting. */
  readonly kind?: "decision" | "link";
  readonly cell: (row: InventoryRow) => InventoryCell;
}

export interface InventoryRow extends ResourceRow {
  /** `2, gravest HIGH`. */
  readonly findings: string;
}

export interface InventorySheet {
  readonly type: string;
  /** `Functions`, unlike any other sheet's. */
  readonly name: string;
  readonly rows: readonly InventoryRow[];
}

export interface TypeCount {
  readonly sheet: string;
  readonly resources: number;
  /** Absent for parts of other resources, which have no owner of their own. */
  readonly owned?: number;
  readonly fromInternet: number;
  readonly quiet90: number;
}

const decision = (head: string, width: number): InventoryColumn => ({ head, width, kind: "decision", cell: () => undefined });

export const inventoryColumns: readonly InventoryColumn[] = [
  { head: "Name", width: 38, cell: ({ resource }) => resource.name },
  { head: "Owner", width: 16, cell: ({ resource }) => resource.owner.team },
  { head: "Owner from", width: 20, cell: ({ resource }) => resource.owner.source },
  decision("Keep / remove", 14),
  decision("Who", 14),
  {
    head: "Last used",
    width: 12,
    cell: ({ lastUse }) => lastUse.at?.slice(0, 10) ?? (lastUse.state === "none-seen" ? "none seen" : "unknown"),
  },
  { head: "Quiet days", width: 11, cell: ({ lastUse }) => lastUse.quietDays },
  { head: "Exposure", width: 21, cell: ({ exposed }) => exposed },
  { head: "Findings", width: 18, cell: ({ findings }) => findings || undefined },
  { head: "Region", width: 14, cell: ({ resource }) => resource.region },
  { head: "Stack", width: 22, cell: ({ resource }) => stackOf(resource)?.name },
  { head: "Encryption", width: 20, cell: ({ resource }) => (resource.encryption ? encryptionText(resource) : undefined) },
  { head: "Created", width: 12, cell: ({ resource }) => resource.createdAt?.slice(0, 10) },
  { head: "Created by", width: 16, cell: ({ resource }) => resource.createdBy?.name },
  { head: "Tags", width: 40, cell: ({ resource }) => tagsText(resource) },
  { head: "Console", width: 10, kind: "link", cell: ({ resource }) => consoleLink(resource) },
  { head: "ARN", width: 60, cell: ({ resource }) => resource.arn },
];

/** A list for every type that there is, functions first. */
export function inventorySheets(document: ScanDocument): InventorySheet[] {
  const findings = new Map<string, DocumentFinding[]>();
  for (const finding of document.findings) findings.set(finding.resource.arn, [...(findings.get(finding.resource.arn) ?? []), finding]);
  const byType = new Map<string, InventoryRow[]>();
  for (const row of resourceRows(document)) {
    const { type, arn } = row.resource;
    const list = byType.get(type) ?? [];
    byType.set(type, list);
    list.push({ ...row, findings: findingsText(findings.get(arn) ?? []) });
  }
  const names = sheetNames([...byType.keys()]);
  const sheets = [...byType].map(([type, rows]) => ({ type, name: names.get(type) ?? type, rows: rows.sort(byOwnerAndUse) }));
  const first = (type: string) => (type === "AWS::Lambda::Function" ? 0 : 1);
  return sheets.sort((a, b) => first(a.type) - first(b.type) || compare(a.name, b.name));
}

function findingsText(findings: readonly DocumentFinding[]): string {
  const gravest = findings.toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity))[0];
  return gravest ? `${findings.length}, gravest ${gravest.severity}` : "";
}

function byOwnerAndUse(a: InventoryRow, b: InventoryRow): number {
  return (
    compare(a.resource.owner.team ?? "", b.resource.owner.team ?? "") ||
    (b.lastUse.quietDays ?? -1) - (a.lastUse.quietDays ?? -1) ||
    compare(a.resource.name, b.resource.name) ||
    compare(a.resource.arn, b.resource.arn)
  );
}

/** Excel takes 31 characters, none of `[]:*?/\`, and calls two names the same that differ in case only. */
function sheetNames(types: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set(["summary", "history"]);
  for (const type of types.toSorted(compare)) {
    const words = typePlural(type).replaceAll(/[[\]:*?/\\']/g, " ");
    const plain = `${words.charAt(0).toUpperCase()}${words.slice(1)}`.slice(0, 31);
    const service = type.split("::")[1] ?? "";
    const candidates = [plain, `${plain.slice(0, 28 - service.length)} (${service})`, ...numbered(plain)];
    const name = candidates.find((one) => one.length <= 31 && !taken.has(one.toLowerCase())) ?? plain;
    taken.add(name.toLowerCase());
    names.set(type, name);
  }
  return names;
}

function numbered(name: string): string[] {
  return Array.from({ length: 98 }, (_, i) => `${name.slice(0, 28)} ${i + 2}`);
}

/** The numbers of every sheet. */
export function typeCounts(sheets: readonly InventorySheet[]): TypeCount[] {
  return sheets.map(({ name, rows }) => {
    const share = ownerShare(rows.map(({ resource }) => resource));
    return {
      sheet: name,
      resources: rows.length,
      ...(share.of > 0 ? { owned: share.owned } : {}),
      fromInternet: rows.filter(({ exposed }) => exposed.startsWith("internet")).length,
      quiet90: rows.filter(({ lastUse }) => (lastUse.quietDays ?? 0) >= 90).length,
    };
  });
}

/** Resources by team, most first; `undefined` is nobody's. Parts of other resources are not counted, as in the share of owners. */
export function ownerCounts({ resources }: Pick<ScanDocument, "resources">): { readonly team?: string; readonly resources: number }[] {
  const teams = new Map<string | undefined, (typeof resources)[number][]>();
  for (const resource of resources) teams.set(resource.owner.team, [...(teams.get(resource.owner.team) ?? []), resource]);
  return [...teams]
    .map(([team, own]) => ({ ...(team === undefined ? {} : { team }), resources: ownerShare(own).of }))
    .filter((one) => one.resources > 0)
    .sort((a, b) => b.resources - a.resources || compare(a.team ?? "", b.team ?? ""));
}
