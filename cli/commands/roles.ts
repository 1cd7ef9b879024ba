/**
 * `smalltarget roles`: the functions of the last scan by the risk of their roles. With --from, the rules about roles put to the files of an
 * account, before or without a scan: that needs no credentials and no store.
 */
import { type Command, Option } from "commander";
import type { FunctionRole } from "../../shared/model/document.ts";
import { type Severity, severityRank } from "../../shared/model/finding.ts";
import { cleanText } from "../../shared/model/plain-text.ts";
import { findingsList, severityCounts, sortFindings } from "../../shared/report/findings-list.ts";
import { toJson } from "../../shared/report/json.ts";
import { rolesTable } from "../../shared/report/roles-table.ts";
import type { JudgedDump } from "../../shared/scan/judge-dump.ts";
import { checkRegions } from "../check-names.ts";
import { readDump } from "../dump-files.ts";
import { exitCodes } from "../failure.ts";
import { type ReadOptions, withLastScan } from "../last-scan.ts";
import { onePageOption, readOptions, regionOption, severityOption } from "../options.ts";
import { sameCommand } from "../same-command.ts";
import { commandName, outputLook, print, say } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface Options extends ReadOptions {
  readonly from?: string;
  readonly functions?: string;
  readonly region?: readonly string[];
  readonly all?: boolean;
  readonly output: "table" | "json";
  readonly settings?: string;
  readonly failOn?: Severity;
}

/** Lines of a table before it asks for `--all`. */
const most = 50;
/** More notes than these are counted. */
const notesAtMost = 10;

/** Arguments, options and action. */
export function rolesCommand(command: Command): void {
  command
    .option("-r, --region <region>", "of the last scan, only functions here; repeatable", regionOption)
    .option("--all", `of the last scan, more than ${most} lines`)
    .option(
      "--from <file>",
      "instead of the last scan: what aws iam get-account-authorization-details printed; pages may follow each other",
    )
    .option("--functions <file>", "what aws lambda list-functions printed, of one Region or several one after the other")
    .option("--settings <file>", "disabled rules, as JSON")
    .addOption(new Option("--fail-on <severity>", "exit 1 when there is a finding of this severity or graver").argParser(severityOption));
  readOptions(onePageOption(command)).action((options: Options) => roles(options, sameCommand(command, { all: true })));
}

async function roles(options: Options, again: string): Promise<void> {
  const { from } = options;
  if (from !== undefined) return fromFiles({ ...options, from });
  if (options.functions !== undefined)
    throw new UsageError("--functions goes with --from: it says which functions the file's roles are for");
  await withLastScan(
    options,
    async ({ document }) => {
      checkRegions(document.scan, options.region);
      if (!document.roles) throw new UsageError(`the last scan was made before roles were judged: run ${commandName} scan`);
      const chosen = document.roles.filter(({ region }) => options.region?.includes(region) ?? true);
      print(options.output === "json" ? toJson(chosen) : rankedText(chosen, options, again));
    },
    ["roles"],
  );
}

function rankedText(roles: readonly FunctionRole[], { all }: Options, again: string): string {
  if (roles.length === 0) return "No function answers to that.";
  const shown = all ? roles : roles.slice(0, most);
  const more = roles.length - shown.length;
  const unknown = roles.filter(({ needed }) => needed === null).length;
  return [
    ...rolesTable(shown, outputLook()),
    ...(more > 0 ? [`... ${more} more: ${again}`] : []),
    "",
    `Risk is exposure x strength of what is in excess x sensitivity of what it reaches x ease of mending, 0 to 100: ${commandName} show FUNCTION says why.`,
    ...(unknown > 0 ? [`What ${unknown} of ${roles.length} functions need is not known (?): ${commandName} show FUNCTION says why.`] : []),
  ].join("\n");
}

async function fromFiles(options: Options & { readonly from: string }): Promise<void> {
  // the rules are loaded here: not for help
  const { judgeDump, unjudgedInDumps } = await import("../../shared/scan/judge-dump.ts");
  const { readSettingsFile } = await import("../settings-file.ts");
  const settings = await readSettingsFile(options.settings);
  const judged = judgeDump(await readDump(options.from, options.functions), settings, new Date());
  const findings = sortFindings(judged.findings);
  print(options.output === "json" ? toJson({ findings }) : textOf(judged, options.functions !== undefined, unjudgedInDumps).join("\n"));
  if (!options.quiet) for (const note of judged.notes.slice(0, notesAtMost)) say(cleanText(note, 200));
  const { failOn } = options;
  const isGrave = failOn !== undefined && findings.some(({ severity }) => severityRank(severity) <= severityRank(failOn));
  process.exitCode = isGrave ? exitCodes.findings : exitCodes.done;
}

function textOf({ account, roles: count, users, findings }: JudgedDump, hasFunctions: boolean, unjudged: readonly string[]): string[] {
  const look = outputLook();
  const counted = findings.length === 0 ? "no finding" : severityCounts(findings);
  const unknown = hasFunctions
    ? []
    : ["Which functions there are was not given (--functions): roles that trust Lambda are taken to be theirs."];
  return [
    `${look.paint.bold("ROLES")}   account ${account}   ${count} roles   ${users} users   ${counted}`,
    ...unknown,
    ...(findings.length > 0 ? ["", ...findingsList(sortFindings(findings), look)] : []),
    "",
    `Not judged, as neither code nor use is in the files: ${unjudged.join(", ")}. ${commandName} scan judges them; ${commandName} need PATH prints what code needs before it is deployed.`,
  ];
}
