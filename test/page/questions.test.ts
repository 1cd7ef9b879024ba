/** What a security person asks, answered on the page of the sample account: by how many acts (a click, a choice, a text typed), and with what. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aFolder, smalltarget } from "../cli/run-command.ts";
import { expectQuiet, type OpenPage, openPage } from "./an-open-page.ts";
import { browserForThisFile } from "./browser-for-this-file.ts";

const browser = await browserForThisFile("the questions to the page");
const folder = aFolder();
afterAll(() => folder.remove());

type Act = (page: Page) => Promise<unknown>;
const click =
  (name: string | RegExp): Act =>
  (page) =>
    page.getByRole("link", { name }).first().click();
const choose =
  (name: string, option: RegExp): Act =>
  async (page) => {
    const select = page.getByRole("combobox", { name, exact: true });
    // the choices are there once everything is unpacked
    const label = await select.locator("option").filter({ hasText: option }).first().innerText();
    await select.selectOption({ label });
  };
const type =
  (text: string): Act =>
  (page) =>
    page.getByLabel("Filter").fill(text);
const open =
  (text: string): Act =>
  (page) =>
    page.locator("summary", { hasText: text }).first().click();

interface Question {
  readonly asked: string;
  readonly acts: readonly Act[];
  /** All of it is on the screen then. */
  readonly answer: readonly (string | RegExp)[];
}

const questions: readonly Question[] = [
  {
    asked: "which functions can anybody on the internet call?",
    acts: [click(/^Reachable by anybody/)],
    answer: [/^6 of 42 functions/m, "refund-processor", "demo-hello-world", "thumbnails"],
  },
  {
    asked: "which of them can read data, and which?",
    acts: [click("Roles"), choose("Exposure", /^open to anybody/), choose("Reads data", /^yes/)],
    answer: [/^5 of 42 functions/m, "everything", "every bucket, every queue, every table"],
  },
  {
    asked: "who owns the vulnerable ones?",
    acts: [click(/^Vulnerable/)],
    answer: [/^1 of 42 functions/m, /orders-api[\s\S]*payments/],
  },
  { asked: "what changed since the last scan?", acts: [click("Changes")], answer: ["There is no earlier scan to compare with"] },
  {
    asked: "what may I delete, in which order, and how?",
    acts: [click("Prune"), choose("In the way", /^nothing/), open("demo-hello-world")],
    answer: ["Goes with it", /1\. Now: all of it can be undone[\s\S]*3\. Then, for good, in this order[\s\S]*aws lambda delete-function/],
  },
  {
    asked: "what could not be looked at?",
    acts: [],
    answer: ["Could not look", "ap-southeast-2: lambda:ListFunctions refused"],
  },
  {
    asked: "which functions contain lodash below 4.17.21?",
    acts: [click("Libraries"), type("lodash <4.17.21"), click("Which functions have it")],
    answer: ["1 function with lodash <4.17.21, in 1 version", "orders-api"],
  },
  {
    asked: "why is this finding HIGH?",
    acts: [click(/^orders-api came within 3 %/)],
    answer: [
      "Why it is high",
      "less than criticalHeadroom of the timeout was left",
      /criticalHeadroom: .*; [\d.]+ unless it is set otherwise/,
    ],
  },
  {
    asked: "which roles are shared?",
    acts: [click("Roles"), choose("Shared", /^shared/)],
    answer: [/of 42 functions/, "shop-lambda", "payments-lambda"],
  },
  {
    asked: "which functions are close to their timeout?",
    acts: [click("Functions"), choose("Timeout", /^tight/)],
    answer: [/of 42 functions/, "orders-api"],
  },
];

describe.skipIf(!browser)("a question to the page of the sample account", () => {
  let opened: OpenPage;

  beforeAll(async () => {
    await smalltarget([], { cwd: folder.path, script: "cli/start.ts" });
    const html = readFileSync(join(folder.path, ".smalltarget", "report.html"), "utf8");
    opened = await openPage(browser as NonNullable<typeof browser>, folder.path, html);
  });
  afterAll(() => opened?.close());

  test.each(questions)("$asked", async ({ acts, answer }) => {
    const { page } = opened;
    await opened.go("#/");
    expect(acts.length).toBeLessThanOrEqual(3);
    for (const act of acts) await act(page);
    for (const one of answer)
      await expect.poll(() => page.locator("main").innerText()).toMatch(typeof one === "string" ? literally(one) : one);
    expectQuiet(opened);
  });

  test("a number of the first screen leads to a list of as many", async () => {
    const { page } = opened;
    await opened.go("#/");
    const cards = await page.locator(".card").allInnerTexts();
    expect(cards).toHaveLength(5);
    for (const card of cards) {
      const [, name = "", number = ""] = /^(.*)\n+([\d,]+)/.exec(card) ?? [];
      await opened.go("#/");
      await page.locator(".card a", { hasText: name }).click();
      await expect.poll(() => page.locator(".count").first().innerText()).toMatch(new RegExp(`^${number} `));
    }
  });
});

function literally(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
}
