import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { mostResults, resourceUri, sarif } from "../../shared/exports/sarif.ts";
import type { DocumentFinding } from "../../shared/model/document.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { aDocument, aDocumentFinding } from "../build.ts";
import { aHostileFinding, unsafeTextsIn } from "./a-hostile-finding.ts";
import { sarifSchema } from "./sarif-schema.ts";

const { scan } = aDocument();
const isValid = new Ajv({ allErrors: true, strictTypes: false }).compile(sarifSchema);

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[];
}

interface Run {
  readonly results: readonly Result[];
  readonly tool: {
    readonly driver: { readonly rules: readonly { readonly id: string; readonly properties: Readonly<Record<string, string>> }[] };
  };
  readonly properties: Readonly<Record<string, unknown>>;
}

function runOf(findings: readonly DocumentFinding[]): Run {
  const log = sarif(findings, scan, catalogue);
  isValid(JSON.parse(JSON.stringify(log)));
  expect(isValid.errors ?? []).toEqual([]);
  return log.runs[0] as Run;
}

describe("findings as SARIF", () => {
  test("fit the schema of version 2.1.0, also none at all and those with names that nobody should have", () => {
    expect(runOf([]).results).toEqual([]);
    const run = runOf([aDocumentFinding(), aHostileFinding(), aHostileFinding({ rule: "lambda/no-longer-a-rule", status: "SUPPRESSED" })]);
    expect(run.results).toHaveLength(3);
    expect(unsafeTextsIn(run)).toEqual([]);
  });

  test("carry the id by which the same finding is known in every run, whatever it says", () => {
    const [first] = runOf([aDocumentFinding()]).results;
    const [later] = runOf([aDocumentFinding({ title: "else", severity: "LOW" })]).results;
    expect(first?.partialFingerprints).toEqual({ "smallTargetFinding/v1": "F-7Q2MX4TB9A", primaryLocationLineHash: "F-7Q2MX4TB9A" });
    expect(later?.partialFingerprints).toEqual(first?.partialFingerprints);
    expect(later?.locations).toEqual(first?.locations);
  });

  test("point at their rule, which has the score of its gravest finding", () => {
    const findings = [
      aDocumentFinding({ rule: "s3/public-write", severity: "CRITICAL" }),
      aDocumentFinding({ rule: "lambda/timing-out", severity: "HIGH" }),
      aDocumentFinding({ rule: "lambda/timing-out", severity: "MEDIUM" }),
      aDocumentFinding({ rule: "sns/unused-topic", severity: "LOW" }),
    ];
    const { results, tool } = runOf(findings);
    expect(results.map(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id === ruleId)).toEqual([true, true, true, true]);
    expect(results.map(({ level }) => level)).toEqual(["error", "error", "warning", "note"]);
    expect(tool.driver.rules.map(({ id, properties }) => [id, properties["security-severity"]])).toEqual([
      ["lambda/timing-out", "8.0"],
      ["s3/public-write", "9.5"],
      ["sns/unused-topic", "3.0"],
    ]);
  });

  test("say of what somebody accepted that it is, and why", () => {
    const acknowledged = {
      ack: "A-0000000001",
      scope: "finding",
      reason: "accepted-risk",
      comment: "known until the move",
      until: "2027-01-01T00:00:00.000Z",
      alsoUntil: "worse",
      by: "arn:aws:iam::111122223333:user/ann",
      at: "2026-11-24T06:00:00.000Z",
      severity: "HIGH",
      evidenceDigest: "x",
    } as const;
    const [result] = runOf([aDocumentFinding({ status: "SUPPRESSED", acknowledged })]).results;
    expect(result?.suppressions).toEqual([{ kind: "external", status: "accepted", justification: "known until the move" }]);
  });

  test.each([
    ["orders-api", "aws/111122223333/eu-west-1/AWS-Lambda-Function/orders-api"],
    ["/aws/lambda/a b", "aws/111122223333/eu-west-1/AWS-Lambda-Function/%2Faws%2Flambda%2Fa%20b"],
    ["..", "aws/111122223333/eu-west-1/AWS-Lambda-Function/%2E%2E"],
    ["", "aws/111122223333/eu-west-1/AWS-Lambda-Function/_"],
    ["\ud800", "aws/111122223333/eu-west-1/AWS-Lambda-Function/%EF%BF%BD"],
  ])("lie at an address of their own that no name leads out of: %j", (name, uri) => {
    const { resource } = aDocumentFinding();
    expect(resourceUri({ resource: { ...resource, name } })).toBe(uri);
  });

  test("make no link and ask for no argument", () => {
    const [result] = runOf([aHostileFinding()]).results;
    expect(result?.message.text).toContain("\\[click\\](https://evil.example) {{0}}");
  });

  test("are no more than a run takes: the gravest, and the run says how many are left out", () => {
    const findings = Array.from({ length: mostResults + 7 }, () => aDocumentFinding());
    const { results, properties } = sarif(findings, scan, []).runs[0] as Run;
    expect([results.length, properties.resultsLeftOut]).toEqual([mostResults, 7]);
  });
});
