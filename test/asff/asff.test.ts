import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { asff } from "../../shared/asff/asff.ts";
import type { DocumentFinding } from "../../shared/model/document.ts";
import { accountResource } from "../../shared/model/resource.ts";
import { aDocumentFinding } from "../build.ts";
import { hostileName } from "../notify/a-finding.ts";
import { asffSchema, mostFindingBytes } from "./asff-schema.ts";

const hub = { partition: "aws", account: "111122223333", region: "eu-west-1" };
const fits = new Ajv({ allErrors: true }).compile(asffSchema);

/** What the format has against it; nothing is right. */
function faults(finding: DocumentFinding): unknown[] {
  const written = asff(finding, hub);
  if (Buffer.byteLength(JSON.stringify(written)) > mostFindingBytes) return ["too many bytes"];
  return fits(written) ? [] : [...(fits.errors ?? [])];
}

describe("a finding in the format of Security Hub", () => {
  it("says what, where, how grave, whose and what to do", () => {
    const written = asff(aDocumentFinding({ references: ["https://docs.aws.amazon.com/lambda/"] }), hub);
    expect(written).toMatchObject({
      Id: "smalltarget/F-7Q2MX4TB9A",
      ProductArn: "arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default",
      GeneratorId: "smalltarget/lambda/timeout-too-tight",
      AwsAccountId: "111122223333",
      CreatedAt: "2026-11-24T06:00:00.000Z",
      Title: "orders-api came within 3 % of its timeout",
      Description: expect.stringMatching(/orders-api in eu-west-1.*Owner: payments.*longestMs 9700; timeoutSeconds 10/),
      Remediation: {
        Recommendation: { Text: "Set it to 22 s. More: smalltarget show F-7Q2MX4TB9A", Url: "https://docs.aws.amazon.com/lambda/" },
      },
      ProductFields: {
        "smalltarget/owner": "payments",
        "smalltarget/evidence/longestMs": "9700",
        "smalltarget/command/1": expect.stringContaining("--timeout 22"),
      },
      Resources: [
        {
          Type: "AwsLambdaFunction",
          Id: "arn:aws:lambda:eu-west-1:111122223333:function:orders-api",
          Region: "eu-west-1",
          Partition: "aws",
          Details: { AwsLambdaFunction: { FunctionName: "orders-api" } },
        },
      ],
      RecordState: "ACTIVE",
      FindingProviderFields: { Severity: { Label: "HIGH", Original: "HIGH" }, Confidence: 90 },
    });
  });

  it("leaves to the hub's users what is theirs: severity, types, confidence, note and workflow of the finding itself", () => {
    const written = asff(aDocumentFinding(), hub);
    for (const theirs of ["Severity", "Types", "Confidence", "Workflow", "Note", "UserDefinedFields", "VerificationState"])
      expect(written).not.toHaveProperty(theirs);
  });

  it("is archived when it is resolved, and suppressed when somebody accepted it", () => {
    expect(asff(aDocumentFinding({ status: "RESOLVED" }), hub).RecordState).toBe("ARCHIVED");
    expect(asff(aDocumentFinding({ status: "SUPPRESSED" }), hub)).toMatchObject({
      RecordState: "ACTIVE",
      Workflow: { Status: "SUPPRESSED" },
    });
  });

  it("names the account and a type that the format does not know as the format wants them", () => {
    const account = asff(aDocumentFinding({ resource: accountResource("aws", "111122223333") }), hub);
    expect(account.Resources).toEqual([{ Type: "AwsAccount", Id: "AWS::::Account:111122223333", Partition: "aws" }]);
    const { resource } = aDocumentFinding();
    const pipe = asff(aDocumentFinding({ resource: { ...resource, type: "AWS::Pipes::Pipe", name: "orders" } }), hub);
    expect(pipe.Resources[0]).toMatchObject({ Type: "Other", Details: { Other: { Type: "AWS::Pipes::Pipe", Name: "orders" } } });
    expect(asff(aDocumentFinding(), { ...hub, partition: "aws-eusc" }).Resources[0]).not.toHaveProperty("Partition");
  });

  it("stays within the format's limits, whatever the names are", () => {
    const long = "\u65e5".repeat(5000);
    const { resource } = aDocumentFinding();
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`evidence${index}${long}`, long]));
    const worst = aDocumentFinding({
      rule: `lambda/${long}`,
      title: long,
      resource: { ...resource, name: long, arn: `arn:aws:lambda:eu-west-1:111122223333:function:${long}` },
      evidence: many,
      remediation: { text: long, commands: Array.from({ length: 20 }, () => long.slice(0, 2048)) },
      owner: { team: long, env: long, source: long },
      references: [`https://example.com/${long}`],
    });
    const nothing = aDocumentFinding({
      title: "",
      resource: { ...resource, name: "\u200b", type: "Custom::Thing" },
      evidence: { empty: "", none: null, list: [] },
      remediation: { text: "", commands: [] },
      owner: {},
    });
    const hostile = aDocumentFinding({ title: hostileName, resource: { ...resource, name: hostileName }, owner: { team: hostileName } });
    expect([worst, nothing, hostile].map(faults)).toEqual([[], [], []]);
    expect(JSON.stringify(asff(hostile, hub))).not.toMatch(/\\u001b|\u202e|\\u0000/);
  });

  it("offers a command whole or not at all", () => {
    const commands = [`aws ${"x".repeat(2048)}`, "aws lambda invoke\u202e", "aws sts get-caller-identity"];
    const { ProductFields } = asff(aDocumentFinding({ remediation: { text: "Do it.", commands } }), hub);
    const offered = Object.entries(ProductFields).filter(([name]) => name.startsWith("smalltarget/command/"));
    expect(offered).toEqual([["smalltarget/command/1", "aws sts get-caller-identity"]]);
  });
});
