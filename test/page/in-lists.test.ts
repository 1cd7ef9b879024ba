/** What is chosen in a list, and the link that says so. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenPage } from "./an-open-page.ts";
import { pageForThisFile } from "./page-for-this-file.ts";

const { browser, opened } = await pageForThisFile("the lists of the page");

describe.skipIf(!browser)("a list of the page", () => {
  let open: OpenPage;
  const text = (selector: string) => open.page.locator(selector).innerText();

  beforeAll(async () => {
    open = await opened();
  });
  afterAll(() => open?.close());

  test("the filter stands in the address, and the address gives the filter", async () => {
    await open.go("#/functions");
    await open.page.getByLabel("Filter").fill("mailer");
    expect(await text(".count")).toBe("1 of 12 functions");
    expect(open.page.url()).toContain("#/functions?q=mailer");
    await open.go("#/");
    await open.go("#/functions?q=legacy&cols=region.memory&sort=-memory");
    expect(await open.page.getByLabel("Filter").inputValue()).toBe("legacy");
    expect(await open.page.locator("thead th").allInnerTexts()).toEqual(["Function", "Region", expect.stringContaining("Memory")]);
    expect(await open.page.locator("th[aria-sort=descending]").innerText()).toContain("Memory");
  });

  test("a choice that nothing has can be made: nobody's functions", async () => {
    await open.go("#/functions");
    await open.page.getByRole("combobox", { name: "Owner" }).selectOption({ label: "none (2)" });
    expect(await text(".count")).toBe("2 of 12 functions");
    expect(open.page.url()).toContain("owner=");
  });

  test("sorts by a column, once up and once down", async () => {
    await open.go("#/findings");
    const first = () => open.page.locator("tbody tr:not(.spacer) th").first().innerText();
    await open.page.getByRole("button", { name: "Finding", exact: true }).click();
    const up = await first();
    await open.page.getByRole("button", { name: /^Finding/ }).click();
    expect(await first()).not.toBe(up);
    expect(open.page.url()).toContain("sort=-title");
  });

  test("a link with a filter that was sent opens in a fresh browser", async () => {
    const page = await (await (browser as NonNullable<typeof browser>).newContext()).newPage();
    await page.goto(`${open.page.url().split("#")[0]}#/libraries/functions?package=axios+%3C1.8.2&region=eu-west-1&sort=version`);
    await page.waitForSelector("text=2 functions with axios <1.8.2, in 2 versions");
    expect(await page.getByRole("combobox", { name: "Region" }).inputValue()).toBe("=eu-west-1");
    await page.context().close();
  });
});
