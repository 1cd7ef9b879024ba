/** `smalltarget explain`: why a rule exists and what it goes by. Needs no scan. */
import type { Command } from "commander";
import type { Rule } from "../../shared/model/rule.ts";
import { rulePage } from "../../shared/report/rule-page.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { nearest } from "../nearest.ts";
import { outputLook, print } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

/** Adds the command to `program`. */
export function addExplain(program: Command): void {
  program
    .command("explain")
    .argument("[rule]", "id of a rule, e.g. lambda/unused-function (default: list them)")
    .description("what a rule says, why, its thresholds and severities")
    .option("--debug", "print a stack trace when something fails")
    .action(explain);
}

function explain(id: string | undefined): void {
  const look = outputLook();
  if (id === undefined) print(catalogue.map((rule) => `${rule.id.padEnd(36)}${rule.summary}`).join("\n"));
  else print(rulePage(findRule(id), look).join("\n"));
}

/** By id, or by its last part alone. */
function findRule(id: string): Rule {
  const found = catalogue.find((rule) => rule.id === id) ?? catalogue.find((rule) => rule.id.split("/").at(-1) === id);
  if (found) return found;
  const ids = catalogue.map((rule) => rule.id);
  throw new UsageError(`there is no rule ${JSON.stringify(id)}; did you mean ${nearest(id, ids)}?`);
}
