/** Runs the command line as a person does: a process of its own, no credentials, no network. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly script?: string;
  /** Runs as this user; for who may become another one. */
  readonly uid?: number;
  /** Called with the process, to send it signals or close its output. */
  readonly meanwhile?: (child: ReturnType<typeof spawn>) => void;
}

/** Runs `smalltarget` with these arguments to its end. */
export function smalltarget(
  args: readonly string[],
  { cwd, env = {}, script = "cli/smalltarget.ts", meanwhile, uid }: RunOptions,
): Promise<Ran> {
  const { PATH = "", SystemRoot = "" } = process.env;
  const child = spawn(process.execPath, [join(root, script), ...args], {
    cwd,
    env: { PATH, SystemRoot, HOME: cwd, USERPROFILE: cwd, AWS_EC2_METADATA_DISABLED: "true", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid === undefined ? {} : { uid }),
  });
  let out = "";
  let err = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  meanwhile?.(child);
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}

/** A folder of its own; `remove` takes it away. */
export function aFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "smalltarget-cli-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
