/** The page as it is printed. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenPage } from "./an-open-page.ts";
import { pageForThisFile } from "./page-for-this-file.ts";

const { browser, opened } = await pageForThisFile("the page on paper");

describe.skipIf(!browser)("on paper", () => {
  let open: OpenPage;

  beforeAll(async () => {
    open = await opened();
  });
  afterAll(() => open?.close());

  test("is without what nobody can click there", async () => {
    await open.go("#/functions");
    await open.page.emulateMedia({ media: "print" });
    expect(await open.page.locator(".top").isVisible()).toBe(false);
    expect(await open.page.locator(".bar").isVisible()).toBe(false);
    expect((await open.page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000);
    await open.page.emulateMedia({ media: "screen" });
  });

  test("a table lies on its side with heads that are whole, text or drawing stands upright", async () => {
    await open.page.emulateMedia({ media: "print" });
    const page = () => open.page.evaluate("getComputedStyle(document.querySelector('#view')).page");
    await open.go("#/roles");
    expect(await page()).toBe("wide");
    const heads =
      "[...document.querySelectorAll('thead th')].map((head) => [head.innerText.trim() !== '', head.scrollWidth <= head.clientWidth])";
    for (const head of (await open.page.evaluate(heads)) as boolean[][]) expect(head).toEqual([true, true]);
    expect(await open.page.locator("thead button:visible").count()).toBe(0);
    await open.go("#/f/eu-west-1/orders-api");
    expect(await page()).not.toBe("wide");
    // drawn bars are no bar of buttons
    expect(await open.page.locator(".daily rect.bar:visible").count()).toBe(99);
    await open.page.emulateMedia({ media: "screen" });
  });
});
