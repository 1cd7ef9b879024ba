/** `smalltarget libraries`: the packages that are really in artifacts. `list` reads a zip or folder on this machine and asks nobody. */
import type { Command } from "commander";
import { toJson } from "../../shared/report/json.ts";
import { packagesPage } from "../../shared/report/packages-page.ts";
import { onePageOption } from "../options.ts";
import { outputLook, print } from "../terminal.ts";

interface ListOptions {
  readonly output: "table" | "json";
}

/** Its subcommands, each with arguments, options and action. */
export function librariesCommand(command: Command): void {
  onePageOption(command.command("list").description("the packages in a zip or folder on this machine; asks nobody"))
    .argument("<path>", "zip of a function or layer, or a folder with what is in one")
    .option("--debug", "print a stack trace when something fails")
    .action(list);
}

async function list(path: string, { output }: ListOptions): Promise<void> {
  // the readers are loaded here: not for help
  const { readLocalPackages } = await import("../local-packages.ts");
  const found = await readLocalPackages(path);
  print(output === "json" ? toJson(found) : packagesPage(found, outputLook()).join("\n"));
}
