import { describe, expect, test } from "vitest";
import type { Look } from "../shared/judge/answers.ts";
import type { Finding, StoredFinding } from "../shared/model/finding.ts";
import { markTold, pendingFor, toldNow } from "../shared/model/outbox.ts";
import { type Comparison, reconcile } from "../shared/reconcile.ts";

const now = new Date("2026-11-24T03:00:00Z");
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

function aFinding(more: Partial<Finding> = {}): Finding {
  return {
    id: "F-7Q2MX4TB9A",
    rule: "lambda/unused-function",
    severity: "LOW",
    confidence: "high",
    resource: {
      arn: "arn:aws:lambda:eu-west-1:111122223333:function:a",
      type: "AWS::Lambda::Function",
      name: "a",
      account: "111122223333",
      region: "eu-west-1",
    },
    title: "a was last invoked long ago",
    evidence: { quietDays: 100 },
    remediation: { text: "", commands: [] },
    owner: {},
    references: [],
    materialKey: "quiet",
    ...more,
  };
}

function run(found: Finding[], stored: StoredFinding[], more: Partial<Comparison> & { readonly sees?: Look } = {}) {
  return reconcile({
    found,
    stored,
    look: () => more.sees ?? "clear",
    isUsageBased: (rule) => rule === "lambda/unused-function",
    isBaseline: () => false,
    now,
    ...more,
  });
}

/** The finding as the store holds it after these scans. */
function storedAfter(...steps: [found: Finding[], more?: Parameters<typeof run>[2]][]): StoredFinding {
  let stored: StoredFinding[] = [];
  for (const [found, more] of steps) {
    const { writes } = run(found, stored, more);
    if (writes[0]) stored = [writes[0].finding];
  }
  return stored[0] as StoredFinding;
}

/** As after the channel `sns` accepted it. */
function told(finding: StoredFinding): StoredFinding {
  return markTold(finding, "sns", toldNow(finding, "M-1"));
}

/** What `sns` has to hear after the scan found this in a store that holds `stored`. */
function pendingOf(found: Finding[], stored: StoredFinding, more?: Parameters<typeof run>[2]) {
  const [write] = run(found, [stored], more).writes;
  return write && pendingFor(write.finding, "sns");
}

