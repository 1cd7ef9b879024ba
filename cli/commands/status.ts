/** `smalltarget status`: the recent scans in a few lines. Exits 0 whatever they say. */

import type { Command } from "commander";
import { type Current, readCurrent } from "../../shared/advisory-feeds/current-advisories.ts";
import { advisoryTexts } from "../../shared/report/advisories-text.ts";
import { toJson } from "../../shared/report/json.ts";
import { ageText, count } from "../../shared/report/quantities.ts";
import type { ScanItem } from "../../shared/store/store.ts";
import { collectorName } from "../../shared/wording/collector-names.ts";
import { minuteText, type ReadOptions, withScans } from "../last-scan.ts";
import { onePageOption, readOptions } from "../options.ts";
import { outputLook, print } from "../terminal.ts";

interface Options extends ReadOptions {
  readonly output: "table" | "json";
}

/** Arguments, options and action. */
export function statusCommand(command: Command): void {
  readOptions(onePageOption(command)).action(status);
}

async function status(options: Options): Promise<void> {
  await withScans(options, async (kept, scans) => {
    if (options.output === "json") print(toJson(scans.slice(0, 10)));
    else {
      const now = new Date();
      const lines = [...statusLines(scans, now), ...advisoryLines(await readCurrent(kept.blobs), now), ["Store", kept.where] as const];
      print(lines.map(([name, text]) => `${name.padEnd(12)}${text}`).join("\n"));
    }
  });
}

type Line = readonly [name: string, text: string];

/** Nothing where none were ever fetched: most command lines fetch none. */
function advisoryLines(current: Current | undefined, now: Date): Line[] {
  return advisoryTexts(current?.feeds, now).map((text, i): Line => [i === 0 ? "Advisories" : "", text]);
}

function statusLines(scans: readonly ScanItem[], now: Date): Line[] {
  const [newest] = scans;
  const done = scans.find(({ outcome }) => outcome === "done");
  return [
    ["Account", newest?.account ?? ""],
    ...(newest?.outcome === "running" ? [["Running", `since ${minuteText(newest.startedAt)}, or killed since then`] as const] : []),
    ...(newest?.outcome === "failed" ? [["Failed", `${minuteText(newest.startedAt)}: ${newest.error ?? "no reason noted"}`] as const] : []),
    ...(done ? doneLines(done, scans, now) : [["Last scan", noneText(newest)] as const]),
  ];
}

function noneText(newest: ScanItem | undefined): string {
  return newest?.outcome === "running" ? "none yet: the first one is running" : `none was finished: run ${outputLook().command} scan`;
}

function doneLines(scan: ScanItem, scans: readonly ScanItem[], now: Date): Line[] {
  const { finishedAt = "", functions, openFindings, apiCalls, incomplete } = scan;
  const missing = incomplete.map(
    (row) =>
      `${row.region}, ${collectorName(row.collector)}: ${row.status}${row.code ? ` (${row.code})` : ""}${sinceText(row, scan, scans)}`,
  );
  return [
    ["Last scan", `${minuteText(finishedAt)}, ${ageText(now.getTime() - Date.parse(finishedAt))} ago`],
    ["Found", `${count(functions, "function")}, ${count(openFindings, "open finding")}, ${count(apiCalls, "request")}`],
    ...(missing.length === 0 ? [["Coverage", "complete"] as const] : missing.map((text, i): Line => [i === 0 ? "Incomplete" : "", text])),
  ];
}

type Missing = ScanItem["incomplete"][number];

/** Since which scan without a break; nothing where it is the last one only. */
function sinceText({ region, collector }: Missing, last: ScanItem, scans: readonly ScanItem[]): string {
  const done = scans.filter(({ outcome }) => outcome === "done");
  const whole = done.findIndex(({ incomplete }) => !incomplete.some((row) => row.region === region && row.collector === collector));
  const first = whole === -1 ? done.at(-1) : done[whole - 1];
  if (!first || first.id === last.id) return "";
  return whole === -1 ? `, at least since ${minuteText(first.startedAt)}` : `, since ${minuteText(first.startedAt)}`;
}
