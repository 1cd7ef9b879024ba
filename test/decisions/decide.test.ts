import { describe, expect, test } from "vitest";
import { DecisionBook, type TagsOf } from "../../shared/decisions/book.ts";
import { type Before, decide } from "../../shared/decisions/decide.ts";
import type { AckRecord, AckScope } from "../../shared/model/acknowledgement.ts";
import type { Finding } from "../../shared/model/finding.ts";
import { aDecision, aFinding, arn, day } from "./a-decision.ts";

const rule = "s3/public-read";
const byOwner: AckScope = { kind: "rule+owner", rule, team: "shop" };
const byTag: AckScope = { kind: "rule+tag", rule, key: "stage", value: "test" };
const byResource: AckScope = { kind: "rule+resource", rule, arn };

function asked(finding: Finding, records: readonly AckRecord[], more: { before?: Before; now?: Date; tagsOf?: TagsOf } = {}) {
  const verdict = decide(finding, more.before, new DecisionBook(records, more.tagsOf), more.now ?? day(10));
  if (verdict === undefined) return undefined;
  return "held" in verdict ? `held by ${verdict.held.ack}` : verdict.released.why;
}

/** As the decision left the finding on day 3. */
function heldBefore(finding: Finding, record: AckRecord, tagsOf: TagsOf = () => ({ stage: "test" })): Before {
  const verdict = decide(finding, undefined, new DecisionBook([record], tagsOf), day(3));
  if (!verdict || !("held" in verdict)) throw new Error("not held");
  return { status: "SUPPRESSED", acknowledged: verdict.held };
}

describe("what a decision speaks of is exact", () => {
  test.each<[string, AckScope, Partial<Finding>, boolean]>([
    ["the finding", { kind: "finding", finding: "F-0000000001" }, {}, true],
    ["not another one", { kind: "finding", finding: "F-000000000" }, {}, false],
    ["rule and resource, whatever the sub", byResource, { id: "F-0000000002", sub: "b" }, true],
    ["not a resource whose name begins so", byResource, { resource: { ...aFinding().resource, arn: `${arn}-2` } }, false],
    ["not another rule of the group", { ...byResource, rule: "s3/public" }, {}, false],
    ["no patterns", { kind: "rule+resource", rule: "s3/*", arn: "*" }, {}, false],
    ["rule and owner", byOwner, { id: "F-0000000002" }, true],
    ["not an owner in other letters", byOwner, { owner: { team: "Shop", confidence: "high" } }, false],
    ["what nobody owns", { ...byOwner, team: "" }, { owner: {} }, true],
  ])("%s", (_, scope, more, expected) => {
    expect(asked(aFinding(more), [aDecision(scope)])).toBe(expected ? "held by A-0000000001" : undefined);
  });

  test("rule and tag: key and value, of a resource whose tags are known", () => {
    const ask = (tags: Record<string, string> | undefined) => asked(aFinding(), [aDecision(byTag)], { tagsOf: () => tags });
    expect(ask({ stage: "test" })).toBe("held by A-0000000001");
    expect(ask({ stage: "test2" })).toBeUndefined();
    expect(ask({ Stage: "test" })).toBeUndefined();
    expect(ask(undefined)).toBeUndefined();
    expect(ask({})).toBeUndefined();
  });
});

