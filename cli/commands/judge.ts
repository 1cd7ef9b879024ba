/** `smalltarget judge`: what today's rules and settings make of what the last scan read. Asks AWS nothing and writes nothing. */
import type { Command } from "commander";
import type { IsWanted } from "../../shared/advisory-feeds/known-advisories.ts";
import { findingsList, severityCounts, sortFindings } from "../../shared/report/findings-list.ts";
import { toJson } from "../../shared/report/json.ts";
import type { Look } from "../../shared/report/look.ts";
import type { Rejudged } from "../../shared/scan/judge-again.ts";
import { type ReadOptions, withLastScan } from "../last-scan.ts";
import { onePageOption, readOptions } from "../options.ts";
import { outputLook, print } from "../terminal.ts";

interface Options extends ReadOptions {
  readonly settings?: string;
  readonly output: "table" | "json";
}

/** Arguments, options and action. */
export function judgeCommand(command: Command): void {
  command.option("--settings <file>", "thresholds, disabled rules and tag keys, as JSON");
  readOptions(onePageOption(command)).action(judge);
}

async function judge(options: Options): Promise<void> {
  // the rules are loaded here: not for help
  const { judgeAgain } = await import("../../shared/scan/judge-again.ts");
  const { readSettingsFile } = await import("../settings-file.ts");
  const { keptAdvisories } = await import("../../shared/advisory-feeds/current-advisories.ts");
  const settings = await readSettingsFile(options.settings);
  await withLastScan(options, async ({ document, kept }) => {
    const { blobs } = kept;
    // those that the scan had, or newer ones; where it looked at none, nothing is said of libraries
    const hadAdvisories = document.coverage.some(({ collector }) => collector === "advisories");
    const advisories = hadAdvisories ? { advisories: (isWanted?: IsWanted) => keptAdvisories(blobs, isWanted) } : {};
    const judged = await judgeAgain({ store: await kept.table(), blobs, ...advisories }, document, settings);
    if (options.output === "json") {
      const { id, startedAt } = document.scan;
      print(toJson({ scan: { id, startedAt }, ...judged, findings: sortFindings(judged.findings) }));
    } else print(textOf(judged, outputLook()).join("\n"));
  });
}

function textOf({ findings, opened, changed, gone, unknown }: Rejudged, look: Look): string[] {
  const part = (title: string, some: Rejudged["findings"]) =>
    some.length === 0 ? [] : ["", look.paint.bold(title), ...findingsList(sortFindings(some), look)];
  const same = findings.length - opened.length - changed.length;
  return [
    `${look.paint.bold("JUDGED AGAIN")}   ${findings.length === 0 ? "no finding" : severityCounts(findings)}`,
    `${opened.length} new   ${changed.length} changed   ${gone.length} gone   ${same} as the scan found them${unknown > 0 ? `   ${unknown} cannot be told` : ""}`,
    ...part(
      "NEW",
      findings.filter(({ id }) => opened.includes(id)),
    ),
    ...part(
      "CHANGED",
      findings.filter(({ id }) => changed.includes(id)),
    ),
    ...part("GONE", gone),
  ];
}
