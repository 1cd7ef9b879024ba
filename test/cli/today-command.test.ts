import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { buildProgram } from "../../cli/program.ts";
import type { DocumentFinding, ScanDocument } from "../../shared/model/document.ts";
import { hasUnsafeCharacters } from "../../shared/model/plain-text.ts";
import { aDocument, aDocumentFinding } from "../build.ts";
import { storeScan } from "./a-stored-scan.ts";
import { captureOutput } from "./captured-output.ts";
import { aFolder } from "./run-command.ts";

const folder = aFolder();
const printed = captureOutput();

afterAll(() => folder.remove());

async function today(store: string, ...args: string[]): Promise<string> {
  printed.clear();
  await buildProgram().parseAsync(["today", "--quiet", "--store", store, ...args], { from: "user" });
  return printed.out;
}

function scan(number: number, findings: readonly DocumentFinding[]): ScanDocument {
  const at = `2026-11-2${number}T06:00:00.000Z`;
  const { scan: header } = aDocument();
  return aDocument({ scan: { ...header, id: `2026-11-2${number}T06-00-00Z-abcdef`, startedAt: at, finishedAt: at }, findings });
}

const finding = (number: number, given: Partial<DocumentFinding> = {}) =>
  aDocumentFinding({
    id: `F-000000000${number}`,
    title: `thing ${number}`,
    remediation: { text: "Mend it.", commands: [`aws do ${number}`] },
    resource: { ...aDocumentFinding().resource, arn: `arn:aws:lambda:eu-west-1:111122223333:function:f${number}`, name: `f${number}` },
    ...given,
  });

describe("today", () => {
  test("names five, says what is behind them, and after the next scan what was done", async () => {
    const all = [1, 2, 3, 4, 5, 6, 7].map((number) => finding(number));
    const store = await storeScan(join(folder.path, "month"), scan(1, all));
    const first = await today(store);
    expect(first).toMatch(/^MOST WORTH DOING NOW\n\n1\. HIGH {2}thing 1\n {3}why +takes away 30 of risk in about 10 minutes/);
    expect(first).toContain("5. HIGH  thing 5\n");
    expect(first).not.toContain("thing 6");
    expect(first).toContain("2 things more after these");
    expect(first).toContain("   command  aws do 1\n   talk to  payments (tag team)\n   clears   F-0000000001\n");
    await storeScan(join(folder.path, "month"), scan(2, all.slice(2)));
    const second = await today(store);
    expect(second).toMatch(
      /^SINCE YOU LAST LOOKED {3}2 things off the list\n {2}done {2}thing 1\n {2}done {2}thing 2\n\nMOST WORTH DOING NOW/,
    );
    expect(await today(store)).toBe(second);
  });

  test("for one owner and one task", async () => {
    const findings = [
      finding(1),
      finding(2, { owner: { team: "shop" } }),
      finding(3, { owner: { team: "shop" }, rule: "lambda/unused-function", severity: "LOW" }),
    ];
    const store = await storeScan(join(folder.path, "owners"), scan(1, findings));
    const { shown, of } = JSON.parse(await today(store, "--owner", "shop", "--output", "json"));
    expect([of, shown.map(({ title }: { title: string }) => title)]).toEqual([2, ["thing 2", "thing 3"]]);
    expect(await today(store, "--owner", "shop", "--task", "unknowns")).toMatch(
      /^MOST WORTH DOING NOW {3}task unknowns {3}owner shop\n\n1\. LOW {2}thing 3/,
    );
    await expect(today(store, "--owner", "shp")).rejects.toThrow('the last scan knows no team "shp"; did you mean shop?');
  });

  test("says so when there is nothing to do", async () => {
    const store = await storeScan(join(folder.path, "quiet"), scan(1, []));
    expect(await today(store)).toBe("NOTHING TO DO\n");
  });

  test("a name from AWS cannot break out of the page, nor a command with one be pasted", async () => {
    const hostile = finding(1, { title: "a\u001b[31mred\u001b[0m\nb", remediation: { text: "x\u202ey", commands: ["aws do 'a\u202eb'"] } });
    const store = await storeScan(join(folder.path, "hostile"), scan(1, [hostile]));
    const page = await today(store);
    expect(page).toContain("HIGH  a red b\n");
    expect(page).toMatch(/command {2}\(it has unprintable characters in a name: .*show F-0000000001\)/);
    expect(hasUnsafeCharacters(page.replaceAll("\n", ""))).toBe(false);
  });

  test("shows the list also where what was shown cannot be kept", async () => {
    const store = await storeScan(join(folder.path, "read-only"), scan(1, [finding(1)]));
    const { FolderBlobs } = await import("../../shared/store/folder-blobs.ts");
    vi.spyOn(FolderBlobs.prototype, "put").mockRejectedValue(new Error("AccessDenied"));
    expect(await today(store)).toContain("1. HIGH  thing 1");
    expect(printed.err).toContain("what was shown could not be kept, so that the next scan cannot tell what of it was done: AccessDenied");
  });
});
