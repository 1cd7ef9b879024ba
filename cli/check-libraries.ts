/** `smalltarget libraries check`: package URLs put to the advisories, for people and for a pipeline before deployment. */
import { text } from "node:stream/consumers";
import { type CheckedPurl, checkPurl } from "../shared/libraries/advisories/check-purls.ts";
import { parsePackageUrl } from "../shared/libraries/advisories/package-names.ts";
import { type Severity, severityRank } from "../shared/model/finding.ts";
import { checkedPage } from "../shared/report/checked-page.ts";
import { loadAdvisories, readExploited, type WantedPackage } from "./advisories.ts";
import { exitCodes } from "./failure.ts";
import { outputLook, print, say } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

export interface CheckOptions {
  readonly advisories?: string;
  readonly kev?: string;
  readonly epss?: string;
  readonly store: string;
  readonly output: "jsonl" | "table";
  readonly failOn?: Severity;
  readonly strict?: boolean;
  readonly quiet?: boolean;
}

/** Prints an answer for every package URL, also where nothing is known of it; answers the exit code. */
export async function checkLibraries(given: readonly string[], options: CheckOptions): Promise<number> {
  const purls = await purlsOf(given);
  const wanted = purls.flatMap((purl) => wantedOf(purl) ?? []);
  const keep = /^dir:(.+)$/.exec(options.store)?.[1];
  if (keep === undefined) throw new UsageError(`--store ${options.store}: advisories are kept in a folder of this machine, as dir:PATH`);
  const exploited = await readExploited(options.kev, options.epss);
  const place = options.advisories === undefined ? {} : { place: options.advisories };
  const note = (words: string) => {
    if (!options.quiet) say(words);
  };
  const { index, notes, incomplete } = await loadAdvisories({ ...place, keep }, wanted, new Date(), note);
  notes.forEach(note);
  const checked = purls.map((purl) => checkPurl(index, purl, exploited));
  if (options.output === "jsonl") print(checked.map(({ wrong: _, ...line }) => `${JSON.stringify(line)}\n`).join(""));
  else print(checkedPage(checked, outputLook()).join("\n"));
  for (const { purl, unknown } of checked) if (unknown !== undefined) say(`${purl}: ${unknown}`);
  return exitCodeOf(checked, options, incomplete);
}

async function purlsOf(given: readonly string[]): Promise<readonly string[]> {
  if (given.length === 0)
    throw new UsageError("libraries check takes package URLs, such as pkg:npm/lodash@4.17.20, or - to read them from standard input");
  const read = given.includes("-") ? (await text(process.stdin)).split("\n").map((line) => line.trim()) : [];
  return given.flatMap((one) => (one === "-" ? read : [one])).filter((one) => one !== "");
}

function wantedOf(purl: string): WantedPackage | undefined {
  const named = parsePackageUrl(purl);
  return "ecosystem" in named ? named : undefined;
}

function exitCodeOf(checked: readonly CheckedPurl[], { failOn, strict }: CheckOptions, incomplete: boolean): number {
  if (checked.some(({ wrong }) => wrong)) return exitCodes.usage;
  if (failOn && checked.some(({ severity }) => severity && severityRank(severity) <= severityRank(failOn))) return exitCodes.findings;
  return strict && (incomplete || checked.some(({ unknown }) => unknown !== undefined)) ? exitCodes.incomplete : exitCodes.done;
}
