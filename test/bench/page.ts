/** `npm run bench -- page`: how large the page is, what it takes to write it, and what a person waits for who opens it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Page } from "playwright-core";
import { bundlePage } from "../../page/bundle.ts";
import { bundleFile } from "../../shared/page-file/page-html.ts";
import { runAsDeployed } from "./as-deployed.ts";
import { benchPackages } from "./bench-packages.ts";
import { meter, metered, storeAccount } from "./commands.ts";
import type { KeptPageMeasured } from "./page-once.ts";

const program = join(import.meta.dirname, "..", "..", "cli", "smalltarget.ts");
const times = 5;

/** Columns: what it takes to write, by the command line and by the deployed scan, and what a person waits for, by the browser's clock and (CPU) by the work of the page's thread. */
const head = [
  "functions",
  "MB",
  "write CPU s",
  "write s",
  "write peak MB",
  "deployed CPU s",
  "deployed peak MB",
  "first screen ms",
  "table ms",
  "table CPU ms",
  "all unpacked ms",
  "filter ms",
  "who has a package ms",
  "page MB of heap",
];

/** Head, then a row per size. Chromium is the one that CHROMIUM names, else Debian's. */
export async function benchPage(sizes: readonly number[]): Promise<string[][]> {
  const rows = [head];
  for (const size of sizes) rows.push(await measured(size));
  return rows;
}

async function measured(size: number): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-bench-page-"));
  try {
    const documentKey = await storeAccount(folder, size, benchPackages(size));
    const file = join(folder, "report.html");
    const began = performance.now();
    const command = ["--import", meter, program, "report", "--out", file, "--store", `dir:${folder}`];
    const { status, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
    if (status !== 0) throw new Error(`smalltarget report ended with ${status}: ${stderr}`);
    const seconds = (performance.now() - began) / 1000;
    const { cpuSeconds, peakMb } = metered(stderr);
    const written = [(statSync(file).size / 1_000_000).toFixed(2), cpuSeconds.toFixed(1), seconds.toFixed(1), peakMb.toFixed(0)];
    const bundle = join(folder, bundleFile);
    writeFileSync(bundle, JSON.stringify(bundlePage()));
    const kept = (await runAsDeployed("page-once", folder, [folder, documentKey, bundle])) as KeptPageMeasured;
    return [String(size), ...written, kept.cpuSeconds.toFixed(1), kept.peakMb.toFixed(0), ...(await opened(file))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Medians over several openings, each in a browser of its own. */
async function opened(file: string): Promise<string[]> {
  const runs: number[][] = [];
  for (let i = 0; i < times; i += 1) {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    });
    try {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const first = await firstScreen(await context.newPage(), pathToFileURL(file).href);
      runs.push([first, ...(await table(await context.newPage(), pathToFileURL(file).href))]);
    } finally {
      await browser.close();
    }
  }
  return (runs[0] ?? []).map((_, i) => (runs.map((run) => run[i] ?? 0).sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0).toFixed(0));
}

/** From when the file was asked for until the browser painted, by its own clock. */
async function firstScreen(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForSelector("html[data-ready]");
  const first = (await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")) as number;
  await page.close();
  return first;
}

/** Opened at the table of functions: from when the file was asked for until rows stand there, and what comes after. */
async function table(page: Page, address: string): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await page.goto(`${address}#/functions`, { waitUntil: "commit" });
  await page.waitForSelector('html[data-place="#/functions"]');
  const shown = (await page.evaluate("performance.getEntriesByName('shown')[0].startTime")) as number;
  const { metrics } = await session.send("Performance.getMetrics");
  const work = (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
  await page.waitForSelector("html[data-all]", { state: "attached" });
  const all = (await page.evaluate("performance.getEntriesByName('all unpacked')[0].startTime")) as number;
  const filter = await took(
    page,
    "const input = document.querySelector('input[type=search]'); input.value = '77'; input.dispatchEvent(new Event('input'))",
  );
  await took(page, going("#/libraries"));
  // one that is there: of the gravest, the one that stands first
  const name = await page.locator("tbody th a").first().innerText();
  const asked = await took(page, going(`#/libraries/functions?package=${encodeURIComponent(name)}+%3C99`));
  if ((await page.locator("tbody th a").count()) === 0) throw new Error(`the page says that no function has ${name}`);
  const heap = (await page.evaluate("performance.memory.usedJSHeapSize")) as number;
  return [shown, work, all, filter, asked, heap / 1_000_000];
}

/** Goes to a place, and waits until it stands there. */
function going(place: string): string {
  return `location.hash = "${place}"; await new Promise((done) => { const look = () => document.documentElement.dataset.place === "${place}" ? done() : requestAnimationFrame(look); look(); })`;
}

/** Until what was done is drawn: two frames. */
async function took(page: Page, what: string): Promise<number> {
  const drawn = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))";
  return (await page.evaluate(
    `(async () => { const began = performance.now(); ${what}; await ${drawn}; return performance.now() - began; })()`,
  )) as number;
}
