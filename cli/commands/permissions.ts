/** `smalltarget permissions`: the IAM policy a scan needs. Asks nobody. */

import { type Command, Option } from "commander";
import { actionsToRead, type ToldOfCollectors } from "../../shared/collect/read-actions.ts";
import { toJson } from "../../shared/report/json.ts";
import { permissionsMarkdown, readPolicy } from "../../shared/report/permissions-page.ts";
import { oneOf } from "../options.ts";
import { print } from "../terminal.ts";

const formats = ["json", "md"] as const;

/** Arguments, options and action. */
export function permissionsCommand(command: Command): void {
  command
    .addOption(new Option("-f, --format <format>", "json or md").default("json").argParser(oneOf(formats)))
    .option("--no-code", "without what reading code takes, for scan --no-code")
    .option("--images", "with what reading container images takes, for scan --images")
    .option("--debug", "print a stack trace when something fails")
    .action(permissions);
}

interface Options {
  readonly format: (typeof formats)[number];
  readonly code: boolean;
  readonly images?: boolean;
}

/** The collectors themselves, which load every client of the SDK, are not needed: what they say of themselves is written down. */
async function permissions({ format, code, images = false }: Options): Promise<void> {
  const { default: file } = await import("../../shared/collect/collectors.json", { with: { type: "json" } });
  const told = file as ToldOfCollectors;
  const actions = actionsToRead(told, { code, images });
  const rows = told.collectors.map((one) => ({ ...one, actions: one.actions.filter((action) => actions.includes(action)) }));
  print(format === "md" ? permissionsMarkdown(rows.filter((one) => one.actions.length > 0)) : toJson(readPolicy(actions)));
}
