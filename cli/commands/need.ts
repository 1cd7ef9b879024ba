/** `smalltarget need`: what code on this machine needs of AWS, before it is deployed. Reads files only; asks nobody. */
import type { Command } from "commander";
import { toJson } from "../../shared/report/json.ts";
import { needPage } from "../../shared/report/need-page.ts";
import { onePageOption } from "../options.ts";
import { outputLook, print } from "../terminal.ts";

interface Options {
  readonly runtime?: string;
  readonly handler?: string;
  readonly output: "table" | "json";
}

/** Arguments, options and action. */
export function needCommand(command: Command): void {
  onePageOption(
    command
      .argument("<path...>", "files, folders or zips with the code of one function")
      .option("--runtime <runtime>", "as Lambda names it, e.g. nodejs24.x or python3.13 (default: by the files)")
      .option("--handler <handler>", "as the function will have it, e.g. src/orders.handler (default: all files are read)"),
  )
    .option("--debug", "print a stack trace when something fails")
    .action(need);
}

async function need(paths: readonly string[], { runtime, handler, output }: Options): Promise<void> {
  // the readers are loaded here: not for help
  const { readLocalCode } = await import("../local-code.ts");
  const { offlineNeed } = await import("../../shared/permissions/need-offline.ts");
  const found = offlineNeed(await readLocalCode(paths, { ...(runtime ? { runtime } : {}), ...(handler ? { handler } : {}) }));
  print(output === "json" ? toJson(found) : needPage(found, outputLook()).join("\n"));
}
