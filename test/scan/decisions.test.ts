import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newDecision } from "../../shared/decisions/new-decision.ts";
import type { AckReason } from "../../shared/model/ack-words.ts";
import type { AckScope } from "../../shared/model/acknowledgement.ts";
import { dayOf } from "../../shared/model/day.ts";
import type { StoredFinding } from "../../shared/model/finding.ts";
import { materialDigest } from "../../shared/model/outbox.ts";
import type { Message } from "../../shared/notify/channel.ts";
import { acknowledge, withdraw } from "../../shared/scan/acknowledge.ts";
import { DynamodbStore } from "../../shared/store/dynamodb-store.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { aChannel } from "../notify/a-channel.ts";
import { denying, StubAccount, type StubFunction } from "../stub-account.ts";

const account = "111122223333";
const regions = ["eu-west-1", "us-east-1"];
const rule = "lambda/unused-function";
const start = new Date("2026-11-24T03:00:00Z");
const day = (n: number) => new Date(start.getTime() + n * 24 * 3_600_000);
const quiet = (name: string, days = 100): StubFunction => ({ name, use: [{ day: dayOf(start) - days, samples: 20, maxMs: 12_000 }] });

/** It was started once more, two days ago. */
const inUse: StubFunction = { name: "quiet", use: [...(quiet("quiet").use ?? []), { day: dayOf(start) + 1, samples: 20, maxMs: 12_000 }] };

let stub: StubAccount;
let dog: TestWatchdog;
let inbox: Message[];

beforeEach(async () => {
  inbox = [];
  stub = new StubAccount({ now: start, regions, functions: [quiet("quiet")] });
  dog = await aWatchdog(stub, { channels: [aChannel("test", inbox)] });
});
afterEach(() => dog.close());

function scanAt(at: Date, functions?: StubFunction[]) {
  stub.data.now = at;
  if (functions) stub.data.functions = functions;
  return dog.scan();
}

async function stored(name: string): Promise<StoredFinding> {
  const findings = await dog.store.findings(account, [...regions, "global"]);
  const found = findings.find((finding) => finding.resource.name === name && finding.rule === rule);
  if (!found) throw new Error(`no finding about ${name}`);
  return found;
}

interface Said {
  readonly days?: number;
  readonly reason?: AckReason;
  readonly scope?: AckScope;
}

async function decisionAbout(name: string, now: Date, { days = 30, reason = "accepted-risk", scope }: Said = {}) {
  const { id, severity, materialKey } = await stored(name);
  const wanted = {
    scope: scope ?? ({ kind: "finding", finding: id } as const),
    reason,
    comment: "kept for the auditors",
    until: new Date(now.getTime() + days * 24 * 3_600_000).toISOString(),
    alsoUntil: "worse" as const,
    by: `arn:aws:iam::${account}:user/ada`,
    finding: { id, severity, evidenceDigest: materialDigest(materialKey) },
  };
  return newDecision(wanted, await dog.store.decisions.all(account), now);
}

const place = (now: Date, store = dog.store) => ({ store, account, regions, resources: [], now });

async function accept(name: string, now: Date, said: Said = {}) {
  return acknowledge(place(now), await decisionAbout(name, now, said));
}

/** What arrived of this rule since the last look, a line per message. */
function heard(): string[] {
  return inbox.splice(0).flatMap(({ kind, findings }) => {
    const told = findings.filter((one) => one.rule === rule).map((one) => `${one.pending.transition} ${one.resource.name}`);
    return told.length > 0 ? [`${kind}: ${told.join(", ")}`] : [];
  });
}

