import { describe, expect, test } from "vitest";
import type { ReleaseReason } from "../../shared/model/ack-words.ts";
import type { Acknowledged, StoredFinding } from "../../shared/model/finding.ts";
import { markTold, pendingFor, toldNow } from "../../shared/model/outbox.ts";

const day = (number: number) => new Date(Date.UTC(2026, 10, number)).toISOString();

const open: StoredFinding = {
  id: "F-0000000001",
  rule: "s3/x",
  severity: "HIGH",
  confidence: "high",
  resource: { arn: "arn:aws:s3:::b", type: "AWS::S3::Bucket", name: "b", account: "111122223333", region: "eu-west-1" },
  title: "",
  evidence: {},
  remediation: { text: "", commands: [] },
  owner: {},
  references: [],
  materialKey: "a",
  status: "NEW",
  firstSeenAt: day(1),
  openedAt: day(1),
  changedAt: day(1),
  version: 1,
};

const accepted: Acknowledged = {
  ack: "A-0000000001",
  scope: "finding",
  reason: "accepted-risk",
  comment: "known",
  until: day(28),
  alsoUntil: "worse",
  by: "arn:aws:iam::111122223333:user/ada",
  at: day(2),
  severity: "HIGH",
  evidenceDigest: "",
};

const heard = (finding: StoredFinding, mirrors = false) => pendingFor(finding, "chat", "", mirrors);
const tell = (finding: StoredFinding) => markTold(finding, "chat", toldNow(finding, `M-${finding.version}`));
const next = (finding: StoredFinding, more: Partial<StoredFinding>): StoredFinding => ({
  ...finding,
  ...more,
  version: finding.version + 1,
});
const hold = (finding: StoredFinding, more: Partial<Acknowledged> = {}) => {
  const { released: _, ...rest } = finding;
  return next(rest, { status: "SUPPRESSED", acknowledged: { ...accepted, ...more } });
};
const release = (finding: StoredFinding, why: ReleaseReason, more: Partial<StoredFinding> = {}) => {
  const { acknowledged: _, ...rest } = finding;
  const released = { ack: "A-0000000001", why, at: day(28), version: finding.version + 1 };
  return next(rest, { status: "NEW", changedAt: day(28), openedAt: day(28), released, ...more });
};

describe("a channel for people", () => {
  test("hears nothing of a finding while a decision holds it, changed or resolved or not", () => {
    expect(heard(hold(open))).toBeUndefined();
    const held = hold(tell(open));
    expect(heard(held)).toBeUndefined();
    expect(heard(next(held, { materialKey: "b" }))).toBeUndefined();
    expect(heard(next(held, { status: "RESOLVED" }))).toBeUndefined();
  });

  test("hears once that the decision ends soon, in the digest", () => {
    const soon = hold(tell(open), { endsSoon: true });
    expect(heard(soon)).toMatchObject({ transition: "expiring", urgent: false, baseline: false });
    expect(heard(tell(soon))).toBeUndefined();
    // prolonged, it is another end
    expect(heard(hold(tell(soon), { until: day(30), endsSoon: true }))).toMatchObject({ transition: "expiring" });
  });

  test("hears once that the finding is open again, whether it was warned or not", () => {
    for (const held of [hold(tell(open)), tell(hold(tell(open), { endsSoon: true }))]) {
      const again = release(held, "expired");
      expect(heard(again)).toMatchObject({ transition: "reopened" });
      expect(heard(tell(again))).toBeUndefined();
      // it may have changed before the channel could be reached
      expect(heard(next(again, { materialKey: "b" }))).toMatchObject({ transition: "reopened" });
    }
  });

  test("a decision whose time is up pages nobody; one that was outgrown does", () => {
    const held = hold(tell(open));
    expect(heard(release(held, "expired"))).toMatchObject({ urgent: false });
    expect(heard(release(held, "withdrawn"))).toMatchObject({ urgent: false });
    expect(heard(release(held, "worse", { severity: "CRITICAL" }))).toMatchObject({ urgent: true });
    expect(heard(release(held, "evidence-changed", { materialKey: "b" }))).toMatchObject({ urgent: true });
    // worse after its time was up
    expect(heard(next(release(held, "expired"), { severity: "CRITICAL", changedAt: day(29) }))).toMatchObject({ urgent: true });
  });

  test("that never heard of the finding is told of it when the decision ends, quietly", () => {
    expect(heard(release(hold(open), "expired"))).toMatchObject({ transition: "opened", urgent: false, baseline: false });
  });

  test("hears of a finding that came back after it was resolved while held", () => {
    const gone = next(hold(tell(open)), { status: "RESOLVED" });
    expect(heard(release(gone, "came-back"))).toMatchObject({ transition: "reopened", urgent: true });
  });
});

test("a channel that mirrors decisions hears of each step, also of a resolution", () => {
  const held = hold(tell(open));
  expect(heard(held, true)).toMatchObject({ transition: "suppressed", urgent: false });
  expect(heard(tell(held), true)).toBeUndefined();
  expect(heard(hold(tell(held), { until: day(30) }), true)).toMatchObject({ transition: "suppressed" });
  expect(heard(hold(open), true)).toMatchObject({ transition: "suppressed" });
  expect(heard(next(tell(held), { status: "RESOLVED" }), true)).toMatchObject({ transition: "resolved" });
  expect(heard(release(tell(held), "expired"), true)).toMatchObject({ transition: "reopened" });
});
