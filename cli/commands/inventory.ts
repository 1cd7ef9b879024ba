/** `smalltarget inventory`: everything as a spreadsheet, for the meeting with the owners. */
import { extname } from "node:path";
import { type Command, Option } from "commander";
import type { ScanDocument } from "../../shared/model/document.ts";
import { inventoryCsv, inventoryMarkdown } from "../../shared/report/inventory-text.ts";
import { toJson } from "../../shared/report/json.ts";
import { resourceRows, sortResources } from "../../shared/report/resource-rows.ts";
import { resourcesJson } from "../../shared/report/resources-table.ts";
import { type ReadOptions, withLastScan } from "../last-scan.ts";
import { oneOf, readOptions } from "../options.ts";
import { writeWhole } from "../out-file.ts";
import { print, say } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

const formats = ["xlsx", "csv", "json", "md"] as const;
type Format = (typeof formats)[number];

interface Options extends ReadOptions {
  readonly output?: Format;
  readonly out?: string;
}

/** Arguments, options and action. */
export function inventoryCommand(command: Command): void {
  command
    .addOption(new Option("-o, --output <format>", "xlsx, csv, json or md (default: by the name of FILE)").argParser(oneOf(formats)))
    .option("--out <file>", "write it to FILE, whole or not at all");
  readOptions(command).action(inventory);
}

async function inventory(options: Options): Promise<void> {
  const { out, quiet } = options;
  const format = options.output ?? formatOf(out);
  if (format === "xlsx" && out === undefined) throw new UsageError("a workbook is no text: give --out FILE.xlsx");
  await withLastScan(options, async ({ document }) => {
    if (out === undefined) return print(textOf(document, format));
    await writeWhole(out, format === "xlsx" ? await workbookOf(document) : textOf(document, format));
    if (!quiet) say(`written to ${out}: ${document.resources.length} resources`);
  });
}

function formatOf(out: string | undefined): Format {
  if (out === undefined) throw new UsageError("give --out FILE.xlsx, or --output csv, json or md");
  const end = extname(out).slice(1).toLowerCase();
  const found = formats.find((format) => format === end);
  if (!found) throw new UsageError(`the name of ${out} says no format: end it in .${formats.join(", .")}, or give --output`);
  return found;
}

function textOf(document: ScanDocument, format: Format): string {
  if (format === "csv") return inventoryCsv(document);
  if (format === "md") return inventoryMarkdown(document);
  return toJson(resourcesJson(sortResources(resourceRows(document), "type")));
}

/** The writer of workbooks is loaded where one is written. */
async function workbookOf(document: ScanDocument): Promise<Uint8Array> {
  const { inventoryWorkbook } = await import("../../shared/report/inventory-workbook.ts");
  return inventoryWorkbook(document);
}