describe("an accepted finding", () => {
  test("counts apart, is never told, is warned of once, and is told once when its time is up", async () => {
    await scanAt(start);
    heard();
    expect((await accept("quiet", day(1))).held).toHaveLength(1);
    const scanned = await scanAt(day(1));
    expect(scanned).toMatchObject({ suppressed: 1, openBySeverity: { LOW: 0, MEDIUM: 0 }, changes: { changed: 0, unchanged: 1 } });
    expect(scanned.document.findings).toMatchObject([{ status: "SUPPRESSED", acknowledged: { reason: "accepted-risk" } }]);
    for (let n = 2; n < 24; n += 7) await scanAt(day(n));
    expect(heard()).toEqual([]);
    for (let n = 24; n < 31; n += 1) await scanAt(day(n));
    expect(heard()).toEqual(["digest: expiring quiet"]);
    // to the moment
    await scanAt(day(31));
    expect(heard()).toEqual(["digest: reopened quiet"]);
    expect(await stored("quiet")).toMatchObject({ status: "NOTIFIED", released: { why: "expired" } });
    await scanAt(day(32));
    expect(heard()).toEqual([]);
    const [record] = await dog.store.decisions.all(account);
    expect(record?.events.map(({ kind }) => kind)).toEqual(["held", "expired"]);
  });

  test("is counted in the digests about others", async () => {
    await scanAt(start);
    await accept("quiet", day(1));
    heard();
    await scanAt(day(2), [quiet("quiet"), quiet("second")]);
    expect(inbox[0]?.text).toMatch(/owner; 1 finding accepted for now\./);
  });

  test("says in the digest why it is open again", async () => {
    await scanAt(start);
    await accept("quiet", day(1), { days: 5 });
    heard();
    await scanAt(day(6));
    expect(inbox[0]?.text).toMatch(/open again, its time is up: /);
  });

  test("that goes is resolved without a word, and is still accepted when it comes back as it was", async () => {
    await scanAt(start);
    await accept("quiet", day(1), { days: 300 });
    heard();
    await scanAt(day(2), [inUse]);
    await scanAt(day(4));
    expect(await stored("quiet")).toMatchObject({ status: "RESOLVED", acknowledged: { reason: "accepted-risk" } });
    await scanAt(day(200));
    expect(await stored("quiet")).toMatchObject({ status: "SUPPRESSED" });
    expect(heard()).toEqual([]);
    const [record] = await dog.store.decisions.all(account);
    expect(record?.events.map(({ kind }) => kind)).toEqual(["held", "resolved", "held"]);
  });

  test("whose fix was scheduled is told when it comes back after it", async () => {
    await scanAt(start);
    await accept("quiet", day(1), { days: 300, reason: "fix-scheduled" });
    heard();
    await scanAt(day(2), [inUse]);
    await scanAt(day(4));
    await scanAt(day(200));
    expect(heard()).toEqual(["digest: reopened quiet"]);
    expect(await stored("quiet")).toMatchObject({ status: "NOTIFIED", released: { why: "came-back" } });
  });

  test("is told again when the decision is taken back", async () => {
    await scanAt(start);
    await accept("quiet", day(1));
    await scanAt(day(1));
    heard();
    const [record] = await dog.store.decisions.all(account);
    if (!record) throw new Error("nothing decided");
    expect((await withdraw(place(day(2)), record, "eve", "too early")).released).toHaveLength(1);
    await scanAt(day(2));
    await scanAt(day(3));
    expect(heard()).toEqual(["digest: reopened quiet"]);
    expect((await stored("quiet")).released).toMatchObject({ why: "withdrawn", by: "eve" });
  });

  test("stays as it is where a scan cannot look, but for the end of the decision", async () => {
    await scanAt(start);
    await accept("quiet", day(1), { days: 5 });
    heard();
    stub.fault = denying(/ListFunctions/);
    await scanAt(day(3));
    expect(await stored("quiet")).toMatchObject({ status: "SUPPRESSED" });
    await scanAt(day(7));
    expect(await stored("quiet")).toMatchObject({ status: "NOTIFIED", released: { why: "expired" } });
  });
});

test("all of an owner's findings of a rule: what opens later is born accepted, and nobody is told one by one", async () => {
  await scanAt(start);
  await accept("quiet", day(1), { scope: { kind: "rule+owner", rule, team: "" } });
  heard();
  const result = await scanAt(day(2), [quiet("quiet"), quiet("second"), quiet("third")]);
  expect(result).toMatchObject({ suppressed: 3, changes: { opened: 0, suppressed: 2 } });
  expect(heard()).toEqual([]);
  expect(await stored("second")).toMatchObject({ status: "SUPPRESSED", acknowledged: { scope: "rule+owner" } });
  await scanAt(day(31));
  expect(heard()).toEqual(["digest: opened second, reopened quiet, opened third"]);
});

