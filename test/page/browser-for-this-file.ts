import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { afterAll } from "vitest";

/** Where Debian, Ubuntu, Fedora, Alpine, Chrome's own packages and macOS put it. */
const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * Starts Chromium for this test file (CHROMIUM names another one) and closes it after the last test. Undefined, with a warning, where there is none;
 * with CI=true that is an error instead, so that nothing is skipped unseen.
 */
export async function browserForThisFile(what: string): Promise<Browser | undefined> {
  const executablePath = process.env.CHROMIUM || places.find((place) => existsSync(place));
  if (executablePath) {
    // root has no sandbox to give; the pages are our own
    const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
    afterAll(() => browser.close());
    return browser;
  }
  const reason = "there is no Chromium: install it (Debian: apt-get install chromium), or name its program in CHROMIUM";
  if (process.env.CI === "true") throw new Error(`${what} must be tested where CI=true, but ${reason}`);
  console.warn(`NOT TESTED: ${what}. ${reason}`);
  return undefined;
}
