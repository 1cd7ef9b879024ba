/** A process of the bench's own, bundled and limited as the scan is deployed, so that its memory is that of the function; the table's is not in it. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { LocalTable, localTableName } from "../../shared/store/local-table.ts";
import { openTable } from "../../shared/store/table.ts";

/** As infra/scan-function.ts shares out 512 MB. */
export const processSettings = ["--max-old-space-size=307", "--max-semi-space-size=4"];

/**
 * Runs a program of this folder with the table of `store` held by this process.
 * @returns what it printed, as JSON
 * @throws Error when it printed none: it ended before
 */
export async function runAsDeployed(name: string, store: string, args: readonly string[]): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-bench-program-"));
  const program = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    minify: true,
    external: ["dynalite", "esbuild"],
    banner: { js: 'import { createRequire as makeRequire } from "node:module";\nconst require = makeRequire(import.meta.url);' },
    logLevel: "warning",
  });
  const table = await LocalTable.open(store);
  await openTable(table.client, localTableName, { create: true });
  try {
    const child = spawn(process.execPath, [...processSettings, ...process.execArgv, program, ...args], {
      env: { ...process.env, MALLOC_ARENA_MAX: "2" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    for await (const chunk of child.stdout) output += String(chunk);
    if (output === "") throw new Error(`${name} ${args.join(" ")} ended without an answer`);
    return JSON.parse(output);
  } finally {
    await table.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
