/** The table that people look at: every function with its last use and the room its timeout leaves. */
import type { FunctionFacts } from "../model/document.ts";
import { functionColumns } from "./function-columns.ts";
import type { Look } from "./look.ts";
import { textTable } from "./text-table.ts";

/** Head and one line per function, in the order given. */
export function functionsTable(functions: readonly FunctionFacts[], look: Look): string[] {
  return textTable(
    functions,
    functionColumns.flatMap(({ table }) => table ?? []),
    look,
  );
}
