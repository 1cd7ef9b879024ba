/** Reads `smalltarget.json`, and refuses the options that were given with `-c` instead. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Configuration, ConfigurationError, optionNames, optionsFile, readConfiguration } from "./configuration.ts";
import { meantBy } from "./did-you-mean.ts";

/**
 * The options in the folder `project`; the defaults where there is no options file.
 * @throws ConfigurationError, SettingsError
 */
export function readOptions(project: string, now: Date = new Date()): Configuration {
  const file = join(project, optionsFile);
  const readJson = (path: string) => jsonIn(join(project, path), path);
  return readConfiguration(existsSync(file) ? jsonIn(file, optionsFile) : {}, readJson, now);
}

function jsonIn(file: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new ConfigurationError(`cannot read ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The CDK takes a boundary from its own context, but only as an object in cdk.json: given with -c it does nothing, and says nothing. */
const boundaryOfCdk = "@aws-cdk/core:permissionsBoundary";

/**
 * Refuses what was given with `-c` and is an option of ours, or looks like one: the next deployment would forget it. The CDK's own
 * context (names with ":", "@" or "/", what its command line adds) is none of our business.
 * @throws ConfigurationError with a line for each
 */
export function refuseContext(context: Readonly<Record<string, unknown>>): void {
  const mistakes = Object.entries(context).flatMap(([name, value]) => {
    const boundary = name === boundaryOfCdk && typeof value === "string" ? "permissionsBoundary" : undefined;
    const meant = boundary ?? (/[:@/]/.test(name) ? undefined : meantBy(name, optionNames));
    if (meant === undefined) return [];
    return [`-c ${name}: write "${meant}" into ${optionsFile} instead; what is given with -c is forgotten by the next deployment`];
  });
  if (mistakes.length > 0) throw new ConfigurationError(mistakes.join("\n"));
}
