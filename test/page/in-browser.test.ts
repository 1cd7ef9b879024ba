/** Every view: nothing is wrong, nothing is asked, nothing becomes what it is not. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { partNames } from "../../shared/page-file/page-data.ts";
import { reportPage } from "../../shared/page-file/report-page.ts";
import { aDocument, aFunction } from "../build.ts";
import { aPageInput, hostileNames, means } from "../page-file/a-page.ts";
import { expectQuiet, type OpenPage } from "./an-open-page.ts";
import { beyondTheEdge, html, lists, places } from "./every-view.ts";
import { pageForThisFile } from "./page-for-this-file.ts";

const { browser, opened } = await pageForThisFile("the page in a browser");

describe.skipIf(!browser)("the page in a browser", () => {
  let open: OpenPage;
  const text = (selector: string) => open.page.locator(selector).innerText();

  describe("on a wide screen", () => {
    beforeAll(async () => {
      open = await opened();
    });
    afterAll(() => open.close());

    test.each(places)("%s has nothing against it from axe, says nothing and asks nothing", async (place) => {
      await open.go(place);
      expect(await open.faults()).toEqual([]);
      expectQuiet(open);
    });

    test.each(lists)("%s has room for all its columns", async (place) => {
      await open.go(place);
      expect(await beyondTheEdge(open)).toBeLessThanOrEqual(0);
    });

    test.each(lists)("%s has rows of one height, however long a name is: by it the table knows which are in sight", async (place) => {
      await open.go(place);
      const heights = await open.page.evaluate(
        "[...new Set([...document.querySelectorAll('tbody tr:not(.spacer)')].map((row) => row.getBoundingClientRect().height))]",
      );
      expect(heights).toEqual([40]);
    });

    test("could not ask anybody if it wanted to", async () => {
      const tried = `Promise.allSettled([fetch("https://example.com/a"), new Promise((_, no) => { const i = new Image(); i.onerror = no; i.src = "https://example.com/b"; })])`;
      const results = (await open.page.evaluate(tried)) as { status: string }[];
      expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
      expect(open.asked).toEqual([]);
      (open.said as string[]).length = 0;
    });

    test("names stay names, wherever they stand", async () => {
      for (const place of places) {
        await open.go(place);
        expect(
          await open.page.evaluate("[globalThis.taken, document.querySelectorAll('img, iframe').length, document.scripts.length]"),
        ).toEqual([undefined, 0, 1 + partNames.length]);
      }
      await open.go("#/functions");
      expect(await text("#view")).toContain(hostileNames[0]);
      expect(await text("#view")).not.toContain("\u202e");
    });

    test("its title says where one is", async () => {
      await open.go("#/f/eu-west-1/orders-api");
      expect(await open.page.title()).toBe("orders-api - Small Target: account 111122223333, 2026-11-24");
      await open.go("#/");
      expect(await open.page.title()).toBe("Small Target: account 111122223333, 2026-11-24");
    });
  });

  describe("on a telephone in the dark", () => {
    beforeAll(async () => {
      open = await opened(html, { viewport: { width: 360, height: 740 }, colorScheme: "dark" });
    });
    afterAll(() => open.close());

    test("of the daily runs the last days are in sight", async () => {
      await open.go("#/f/eu-west-1/orders-api");
      const hidden =
        "(({ scrollWidth, clientWidth, scrollLeft }) => [scrollWidth > clientWidth, scrollWidth - clientWidth - scrollLeft])(document.querySelector('.daily'))";
      await expect.poll(() => open.page.evaluate(hidden)).toEqual([true, expect.closeTo(0, 0)]);
    });

    test.each(["#/coverage", "#/prune", "#/functions"])("%s is in sight among the views", async (place) => {
      await open.go(place);
      const [left = 0, right = 0] = (await open.page.evaluate(
        "(({ left, right }) => [left, right])(document.querySelector('#places [aria-current]').getBoundingClientRect())",
      )) as number[];
      expect(left).toBeGreaterThan(0);
      expect(right).toBeLessThanOrEqual(360);
    });

    test.each(places)("%s is not wider than the screen, and axe has nothing against it", async (place) => {
      await open.go(place);
      expect(await open.page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      expect(await open.faults()).toEqual([]);
      expectQuiet(open);
    });
  });

  test.each(lists)("%s has room for all its columns on a telephone", async (place) => {
    open = await opened(html, { viewport: { width: 360, height: 740 } });
    await open.go(place);
    expect(await beyondTheEdge(open)).toBeLessThanOrEqual(0);
    await open.close();
  });

  test("without JavaScript the first screen is all there", async () => {
    open = await opened(html, { javaScriptEnabled: false });
    expect(await text("main")).toMatch(/Account 111122223333[\s\S]*Open findings[\s\S]*Most worth doing now[\s\S]*Could not look/);
    expect(await text("main")).toContain("need JavaScript");
    expect(await open.page.locator("button:visible, nav:visible").count()).toBe(0);
    await open.close();
  });

  test("a file that was cut off says so instead of showing half an account", async () => {
    const cut = html.replace(/(id="part-functions">[^<]{200})[^<]*/, "$1");
    open = await openPageCut(cut);
    await open.page.locator("nav a", { hasText: "Functions" }).click();
    await open.page.waitForSelector("#view h1");
    expect(await text("#view")).toContain("The file may be cut off");
    await open.close();
  });

  /** One that never becomes ready. */
  async function openPageCut(text: string): Promise<OpenPage> {
    return opened(text.replace("<html ", "<html data-ready "));
  }

  test("of 10,000 functions only those in sight are drawn, by scrolling and by keyboard to the last", async () => {
    const functions = Array.from({ length: 10_000 }, (_, i) => aFunction({ name: `function-${String(i).padStart(5, "0")}` }));
    open = await opened((await reportPage(aPageInput({ document: aDocument({ functions }) }), means)).html);
    await open.go("#/functions?sort=name");
    const rows = open.page.locator("tbody tr:not(.spacer)");
    expect(await rows.count()).toBeLessThan(60);
    expect(await open.page.locator("table").getAttribute("aria-rowcount")).toBe("10001");
    await open.page.evaluate("document.querySelector('.scroller').scrollTop = 1e9");
    await open.page.waitForSelector("text=function-09999");
    expect(await rows.count()).toBeLessThan(60);
    await open.page.locator("a", { hasText: "function-09998" }).focus();
    await open.page.keyboard.press("ArrowDown");
    expect(await open.page.evaluate("document.activeElement.textContent")).toBe("function-09999");
    for (let i = 0; i < 30; i += 1) await open.page.keyboard.press("ArrowUp");
    expect(await open.page.evaluate("document.activeElement.textContent")).toBe("function-09969");
    expectQuiet(open);
    await open.close();
  });
});
