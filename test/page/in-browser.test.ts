import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Severity, severityRank } from "../../shared/model/finding.ts";
import { partNames } from "../../shared/page-file/page-data.ts";
import { reportPage } from "../../shared/page-file/report-page.ts";
import { aDocument, aFunction } from "../build.ts";
import { aFolder } from "../cli/run-command.ts";
import { aPageDocument, aPageInput, hostileNames, means } from "../page-file/a-page.ts";
import { expectQuiet, type OpenPage, openPage } from "./an-open-page.ts";
import { browserForThisFile } from "./browser-for-this-file.ts";

const browser = await browserForThisFile("the page in a browser");
const folder = aFolder();
afterAll(() => folder.remove());

const earlier = aPageDocument();
const { html } = await reportPage(
  aPageInput({
    earlier: {
      ...earlier,
      scan: { ...earlier.scan, id: "2026-11-17T06-00-00Z-000000", startedAt: "2026-11-17T06:00:00.000Z" },
      findings: earlier.findings.slice(1),
    },
  }),
  means,
);

const places = [
  "#/",
  "#/findings",
  "#/finding/F-7Q2MX4TB9A",
  "#/functions",
  "#/f/eu-west-1/orders-api",
  "#/exposure",
  "#/roles",
  "#/libraries",
  "#/libraries/functions",
  "#/libraries/functions?package=axios+%3C1.8.2",
  "#/libraries/read",
  "#/prune",
  "#/owners",
  "#/changes",
  "#/coverage",
  "#/nowhere",
];

/** Views with a table. */
const lists = [
  "#/findings",
  "#/functions",
  "#/exposure",
  "#/roles",
  "#/libraries",
  "#/libraries/functions?package=axios",
  "#/libraries/read",
  "#/owners",
];

/** By how many pixels the widest table is wider than its place. */
function beyondTheEdge({ page }: OpenPage): Promise<number> {
  return page.evaluate("Math.max(...[...document.querySelectorAll('.scroller')].map((one) => one.scrollWidth - one.clientWidth))");
}