describe("a decision ends", () => {
  const record = aDecision();
  const before = heldBefore(aFinding(), record);

  test("at its time, to the moment", () => {
    const at = (milliseconds: number) => asked(aFinding(), [record], { before, now: new Date(day(32).getTime() + milliseconds) });
    expect(at(-1)).toBe("held by A-0000000001");
    expect(at(0)).toBe("expired");
  });

  test("when the finding is graver than what was accepted, and stays so when it is milder again", () => {
    const graver = aFinding({ severity: "CRITICAL" });
    expect(asked(graver, [record], { before })).toBe("worse");
    const released = { ack: record.id, why: "worse", at: day(10).toISOString(), version: 3 } as const;
    expect(asked(aFinding(), [record], { before: { status: "NEW", released } })).toBeUndefined();
    const events = [{ ack: record.id, kind: "worse", at: day(10).toISOString(), finding: "F-0000000001" }] as const;
    expect(asked(aFinding(), [{ ...record, events }])).toBeUndefined();
  });

  test("not when it got milder, or back to what was accepted", () => {
    expect(asked(aFinding({ severity: "LOW" }), [record], { before })).toBe("held by A-0000000001");
    const milder = heldBefore(aFinding({ severity: "LOW" }), record);
    expect(asked(aFinding(), [record], { before: milder })).toBe("held by A-0000000001");
  });

  test("by another change of the evidence only where that was asked for", () => {
    const changed = aFinding({ materialKey: "read write" });
    expect(asked(changed, [record], { before })).toBe("held by A-0000000001");
    const strict = { ...record, alsoUntil: "evidence-changed" } as const;
    expect(asked(changed, [strict], { before: heldBefore(aFinding(), strict) })).toBe("evidence-changed");
    // written, but killed before the finding was: the decision itself knows what it was made about
    expect(asked(changed, [strict], { before: { status: "NEW" } })).toBeUndefined();
  });

  test("when somebody takes it back, who is named", () => {
    const events = [{ ack: record.id, kind: "withdrawn", at: day(9).toISOString(), by: "arn:aws:iam::111122223333:user/eve" }] as const;
    const verdict = decide(aFinding(), before, new DecisionBook([{ ...record, events }]), day(10));
    expect(verdict).toMatchObject({ released: { why: "withdrawn", by: "arn:aws:iam::111122223333:user/eve" } });
    expect(asked(aFinding(), [], { before })).toBe("withdrawn");
  });

  test("for a finding that has another owner or tag; not for one whose owner or tags could not be read", () => {
    const owners = aDecision(byOwner);
    const held = heldBefore(aFinding(), owners);
    expect(asked(aFinding({ owner: { team: "core", confidence: "high" } }), [owners], { before: held })).toBe("out-of-scope");
    expect(asked(aFinding({ owner: {} }), [owners], { before: held })).toBe("held by A-0000000001");
    expect(asked(aFinding({ owner: { team: "default", confidence: "low" } }), [owners], { before: held })).toBe("held by A-0000000001");
    const tagged = aDecision(byTag);
    const byTags = heldBefore(aFinding(), tagged);
    expect(asked(aFinding(), [tagged], { before: byTags, tagsOf: () => ({ stage: "prod" }) })).toBe("out-of-scope");
    expect(asked(aFinding(), [tagged], { before: byTags, tagsOf: () => undefined })).toBe("held by A-0000000001");
  });
});

describe("a finding that was resolved while it was held, and comes back", () => {
  const back = (record: AckRecord, more: Partial<Finding> = {}, now = day(10)) =>
    asked(aFinding(more), [record], { before: { ...heldBefore(aFinding(), record), status: "RESOLVED" }, now });

  test("as it was accepted, is still accepted", () => {
    expect(back(aDecision())).toBe("held by A-0000000001");
  });

  test("with other evidence is not what was accepted, unless all its like were", () => {
    expect(back(aDecision(), { materialKey: "write" })).toBe("came-back");
    expect(back(aDecision(byResource), { materialKey: "write" })).toBe("came-back");
    expect(back(aDecision(byOwner), { materialKey: "write" })).toBe("held by A-0000000001");
  });

  test("after its fix is a relapse, and after the end of the decision it is there again", () => {
    expect(back(aDecision(undefined, { reason: "fix-scheduled" }))).toBe("came-back");
    expect(back(aDecision(), {}, day(40))).toBe("came-back");
  });
});

describe("of several decisions", () => {
  test("the narrowest holds, of two alike the newer one; what ended leaves the finding to the wider one", () => {
    const wide = aDecision(byOwner, { id: "A-WIDE" });
    const old = aDecision(undefined, { id: "A-OLD" });
    const fresh = aDecision(undefined, { id: "A-FRESH", at: day(3).toISOString() });
    expect(asked(aFinding(), [wide, old, fresh])).toBe("held by A-FRESH");
    expect(asked(aFinding(), [wide, { ...old, until: day(9).toISOString() }])).toBe("held by A-WIDE");
  });

  test("one about all of an owner's holds none that is graver than the one it was said of", () => {
    const wide = aDecision(byOwner, { severity: "MEDIUM" });
    expect(asked(aFinding({ id: "F-0000000002", severity: "HIGH" }), [wide])).toBeUndefined();
    expect(asked(aFinding({ id: "F-0000000002", severity: "MEDIUM" }), [wide])).toBe("held by A-0000000001");
  });
});

test("that it ends soon is said within its last week, and never of one that was made for a week", () => {
  const soon = (record: AckRecord, now: Date) => {
    const verdict = decide(aFinding(), undefined, new DecisionBook([record]), now);
    return verdict && "held" in verdict ? (verdict.held.endsSoon ?? false) : undefined;
  };
  expect(soon(aDecision(), new Date(day(25).getTime() - 1))).toBe(false);
  expect(soon(aDecision(), day(25))).toBe(true);
  expect(soon(aDecision(undefined, { until: day(9).toISOString() }), day(8))).toBe(false);
});
