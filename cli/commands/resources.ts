/** `smalltarget resources`: everything serverless that the last scan found. */
import { type Command, Option } from "commander";
import type { ExposureLevel } from "../../shared/model/graph.ts";
import { toJson } from "../../shared/report/json.ts";
import {
  chooseResources,
  exposureLevels,
  isOfType,
  type ResourceOrder,
  type ResourceRow,
  resourceOrders,
  resourceRows,
  sortResources,
} from "../../shared/report/resource-rows.ts";
import { resourcesCsv, resourcesJson, resourcesMarkdown, resourcesTable } from "../../shared/report/resources-table.ts";
import { checkRegions, checkTeam } from "../check-names.ts";
import { type LastScan, type ReadOptions, withLastScan } from "../last-scan.ts";
import { didYouMean } from "../nearest.ts";
import { type Output, oneOf, outputOption, readOptions, regionOption, wholeNumber } from "../options.ts";
import { sameCommand } from "../same-command.ts";
import { outputLook, print } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface Options extends ReadOptions {
  readonly type?: readonly string[];
  readonly region?: readonly string[];
  readonly exposed?: ExposureLevel;
  readonly owner?: string;
  readonly unusedFor?: number;
  readonly sort: ResourceOrder;
  readonly output: Output;
  readonly all?: boolean;
}

/** Lines of a table before it asks for `--all`. */
const most = 50;

/** Arguments, options and action. */
export function resourcesCommand(command: Command): void {
  command
    .option("--type <type>", "only these; repeatable: AWS::SQS::Queue, or queue, or sqs", collect)
    .option("-r, --region <region>", "only here; repeatable", regionOption)
    .addOption(new Option("--exposed <level>", `as open as this, or more: ${exposureLevels.join(", ")}`).argParser(oneOf(exposureLevels)))
    .option("--owner <name>", "only this team's; unowned: nobody's")
    .option("--unused-for <days>", "only those without a sign of use for at least this many days", wholeNumber)
    .addOption(new Option("-s, --sort <order>", resourceOrders.join(", ")).default("type").argParser(oneOf(resourceOrders)))
    .option("--all", `more than ${most} lines`);
  readOptions(outputOption(command)).action(resources);
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

async function resources(options: Options, command: Command): Promise<void> {
  const again = sameCommand(command, { all: true });
  const show = async (last: LastScan<"functions" | "resources">) => {
    const { document } = last;
    const { type, region, exposed, owner, unusedFor } = options;
    checkRegions(
      document.scan,
      region,
      document.resources.map((one) => one.region),
    );
    await checkTeam(last, owner, document.resources);
    const rows = resourceRows(document);
    for (const asked of type ?? []) checkType(asked, rows);
    const chosen = chooseResources(rows, {
      ...(type ? { types: type } : {}),
      ...(region ? { regions: region } : {}),
      ...(exposed ? { exposed } : {}),
      ...(owner === undefined ? {} : { owner }),
      ...(unusedFor === undefined ? {} : { unusedForDays: unusedFor }),
    });
    print(textOf(sortResources(chosen, options.sort), options, again));
  };
  await withLastScan(options, show, ["functions", "resources"]);
}

/** A type that is nowhere is most often a slip; an empty answer would read as "there is none". */
function checkType(asked: string, rows: readonly ResourceRow[]): void {
  const known = [...new Set(rows.map(({ resource }) => resource.type))];
  if (known.length === 0 || known.some((type) => isOfType(type, asked))) return;
  const words = known.flatMap((type) => [type, ...type.toLowerCase().split("::").slice(1)]);
  throw new UsageError(`the last scan has no resource of type ${asked}${didYouMean(asked, words)}`);
}

function textOf(rows: readonly ResourceRow[], { output, all }: Options, again: string): string {
  if (output === "json") return toJson(resourcesJson(rows));
  if (output === "csv") return resourcesCsv(rows);
  if (output === "md") return resourcesMarkdown(rows);
  if (rows.length === 0) return "No resource answers to that.";
  const shown = all ? rows : rows.slice(0, most);
  const more = rows.length - shown.length;
  return [...resourcesTable(shown, outputLook()), ...(more > 0 ? [`... ${more} more: ${again}`] : [])].join("\n");
}