describe("reconcile", () => {
  test("opens; only CRITICAL and HIGH are urgent, and never in a baseline", () => {
    const opened = { transition: "opened", at: now.toISOString(), baseline: false, urgent: false };
    expect(pendingFor(storedAfter([[aFinding()]]), "sns")).toEqual(opened);
    expect(pendingFor(storedAfter([[aFinding({ severity: "HIGH" })]]), "sns")).toMatchObject({ urgent: true });
    const first = storedAfter([[aFinding({ severity: "CRITICAL" })], { isBaseline: () => true }]);
    expect(pendingFor(first, "sns")).toMatchObject({ urgent: false, baseline: true });
  });

  test("a change before the summary went out still belongs to the summary", () => {
    const first = storedAfter([[aFinding()], { isBaseline: () => true }]);
    const worse = { transition: "opened", baseline: true, urgent: false };
    expect(pendingOf([aFinding({ severity: "CRITICAL" })], first, { now: later(24) })).toMatchObject(worse);
  });

  test("numbers that move daily change nothing", () => {
    const stored = told(storedAfter([[aFinding()]]));
    const outcome = run([aFinding({ evidence: { quietDays: 101 }, title: "moved" })], [stored]);
    expect(outcome).toMatchObject({ writes: [], unchanged: 1 });
  });

  test("a worse severity is urgent, a milder one and another key are not", () => {
    const stored = told(storedAfter([[aFinding({ severity: "MEDIUM" })]]));
    expect(pendingOf([aFinding({ severity: "HIGH" })], stored)).toMatchObject({ transition: "changed", urgent: true });
    expect(pendingOf([aFinding({ severity: "LOW" })], stored)).toMatchObject({ transition: "changed", urgent: false });
    expect(run([aFinding({ severity: "MEDIUM", materialKey: "other" })], [stored])).toMatchObject({ changed: ["F-7Q2MX4TB9A"] });
  });

  test("changed before anybody heard of it, it is still told as opened", () => {
    const stored = storedAfter([[aFinding()]]);
    expect(pendingOf([aFinding({ severity: "HIGH" })], stored)).toMatchObject({ transition: "opened", urgent: true });
  });

  test("opened and resolved before anybody heard of it, nothing is told", () => {
    const stored = { ...storedAfter([[aFinding({ rule: "lambda/deprecated-runtime" })]]) };
    const [write] = run([], [stored]).writes;
    expect(write?.finding.status).toBe("RESOLVED");
    expect(write && pendingFor(write.finding, "sns")).toBeUndefined();
  });

  describe("comes back after a resolution that nobody was told", () => {
    const open = told(storedAfter([[aFinding({ rule: "lambda/deprecated-runtime" })]]));
    const gone = run([], [open], { now: later(24) }).writes[0]?.finding as StoredFinding;

    test("as it was: it is open and told, and there is nothing to hear", () => {
      expect(gone.status).toBe("RESOLVED");
      const again = aFinding({ rule: "lambda/deprecated-runtime" });
      const back = run([again], [gone], { now: later(48) });
      expect(back.reopened).toEqual([again.id]);
      expect(back.writes[0]?.finding).toMatchObject({
        status: "NOTIFIED",
        firstSeenAt: now.toISOString(),
        openedAt: later(48).toISOString(),
      });
      expect(pendingOf([again], gone, { now: later(48) })).toBeUndefined();
    });

    test("graver than it was: that it is graver is told at once, not that it is new", () => {
      const graver = aFinding({ rule: "lambda/deprecated-runtime", severity: "HIGH" });
      expect(run([graver], [gone]).writes[0]?.finding.status).toBe("NEW");
      expect(pendingOf([graver], gone, { now: later(48) })).toMatchObject({ transition: "changed", urgent: true });
    });
  });

  test("comes back after its resolution was told: reopened, and no longer of the baseline", () => {
    const first = storedAfter([[aFinding({ rule: "lambda/deprecated-runtime" })], { isBaseline: () => true }]);
    const gone = told(run([], [told(first)]).writes[0]?.finding as StoredFinding);
    const again = aFinding({ rule: "lambda/deprecated-runtime", severity: "HIGH" });
    expect(pendingOf([again], gone, { now: later(48) })).toMatchObject({ transition: "reopened", baseline: false, urgent: true });
  });

  test("back at what was told before the change was: nothing to hear", () => {
    const stored = told(storedAfter([[aFinding({ severity: "HIGH" })]]));
    const milder = run([aFinding({ severity: "LOW" })], [stored]).writes[0]?.finding as StoredFinding;
    expect(pendingOf([aFinding({ severity: "HIGH" })], milder)).toBeUndefined();
    expect(run([aFinding({ severity: "HIGH" })], [milder]).writes[0]?.finding.status).toBe("NOTIFIED");
  });

  test("unknown and outside looks carry a finding over as it is", () => {
    const stored = told(storedAfter([[aFinding()]]));
    expect(run([], [stored], { sees: "unknown" })).toMatchObject({ writes: [], unchanged: 1 });
    expect(run([], [stored], { sees: "outside" })).toMatchObject({ writes: [], unchanged: 1 });
  });

  test("two clear looks resolve a usage-based finding only 20 hours apart, and being seen in between starts the count anew", () => {
    const stored = told(storedAfter([[aFinding()]]));
    const first = run([], [stored]).writes[0]?.finding as StoredFinding;
    expect(first).toMatchObject({ status: "NOTIFIED", clearSince: now.toISOString() });
    expect(run([], [first], { now: later(19.9) }).writes).toEqual([]);
    expect(run([], [first], { now: later(20) })).toMatchObject({ resolved: ["F-7Q2MX4TB9A"] });
    const seen = run([aFinding()], [first], { now: later(10) }).writes[0]?.finding as StoredFinding;
    expect(seen.clearSince).toBeUndefined();
    expect(run([], [seen], { now: later(21) })).toMatchObject({ resolved: [] });
  });

  test("what only continues a finding neither opens nor reopens one", () => {
    const continuing = aFinding({ continuesOnly: true });
    expect(run([continuing], []).writes).toEqual([]);
    const resolved = { ...told(storedAfter([[aFinding()]])), status: "RESOLVED" as const };
    expect(run([continuing], [resolved]).writes).toEqual([]);
    expect(run([continuing], [told(storedAfter([[aFinding()]]))])).toMatchObject({ resolved: [], unchanged: 1 });
  });

  test("every write names the version it replaces", () => {
    const stored = told(storedAfter([[aFinding()]]));
    expect(run([aFinding({ severity: "HIGH" })], [stored]).writes[0]).toMatchObject({
      previousVersion: stored.version,
      finding: { version: stored.version + 1 },
    });
  });
});

