import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { plainPaint } from "../../shared/report/look.ts";
import { scanMarkdown } from "../../shared/report/scan-markdown.ts";
import { type SummaryFacts, scanSummary } from "../../shared/report/scan-summary.ts";
import { anAccount } from "../an-account.ts";
import { aDocument, aDocumentFinding, aFunction } from "../build.ts";

const document = aDocument({
  coverage: [
    { collector: "functions", region: "eu-west-1", status: "complete", resources: 3 },
    { collector: "functions", region: "eu-west-2", status: "denied", operation: "lambda:ListFunctions", code: "AccessDeniedException" },
    { collector: "usage", region: "eu-west-2", status: "denied", operation: "lambda:ListFunctions", code: "X", follows: "functions" },
    { collector: "schedules", region: "eu-west-3", status: "unsupported", code: "UnknownEndpoint" },
  ],
  functions: ["a", "b", "c"].map((name) => aFunction({ name })),
  findings: [aDocumentFinding(), aDocumentFinding({ id: "F-0000000002", severity: "LOW", title: "low" })],
});
const facts: SummaryFacts = {
  document,
  preview: [
    {
      kind: "summary",
      subject: "s",
      count: 3,
      teams: [
        { team: "payments", count: 2, resources: 1 },
        { count: 1, resources: 1 },
      ],
    },
  ],
  delivery: { sent: [], failed: [], notTried: [], waiting: 0, notCleared: [] },
  sends: false,
  wallMs: 2800,
  stored: ".smalltarget/",
  mostFunctions: 2,
  mostFindings: 1,
};
const page = (more: Partial<SummaryFacts> = {}, width = 120) =>
  scanSummary({ ...facts, ...more }, { width, paint: plainPaint, command: "smalltarget" });

describe("the page after a scan", () => {
  test("says what was looked at, and how to see the rest", () => {
    const lines = page();
    expect(lines[0]).toBe("Small Target   account 111122223333   1 Region, 1 not readable   3 functions   8 requests   2.8 s");
    expect(lines).toContain("... 1 more: smalltarget functions");
    expect(lines).toContain("FINDINGS   1 high   1 low");
    expect(lines).toContain("... 1 more: smalltarget findings");
  });

  test("a Region that refused is named once; what follows from it and services a Region lacks are not", () => {
    const text = page().join("\n");
    expect(text).toContain(
      "COULD NOT LOOK  eu-west-2: lambda:ListFunctions refused (AccessDeniedException). Nothing was concluded about it.",
    );
    expect(text.match(/eu-west-2/g)).toHaveLength(1);
    expect(text).not.toContain("eu-west-3");
  });

  test("where Regions were chosen it says what of roles was not judged, and why", () => {
    const { scan } = document;
    const chosen = { ...document, scan: { ...scan, regions: ["eu-west-1", "us-east-1"], regionSource: "asked" as const } };
    const said = "Roles: only functions in eu-west-1, us-east-1 were looked at";
    expect(page({ document: chosen }).join("\n")).toContain(`NOT JUDGED      ${said}`);
    expect(scanMarkdown(chosen)).toContain(`## Could not look\n\n- eu-west-2: lambda:ListFunctions refused`);
    expect(scanMarkdown(chosen)).toContain(`- ${said}`);
    for (const text of [page().join("\n"), scanMarkdown(document)]) expect(text).not.toContain("Roles: only");
  });

  test("says who would be told, what nobody owns, and that nothing was sent", () => {
    expect(page()).toContain("WOULD BE SENT   1 summary of 3 findings: payments 2, nobody 1 (on 1 resource without an owner)");
  });

  test("with a channel it says what was sent and what was not", () => {
    const failed = [{ channel: "sns", kind: "digest" as const, subject: "Digest", findings: 2, error: "sns:Publish refused" }];
    const lines = page({ sends: true, delivery: { ...facts.delivery, failed, waiting: 4 } });
    expect(lines).toContain("SENT            NOT ACCEPTED, stays pending: Digest (2 findings): sns:Publish refused");
    expect(lines).toContain("                4 findings for the next digest");
  });

  test("says beside what was sent that nobody hears it, unless that is accepted", () => {
    const deaf = aDocumentFinding({ id: "F-0000000003", rule: "scan/nobody-listens", title: "Nobody gets the messages about findings" });
    const heard = (finding: typeof deaf) => page({ document: { ...document, findings: [finding] }, sends: true });
    expect(heard(deaf)).toContain("NOT HEARD       Nobody gets the messages about findings (F-0000000003)");
    expect(heard({ ...deaf, status: "SUPPRESSED" }).join()).not.toContain("NOT HEARD");
    expect(page().join()).not.toContain("NOT HEARD");
  });

  test("says what a channel wants to be known, such as a decision to be recorded", () => {
    const notes = [{ channel: "tickets", note: "SEC-1 was closed as Won't Do: smalltarget ack F-0000000001" }];
    expect(page({ sends: true, delivery: { ...facts.delivery, notes } }).join("\n")).toContain(
      "tickets: SEC-1 was closed as Won't Do: smalltarget ack",
    );
  });

  test("says how many resources have an owner, where there are any", () => {
    expect(page().join("\n")).not.toContain("OWNERS");
    expect(page({ document: anAccount() })).toContain("OWNERS          3 of 11 resources have an owner");
  });

  test.each([
    [{}, "nothing new since the last scan"],
    [{ opened: ["a"], resolved: ["b", "c"] }, "since the last scan: 1 new, 2 resolved"],
    [{ baseline: true, opened: ["a"] }, "first look at this account: nothing is sent one by one"],
  ])("changes %j read: %s", (changes, words) => {
    expect(page({ document: { ...document, changes: { ...document.changes, ...changes } } })).toContain(words);
  });

  test("reads at 80 columns", () => {
    for (const line of page({}, 80)) expect(stringWidth(line)).toBeLessThanOrEqual(80);
  });

  test("an account without functions is told from one that could not be listed", () => {
    const { coverage } = document;
    expect(page({ document: { ...document, functions: [] } })).toContain("No functions could be listed.");
    expect(page({ document: { ...document, functions: [], coverage: coverage.slice(0, 1) } })).toContain("No functions.");
  });
});

test("as Markdown it has findings, functions and what could not be looked at", () => {
  const text = scanMarkdown(document);
  expect(text).toMatch(/## Findings: 1 high {3}1 low/);
  expect(text).toMatch(/## Could not look\n\n- eu-west-2: lambda:ListFunctions refused/);
});
