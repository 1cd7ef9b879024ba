/** `smalltarget relations`: how everything hangs together, with the proof of every line. */
import { type Command, Option } from "commander";
import { type Network, type NetworkNode, networkOf } from "../../shared/graph/network.ts";
import { relationsAround, relationsFromInternet } from "../../shared/graph/selections.ts";
import { type Relation, type RelationKind, relationKinds } from "../../shared/model/graph.ts";
import { toJson } from "../../shared/report/json.ts";
import { relationsCsv, relationsMarkdown, relationsTable } from "../../shared/report/relations-table.ts";
import { findResource } from "../find-resource.ts";
import { type LastScan, type ReadOptions, withLastScan } from "../last-scan.ts";
import { collectOneOf, type Output, outputOption, readOptions, wholeNumber } from "../options.ts";
import { sameCommand } from "../same-command.ts";
import { outputLook, print } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

/** Which part of the network is asked for. */
export interface SelectionOptions {
  readonly of?: string;
  readonly depth?: number;
  readonly toInternet?: boolean;
}

interface Options extends ReadOptions, SelectionOptions {
  readonly kind?: readonly RelationKind[];
  readonly output: Output;
  readonly all?: boolean;
}

const most = 50;

/** Arguments, options and action. */
export function relationsCommand(command: Command): void {
  selectionOptions(command, 1)
    .addOption(new Option("--kind <kind>", `only these; repeatable: ${relationKinds.join(", ")}`).argParser(collectOneOf(relationKinds)))
    .option("--all", `more than ${most} lines`);
  readOptions(outputOption(command)).action(relations);
}

/** `--of`, `--depth`, `--to-internet`. */
export function selectionOptions(command: Command, usualDepth: number): Command {
  return command
    .option("--of <resource>", "around this resource: ARN, or name where only one has it")
    .option("--depth <steps>", `steps away from it, in either direction (default: ${usualDepth})`, wholeNumber)
    .option("--to-internet", "what anybody on the internet can reach; with --of: the ways from there to that resource");
}

/** The resource that `--of` names. @throws UsageError */
export function startOf(network: Network, { of }: SelectionOptions): NetworkNode | undefined {
  return of === undefined ? undefined : findResource(network, of);
}

/** The relations that are asked for. @throws UsageError */
export function selectRelations(network: Network, options: SelectionOptions, usualDepth: number): readonly Relation[] {
  const { of, depth, toInternet } = options;
  if (depth !== undefined && (of === undefined || toInternet)) throw new UsageError("--depth goes with --of, and not with --to-internet");
  if (depth === 0) throw new UsageError("--depth must be at least 1");
  const start = startOf(network, options)?.id;
  if (toInternet) return relationsFromInternet(network, start);
  return start === undefined ? network.relations : relationsAround(network, start, depth ?? usualDepth);
}

async function relations(options: Options, command: Command): Promise<void> {
  const again = sameCommand(command, { all: true });
  const show = ({ document }: LastScan<"resources" | "relations">) => {
    const network = networkOf(document);
    const { kind } = options;
    const chosen = selectRelations(network, options, 1).filter((one) => kind === undefined || kind.includes(one.kind));
    print(textOf(chosen, network, options, again));
  };
  await withLastScan(options, show, ["resources", "relations"]);
}

function textOf(chosen: readonly Relation[], network: Network, { output, all, toInternet }: Options, again: string): string {
  if (output === "json") return toJson(chosen);
  if (output === "csv") return relationsCsv(chosen, network);
  if (output === "md") return relationsMarkdown(chosen, network);
  if (chosen.length === 0) return toInternet ? "The scan saw no way from the internet." : "No relation answers to that.";
  const shown = all ? chosen : chosen.slice(0, most);
  const more = chosen.length - shown.length;
  return [...relationsTable(shown, network, outputLook()), ...(more > 0 ? [`... ${more} more: ${again}`] : [])].join("\n");
}
