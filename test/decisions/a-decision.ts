import type { AckRecord, AckScope } from "../../shared/model/acknowledgement.ts";
import type { Finding } from "../../shared/model/finding.ts";
import { materialDigest } from "../../shared/model/outbox.ts";

export const day = (number: number) => new Date(Date.UTC(2026, 10, number));
export const arn = "arn:aws:s3:::uploads";

export function aFinding(more: Partial<Finding> = {}): Finding {
  return {
    id: "F-0000000001",
    rule: "s3/public-read",
    severity: "HIGH",
    confidence: "high",
    resource: { arn, type: "AWS::S3::Bucket", name: "uploads", account: "111122223333", region: "eu-west-1" },
    title: "uploads is public",
    evidence: { actions: ["s3:GetObject"] },
    remediation: { text: "", commands: [] },
    owner: { team: "shop", confidence: "high" },
    references: [],
    materialKey: "read",
    ...more,
  };
}

/** Decided on day 2, until day 32, about aFinding(). */
export function aDecision(scope: AckScope = { kind: "finding", finding: "F-0000000001" }, more: Partial<AckRecord> = {}): AckRecord {
  return {
    id: "A-0000000001",
    scope,
    reason: "accepted-risk",
    comment: "a shop window",
    until: day(32).toISOString(),
    alsoUntil: "worse",
    by: "arn:aws:iam::111122223333:user/ada",
    at: day(2).toISOString(),
    finding: "F-0000000001",
    severity: "HIGH",
    evidenceDigest: materialDigest("read"),
    events: [],
    ...more,
  };
}
