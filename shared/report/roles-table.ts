/** Functions by the risk of their roles: what each may do against what it needs. */
import type { FunctionRole } from "../model/document.ts";
import { cleanText } from "../model/plain-text.ts";
import type { Look } from "./look.ts";
import { grouped } from "./quantities.ts";
import { textTable } from "./text-table.ts";

const number = (value: number | null) => (value === null ? "?" : grouped(value));

/** Head and one line per function, in the order given. */
export function rolesTable(roles: readonly FunctionRole[], look: Look): string[] {
  return textTable(
    roles,
    [
      { head: "RISK", cell: ({ risk }) => (risk ? String(risk.score) : "?"), align: "right" },
      { head: "FUNCTION", cell: (one) => cleanText(one.function, 140), flexible: true },
      { head: "REGION", cell: ({ region }) => region, drop: 1 },
      { head: "ROLE", cell: ({ role }) => cleanText(role, 64), flexible: true },
      {
        head: "SHARED WITH",
        cell: ({ sharedWith }) => String(sharedWith.length),
        align: "right",
        narrow: { head: "SHARED", cell: ({ sharedWith }) => String(sharedWith.length) },
      },
      { head: "ALLOWED", cell: ({ allowed }) => number(allowed), align: "right" },
      { head: "NEEDED", cell: ({ needed }) => number(needed), align: "right" },
      {
        head: "IN EXCESS",
        cell: ({ inExcess }) => number(inExcess),
        align: "right",
        narrow: { head: "EXCESS", cell: ({ inExcess }) => number(inExcess) },
      },
      { head: "EXPOSURE", cell: ({ exposure }) => exposure, drop: 2 },
      { head: "FIRST", cell: ({ first, unknown }) => first?.what ?? (unknown ? "not known" : "-"), flexible: true },
    ],
    look,
  );
}