describe("another owner of an open finding", () => {
  const ofTeam = (team?: string) => aFinding({ owner: team === undefined ? {} : { team } });

  test("is written down, with when, and is no change that anybody is told", () => {
    const stored = told(storedAfter([[ofTeam("core")]]));
    const { writes, changed, unchanged } = run([ofTeam("search")], [stored], { now: later(24) });
    expect(writes).toMatchObject([
      { finding: { owner: { team: "search" }, ownerSince: later(24).toISOString(), changedAt: now.toISOString() } },
    ]);
    expect({ changed, unchanged }).toEqual({ changed: [], unchanged: 1 });
    expect(pendingFor(writes[0]?.finding as StoredFinding, "sns")).toBeUndefined();
  });

  test("is told with what else changed, and stays known afterwards", () => {
    const moved = storedAfter([[ofTeam("core")]], [[ofTeam("search")], { now: later(24) }]);
    const { writes } = run([{ ...ofTeam("search"), severity: "HIGH" }], [moved], { now: later(48) });
    expect(writes[0]?.finding).toMatchObject({
      owner: { team: "search" },
      ownerSince: later(24).toISOString(),
      changedAt: later(48).toISOString(),
    });
  });

  test("is not believed where tags could not be read", () => {
    const stored = storedAfter([[ofTeam("core")]]);
    const unread = { isOwnerKnown: () => false, now: later(24) };
    expect(run([ofTeam()], [stored], unread).writes).toEqual([]);
    expect(run([{ ...ofTeam(), severity: "HIGH" }], [stored], unread).writes[0]?.finding.owner).toEqual({ team: "core" });
    expect(run([aFinding({ owner: { team: "search", confidence: "high" } })], [stored], unread).writes[0]?.finding.owner.team).toBe(
      "search",
    );
  });
});

describe("what would be milder while not everything could be read that makes it grave", () => {
  const grave = aFinding({ severity: "CRITICAL", materialKey: "open", title: "a is open to everybody" });
  const mild = aFinding({ severity: "HIGH", materialKey: "closed", title: "a is closed" });
  const unread = (days: number) => ({ isWeighed: () => false, now: later(24 * days) });

  test("stays as it was, is said by nobody, and loses nothing when all is read again", () => {
    const before = told(storedAfter([[grave]]));
    const { writes, changed } = run([mild], [before], unread(1));
    const held = { ...before, version: before.version + 1, milderSince: later(24).toISOString() };
    expect(writes.map(({ finding }) => finding)).toEqual([held]);
    expect(changed).toEqual([]);
    expect(run([mild], [held], unread(2)).writes).toEqual([]);
    const [back] = run([grave], [held], { now: later(72) }).writes;
    expect(back?.finding).toEqual({ ...before, version: held.version + 1 });
    expect(run([mild], [held], { now: later(72) })).toMatchObject({ changed: [grave.id] });
  });

  test("is believed after two weeks: what cannot be read for so long is how the account is", () => {
    const held = storedAfter([[grave]], [[mild], unread(1)]);
    expect(run([mild], [held], unread(14)).writes).toEqual([]);
    const [write] = run([mild], [held], unread(15)).writes;
    expect(write?.finding).toMatchObject({ severity: "HIGH", title: "a is closed" });
    expect(write?.finding).not.toHaveProperty("milderSince");
  });

  test("is believed at once where it is graver, or as grave in another way", () => {
    const before = storedAfter([[mild]]);
    expect(run([grave], [before], unread(1)).changed).toEqual([grave.id]);
    expect(run([{ ...mild, materialKey: "otherwise" }], [before], unread(1)).changed).toEqual([mild.id]);
  });
});
