/** `smalltarget scan`: looks at the account once. */

import { type Command, Option } from "commander";
import type { ScanDocument } from "../../shared/model/document.ts";
import { isOpen } from "../../shared/model/document-finding.ts";
import { type Severity, severityRank } from "../../shared/model/finding.ts";
import { functionsCsv } from "../../shared/report/csv.ts";
import { earlyTable } from "../../shared/report/early-table.ts";
import { sortFunctions } from "../../shared/report/function-rows.ts";
import { toJson } from "../../shared/report/json.ts";
import { scanMarkdown } from "../../shared/report/scan-markdown.ts";
import { scanSummary } from "../../shared/report/scan-summary.ts";
import { droppedText, noteText } from "../../shared/report/told.ts";
import { earlyFacts } from "../../shared/usage/early-facts.ts";
import type { ScanOptions } from "../compose.ts";
import { exitCodes } from "../failure.ts";
import { type Output, outputOption, regionOption, severityOption, storeOptions } from "../options.ts";
import { writeWhole } from "../out-file.ts";
import type { Early, FinishedScan } from "../run-scan.ts";
import { samplePath, sampleWord } from "../sample.ts";
import { pageLook, print, say } from "../terminal.ts";

interface Options extends ScanOptions {
  readonly output: Output;
  readonly out?: string;
  readonly failOn?: Severity;
  readonly strict?: boolean;
  readonly quiet?: boolean;
}

const mostFunctions = 25;
const mostFindings = 25;

/** Arguments, options and action. */
export function scanCommand(command: Command): void {
  command.option("-r, --region <region>", "look only here; repeatable (default: all enabled Regions)", regionOption);
  outputOption(command)
    .option("--out <file>", "write the output to FILE, whole or not at all")
    .option("--record <file>", "keep what AWS answers in FILE, without secrets, for --replay")
    .option(
      "--replay <file>",
      `answer from a recording instead of AWS: no credentials, no network; "${sampleWord}" is the one that comes along`,
    )
    .option(
      "--notify <channel>",
      "sns:ARN to send messages through a topic, or none (default: the channels of --settings, the topic of --stack, else none)",
    )
    .option("--settings <file>", "thresholds, tag names, channels and routes, as JSON")
    .option("--no-code", "do not read the code of functions and layers: what it needs is then not known")
    .option(
      "--images",
      "read container images too: each layer is fetched once, up to 4 GB a scan; ECR takes it for a pull, and AWS charges what leaves its network",
    )
    .option(
      "--advisories <place>",
      "check libraries: a folder of OSV records (*.ndjson[.gz], *.json, bulk zips), the address of a bucket, osv for OSV's public one, or off " +
        "(default: what --settings says; with --stack what the stack keeps; else off)",
    )
    .option("--kev <place>", "CISA's list of exploited vulnerabilities, a file or an address")
    .option("--epss <place>", "FIRST's daily file of EPSS scores, a file or an address")
    .addOption(
      new Option("--fail-on <severity>", "exit 1 when there is an open finding of this severity or graver").argParser(severityOption),
    )
    .option("--strict", "exit 4 when something could not be looked at")
    .option("-q, --quiet", "no progress, and nothing before the end");
  storeOptions(command).action(scan);
}

async function scan(options: Options): Promise<void> {
  // what asks AWS is loaded where AWS is asked: not for help
  const { runScan } = await import("../run-scan.ts");
  const replay = options.replay === sampleWord ? samplePath() : options.replay;
  const finished = await runScan({ ...options, ...(replay === undefined ? {} : { replay }) }, options.quiet ?? false, earlyOf(options));
  const text = textOf(finished, options.output);
  if (options.out === undefined) print(text);
  else {
    await writeWhole(options.out, text);
    if (!options.quiet) say(`written to ${options.out}`);
  }
  // data on standard output say nothing of messages that did not get out
  if (options.output !== "table") {
    const { failed, notes = [], dropped = [] } = finished.result.delivery;
    for (const { subject, error } of failed) say(`not sent, stays pending: ${subject}: ${error}`);
    for (const note of notes) say(noteText(note));
    for (const gone of dropped) say(droppedText(gone));
  }
  process.exitCode = exitCodeOf(finished.document, options);
}

/** On a terminal a person reads what is known of the functions while the rest is being read. What goes elsewhere is written once. */
function earlyOf({ output, out, quiet }: Options): Early | undefined {
  if (output !== "table" || out !== undefined || quiet || !process.stdout.isTTY) return undefined;
  return (functions) => print(`${earlyTable(functions, earlyFacts(functions), mostFunctions, pageLook()).join("\n")}\n`);
}

function textOf(finished: FinishedScan, output: Output): string {
  const { document } = finished;
  if (output === "json") return toJson(document);
  if (output === "csv") return functionsCsv(sortFunctions(document, document.functions, "interest"));
  if (output === "md") return scanMarkdown(document);
  const { result } = finished;
  return scanSummary({ ...finished, preview: result.preview, delivery: result.delivery, mostFunctions, mostFindings }, pageLook()).join(
    "\n",
  );
}

/** 1 wins over 4: a grave finding is the more urgent news. */
export function exitCodeOf({ findings, scan }: ScanDocument, { failOn, strict }: Pick<Options, "failOn" | "strict">): number {
  const grave = failOn !== undefined && findings.some((one) => isOpen(one) && severityRank(one.severity) <= severityRank(failOn));
  if (grave) return exitCodes.findings;
  return strict && !scan.complete ? exitCodes.incomplete : exitCodes.done;
}