describe("decided while a scan runs", () => {
  /** A store that lets `meanwhile` happen before the scan writes its findings. */
  class SlowStore extends DynamodbStore {
    meanwhile: (() => Promise<unknown>) | undefined;
    override async saveFindings(writes: Parameters<DynamodbStore["saveFindings"]>[0]) {
      const first = this.meanwhile;
      this.meanwhile = undefined;
      await first?.();
      return super.saveFindings(writes);
    }
  }

  async function scanWhile(at: Date, meanwhile: () => Promise<unknown>, functions?: StubFunction[]) {
    const slow = Object.setPrototypeOf(dog.store, SlowStore.prototype) as SlowStore;
    slow.meanwhile = meanwhile;
    return scanAt(at, functions);
  }

  test("what the scan does does not undo it", async () => {
    await scanAt(start);
    heard();
    // the scan resolves it by its second look, and meets somebody who just accepted it
    await scanAt(day(1), []);
    await scanWhile(day(2), () => accept("quiet", day(2)), []);
    expect(await stored("quiet")).toMatchObject({ status: "SUPPRESSED" });
    expect(heard()).toEqual([]);
    // the next one may resolve it, without a word
    await scanAt(day(3), []);
    expect(await stored("quiet")).toMatchObject({ status: "RESOLVED" });
    expect(heard()).toEqual([]);
  });

  test("a finding that the scan opens at that moment is not told", async () => {
    await scanAt(start);
    heard();
    const all = { scope: { kind: "rule+owner", rule, team: "" } } as const;
    await scanWhile(day(2), () => accept("quiet", day(2), all), [quiet("quiet"), quiet("second")]);
    expect(await stored("second")).toMatchObject({ status: "SUPPRESSED" });
    expect(heard()).toEqual([]);
  });

  test("taken back, the finding is open although the scan still took it for accepted", async () => {
    await scanAt(start);
    await accept("quiet", day(1));
    heard();
    const all = async () => {
      const [record] = await dog.store.decisions.all(account);
      if (record) await withdraw(place(day(25)), record, "eve");
    };
    // on that day the scan writes that it ends soon
    await scanWhile(day(25), all);
    expect(await stored("quiet")).toMatchObject({ released: { why: "withdrawn" } });
    expect(heard()).toEqual(["digest: reopened quiet"]);
  });
});

describe("two at once, and one that dies", () => {
  test("the same said twice is one decision", async () => {
    await scanAt(start);
    const decision = await decisionAbout("quiet", day(1));
    await Promise.all([acknowledge(place(day(1)), decision), acknowledge(place(day(1)), decision)]);
    const records = await dog.store.decisions.all(account);
    expect(records).toHaveLength(1);
    expect(await stored("quiet")).toMatchObject({ status: "SUPPRESSED", acknowledged: { ack: decision.id } });
  });

  test("two different ones: the last one counts, and its end ends it", async () => {
    await scanAt(start);
    const [first, second] = [await decisionAbout("quiet", day(1)), await decisionAbout("quiet", day(2), { days: 3 })];
    await Promise.all([acknowledge(place(day(2)), first), acknowledge(place(day(2)), second)]);
    await scanAt(day(3));
    expect(await stored("quiet")).toMatchObject({ status: "SUPPRESSED", acknowledged: { ack: second.id } });
    await scanAt(day(6));
    expect(await stored("quiet")).toMatchObject({ status: "NOTIFIED", released: { ack: second.id, why: "expired" } });
  });

  test("killed after the decision was written and before the finding was: the next scan goes on", async () => {
    await scanAt(start);
    heard();
    await dog.store.decisions.save(account, await decisionAbout("quiet", day(1)));
    expect(await scanAt(day(2))).toMatchObject({ suppressed: 1, changes: { suppressed: 1 } });
    expect(heard()).toEqual([]);
  });
});
