/** `smalltarget permissions`: the IAM policy a scan needs. Asks nobody. */

import { type Command, Option } from "commander";
import { toJson } from "../../shared/report/json.ts";
import { permissionsMarkdown, readPolicy } from "../../shared/report/permissions-page.ts";
import { oneOf } from "../options.ts";
import { print } from "../terminal.ts";

const formats = ["json", "md"] as const;

/** Arguments, options and action. */
export function permissionsCommand(command: Command): void {
  command
    .addOption(new Option("-f, --format <format>", "json or md").default("json").argParser(oneOf(formats)))
    .option("--debug", "print a stack trace when something fails")
    .action(permissions);
}

/** The collectors, which know it, are loaded here: not for help. */
async function permissions({ format }: { readonly format: (typeof formats)[number] }): Promise<void> {
  const { collectors, readActions } = await import("../../shared/collect/collectors.ts");
  print(format === "md" ? permissionsMarkdown(collectors) : toJson(readPolicy(readActions())));
}
