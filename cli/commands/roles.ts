/** `smalltarget roles`: the rules about roles put to the files of an account, before or without a scan. Needs no credentials and no store. */
import { type Command, Option } from "commander";
import { type Severity, severityRank } from "../../shared/model/finding.ts";
import { cleanText } from "../../shared/model/plain-text.ts";
import { findingsList, severityCounts, sortFindings } from "../../shared/report/findings-list.ts";
import { toJson } from "../../shared/report/json.ts";
import type { JudgedDump } from "../../shared/scan/judge-dump.ts";
import { readDump } from "../dump-files.ts";
import { exitCodes } from "../failure.ts";
import { onePageOption, severityOption } from "../options.ts";
import { outputLook, print, say } from "../terminal.ts";

interface Options {
  readonly from: string;
  readonly functions?: string;
  readonly output: "table" | "json";
  readonly settings?: string;
  readonly failOn?: Severity;
  readonly quiet?: boolean;
}

/** More notes than these are counted. */
const notesAtMost = 10;

/** Arguments, options and action. */
export function rolesCommand(command: Command): void {
  command
    .requiredOption("--from <file>", "what aws iam get-account-authorization-details printed; pages may follow each other")
    .option("--functions <file>", "what aws lambda list-functions printed, of one Region or several one after the other")
    .option("--settings <file>", "disabled rules, as JSON")
    .addOption(new Option("--fail-on <severity>", "exit 1 when there is a finding of this severity or graver").argParser(severityOption))
    .option("-q, --quiet", "no word on standard error about what the files do not tell")
    .option("--debug", "print a stack trace when something fails");
  onePageOption(command).action(roles);
}

async function roles(options: Options): Promise<void> {
  // the rules are loaded here: not for help
  const { judgeDump } = await import("../../shared/scan/judge-dump.ts");
  const { readSettingsFile } = await import("../settings-file.ts");
  const settings = await readSettingsFile(options.settings);
  const judged = judgeDump(await readDump(options.from, options.functions), settings, new Date());
  const findings = sortFindings(judged.findings);
  print(options.output === "json" ? toJson({ findings }) : textOf(judged, options.functions !== undefined).join("\n"));
  if (!options.quiet) for (const note of judged.notes.slice(0, notesAtMost)) say(cleanText(note, 200));
  const { failOn } = options;
  const isGrave = failOn !== undefined && findings.some(({ severity }) => severityRank(severity) <= severityRank(failOn));
  process.exitCode = isGrave ? exitCodes.findings : exitCodes.done;
}

function textOf({ account, roles: count, users, findings }: JudgedDump, hasFunctions: boolean): string[] {
  const look = outputLook();
  const counted = findings.length === 0 ? "no finding" : severityCounts(findings);
  const unknown = hasFunctions
    ? []
    : ["Which functions there are was not given (--functions): roles that trust Lambda are taken to be theirs."];
  return [
    `${look.paint.bold("ROLES")}   account ${account}   ${count} roles   ${users} users   ${counted}`,
    ...unknown,
    ...(findings.length > 0 ? ["", ...findingsList(sortFindings(findings), look)] : []),
  ];
}
