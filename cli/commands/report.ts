/** `smalltarget report`: the last scan as a page to look at, one file. */
import type { Command } from "commander";
import { latestPage, latestPageKey } from "../../shared/page-upkeep/keep-page.ts";
import { type ReadOptions, withLastScan, withScans } from "../last-scan.ts";
import { readOptions } from "../options.ts";
import { writeWhole } from "../out-file.ts";
import { say } from "../terminal.ts";
import { pageOf } from "../write-report.ts";

interface Options extends ReadOptions {
  readonly out: string;
  readonly since?: string;
}

/** Arguments, options and action. */
export function reportCommand(command: Command): void {
  command
    .option("--out <file>", "write it to FILE, whole or not at all", "report.html")
    .option("--since <scan>", "compare with this scan, by its id or how that begins, e.g. 2026-11-17 (default: the one before)");
  readOptions(command).action(report);
}

async function report({ out, since, ...options }: Options): Promise<void> {
  const fetched = options.stack !== undefined && since === undefined && (await fetchPage(out, options));
  if (!fetched) await makePage(out, since, options);
}

/** The page that the stack's last scan left in its bucket; false where there is none. */
async function fetchPage(out: string, options: ReadOptions): Promise<boolean> {
  return withScans(options, async ({ blobs, where }) => {
    const bytes = await latestPage(blobs);
    if (!bytes) return false;
    await writeWhole(out, bytes);
    if (!options.quiet) say(`${latestPageKey} (${where}) ${writtenTo(out, bytes.length)}`);
    return true;
  });
}

async function makePage(out: string, since: string | undefined, options: ReadOptions): Promise<void> {
  await withLastScan(
    options,
    async (last) => {
      const { html, left } = await pageOf(last, options, since);
      await writeWhole(out, html);
      if (options.quiet) return;
      for (const line of left) say(line);
      say(writtenTo(out, Buffer.byteLength(html)));
    },
    ["scan"],
  );
}

function writtenTo(out: string, bytes: number): string {
  return `written to ${out} (${(bytes / 1_000_000).toFixed(1)} MB): open it in a browser; it asks nothing of the network`;
}
