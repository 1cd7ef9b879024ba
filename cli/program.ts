/** The command line as a whole: what there is to type. Also read by the generator of docs/cli.md. */
import { Command } from "commander";
import metadata from "../package.json" with { type: "json" };
import { addAlarms } from "./commands/alarms.ts";
import { addCost } from "./commands/cost.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addExplain } from "./commands/explain.ts";
import { addFindings } from "./commands/findings.ts";
import { addFunctions } from "./commands/functions.ts";
import { addInventory } from "./commands/inventory.ts";
import { addJudge } from "./commands/judge.ts";
import { addOwn } from "./commands/own.ts";
import { addPermissions } from "./commands/permissions.ts";
import { addPicture } from "./commands/picture.ts";
import { addPrune } from "./commands/prune.ts";
import { addRelations } from "./commands/relations.ts";
import { addResources } from "./commands/resources.ts";
import { addScan } from "./commands/scan.ts";
import { addShow } from "./commands/show.ts";
import { addStatus } from "./commands/status.ts";

const exitCodesText = `
Exit codes:
  0    done
  1    scan: there are findings at or above --fail-on (wins over 4)
  2    the command line, a file or a name it gives is wrong
  3    could not be done: no credentials, or AWS refused
  4    scan --strict: done, but something could not be looked at
  130  interrupted

Data goes to standard output, everything else to standard error. Credentials come from the AWS SDK's default chain.`;

/** Throws CommanderError instead of ending the process. */
export function buildProgram(): Command {
  const program = new Command("smalltarget")
    .description(metadata.description)
    .version(metadata.version, "-V, --version")
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      outputError: (text, write) =>
        write(
          `${text
            .trim()
            .replace(/^error: /, "smalltarget: ")
            .replaceAll(/\s*\n\s*/g, " ")}\n`,
        ),
    })
    .addHelpText("after", exitCodesText);
  for (const add of [
    addScan,
    addFunctions,
    addFindings,
    addJudge,
    addResources,
    addRelations,
    addPicture,
    addInventory,
    addOwn,
    addPrune,
    addShow,
    addExplain,
    addStatus,
    addCost,
    addAlarms,
    addPermissions,
    addDoctor,
  ])
    add(program);
  return program;
}
