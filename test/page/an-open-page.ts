/** A page of the report, opened from disk as a person opens it, with an ear on everything it says and asks. */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

export interface OpenPage {
  readonly page: Page;
  /** Errors and warnings of the console, and exceptions. */
  readonly said: readonly string[];
  /** Requests beyond the file itself. */
  readonly asked: readonly string[];
  /** Goes to a place of the page as a link does, and waits until it stands there. */
  go(place: string): Promise<void>;
  /** What axe finds wrong. */
  faults(): Promise<string[]>;
  close(): Promise<void>;
}

/** Writes the page into `folder` and opens it. */
export async function openPage(browser: Browser, folder: string, html: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const file = join(folder, "report.html");
  writeFileSync(file, html);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "light", ...options });
  const page = await context.newPage();
  const [said, asked]: [string[], string[]] = [[], []];
  const address = pathToFileURL(file).href;
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address) asked.push(request.url());
  });
  // what the page's own policy stops has not been asked
  page.on("requestfailed", (request) => {
    if (request.failure()?.errorText === "csp") asked.splice(asked.indexOf(request.url()), 1);
  });
  await page.goto(address);
  if (options.javaScriptEnabled !== false) await page.waitForSelector("html[data-ready]");
  return {
    page,
    said,
    asked,
    async go(place) {
      await page.evaluate(`location.hash = ${JSON.stringify(place)}`);
      await page.waitForSelector(`html[data-place=${JSON.stringify(place)}]`);
    },
    async faults() {
      await page.evaluate(`${await axe()}; undefined`);
      const { violations } = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as {
        violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
      };
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html: element, failureSummary }) => `${id}: ${element.slice(0, 200)} ${failureSummary}`),
      );
    },
    close: () => context.close(),
  };
}

let source: Promise<string> | undefined;

function axe(): Promise<string> {
  source ??= import("node:fs/promises").then(({ readFile }) => readFile(axePath, "utf8"));
  return source;
}

/** Nothing was said and nobody was asked. */
export function expectQuiet({ said, asked }: OpenPage): void {
  expect(said).toEqual([]);
  expect(asked).toEqual([]);
}
