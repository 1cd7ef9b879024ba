/** The page for whoever has no mouse. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenPage } from "./an-open-page.ts";
import { places } from "./every-view.ts";
import { pageForThisFile } from "./page-for-this-file.ts";

const { browser, opened } = await pageForThisFile("the page by keyboard");

describe.skipIf(!browser)("by keyboard", () => {
  let open: OpenPage;

  beforeAll(async () => {
    open = await opened();
  });
  afterAll(() => open?.close());

  test.each(places)(
    "by keyboard: %s takes the focus to its head, shows where it is, and every control is reached by Tab",
    async (place) => {
      await open.go(place === "#/" ? "#/owners" : "#/");
      await open.go(place);
      expect(await open.page.evaluate("document.activeElement.tagName")).toBe("H1");
      const controls = "main :is(a[href], button, input, select, summary, .scroller)";
      const number = (await open.page.evaluate(
        `[...document.querySelectorAll("${controls}")].filter((one) => one.checkVisibility()).length`,
      )) as number;
      const seen = new Set<string>();
      for (let i = 0; i < Math.min(number, 15); i += 1) {
        await open.page.keyboard.press("Tab");
        const [at, isSeen] = (await open.page.evaluate(
          `[[...document.querySelectorAll("${controls}")].indexOf(document.activeElement), getComputedStyle(document.activeElement).outlineStyle !== "none"]`,
        )) as [number, boolean];
        expect(isSeen).toBe(true);
        seen.add(String(at));
      }
      expect(seen.size).toBe(Math.min(number, 15));
    },
  );

  test("sorts and stays on the column, skips to the content without leaving the view, closes the columns with Escape", async () => {
    await open.go("#/functions");
    await open.page.getByRole("button", { name: /^Findings/ }).focus();
    await open.page.keyboard.press("Enter");
    expect(await open.page.evaluate("document.activeElement.textContent")).toContain("Findings");
    await open.page.locator(".skip").focus();
    await open.page.keyboard.press("Enter");
    expect(await open.page.evaluate("[document.activeElement.textContent, location.hash]")).toEqual([
      "Functions",
      expect.stringContaining("#/functions"),
    ]);
    await open.page.locator("summary", { hasText: "Columns" }).focus();
    await open.page.keyboard.press("Enter");
    expect(await open.page.locator(".choices").isVisible()).toBe(true);
    await open.page.keyboard.press("Escape");
    expect([await open.page.locator(".choices").isVisible(), await open.page.evaluate("document.activeElement.textContent")]).toEqual([
      false,
      "Columns",
    ]);
  });
});
