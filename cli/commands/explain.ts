/** `smalltarget explain`: why a rule exists and what it goes by. Needs no scan. */
import type { Command } from "commander";
import type { Rule } from "../../shared/model/rule.ts";
import { rulePage } from "../../shared/report/rule-page.ts";
import { didYouMean } from "../nearest.ts";
import { commandName, outputLook, print } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

/** Arguments, options and action. */
export function explainCommand(command: Command): void {
  command
    .argument("[rule]", "id of a rule, e.g. lambda/unused-function (default: list them)")
    .option("--debug", "print a stack trace when something fails")
    .action(explain);
}

async function explain(id: string | undefined): Promise<void> {
  const { catalogue } = await import("../../shared/rules/catalogue.ts");
  const look = outputLook();
  if (id === undefined) print(catalogue.map((rule) => `${rule.id.padEnd(36)}${rule.summary}`).join("\n"));
  else print(rulePage(findRule(catalogue, id), look).join("\n"));
}

/** By id, or by its last part alone. */
function findRule(catalogue: readonly Rule[], id: string): Rule {
  const found = catalogue.find((rule) => rule.id === id) ?? catalogue.find((rule) => rule.id.split("/").at(-1) === id);
  if (found) return found;
  const ids = catalogue.map((rule) => rule.id);
  throw new UsageError(`there is no rule ${JSON.stringify(id)}${didYouMean(id, ids) || `; ${commandName} explain lists them`}`);
}
