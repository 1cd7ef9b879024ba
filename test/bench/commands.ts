/** What a person waits for: commands that only read the last scan of 1,000 functions, as whole processes. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../../cli/open-store.ts";
import { keepAccount } from "../../cli/scan-list.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { Pace } from "../../shared/aws/pace.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { localRunner } from "../../shared/run/local-runner.ts";
import { keepPostings, type PostingIndex } from "../../shared/scan/posting-blob.ts";
import { readSettings } from "../../shared/settings.ts";
import { watch } from "../../shared/watch.ts";
import { StubAccount } from "../stub-account.ts";
import { benchAccount } from "./bench-account.ts";

const functions = 1000;
const times = 7;
const program = join(import.meta.dirname, "..", "..", "cli", "smalltarget.ts");
/**
 * Prints what the process took as the last line of standard error, when it ends. On Linux the peak is asked of /proc: the other one is at
 * least what the process that started this one had.
 */
export const meter = `data:text/javascript,import{readFileSync}from"node:fs";process.on("exit",()=>{const used=process.resourceUsage();try{used.maxRSS=Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync("/proc/self/status","utf8"))[1])}catch{}process.stderr.write("\\n"+JSON.stringify(used))})`;

/** Head, then a row per command: medians. The first run of each, when nothing compiled is kept, is apart. */
export async function benchCommands(): Promise<string[][]> {
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-bench-"));
  try {
    await storeAccount(folder, functions);
    const commands = [
      ["--help"],
      ["functions"],
      ["findings"],
      ["show", "function-7"],
      ["status"],
      ["resources"],
      ["relations"],
      ["prune", "function-7"],
      ["explain"],
    ];
    return [["command", "CPU s", "wall s", "peak MB", "first CPU s", "first MB"], ...commands.map((command) => row(folder, command))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(folder: string, command: readonly string[]): string[] {
  const cache = mkdtempSync(join(tmpdir(), "smalltarget-compiled-"));
  try {
    const [first, ...more] = Array.from({ length: times + 1 }, () => run(folder, cache, command)) as [Taken, ...Taken[]];
    const median = (of: (one: Taken) => number) => more.map(of).sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
    return [
      command.join(" "),
      median((one) => one.cpuSeconds).toFixed(2),
      median((one) => one.wallSeconds).toFixed(2),
      median((one) => one.peakMb).toFixed(0),
      first.cpuSeconds.toFixed(2),
      first.peakMb.toFixed(0),
    ];
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

interface Taken {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakMb: number;
}

function run(folder: string, cache: string, command: readonly string[]): Taken {
  const began = performance.now();
  const store = command[0] === "--help" || command[0] === "explain" ? [] : ["--store", `dir:${folder}`];
  const { status, stderr } = spawnSync(process.execPath, ["--import", meter, program, ...command, ...store], {
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  const wallSeconds = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(`smalltarget ${command.join(" ")} ended with ${status}: ${stderr}`);
  return { ...metered(stderr), wallSeconds };
}

/** What the meter wrote at the end of standard error. */
export function metered(stderr: string): { readonly cpuSeconds: number; readonly peakMb: number } {
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(stderr.slice(stderr.lastIndexOf("\n") + 1)) as NodeJS.ResourceUsage;
  return { cpuSeconds: (userCPUTime + systemCPUTime) / 1_000_000, peakMb: maxRSS / 1024 };
}

/**
 * One scan of the bench's account, kept as the command line keeps it.
 * @param packages its packages, as if its code had been read
 * @returns the key of its document
 */
export async function storeAccount(folder: string, functions: number, packages?: PostingIndex): Promise<string> {
  const now = new Date("2026-11-24T03:00:00Z");
  const tape = new StubAccount(benchAccount(functions, now));
  const pace = new Pace();
  const kept = await openStore({ store: `dir:${folder}` }, "scan");
  const { account, scanId, documentKey } = await watch({
    runner: localRunner,
    clientsFor: (calls) => createClients({ pace, calls, tape }),
    store: await kept.table(),
    blobs: kept.blobs,
    channels: [],
    settings: readSettings({}, catalogue),
    homeRegion: "eu-west-1",
    regions: [],
    now: () => now,
    leaseSeconds: 600,
  });
  if (packages) await keepPostings(kept.blobs, account, scanId, packages);
  await keepAccount(kept.blobs, account);
  await kept.close();
  return documentKey;
}
