/** `smalltarget own`: who owns a resource, said by a person. It wins over tags. */
import { type Command, InvalidArgumentError } from "commander";
import { type Network, networkOf } from "../../shared/graph/network.ts";
import { parseArn } from "../../shared/model/arn.ts";
import { cleanText, hasUnsafeCharacters } from "../../shared/model/plain-text.ts";
import { toJson } from "../../shared/report/json.ts";
import { type OverrideRow, overridesPage } from "../../shared/report/overrides-page.ts";
import { findResource } from "../find-resource.ts";
import { type LastScan, type ReadOptions, withLastScan } from "../last-scan.ts";
import { onePageOption, readOptions } from "../options.ts";
import { outputLook, print } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface Options extends ReadOptions {
  readonly remove?: boolean;
  readonly list?: boolean;
  readonly output: "table" | "json";
}

/** Longest value of an AWS tag, which teams usually come from. */
const longestTeam = 256;

/** Arguments, options and action. */
export function ownCommand(command: Command): void {
  command
    .argument("[resource]", "ARN, or name where only one resource has it")
    .argument("[team]", "the team that owns it, as messages name it", teamOption)
    .option("--remove", "take back what was said about the resource")
    .option("--list", "what was said so far");
  readOptions(onePageOption(command)).action(own);
}

function teamOption(value: string): string {
  const team = value.trim();
  if (team === "" || team.length > longestTeam || hasUnsafeCharacters(team))
    throw new InvalidArgumentError(`It must be 1 to ${longestTeam} printable characters.`);
  if (team === "unowned") throw new InvalidArgumentError("unowned stands for nobody; use --remove to take an owner back.");
  return team;
}

async function own(resource: string | undefined, team: string | undefined, options: Options): Promise<void> {
  const { list, remove } = options;
  if (list && (resource !== undefined || remove)) throw new UsageError("--list goes alone");
  if (!list && resource === undefined) throw new UsageError("name a resource and a team, or --list");
  if (!list && (team === undefined) !== (remove === true)) throw new UsageError("name either a team or --remove");
  await withLastScan(options, async (last) => {
    if (resource === undefined) await printAll(last, options);
    else if (team === undefined) await takeBack(last, resource);
    else await set(last, resource, team);
  });
}

async function set({ document, kept }: LastScan, text: string, team: string): Promise<void> {
  const { account } = document.scan;
  const network = networkOf(document);
  const arn = network.nodes.has(text) ? text : ownArn(text, account) ? text : findResource(network, text).id;
  const known = network.nodes.get(arn);
  if (known && parseArn(arn) === undefined) throw new UsageError(`${cleanText(text)} is no resource of this account: nobody can own it`);
  await (await kept.writable(account)).setOwner(account, arn, team);
  const before = known?.resource?.owner.team;
  const was = before && before !== team ? `; the last scan had ${before} (${known?.resource?.owner.source ?? "unknown source"})` : "";
  const unseen = known ? "" : "; the last scan did not see it, so check the ARN";
  print(cleanText(`${known?.name ?? arn} belongs to ${team} from the next scan on${was}${unseen}.`, 600));
}

/** An ARN of the account itself may be one that no scan has seen yet. */
function ownArn(text: string, account: string): boolean {
  const arn = parseArn(text);
  return arn !== undefined && (arn.account === account || arn.account === "");
}

async function takeBack({ document, kept }: LastScan, text: string): Promise<void> {
  const { account } = document.scan;
  const store = await kept.writable(account);
  const overrides = await store.ownerOverrides(account);
  const arn = overrides.has(text) ? text : findResource(networkOf(document), text).id;
  const team = overrides.get(arn);
  if (team === undefined) throw new UsageError(`nobody was named as the owner of ${cleanText(text)} by hand: its owner comes from tags`);
  await store.setOwner(account, arn, undefined);
  print(cleanText(`${text} no longer belongs to ${team} by hand; from the next scan on its tags say who owns it.`, 600));
}

async function printAll({ document, kept }: LastScan, { output }: Options): Promise<void> {
  const rows = rowsOf(await (await kept.table()).ownerOverrides(document.scan.account), networkOf(document));
  print(output === "json" ? toJson(rows) : overridesPage(rows, outputLook()).join("\n"));
}

function rowsOf(overrides: ReadonlyMap<string, string>, { nodes }: Network): OverrideRow[] {
  return [...overrides]
    .map(([arn, team]) => {
      const node = nodes.get(arn);
      return { arn, team, seen: node !== undefined, ...(node ? { type: node.type, name: node.name } : {}) };
    })
    .sort((a, b) => (a.team === b.team ? (a.arn < b.arn ? -1 : 1) : a.team < b.team ? -1 : 1));
}
