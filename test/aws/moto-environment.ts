/** The Python environment with moto in it: `.venv` in the project's folder, made once and shared by all test processes. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const requirements = join(import.meta.dirname, "requirements.txt");
const environment = join(root, ".venv");
const isWindows = process.platform === "win32";
const bin = join(environment, isWindows ? "Scripts" : "bin");
/** The AWS command line, once the environment is made. */
export const awsCommand = join(bin, isWindows ? "aws.cmd" : "aws");
const lock = join(root, "node_modules/.cache/moto.lock");
/** Two processes want it at once: how long the second waits for the first. */
const patienceMs = 10 * 60_000;

/** This machine has no Python that can make virtual environments. */
export class NoPythonError extends Error {
  override readonly name = "NoPythonError";
}

/** The path of `moto_server`; makes the environment when it is missing or holds something else. @throws NoPythonError, or what pip says */
export async function motoServer(): Promise<string> {
  const server = join(bin, isWindows ? "moto_server.exe" : "moto_server");
  if (isMade()) return server;
  await takeLock();
  try {
    if (!isMade()) await make();
  } finally {
    rmSync(lock, { force: true });
  }
  return server;
}

/** Names what was installed, so that an interrupted or older installation is not taken for this one. */
function mark(): string {
  return join(environment, `moto-${createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 16)}`);
}

function isMade(): boolean {
  return existsSync(mark());
}

async function make(): Promise<void> {
  const python = await findPython();
  console.warn(`Installing moto into ${environment} (about a minute, once)`);
  rmSync(environment, { recursive: true, force: true });
  await run(python, ["-m", "venv", environment]);
  await run(join(bin, "python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]);
  writeFileSync(mark(), "");
}

async function findPython(): Promise<string> {
  for (const python of ["python3", "python"]) {
    try {
      // Debian's python3 has no ensurepip until python3-venv is installed
      await run(python, ["-c", "import sys, venv, ensurepip; assert sys.version_info >= (3, 10)"]);
      return python;
    } catch {
      // not this one
    }
  }
  throw new NoPythonError("there is no Python 3.10 or newer with venv here (Debian: apt-get install python3-venv)");
}

/** One process installs; the others wait. A lock whose owner died is taken over. */
async function takeLock(): Promise<void> {
  mkdirSync(join(root, "node_modules/.cache"), { recursive: true });
  for (const end = Date.now() + patienceMs; ; await setTimeout(300)) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (ownerIsGone()) rmSync(lock, { force: true });
    if (Date.now() > end) throw new Error(`another process has been installing moto for ten minutes; if none is, delete ${lock}`);
  }
}

function ownerIsGone(): boolean {
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    // not written yet: its owner is just taking it
    if (pid === 0) return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
