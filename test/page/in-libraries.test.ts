/** Which packages there are, and who has them. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostileNames } from "../page-file/a-page.ts";
import type { OpenPage } from "./an-open-page.ts";
import { pageForThisFile } from "./page-for-this-file.ts";

const { browser, opened } = await pageForThisFile("the packages in the page");

describe.skipIf(!browser)("the page of packages", () => {
  let open: OpenPage;
  const text = (selector: string) => open.page.locator(selector).innerText();

  beforeAll(async () => {
    open = await opened();
  });
  afterAll(() => open?.close());

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
});
