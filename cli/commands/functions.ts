/** `smalltarget functions`: the table of the last scan's functions. */

import { type Command, Option } from "commander";
import type { FunctionFacts } from "../../shared/model/document.ts";
import type { TimeoutVerdict } from "../../shared/model/usage.ts";
import { functionsCsv } from "../../shared/report/csv.ts";
import { chooseFunctions, type FunctionOrder, functionOrders, sortFunctions, timeoutVerdicts } from "../../shared/report/function-rows.ts";
import { functionsTable } from "../../shared/report/functions-table.ts";
import { toJson } from "../../shared/report/json.ts";
import { functionsMarkdown } from "../../shared/report/markdown.ts";
import { checkRegions, checkTeam } from "../check-names.ts";
import { type ReadOptions, withLastScan } from "../last-scan.ts";
import { collectOneOf, type Output, oneOf, outputOption, readOptions, regionOption, wholeNumber } from "../options.ts";
import { sameCommand } from "../same-command.ts";
import { outputLook, print } from "../terminal.ts";

interface Options extends ReadOptions {
  readonly sort: FunctionOrder;
  readonly verdict?: readonly TimeoutVerdict[];
  readonly region?: readonly string[];
  readonly quietFor?: number;
  readonly team?: string;
  readonly output: Output;
  readonly all?: boolean;
}

/** Lines of a table before it asks for `--all`. */
const most = 50;

/** Arguments, options and action. */
export function functionsCommand(command: Command): void {
  command
    .addOption(new Option("-s, --sort <order>", functionOrders.join(", ")).default("interest").argParser(oneOf(functionOrders)))
    .option("--verdict <verdict>", `only these; repeatable: ${timeoutVerdicts.join(", ")}`, collectOneOf(timeoutVerdicts))
    .option("-r, --region <region>", "only here; repeatable", regionOption)
    .option("--quiet-for <days>", "only those not seen running for at least this many days", wholeNumber)
    .option("--team <name>", "only this team's; unowned: nobody's")
    .option("--all", `more than ${most} lines`);
  readOptions(outputOption(command)).action(functions);
}

async function functions(options: Options, command: Command): Promise<void> {
  const again = sameCommand(command, { all: true });
  await withLastScan(
    options,
    async (last) => {
      const { document } = last;
      const { region, verdict, quietFor, team } = options;
      checkRegions(document.scan, region);
      await checkTeam(last, team, document.functions);
      const chosen = chooseFunctions(document.functions, {
        ...(region ? { regions: region } : {}),
        ...(verdict ? { verdicts: verdict } : {}),
        ...(quietFor === undefined ? {} : { quietForDays: quietFor }),
        ...(team === undefined ? {} : { team }),
      });
      const sorted = sortFunctions(document, chosen, options.sort);
      print(textOf(sorted, options, again));
    },
    ["functions", "findings"],
  );
}

function textOf(functions: readonly FunctionFacts[], { output, all }: Options, again: string): string {
  if (output === "json") return toJson(functions);
  if (output === "csv") return functionsCsv(functions);
  if (output === "md") return functionsMarkdown(functions);
  if (functions.length === 0) return "No function answers to that.";
  const shown = all ? functions : functions.slice(0, most);
  const look = outputLook();
  const more = functions.length - shown.length;
  return [...functionsTable(shown, look), ...(more > 0 ? [`... ${more} more: ${again}`] : [])].join("\n");
}
