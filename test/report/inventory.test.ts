import { readXlsx } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import type { DocumentResource, ScanDocument } from "../../shared/model/document.ts";
import { inventoryColumns, inventorySheets, ownerCounts, typeCounts } from "../../shared/report/inventory.ts";
import { inventoryCsv, inventoryMarkdown } from "../../shared/report/inventory-text.ts";
import { inventoryWorkbook } from "../../shared/report/inventory-workbook.ts";
import { consoleLink } from "../../shared/wording/console-link.ts";
import { anAccount, aResource, arns } from "../an-account.ts";
import { aDocumentFinding } from "../build.ts";

const document: ScanDocument = { ...anAccount(), findings: [aDocumentFinding()] };
const withResources = (...resources: DocumentResource[]): ScanDocument => ({ ...document, resources });
const head = (name: string) => inventoryColumns.findIndex((column) => column.head === name);

async function read(of: ScanDocument) {
  const { sheets } = await readXlsx(await inventoryWorkbook(of));
  return new Map(sheets.map((sheet) => [sheet.name, sheet]));
}

describe("the sheets", () => {
  test("one per type, functions first, what nobody owns at the top, then what was quiet for longest", () => {
    const sheets = inventorySheets(document);
    expect(sheets.map(({ name }) => name)).toEqual([
      "Functions",
      "Buckets",
      "Log groups",
      "Queues",
      "REST APIs",
      "REST methods",
      "Roles",
      "Tables",
    ]);
    expect(sheets[0]?.rows.map(({ resource }) => resource.name)).toEqual(["legacy-import", "mailer", "orders-api"]);
    expect(sheets[0]?.rows[2]?.findings).toBe("1, gravest HIGH");
  });

  test("types that are called alike get sheets that Excel can tell apart", () => {
    const types = [
      "AWS::Lambda::Function",
      "AWS::CloudFront::Function",
      "AWS::Custom::[a:b]*?/\\",
      `AWS::Custom::${"Long".repeat(20)}`,
      "AWS::X::Summary",
    ];
    const names = inventorySheets(withResources(...types.map((type, i) => aResource({ arn: `arn:${i}`, type, name: "x" })))).map(
      ({ name }) => name,
    );
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(types.length);
    for (const name of names) expect(name).toMatch(/^[^[\]:*?/\\']{1,31}$/);
    expect(names.slice(0, 1)).toEqual(["Functions (Lambda)"]);
  });

  test("are counted by type and by team", () => {
    expect(typeCounts(inventorySheets(document))[0]).toEqual({ sheet: "Functions", resources: 3, owned: 2, fromInternet: 1, quiet90: 1 });
    expect(ownerCounts(document)).toEqual([{ resources: 8 }, { team: "payments", resources: 3 }]);
  });
});

describe("the workbook", () => {
  test("opens with a summary, has frozen heads, filters, and room for what is decided", async () => {
    const sheets = await read(document);
    expect([...sheets.keys()].slice(0, 2)).toEqual(["Summary", "Functions"]);
    const summary = sheets.get("Summary")?.rows.map((row) => row[0]);
    expect(summary).toEqual(expect.arrayContaining(["Account 111122223333", "3 of 11 resources have an owner (27 %)", "Functions"]));
    const functions = sheets.get("Functions");
    expect(functions?.rows[0]).toEqual(inventoryColumns.map((column) => column.head));
    expect(functions?.freezePane).toMatchObject({ rows: 1, columns: 1 });
    expect(functions?.autoFilter?.range).toBe("A1:Q4");
    expect(functions?.dataValidations?.[0]).toMatchObject({ type: "list", range: "D2:D4" });
    const legacy = functions?.rows[1] ?? [];
    expect(legacy[head("Keep / remove")] ?? null).toBeNull();
    expect(legacy[head("Who")] ?? null).toBeNull();
    expect([legacy[head("Last used")], legacy[head("Quiet days")]]).toEqual(["2025-09-04", 446]);
  });

  test("is the same file for the same scan", async () => {
    expect(Buffer.compare(await inventoryWorkbook(document), await inventoryWorkbook(document))).toBe(0);
  });

  test("an empty account is a summary", async () => {
    const sheets = await read(withResources());
    expect([...sheets.keys()]).toEqual(["Summary"]);
    expect(sheets.get("Summary")?.rows[2]?.[0]).toBe("Nothing to own");
  });
});

describe("hostile names", () => {
  const formulas = [
    '=HYPERLINK("http://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r\n=1",
    "＝1+1",
    "\u200b=1",
  ];
  const hostile = withResources(
    ...formulas.map((name, i) =>
      aResource({ arn: `${arns.mails}${i}`, type: "AWS::SQS::Queue", name, owner: { team: name, source: name }, tags: { [name]: name } }),
    ),
  );

  test("are text in the workbook, also after somebody edits the cell or saves it as CSV", async () => {
    for (const [name, sheet] of await read(hostile)) {
      for (const cell of sheet.cells?.values() ?? []) expect(cell.formula).toBeUndefined();
      for (const value of sheet.rows.flat()) if (typeof value === "string") expect(`${name}: ${value}`).not.toMatch(/: [=+\-@＝\t\r]/);
    }
  });

  test("are text in CSV", () => {
    const cells = inventoryCsv(hostile)
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(",")[1]);
    for (const cell of cells) expect(cell).toMatch(/^"?'/);
  });

  test("stay in their cell in Markdown", () => {
    const page = inventoryMarkdown(withResources(aResource({ arn: arns.mails, type: "AWS::SQS::Queue", name: "a|b\n# c <script>" })));
    expect(page).toContain("| `a\\|b # c <script>` | eu-west-1 |");
  });
});

describe("the console", () => {
  test.each([
    [
      arns.legacy,
      "AWS::Lambda::Function",
      "legacy-import",
      "https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/legacy-import",
    ],
    [
      arns.legacyLogs,
      "AWS::Logs::LogGroup",
      "/aws/lambda/x",
      "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Faws$252Flambda$252Fx",
    ],
    [
      "arn:aws-cn:lambda:eu-west-1:1:function:x",
      "AWS::Lambda::Function",
      "x",
      "https://eu-west-1.console.amazonaws.cn/lambda/home?region=eu-west-1#/functions/x",
    ],
    [
      arns.legacy,
      "AWS::Lambda::Function",
      `a"b&c#d`,
      "https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/a%22b%26c%23d",
    ],
  ])("%s", (arn, type, name, link) => {
    expect(consoleLink({ arn, type, name, region: "eu-west-1" })).toBe(link);
  });

  test("has no link where none is known", () => {
    expect(consoleLink({ arn: arns.mails, type: "AWS::New::Thing", name: "x", region: "eu-west-1" })).toBeUndefined();
    expect(consoleLink({ arn: "x", type: "AWS::Lambda::Function", name: "x", region: "eu-west-1" })).toBeUndefined();
    expect(consoleLink({ arn: arns.legacy, type: "AWS::Lambda::Function", name: "x", region: "evil.example/" })).toBeUndefined();
  });
});
