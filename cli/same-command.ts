/** The command that somebody typed, with something more: what a page that shows only part tells to type for the rest. */
import type { Command } from "commander";
import { shellQuote } from "../shared/wording/aws-cli.ts";
import { commandName } from "./terminal.ts";

/** What changes nothing about which lines are shown, or belongs to this one run. */
const leftOut: ReadonlySet<string> = new Set(["debug", "quiet"]);

/**
 * `smalltarget resources --type queue --owner shop --all`: the options that were typed, not those of the environment, whose values hold for
 * the next command anyway.
 * @param instead options to say otherwise, by their long name without dashes; `true` for one without a value
 */
export function sameCommand(command: Command, instead: Readonly<Record<string, string | true>>): string {
  const typed = command.options.flatMap((option): string[] => {
    const name = option.attributeName();
    const flag = option.long ?? "";
    if (leftOut.has(name) || flag.slice(2) in instead || command.getOptionValueSource(name) !== "cli") return [];
    const value: unknown = command.getOptionValue(name);
    if (value === true || value === false) return [flag];
    return [value].flat().map((one) => `${flag} ${shellQuote(String(one))}`);
  });
  const more = Object.entries(instead).map(([name, value]) => (value === true ? `--${name}` : `--${name} ${shellQuote(value)}`));
  return [commandName, command.name(), ...typed, ...more].join(" ");
}
