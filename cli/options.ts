/** Options that several commands have, with the checks of their values. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { severities } from "../shared/model/finding.ts";
import { isRegionName } from "../shared/model/region-name.ts";
import { didYouMean } from "./nearest.ts";

/** Where the last scan is read from. */
export function readOptions(command: Command): Command {
  return storeOptions(command)
    .option("--account <id>", "account to read, where the store has several (default: the last one scanned)")
    .option("-q, --quiet", "no word on standard error about the scan's age");
}

/** Store, stack, profile, debug. */
export function storeOptions(command: Command): Command {
  return command
    .addOption(new Option("--store <store>", "dir:PATH, dynamodb:TABLE or none (default: dir:.smalltarget)").env("SMALLTARGET_STORE"))
    .addOption(new Option("--bucket <bucket>", "bucket of the documents, with --store dynamodb:TABLE").env("SMALLTARGET_BUCKET"))
    .option("--stack <name>", "use table, bucket and topic of this deployed stack, e.g. SmallTarget")
    .option("--profile <name>", "profile of the shared AWS configuration files")
    .option("--debug", "print a stack trace when something fails");
}

/** A repeatable option with a fixed list of values. */
export function collectOneOf<T extends string>(allowed: readonly T[]): (value: string, before?: readonly T[]) => readonly T[] {
  return (value, before = []) => [...before, oneOf(allowed)(value)];
}

/** One of a fixed list, whatever the case. */
export function oneOf<T extends string>(allowed: readonly T[]): (value: string) => T {
  return (value) => {
    const found = allowed.find((one) => one.toLowerCase() === value.toLowerCase());
    if (found === undefined) {
      throw new InvalidArgumentError(`It is one of ${allowed.join(", ")}${didYouMean(value, allowed) || "."}`);
    }
    return found;
  };
}

export const severityOption = oneOf(severities);

export const outputs = ["table", "json", "csv", "md"] as const;
export type Output = (typeof outputs)[number];

/** `--output` for a list. */
export function outputOption(command: Command): Command {
  return command.addOption(new Option("-o, --output <format>", "table, json, csv or md").default("table").argParser(oneOf(outputs)));
}

/** `--output` for one page. */
export function onePageOption(command: Command): Command {
  return command.addOption(new Option("-o, --output <format>", "table or json").default("table").argParser(oneOf(["table", "json"])));
}

/** A Region by its form; whether it exists and is enabled is for AWS to say. */
export function regionOption(value: string, before: readonly string[] = []): readonly string[] {
  if (!isRegionName(value)) throw new InvalidArgumentError("It is not the name of a Region, such as eu-west-1.");
  return [...before, value];
}

/** A whole number that is not negative. */
export function wholeNumber(value: string): number {
  if (!/^\d{1,6}$/.test(value)) throw new InvalidArgumentError("It is not a whole number.");
  return Number(value);
}

/** A day (`2026-11-01`), a moment, or how long ago (`7d`, `12h`), as ISO 8601 UTC. */
export function sinceOption(value: string): string {
  const [, number, unit] = /^(\d{1,4})([dh])$/i.exec(value) ?? [];
  if (number !== undefined) return new Date(Date.now() - Number(number) * (unit?.toLowerCase() === "d" ? 24 : 1) * 3_600_000).toISOString();
  const at = new Date(value);
  if (!/^\d{4}-\d\d-\d\d/.test(value) || Number.isNaN(at.getTime()))
    throw new InvalidArgumentError("It is not a date, such as 2026-11-01, nor a time ago, such as 7d.");
  return at.toISOString();
}
