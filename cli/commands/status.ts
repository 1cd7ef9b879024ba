/** `smalltarget status`: the recent scans in a few lines. Exits 0 whatever they say. */

import type { Command } from "commander";
import { collectorName } from "../../shared/data/collector-names.ts";
import { toJson } from "../../shared/report/json.ts";
import { ageText, count } from "../../shared/report/quantities.ts";
import type { ScanItem } from "../../shared/store/store.ts";
import { minuteText, type ReadOptions, withScans } from "../last-scan.ts";
import { onePageOption, readOptions } from "../options.ts";
import { outputLook, print } from "../terminal.ts";

interface Options extends ReadOptions {
  readonly output: "table" | "json";
}

/** Adds the command to `program`. */
export function addStatus(program: Command): void {
  const command = program.command("status").description("last scan and its age, a running or failed one, what could not be looked at");
  readOptions(onePageOption(command)).action(status);
}

async function status(options: Options): Promise<void> {
  await withScans(options, async (kept, scans) => {
    if (options.output === "json") print(toJson(scans.slice(0, 10)));
    else
      print(
        [...statusLines(scans, new Date()), ["Store", kept.where] as const].map(([name, text]) => `${name.padEnd(12)}${text}`).join("\n"),
      );
  });
}

type Line = readonly [name: string, text: string];

function statusLines(scans: readonly ScanItem[], now: Date): Line[] {
  const [newest] = scans;
  const done = scans.find(({ outcome }) => outcome === "done");
  return [
    ["Account", newest?.account ?? ""],
    ...(newest?.outcome === "running" ? [["Running", `since ${minuteText(newest.startedAt)}, or killed since then`] as const] : []),
    ...(newest?.outcome === "failed" ? [["Failed", `${minuteText(newest.startedAt)}: ${newest.error ?? "no reason noted"}`] as const] : []),
    ...(done ? doneLines(done, now) : [["Last scan", noneText(newest)] as const]),
  ];
}

function noneText(newest: ScanItem | undefined): string {
  return newest?.outcome === "running" ? "none yet: the first one is running" : `none was finished: run ${outputLook().command} scan`;
}

function doneLines({ finishedAt = "", functions, openFindings, apiCalls, incomplete }: ScanItem, now: Date): Line[] {
  const missing = incomplete.map(
    ({ region, collector, status, code }) => `${region}, ${collectorName(collector)}: ${status}${code ? ` (${code})` : ""}`,
  );
  return [
    ["Last scan", `${minuteText(finishedAt)}, ${ageText(now.getTime() - Date.parse(finishedAt))} ago`],
    ["Found", `${count(functions, "function")}, ${count(openFindings, "open finding")}, ${count(apiCalls, "request")}`],
    ...(missing.length === 0 ? [["Coverage", "complete"] as const] : missing.map((text, i): Line => [i === 0 ? "Incomplete" : "", text])),
  ];
}
