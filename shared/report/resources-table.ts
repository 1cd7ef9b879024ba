/** Every resource of the account: what it is, whose, how open, how old its last use. */
import { cleanText } from "../model/plain-text.ts";
import { csv } from "./csv.ts";
import type { Look, Paint } from "./look.ts";
import { markdownTable } from "./markdown.ts";
import { markdownCode } from "./markdown-text.ts";
import type { ResourceRow } from "./resource-rows.ts";
import { encryptionText, lastUseText, stackOf, tagsText } from "./resource-words.ts";
import { textTable } from "./text-table.ts";
import { typeWord } from "./type-words.ts";

/** Head and one line per resource, in the order given. */
export function resourcesTable(rows: readonly ResourceRow[], look: Look): string[] {
  return textTable(
    rows,
    [
      { head: "TYPE", cell: ({ resource }) => typeWord(resource.type) },
      { head: "NAME", cell: ({ resource }) => cleanText(resource.name, 140), flexible: true },
      { head: "REGION", cell: ({ resource }) => resource.region, drop: 2 },
      { head: "OWNER", cell: ({ resource }) => cleanText(resource.owner.team ?? "-", 40) },
      { head: "EXPOSURE", cell: ({ exposed }) => exposed, colour: exposureColour },
      { head: "LAST USED", cell: ({ lastUse }) => lastUseText(lastUse) },
      {
        head: "ENCRYPTION",
        cell: ({ resource }) => encryptionText(resource),
        narrow: { head: "ENCRYPTION", cell: ({ resource }) => encryptionText(resource).replace(/, .*/, "") },
        drop: 1,
      },
    ],
    look,
  );
}

function exposureColour({ exposed }: ResourceRow, paint: Paint): (text: string) => string {
  if (exposed === "internet-anonymous") return paint.red;
  return exposed === "internet-authenticated" || exposed === "cross-account" ? paint.yellow : (text) => text;
}

/** Rows as programs read them: the resource of the document with its last use and its widest exposure. */
export function resourcesJson(rows: readonly ResourceRow[]): unknown[] {
  return rows.map(({ resource, lastUse, exposed }) => ({ ...resource, lastUsed: lastUse, exposed }));
}

const columns: readonly (readonly [name: string, value: (row: ResourceRow) => string | number | undefined])[] = [
  ["type", ({ resource }) => resource.type],
  ["name", ({ resource }) => resource.name],
  ["region", ({ resource }) => resource.region],
  ["owner", ({ resource }) => resource.owner.team],
  ["ownerSource", ({ resource }) => resource.owner.source],
  ["exposure", ({ exposed }) => exposed],
  ["lastUsedState", ({ lastUse }) => lastUse.state],
  ["lastUsedAt", ({ lastUse }) => lastUse.at],
  ["quietDays", ({ lastUse }) => lastUse.quietDays],
  ["encryptedAtRest", ({ resource }) => resource.encryption?.atRest],
  ["encryptedInTransit", ({ resource }) => resource.encryption?.inTransit],
  ["createdAt", ({ resource }) => resource.createdAt],
  ["createdBy", ({ resource }) => resource.createdBy?.name],
  ["stack", ({ resource }) => stackOf(resource)?.name],
  ["logicalId", ({ resource }) => stackOf(resource)?.logicalId],
  ["tags", ({ resource }) => tagsText(resource)],
  ["arn", ({ resource }) => resource.arn],
];

/** One line per resource, in the order given. */
export function resourcesCsv(rows: readonly ResourceRow[]): string {
  return csv(
    columns.map(([name]) => name),
    rows.map((row) => columns.map(([, value]) => value(row))),
  );
}

/** One row per resource, in the order given. */
export function resourcesMarkdown(rows: readonly ResourceRow[]): string {
  return markdownTable(
    ["Type", "Name", "Region", "Owner", "Exposure", "Last used", "Encryption"],
    rows.map(({ resource, exposed, lastUse }) => [
      typeWord(resource.type),
      markdownCode(resource.name),
      resource.region,
      markdownCode(resource.owner.team ?? ""),
      exposed,
      lastUseText(lastUse),
      encryptionText(resource),
    ]),
  );
}
