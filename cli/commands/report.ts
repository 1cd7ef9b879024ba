/** `smalltarget report`: the last scan as a page to look at, one file. */
import type { Command } from "commander";
import { type ReadOptions, withLastScan } from "../last-scan.ts";
import { readOptions } from "../options.ts";
import { writeWhole } from "../out-file.ts";
import { say } from "../terminal.ts";
import { pageOf, pageParts } from "../write-report.ts";

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
  await withLastScan(
    options,
    async ({ document, kept }) => {
      const { html, left } = await pageOf(kept, document, since);
      await writeWhole(out, html);
      if (options.quiet) return;
      for (const line of left) say(line);
      say(
        `written to ${out} (${(Buffer.byteLength(html) / 1_000_000).toFixed(1)} MB): open it in a browser; it asks nothing of the network`,
      );
    },
    pageParts,
  );
}
