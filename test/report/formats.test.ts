import { describe, expect, test } from "vitest";
import { costRows } from "../../shared/report/cost-page.ts";
import { csvCell, findingsCsv, functionsCsv } from "../../shared/report/csv.ts";
import { findingPage } from "../../shared/report/finding-page.ts";
import { lastUsedText } from "../../shared/report/function-text.ts";
import { toJson } from "../../shared/report/json.ts";
import { plainPaint } from "../../shared/report/look.ts";
import { findingsMarkdown, functionsMarkdown } from "../../shared/report/markdown.ts";
import { markdownCode, markdownText } from "../../shared/report/markdown-text.ts";
import { ageText } from "../../shared/report/quantities.ts";
import { lastUseText } from "../../shared/report/resource-words.ts";
import { aDocument, aDocumentFinding, aFunction } from "../build.ts";

describe("CSV", () => {
  test.each([
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'=1"],
    ['a "b", c', '"a ""b"", c"'],
    ["a\r\nb", "a b"],
    ["plain", "plain"],
  ])("%j becomes %j", (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  test("numbers stay numbers, below zero too, and what is missing is empty", () => {
    expect([csvCell(-1), csvCell(0), csvCell(undefined)]).toEqual(["-1", "0", ""]);
  });

  test("has as many cells in every row as in its head", () => {
    const functions = functionsCsv([aFunction()]).split("\r\n");
    const findings = findingsCsv([aDocumentFinding()]).split("\r\n");
    for (const [head = "", row = ""] of [functions, findings]) expect(row.split(",")).toHaveLength(head.split(",").length);
  });
});

describe("Markdown", () => {
  test("foreign text cannot format, link, mention or break a table", () => {
    expect(markdownText("a|b [x](https://evil.example) <img> `c` *d* @here")).toBe(
      "a\\|b \\[x\\]\\(https:\u2060//evil.example\\) &lt;img\\> \\`c\\` \\*d\\* @\u2060here",
    );
    expect(markdownCode("a|b`c\nd")).toBe("`a\\|b'c d`");
  });

  test("every row has as many cells as the head", () => {
    const cells = (line: string) => line.replaceAll("\\|", "").split("|").length;
    for (const table of [functionsMarkdown([aFunction({ name: "a|b" })]), findingsMarkdown([aDocumentFinding({ title: "x | y" })])]) {
      const [head = "", ...rows] = table.split("\n");
      for (const row of rows) expect(cells(row)).toBe(cells(head));
    }
  });
});

test("JSON holds no character that a terminal obeys or hides, and means the same", () => {
  const names = ["a\u009b2Jb", "c\u202ed", "e\u200bf", "g\u001b[2J", "日本", "\ud83d\ude00"];
  const text = toJson(names);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e]/);
  expect(text).toContain("日本");
  expect(JSON.parse(text)).toEqual(names);
});

describe("quantities", () => {
  test("the day of the last use is a date, for a table is read on other days than the scan's", () => {
    const lastInvocation = { state: "invoked", at: "2026-11-24", quietDays: 0, source: "metrics", lookbackDays: 455 } as const;
    expect(lastUsedText({ lastInvocation })).toBe("24 Nov 2026");
    expect(lastUseText({ state: "used", at: "2026-11-24", quietDays: 0 })).toBe("24 Nov 2026");
  });

  test("ages use the largest unit that fits; a clock that is behind gives no negative age", () => {
    expect([ageText(90_000), ageText(3_600_000), ageText(3 * 86_400_000), ageText(-5)]).toEqual([
      "1 minute",
      "1 hour",
      "3 days",
      "less than a second",
    ]);
  });
});

test("cost: metric data at most 500 metrics a request, list calls free", () => {
  expect(costRows(aDocument().scan)).toEqual([
    { operation: "cloudwatch:GetMetricData", requests: 7, most: 0.035 },
    { operation: "lambda:ListFunctions", requests: 1, most: 0 },
  ]);
});

test("cost: what S3, SNS, SQS and Secrets Manager charge for any request; reading AWS's own bucket is free", () => {
  const { scan } = aDocument();
  const byOperation = {
    "s3:ListBuckets": 1000,
    "s3:GetBucketAcl": 1000,
    "s3:GetObject via presigned URL": 1000,
    "sns:ListTopics": 1000,
    "sqs:ListQueues": 1000,
    "secretsmanager:ListSecrets": 1000,
    "states:ListStateMachines": 1000,
  };
  const rows = costRows({ ...scan, apiCalls: { ...scan.apiCalls, byOperation } });
  expect(Object.fromEntries(rows.map(({ operation, most }) => [operation, most]))).toEqual({
    "s3:ListBuckets": 0.005,
    "secretsmanager:ListSecrets": 0.005,
    "sns:ListTopics": 0.0005,
    "s3:GetBucketAcl": 0.0004,
    "sqs:ListQueues": 0.0004,
    "s3:GetObject via presigned URL": 0,
    "states:ListStateMachines": 0,
  });
});

test("a command with characters that cannot be seen is not offered for pasting", () => {
  const remediation = { text: "Do it.", commands: ["aws lambda delete-function --function-name 'a\u202eb'"] };
  const page = findingPage(aDocumentFinding({ remediation }), { width: 80, paint: plainPaint, command: "smalltarget" }).join("\n");
  expect(page).toContain("type the command by hand");
  expect(page).not.toContain("delete-function");
});
