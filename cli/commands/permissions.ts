/** `smalltarget permissions`: the IAM policy a scan needs. Asks nobody. */

import { type Command, Option } from "commander";
import { collectors, readActions } from "../../shared/collect/collectors.ts";
import { toJson } from "../../shared/report/json.ts";
import { permissionsMarkdown, readPolicy } from "../../shared/report/permissions-page.ts";
import { oneOf } from "../options.ts";
import { print } from "../terminal.ts";

const formats = ["json", "md"] as const;

/** Adds the command to `program`. */
export function addPermissions(program: Command): void {
  program
    .command("permissions")
    .description("the IAM policy that reading an account takes (json), or what each collector reads with it (md)")
    .addOption(new Option("-f, --format <format>", "json or md").default("json").argParser(oneOf(formats)))
    .option("--debug", "print a stack trace when something fails")
    .action(({ format }: { format: (typeof formats)[number] }) =>
      print(format === "md" ? permissionsMarkdown(collectors) : toJson(readPolicy(readActions()))),
    );
}