describe.skipIf(!browser)("the page in a browser", () => {
  let open: OpenPage;
  const opened = (text = html, options = {}) => openPage(browser as NonNullable<typeof browser>, folder.path, text, options);
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

    test("one function shows its runs, its ways in, its role, its findings", async () => {
      await open.go("#/f/eu-west-1/orders-api");
      const shown = await text("#view");
      expect(shown).toContain("the internet → no authentication → POST /orders (REST method) → AWS service → orders-api (function)");
      expect(shown).toContain("needs 5 of the 120 actions that it allows");
      expect(shown).toContain("payments (tag team)");
      const charts = await Promise.all((await open.page.locator(".daily > svg").all()).map((chart) => chart.getAttribute("aria-label")));
      expect(charts).toEqual([
        expect.stringMatching(/^Runs per day: .* on 99 days/),
        "Longest run of each day: at most 4.0 s, timeout 10 s, recommended 22 s",
      ]);
    });

    test("the findings of a function and of its role stand together, the gravest first", async () => {
      await open.go("#/f/eu-west-1/orders-api");
      const severities = (await open.page.locator(".finding > summary:has(.sev)").allInnerTexts()).map((line) => line.split(" ")[0]);
      const order = ["critical", "high", "medium", "low"];
      expect(severities.map((one) => order.indexOf(one ?? ""))).toEqual(
        severities.map((one) => order.indexOf(one ?? "")).toSorted((a, b) => a - b),
      );
      expect(new Set(severities).size).toBeGreaterThan(2);
    });

    test("what is unused is found by its owner, its name, and whether something is in its way", async () => {
      await open.go("#/prune");
      expect(await text(".count")).toBe("1 thing is called unused");
      await open.page.getByLabel("Filter").fill("nowhere");
      expect(await text("#view")).toContain("None answers to the filter");
      await open.go("#/prune?q=legacy-import-role");
      expect(await text(".count")).toBe("1 thing is called unused");
    });

    test("says why a finding is as grave as it is", async () => {
      await open.go("#/finding/F-7Q2MX4TB9A");
      expect(await text("#view")).toContain("Why it is critical");
      await open.go("#/finding/F-1111111111");
      expect(await text("#view")).toMatch(/Why it is low[\s\S]*low:/);
    });

    test("says what data a role may read, and that none was seen", async () => {
      await open.go("#/f/eu-west-1/orders-api");
      expect(await text("#view")).toMatch(/May read\s+no data, as far as is seen/);
    });

    test("what somebody decided to live with is shown, and not counted", async () => {
      await open.go("#/functions?q=orders");
      // besides these, one of orders-api is accepted
      expect(await open.page.locator("tbody tr:not(.spacer) td span[title]").first().getAttribute("title")).toBe(
        "1 critical, 1 high, 1 low",
      );
      await open.go("#/f/eu-west-1/orders-api");
      expect(await text("summary:has-text('mailer is known and accepted')")).toMatch(/accepted$/);
    });

    test("a link to a finding opens it, whatever the case of its id; of one that is not there it says so", async () => {
      await open.go("#/finding/f-7q2mx4tb9a");
      expect(await text("h1:visible")).toBe("orders-api came within 3 % of its timeout");
      expect(await open.page.locator("#view a[href^='javascript']").count()).toBe(0);
      await open.go("#/finding/F-0000000000");
      expect(await text("#view")).toContain("no finding F-0000000000");
    });

    test("copies a command", async () => {
      await open.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await open.go("#/finding/F-7Q2MX4TB9A");
      await open.page.getByRole("button", { name: /^Copy the command: aws lambda/ }).click();
      expect(await open.page.evaluate("navigator.clipboard.readText()")).toBe(
        "aws lambda update-function-configuration --function-name orders-api --timeout 22 --region eu-west-1",
      );
      expect(await text("#said")).toBe("The command is copied");
    });

    test("a command whose name hides characters is not offered", async () => {
      await open.go("#/finding/F-3333333350");
      expect(await text("#view")).toContain("type the command by hand");
    });

    test("says what opened since the earlier scan", async () => {
      await open.go("#/changes");
      expect(await text("#view")).toContain("from 17 Nov 2026");
      expect(
        await open.page
          .locator("section", { hasText: /^Opened/ })
          .locator("a")
          .allInnerTexts(),
      ).toEqual(["orders-api came within 3 % of its timeout"]);
    });

    test("offers every kept scan to be compared with, and what is between them gravest first", async () => {
      const now = aPageDocument();
      const scans = ["2026-11-23", "2026-11-17"].map((day) => ({ id: `${day}T06-00-00Z-000000`, at: `${day}T06:00:00.000Z` }));
      const [first] = scans;
      const since = { ...now.scan, id: first?.id ?? "", startedAt: first?.at ?? "" };
      const page = await reportPage(aPageInput({ document: now, earlier: { ...now, scan: since, findings: [] }, kept: scans }), means);
      const compared = await opened(page.html);
      await compared.go("#/changes");
      const severities = (await compared.page
        .locator("section", { hasText: /^Opened/ })
        .locator(".sev")
        .allInnerTexts()) as Severity[];
      const ranks = severities.map((one) => severityRank(one.toUpperCase() as Severity));
      expect(new Set(ranks).size).toBeGreaterThan(2);
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      await compared.page.getByText("Since another scan").click();
      expect(await compared.page.locator("details code").allInnerTexts()).toEqual([
        "smalltarget report --since 2026-11-17T06-00-00Z-000000",
      ]);
      await compared.close();
    });

    test("says what was decided, by whom and until when, and what ended", async () => {
      await open.go("#/changes");
      const shown = await text("#view");
      expect(shown).toMatch(
        /Decisions in force[\s\S]*mailer is known and accepted[\s\S]*compensating-control until 31 Jan 2027[\s\S]*only for <b>us<\/b>/,
      );
      expect(shown).toMatch(/Decisions that ended[\s\S]*ended 20 Nov 2026: its time is up/);
      await open.go("#/finding/F-7Q2MX4TB9A");
      expect(await text("#view")).toContain("smalltarget ack F-7Q2MX4TB9A --reason accepted-risk --until 90d --comment 'why'");
    });

    test("says which functions have libraries with known holes", async () => {
      await open.go("#/libraries/read");
      expect(await text("tbody")).toMatch(/orders-api[\s\S]*1 critical, 2 low[\s\S]*212[\s\S]*200[\s\S]*partial/);
      await open.go("#/f/eu-west-1/orders-api");
      expect(await text("#view")).toContain("212, of 200 the version is known");
      await open.page.getByText("Its packages").click();
      await open.page.waitForSelector("text=axios 1.7.2");
      expect((await open.page.locator(".package").allInnerTexts()).slice(0, 3)).toEqual([
        "axios 0.21.1 critical to 1.8.2 in code",
        "axios 0.21.1 critical to 1.8.2 in layer tools:3",
        "axios 1.7.2 high to 1.8.2 in code",
      ]);
    });

    test("says which functions have axios below 1.8.2: asked in the filter, then who has it", async () => {
      await open.go("#/libraries");
      expect(await text("#view")).toContain("1 known only in part, 2 not read");
      await open.page.getByLabel("Filter").fill("axios <1.8.2");
      expect(await text(".count")).toBe(`2 of ${5 + hostileNames.length} versions of packages`);
      await open.page.getByRole("link", { name: "Which functions have them" }).click();
      await open.page.waitForSelector("text=2 functions with axios <1.8.2, in 2 versions");
      expect(open.page.url()).toContain("#/libraries/functions?package=axios+%3C1.8.2");
      const rows = await open.page.locator("tbody tr:not(.spacer)").allInnerTexts();
      expect(rows.map((row) => row.split(/\s*\t\s*/).slice(0, 6))).toEqual([
        ["mailer", "axios", "0.21.1", "critical", "1.8.2", "layer tools:3"],
        ["orders-api", "axios", "1.7.2", "high", "1.8.2", "code"],
        ["orders-api", "axios", "0.21.1", "critical", "1.8.2", "code"],
        ["orders-api", "axios", "0.21.1", "critical", "1.8.2", "layer tools:3"],
      ]);
    });

    test("asks again by keyboard, says of what is not there that code was not read, and of half a question what is missing", async () => {
      await open.go("#/libraries/functions");
      await open.page.getByLabel("Which functions have").fill("log4j-core <2.17.1");
      await open.page.keyboard.press("Enter");
      await open.page.waitForSelector("text=No function has log4j-core <2.17.1, as far as code was read.");
      expect(await text("#view")).toContain("may be there all the same");
      await open.go("#/libraries/functions?package=axios+%3C");
      expect(await text("#view")).toContain("after the @ stand versions");
      await open.go("#/libraries/functions?package=requests@%3C2");
      expect(await text("#view")).toContain("Where the version is not known, it may be any");
    });

    test("finds a package by the id of a hole, and tells whoever has it from the name in the list, whatever it is called", async () => {
      await open.go("#/libraries?q=cve-2024-39338");
      expect(await text(".count")).toBe(`2 of ${5 + hostileNames.length} versions of packages`);
      await open.go("#/libraries?q=onerror");
      await open.page.locator("tbody a").first().click();
      await open.page.waitForSelector(`text=${hostileNames.length} functions with`);
    });

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

    test("by keyboard: sorts and stays on the column, skips to the content without leaving the view, closes the columns with Escape", async () => {
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

    test("its title says where one is", async () => {
      await open.go("#/f/eu-west-1/orders-api");
      expect(await open.page.title()).toBe("orders-api - Small Target: account 111122223333, 2026-11-24");
      await open.go("#/");
      expect(await open.page.title()).toBe("Small Target: account 111122223333, 2026-11-24");
    });

    test("a link with a filter that was sent opens in a fresh browser", async () => {
      const page = await (await (browser as NonNullable<typeof browser>).newContext()).newPage();
      await page.goto(`${open.page.url().split("#")[0]}#/libraries/functions?package=axios+%3C1.8.2&region=eu-west-1&sort=version`);
      await page.waitForSelector("text=2 functions with axios <1.8.2, in 2 versions");
      expect(await page.getByRole("combobox", { name: "Region" }).inputValue()).toBe("=eu-west-1");
      await page.context().close();
    });

    test("goes on paper without what nobody can click there", async () => {
      await open.go("#/functions");
      await open.page.emulateMedia({ media: "print" });
      expect(await open.page.locator(".top").isVisible()).toBe(false);
      expect(await open.page.locator(".bar").isVisible()).toBe(false);
      expect((await open.page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000);
      await open.page.emulateMedia({ media: "screen" });
    });

    test("on paper a table lies on its side with heads that are whole, text or drawing stands upright", async () => {
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
