/** A browser with the page of a file of tests, and a folder for it that goes afterwards. */
import { afterAll } from "vitest";
import { aFolder } from "../cli/run-command.ts";
import { openPage } from "./an-open-page.ts";
import { browserForThisFile } from "./browser-for-this-file.ts";
import { html } from "./every-view.ts";

/** @param what is tested, for whoever has no browser: `browser` is undefined then, and nothing may be opened */
export async function pageForThisFile(what: string) {
  const browser = await browserForThisFile(what);
  const folder = aFolder();
  afterAll(() => folder.remove());
  const opened = (text = html, options = {}) => openPage(browser as NonNullable<typeof browser>, folder.path, text, options);
  return { browser, opened };
}
