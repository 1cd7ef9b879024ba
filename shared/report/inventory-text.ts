/** The inventory as one CSV file, or as a Markdown page. */

import type { ScanDocument } from "../model/document.ts";
import { ownerShare, ownerShareText } from "../owners/owner-share.ts";
import { accountName } from "../wording/account-name.ts";
import { csv } from "./csv.ts";
import { inventoryColumns, inventorySheets, typeCounts } from "./inventory.ts";
import { markdownTable } from "./markdown.ts";
import { markdownCode, markdownText } from "./markdown-text.ts";
import { lastUseText } from "./resource-words.ts";

/** One line per resource, its type before it. */
export function inventoryCsv(document: ScanDocument): string {
  return csv(
    ["Type", ...inventoryColumns.map(({ head }) => head)],
    inventorySheets(document).flatMap(({ rows }) =>
      rows.map((row) => [row.resource.type, ...inventoryColumns.map(({ cell }) => cell(row))]),
    ),
  );
}

/** Counts, then a table per type. */
export function inventoryMarkdown(document: ScanDocument): string {
  const sheets = inventorySheets(document);
  const counts = typeCounts(sheets).map((one) => [one.sheet, one.resources, one.owned ?? "-", one.fromInternet, one.quiet90].map(String));
  return [
    `# Inventory of account ${accountName(document.scan.account, document.scan.accountAlias)}`,
    `Scanned ${document.scan.finishedAt} (UTC). ${ownerShareText(ownerShare(document.resources)) ?? "Nothing to own"}.`,
    markdownTable(["Type", "Resources", "With an owner", "From the internet", "Quiet for 90 days"], counts),
    ...sheets.flatMap(({ name, rows }) => [
      `## ${markdownText(name)}`,
      markdownTable(
        ["Name", "Region", "Owner", "Last used", "Exposure", "Findings", "Keep / remove", "Who"],
        rows.map(({ resource, lastUse, exposed, findings }) => [
          markdownCode(resource.name),
          resource.region,
          markdownCode(resource.owner.team ?? ""),
          lastUseText(lastUse),
          exposed,
          findings,
          "",
          "",
        ]),
      ),
    ]),
  ].join("\n\n");
}
