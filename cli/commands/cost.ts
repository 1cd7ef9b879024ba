/** `smalltarget cost`: what the last scan cost. */

import type { Command } from "commander";
import { costPage, costRows } from "../../shared/report/cost-page.ts";
import { toJson } from "../../shared/report/json.ts";
import { type ReadOptions, withLastScan } from "../last-scan.ts";
import { onePageOption, readOptions } from "../options.ts";
import { outputLook, print } from "../terminal.ts";

interface Options extends ReadOptions {
  readonly output: "table" | "json";
}

/** Arguments, options and action. */
export function costCommand(command: Command): void {
  readOptions(onePageOption(command)).action((options: Options) =>
    withLastScan(
      options,
      ({ document }) =>
        print(options.output === "json" ? toJson(costRows(document.scan)) : costPage(document.scan, outputLook()).join("\n")),
      ["scan"],
    ),
  );
}
