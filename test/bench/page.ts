/** `npm run bench -- page`: how large the page is, what it takes to write it, and what a person waits for who opens it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Page } from "playwright-core";
import { storeAccount } from "./commands.ts";

const program = join(import.meta.dirname, "..", "..", "cli", "smalltarget.ts");
const times = 5;

/** Head, then a row per size. Chromium is the one that CHROMIUM names, else Debian's. */
export async function benchPage(sizes: readonly number[]): Promise<string[][]> {
  const rows = [["functions", "MB", "write s", "first screen ms", "unpacked ms", "table ms", "filter ms", "page MB of heap"]];
  for (const size of sizes) rows.push(await measured(size));
  return rows;
}

async function measured(size: number): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-bench-page-"));
  try {
    await storeAccount(folder, size);
    const file = join(folder, "report.html");
    const began = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [program, "report", "--out", file, "--store", `dir:${folder}`], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`smalltarget report ended with ${status}: ${stderr}`);
    const seconds = (performance.now() - began) / 1000;
    return [String(size), (statSync(file).size / 1_000_000).toFixed(2), seconds.toFixed(1), ...(await opened(file))];
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
      runs.push(await once(await browser.newPage({ viewport: { width: 1440, height: 900 } }), pathToFileURL(file).href));
    } finally {
      await browser.close();
    }
  }
  return (runs[0] ?? []).map((_, i) => (runs.map((run) => run[i] ?? 0).sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0).toFixed(0));
}

async function once(page: Page, address: string): Promise<number[]> {
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForSelector("html[data-ready]");
  // the browser's own clock, from when the file was asked for
  const first = (await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")) as number;
  const unpacked = (await page.evaluate("performance.getEntriesByName('unpacked')[0].startTime")) as number;
  const table = await took(page, "location.hash = '#/functions'");
  await page.waitForSelector(".scroller");
  const filter = await took(
    page,
    "const input = document.querySelector('input[type=search]'); input.value = '77'; input.dispatchEvent(new Event('input'))",
  );
  const heap = (await page.evaluate("performance.memory.usedJSHeapSize")) as number;
  return [first, unpacked, table, filter, heap / 1_000_000];
}

/** Until what was done is drawn: two frames. */
async function took(page: Page, what: string): Promise<number> {
  const drawn = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))";
  return (await page.evaluate(
    `(async () => { const began = performance.now(); ${what}; await ${drawn}; return performance.now() - began; })()`,
  )) as number;
}
