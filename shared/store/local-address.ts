/** `.smalltarget/table.json`: where the process that holds the local table answers, so that others can use it meanwhile. */
import { open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolder } from "./make-folder.ts";
import { pause } from "./requests.ts";

export interface TableAddress {
  readonly port: number;
  /** Secret of this process: the port answers nobody who does not know it, and proves itself by knowing it. */
  readonly token: string;
}

/** Header that carries the token. */
export const tokenHeader = "x-smalltarget-token";

/** What the holder answers to a GET with the token. */
export const greeting = "smalltarget table";

/** The address in the file; undefined when there is none or it is not readable as one. */
export async function readAddress(path: string): Promise<TableAddress | undefined> {
  try {
    const { port, token }: { port?: unknown; token?: unknown } = JSON.parse(await readFile(path, "utf8"));
    return typeof port === "number" && typeof token === "string" ? { port, token } : undefined;
  } catch {
    // absent, half written by an older program, or foreign: all mean that nobody can be asked
    return undefined;
  }
}

/** Writes the address for this user's eyes only. */
export async function writeAddress(path: string, address: TableAddress): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`;
  await writeFile(unfinished, `${JSON.stringify(address)}\n`, { mode: 0o600 });
  await rename(unfinished, path);
}

/** True when the process that wrote the address still answers there; files outlive crashes, and ports get new owners. */
export async function isAlive({ port, token }: TableAddress): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { [tokenHeader]: token }, signal: AbortSignal.timeout(2000) });
    return answer.ok && (await answer.text()) === greeting;
  } catch {
    return false;
  }
}

const staleAfterMs = 15_000;

/**
 * Runs `work` while no other process does the same with `path` as its mark. The mark of a crashed process counts for 15 s.
 * Answers undefined, without running `work`, when another process is at it for `patienceMs`.
 */
export async function alone<T>(path: string, patienceMs: number, work: () => Promise<T>): Promise<T | undefined> {
  await makeFolder(dirname(path));
  const end = Date.now() + patienceMs;
  while (!(await mark(path))) {
    const made = await stat(path).catch(() => undefined);
    if (made && Date.now() - made.mtimeMs > staleAfterMs) await rm(path, { force: true });
    else if (Date.now() > end) return undefined;
    else await pause(50);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function mark(path: string): Promise<boolean> {
  try {
    await (await open(path, "wx")).close();
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The local table needs to write to ${dirname(path)} (${why}): check its permissions, or use --store dir:PATH.`, {
      cause: error,
    });
  }
}
