/** What the views say of functions, findings, roles, decisions. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Severity, severityRank } from "../../shared/model/finding.ts";
import { reportPage } from "../../shared/page-file/report-page.ts";
import { aPageDocument, aPageInput, means } from "../page-file/a-page.ts";
import type { OpenPage } from "./an-open-page.ts";
import { pageForThisFile } from "./page-for-this-file.ts";

const { browser, opened } = await pageForThisFile("the views of the page");

describe.skipIf(!browser)("the page", () => {
  let open: OpenPage;
  const text = (selector: string) => open.page.locator(selector).innerText();

  beforeAll(async () => {
    open = await opened();
  });
  afterAll(() => open?.close());

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
    expect(await open.page.locator("tbody tr:not(.spacer) td span[title]").first().getAttribute("title")).toBe("1 critical, 1 high, 1 low");
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
    expect(await compared.page.locator("details code").allInnerTexts()).toEqual(["smalltarget report --since 2026-11-17T06-00-00Z-000000"]);
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
});
