/** The pictures of docs/page.md: taken on every run, kept there by `PICTURES=docs npx vitest run test/page/pictures.test.ts`. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aFolder, root, smalltarget } from "../cli/run-command.ts";
import { expectQuiet, openPage } from "./an-open-page.ts";
import { browserForThisFile } from "./browser-for-this-file.ts";

const browser = await browserForThisFile("the pictures of the page");
const folder = aFolder();
afterAll(() => folder.remove());

/** More makes the repository heavy. */
const mostBytes = 150_000;

const wide = { viewport: { width: 1440, height: 680 } };
const narrow = { viewport: { width: 360, height: 640 }, colorScheme: "dark" } as const;
const pictures = [
  ["overview", "#/", wide],
  ["functions", "#/functions", wide],
  ["function", "#/f/eu-west-1/orders-api", wide],
  ["narrow", "#/", narrow],
] as const;

describe.skipIf(!browser)("of the sample account", () => {
  let html = "";

  beforeAll(async () => {
    await smalltarget([], { cwd: folder.path, script: "cli/start.ts" });
    html = readFileSync(join(folder.path, ".smalltarget", "report.html"), "utf8");
  });

  test.each(pictures)("%s is taken, and is the one that the docs show", async (name, place, options) => {
    const open = await openPage(browser as NonNullable<typeof browser>, folder.path, html, options);
    await open.go(place);
    // below the findings, where the runs are drawn
    if (name === "function")
      await open.page.evaluate(
        "[...document.querySelectorAll('h2')].find((head) => head.textContent === 'Use and timeout').scrollIntoView()",
      );
    const picture = await open.page.screenshot({ animations: "disabled", caret: "hide" });
    expectQuiet(open);
    await open.close();
    const path = join(root, "docs", "images", `page-${name}.png`);
    if (process.env.PICTURES === "docs") {
      mkdirSync(join(root, "docs", "images"), { recursive: true });
      writeFileSync(path, picture);
    }
    // fonts differ between machines: not the bytes, what it is a picture of
    expect(readFileSync(path).length).toBeLessThan(mostBytes);
    expect(sizeOf(readFileSync(path))).toEqual(sizeOf(picture));
    expect(readFileSync(join(root, "docs", "page.md"), "utf8")).toContain(`images/page-${name}.png`);
  });
});

/** Width and height, as a PNG says them. */
function sizeOf(png: Buffer): readonly [width: number, height: number] {
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}
