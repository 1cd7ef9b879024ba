/** Small ready parts of a scan document; what matters to a test is given, the rest is ordinary. */
import type { DocumentFinding, FunctionFacts, ScanDocument } from "../shared/model/document.ts";

const account = "111122223333";

/** A function that ran today and has a timeout that fits. */
export function aFunction(given: Partial<FunctionFacts> = {}): FunctionFacts {
  const { name = "orders-api", region = "eu-west-1" } = given;
  return {
    arn: `arn:aws:lambda:${region}:${account}:function:${name}`,
    name,
    region,
    runtime: "nodejs24.x",
    packageType: "Zip",
    timeoutSeconds: 30,
    memoryMb: 256,
    lastModified: "2026-01-02T03:04:05.000Z",
    roleArn: `arn:aws:iam::${account}:role/${name}-role`,
    tags: {},
    owner: {},
    lastInvocation: { state: "invoked", at: "2026-11-24", quietDays: 0, source: "metrics", lookbackDays: 455 },
    duration: { longestMs: 12_100, longestAt: "2026-11-20", samples: 41_207, observedDays: 120, censored: false },
    timeout: { verdict: "fine", headroom: 0.6, recommendedSeconds: 28, chanceOfExceeding: 0.04, confidence: "high" },
    triggers: [],
    activity: "normal",
    confidence: "high",
    ...given,
  };
}

/** An open finding about `aFunction()`. */
export function aDocumentFinding(given: Partial<DocumentFinding> = {}): DocumentFinding {
  return {
    id: "F-7Q2MX4TB9A",
    rule: "lambda/timeout-too-tight",
    severity: "HIGH",
    status: "NEW",
    confidence: "high",
    resource: {
      arn: `arn:aws:lambda:eu-west-1:${account}:function:orders-api`,
      type: "AWS::Lambda::Function",
      name: "orders-api",
      account,
      region: "eu-west-1",
    },
    title: "orders-api came within 3 % of its timeout",
    evidence: { longestMs: 9700, timeoutSeconds: 10 },
    remediation: {
      text: "Set it to 22 s.",
      commands: ["aws lambda update-function-configuration --function-name orders-api --timeout 22 --region eu-west-1"],
    },
    owner: { team: "payments", source: "tag team" },
    firstSeenAt: "2026-11-24T06:00:00.000Z",
    changedAt: "2026-11-24T06:00:00.000Z",
    references: [],
    ...given,
  };
}

/** A complete scan of one Region with one function and no finding. */
export function aDocument(given: Partial<ScanDocument> = {}): ScanDocument {
  return {
    schemaVersion: 1,
    scan: {
      id: "2026-11-24T06-00-00Z-abcdef",
      account,
      partition: "aws",
      regions: ["eu-west-1"],
      regionSource: "account",
      startedAt: "2026-11-24T06:00:00.000Z",
      finishedAt: "2026-11-24T06:00:03.000Z",
      complete: true,
      apiCalls: { total: 8, byOperation: { "lambda:ListFunctions": 1, "cloudwatch:GetMetricData": 7 } },
    },
    coverage: [{ collector: "functions", region: "eu-west-1", status: "complete", resources: 1 }],
    functions: [aFunction()],
    resources: [],
    relations: [],
    findings: [],
    changes: { baseline: false, opened: [], reopened: [], changed: [], resolved: [], unchanged: 0 },
    ...given,
  };
}
