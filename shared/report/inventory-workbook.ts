/** The inventory as an Excel workbook. Foreign text is never a formula, not even after somebody edits the cell. */
import { type CellStyle, colToLetter, type WriteSheet, writeXlsx } from "hucre/xlsx";
import type { ScanDocument } from "../model/document.ts";
import { ownerShare, ownerShareText } from "../owners/owner-share.ts";
import { spreadsheetText } from "./csv.ts";
import { type InventoryCell, type InventorySheet, inventoryColumns, inventorySheets, ownerCounts, typeCounts } from "./inventory.ts";
import { count } from "./quantities.ts";

const headStyle: CellStyle = {
  font: { bold: true, color: { rgb: "FFFFFF" } },
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "1F3A52" } },
  alignment: { vertical: "center", wrapText: true },
};
const decisionStyle: CellStyle = { fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "FFF7DB" } } };
const linkStyle: CellStyle = { font: { color: { rgb: "0B57D0" }, underline: true } };
const bold: CellStyle = { font: { bold: true } };
const percent = "0%";

/** Excel takes 65,530 links a sheet, and addresses of at most 2,079 characters. */
const mostLinks = 60_000;
const longestLink = 2000;

/** The file's bytes: a summary, then a sheet per type. The same document gives the same file. */
export async function inventoryWorkbook(document: ScanDocument): Promise<Uint8Array> {
  const sheets = inventorySheets(document);
  const finished = new Date(document.scan.finishedAt);
  return await writeXlsx({
    sheets: [summarySheet(document, sheets), ...sheets.map(typeSheet)],
    properties: { title: `Inventory of account ${document.scan.account}`, creator: "Small Target", created: finished, modified: finished },
  });
}

type Cells = NonNullable<WriteSheet["cells"]>;

function typeSheet({ name, rows }: InventorySheet): WriteSheet {
  const cells: Cells = new Map(inventoryColumns.map(({ head }, i) => [`0,${i}`, { value: head, style: headStyle }]));
  const linkColumn = inventoryColumns.findIndex(({ kind }) => kind === "link");
  const values = rows.map((row, i) =>
    inventoryColumns.map(({ cell, kind }, column) => {
      const value = cell(row);
      if (kind === "decision") cells.set(`${i + 1},${column}`, { value: null, style: decisionStyle });
      if (kind !== "link") return cellValue(value);
      if (typeof value !== "string" || i >= mostLinks || value.length > longestLink) return null;
      cells.set(`${i + 1},${linkColumn}`, { value: "open", style: linkStyle, hyperlink: { target: value } });
      return "open";
    }),
  );
  const last = `${colToLetter(inventoryColumns.length - 1)}${rows.length + 1}`;
  const decided = inventoryColumns.findIndex(({ kind }) => kind === "decision");
  const letter = colToLetter(decided);
  return {
    name,
    columns: inventoryColumns.map(({ width }) => ({ width })),
    rows: [inventoryColumns.map(({ head }) => head), ...values],
    cells,
    freezePane: { rows: 1, columns: 1 },
    autoFilter: { range: `A1:${last}` },
    dataValidations: [
      { type: "list", values: ["keep", "remove", "ask"], allowBlank: true, range: `${letter}2:${letter}${rows.length + 1}` },
    ],
    pageSetup: { orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  };
}

function cellValue(value: InventoryCell): string | number | null {
  return typeof value === "string" ? spreadsheetText(value) : (value ?? null);
}

function summarySheet(document: ScanDocument, sheets: readonly InventorySheet[]): WriteSheet {
  const { scan, resources } = document;
  const share = ownerShare(resources);
  const counts = typeCounts(sheets);
  const teams = ownerCounts(document);
  const rows: (string | number | null)[][] = [
    [`Account ${scan.account}`],
    [
      `Scanned ${scan.finishedAt.slice(0, 16).replace("T", " ")} UTC, ${count(scan.regions.length, "Region")}${scan.complete ? "" : "; not everything could be looked at"}`,
    ],
    [`${ownerShareText(share) ?? "Nothing to own"}${share.of > 0 ? ` (${Math.round((100 * share.owned) / share.of)} %)` : ""}`],
    [],
    ["Type", "Resources", "With an owner", "Share", "From the internet", "Quiet for 90 days"],
    ...counts.map((one) => [one.sheet, one.resources, one.owned ?? null, null, one.fromInternet, one.quiet90]),
    [],
    ["Owner", "Resources"],
    ...teams.map(({ team, resources }) => [spreadsheetText(team ?? "nobody"), resources]),
  ];
  const firstType = 5;
  const owners = firstType + counts.length + 1;
  const cells: Cells = new Map();
  cells.set("0,0", { value: rows[0]?.[0] ?? "", style: { font: { bold: true, size: 16 } } });
  cells.set("2,0", { value: rows[2]?.[0] ?? "", style: bold });
  for (let column = 0; column < 6; column += 1) cells.set(`4,${column}`, { value: rows[4]?.[column] ?? "", style: headStyle });
  for (let column = 0; column < 2; column += 1) cells.set(`${owners},${column}`, { value: rows[owners]?.[column] ?? "", style: headStyle });
  for (const [i, { sheet, owned, resources: all }] of counts.entries()) {
    cells.set(`${firstType + i},0`, {
      value: sheet,
      style: linkStyle,
      hyperlink: { target: "", location: `'${sheet}'!A1`, display: sheet },
    });
    if (owned !== undefined) cells.set(`${firstType + i},3`, { value: owned / all, style: { numFmt: percent } });
  }
  return { name: "Summary", columns: [28, 12, 15, 10, 18, 18].map((width) => ({ width })), rows, cells };
}
