/**
 * `smalltarget libraries`: the packages that are really in the functions of the last scan. `list` reads a zip, folder or image on this machine and asks
 * nobody; `check` puts package URLs to the advisories.
 */
import { type Command, Option } from "commander";
import { toJson } from "../../shared/report/json.ts";
import { packagesPage } from "../../shared/report/packages-page.ts";
import type { CheckOptions } from "../check-libraries.ts";
import type { LibrariesOptions } from "../fleet-libraries.ts";
import { oneOf, onePageOption, readOptions, severityOption } from "../options.ts";
import { outputLook, print } from "../terminal.ts";

interface ListOptions {
  readonly output: "table" | "json";
}

/** Its own options and action, and its subcommands with theirs. */
export function librariesCommand(command: Command): void {
  command
    // what stands after a subcommand is its own
    .enablePositionalOptions()
    .option("--function <function>", "packages of this function and its layers; its ARN, or name where only one has it")
    .option("--package <package>", 'functions that have this package: a name or package URL, with versions as in "axios@<1.8.2"')
    .option("--vulnerable", "only those with known holes")
    .option("--all", "all lines of a long table")
    .addOption(new Option("-o, --output <format>", "table, json or csv").default("table").argParser(oneOf(["table", "json", "csv"])));
  readOptions(command).action(fleet);
  onePageOption(command.command("list").description("the packages in a zip, folder or container image on this machine; asks nobody"))
    .argument("<path>", "zip of a function or layer, a folder with what is in one, or the tar of an image (docker save, OCI layout)")
    .option("--debug", "print a stack trace when something fails")
    .action(list);
  command
    .command("check")
    .description("the known holes of packages, and the smallest version without any; asks nobody about them, unless by osv-api")
    .argument("<purl...>", "package URLs, such as pkg:npm/lodash@4.17.20; - reads them from standard input, one a line")
    .option(
      "--advisories <place>",
      "folder of OSV records (*.ndjson, *.ndjson.gz, *.json, bulk zips), or address of a mirror (default: osv, OSV's public " +
        "bucket); osv-api asks OSV's API instead, and sends it the names of the packages",
    )
    .option("--kev <file>", "CISA's catalogue of exploited vulnerabilities, as JSON or CSV")
    .option("--epss <file>", "FIRST's daily file of EPSS scores, as CSV")
    .option("--store <store>", "where advisories from an address are kept, as dir:PATH", "dir:.smalltarget")
    .addOption(new Option("-o, --output <format>", "table or jsonl").default("table").argParser(oneOf(["table", "jsonl"])))
    .addOption(new Option("--fail-on <severity>", "exit 1 when a package has a hole of this severity or graver").argParser(severityOption))
    .option("--strict", "exit 4 when something could not be told, or the advisories are old or partly not understood")
    .option("-q, --quiet", "no word on standard error about the advisories' age")
    .option("--debug", "print a stack trace when something fails")
    .action(check);
}

async function fleet(options: LibrariesOptions, command: Command): Promise<void> {
  const { fleetLibraries } = await import("../fleet-libraries.ts");
  await fleetLibraries(options, command);
}

async function check(purls: readonly string[], options: CheckOptions): Promise<void> {
  // as with the readers
  const { checkLibraries } = await import("../check-libraries.ts");
  process.exitCode = await checkLibraries(purls, options);
}

async function list(path: string, { output }: ListOptions): Promise<void> {
  // the readers are loaded here: not for help
  const { readLocalPackages } = await import("../local-packages.ts");
  const found = await readLocalPackages(path);
  print(output === "json" ? toJson(found) : packagesPage(found, outputLook()).join("\n"));
}
