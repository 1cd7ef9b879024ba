/** The page of a scan that knows little: it says what it does not know, and never 0 or "none" for it. */
import { afterAll, describe, expect, test } from "vitest";
import { reportPage } from "../../shared/page-file/report-page.ts";
import { aDocument, aFunction } from "../build.ts";
import { aFolder } from "../cli/run-command.ts";
import { aPageDocument, aPageInput, means, somePackages } from "../page-file/a-page.ts";
import { kept } from "../released/kept-document.ts";
import { expectQuiet, type OpenPage, openPage } from "./an-open-page.ts";
import { browserForThisFile } from "./browser-for-this-file.ts";

const browser = await browserForThisFile("the page of partial stores");
const folder = aFolder();
afterAll(() => folder.remove());

const places = [
  "findings",
  "functions",
  "exposure",
  "roles",
  "libraries",
  "libraries/functions",
  "libraries/read",
  "prune",
  "owners",
  "changes",
];

/** Nothing but what the first version wrote of a function, and of that what a scan knows that was refused all else. */
const {
  triggers: _,
  exposure: __,
  libraries: ___,
  ...bare
} = aFunction({
  lastInvocation: { state: "unknown" },
  duration: { samples: 0, observedDays: 0, censored: false },
  timeout: { verdict: "unknown" },
} as Partial<Parameters<typeof aFunction>[0]>);
const refused = aDocument({
  functions: [bare as ReturnType<typeof aFunction>],
  findings: [],
  coverage: [
    { collector: "usage", region: "eu-west-1", status: "denied", operation: "cloudwatch:GetMetricData", code: "AccessDenied" },
    { collector: "libraries", region: "eu-west-1", status: "denied", operation: "lambda:GetFunction", code: "AccessDenied" },
  ],
});

describe.skipIf(!browser)("the page", () => {
  const opened = async (input: Parameters<typeof aPageInput>[0]) => {
    const { packages: none, ...rest } = aPageInput(input);
    const whole = input && "packages" in input ? { ...rest, packages: none } : rest;
    return openPage(browser as NonNullable<typeof browser>, folder.path, (await reportPage(whole as typeof rest, means)).html);
  };
  const textAt = async (open: OpenPage, place: string) => {
    await open.go(`#/${place}`);
    return open.page.locator("main").innerText();
  };

  test("of a scan that was refused nearly all says so in every view", async () => {
    const open = await opened({ document: refused, days: new Map(), trend: [] });
    const first = await open.page.locator("main").innerText();
    for (const label of ["Reachable by anybody", "Unused", "Over-privileged", "Vulnerable"])
      expect(first).toMatch(new RegExp(`${label}\\s+not known`));
    const seen: Record<string, string> = {};
    for (const place of places) seen[place] = await textAt(open, place);
    expect(seen.findings).toMatch(/No finding was made. Not everything could be looked at/);
    expect(seen.functions).toMatch(/not known[\s\S]*not known/);
    expect(seen.exposure).toContain("Who may call the functions was not read");
    expect(seen.roles).toContain("The roles of this scan were not read");
    expect(seen.libraries).toContain("No scan has listed packages: which are in the code is not known.");
    expect(seen["libraries/functions"]).toContain("No scan has listed packages");
    expect(seen["libraries/read"]).toContain("This scan read no libraries");
    expect(seen.prune).toContain("When functions last ran is not known: which are unused cannot be told.");
    expect(seen.owners).toMatch(/not known\s+not known\s+not known/);
    expect(seen.changes).toContain("There is no earlier scan to compare with");
    const one = await textAt(open, `f/eu-west-1/${bare.name}`);
    expect(one).toMatch(/None\. Not everything could be looked at/);
    expect(one).toContain("No daily runs are known of it.");
    expect(one).toContain("Who may call it was not read.");
    expect(one).toContain("was not read.");
    expect(one).toContain("This scan read none of its libraries.");
    expectQuiet(open);
    await open.close();
  });

  test("of chosen Regions says that roles were judged in part, and the least that holds", async () => {
    const document = aPageDocument();
    const open = await opened({ document: { ...document, scan: { ...document.scan, regionSource: "asked" } } });
    const first = await open.page.locator("main").innerText();
    expect(first).toMatch(/only \d+ Region/);
    expect(first).toMatch(/Over-privileged\s+at least 1/);
    expect(first).toContain("only a scan of all Regions can tell");
    await open.close();
  });

  test("of a scan that listed no packages says which one did, and of an index that it cannot read why", async () => {
    let open = await opened({ packages: somePackages({ scanId: "2026-11-17T06-00-00Z-000000" }) });
    expect(await textAt(open, "libraries")).toContain("these are of the scan 2026-11-17T06-00-00Z-000000");
    await open.close();
    open = await opened({ packages: 'Blob "x" has format 9, and this version reads up to 1' });
    expect(await textAt(open, "libraries")).toContain('What is known of packages cannot be read: Blob "x" has format 9');
    await open.close();
  });

  test("of packages that were put to no advisories does not say that they have no hole", async () => {
    const document = aPageDocument();
    const functions = document.functions.map(({ libraries: _, ...one }) => one);
    const { packages } = somePackages();
    const untold = packages.map((one) => ({ ...one, versions: one.versions.map(({ version, list }) => ({ version, list })) }));
    const open = await opened({ document: { ...document, functions }, packages: somePackages({ packages: untold }) });
    const shown = await textAt(open, "libraries");
    expect(shown).toContain("There were no advisories to put them to");
    expect(await open.page.locator("tbody").innerText()).not.toMatch(/none known/);
    await open.close();
  });

  test("of a document of the first version, without members that came later, has every view", async () => {
    const open = await opened({ document: await kept(1), days: new Map(), trend: [] });
    for (const place of places) expect(await textAt(open, place)).not.toMatch(/cannot be shown|undefined|NaN|\[object/);
    const [name = ""] = (await kept(1)).functions.map(({ name }) => name);
    expect(await textAt(open, `f/us-east-1/${name}`)).not.toMatch(/cannot be shown|undefined|NaN|\[object/);
    expectQuiet(open);
    await open.close();
  });
});
