import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deliver } from "../../shared/notify/deliver.ts";
import { account, aFinding, now, numbers } from "./a-finding.ts";
import { Mailbox, regions } from "./mailbox.ts";

let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await Mailbox.open();
});

afterAll(() => mailbox.close());

beforeEach(() => mailbox.reset());

const urgent = { pending: { urgent: true } } as const;

describe("delivering what is pending", () => {
  it("sends it, empties the outboxes, remembers when, and has nothing to say the second time", async () => {
    await mailbox.given(aFinding(1, urgent), aFinding(2, { pending: { baseline: true } }), aFinding(3, { severity: "LOW" }));
    const report = await mailbox.run();
    expect(report).toMatchObject({ failed: [], notTried: [], waiting: 0, notCleared: [] });
    expect(report.sent.map((line) => [line.kind, line.findings])).toEqual([
      ["opened", 1],
      ["summary", 1],
      ["digest", 1],
    ]);
    expect(mailbox.arrived()).toEqual(["F-0000000001", "F-0000000002", "F-0000000003"]);
    const after = await mailbox.store.findings(account, regions);
    expect(after.map(({ status, told, version }) => ({ status, told, version }))).toEqual(
      after.map(() => ({ status: "NOTIFIED", told: { sns: expect.objectContaining({ status: "open", version: 1 }) }, version: 2 })),
    );
    const state = await mailbox.store.state(account);
    expect(state.channels.sns).toMatchObject({ lastDigestAt: now.toISOString(), singlesSentAt: [now.toISOString()] });
    expect(await mailbox.run()).toMatchObject({ sent: [], failed: [] });
    expect(await mailbox.store.findings(account, regions)).toEqual(after);
    expect(await mailbox.store.state(account)).toEqual(state);
  });

  it("tells of a resolved finding in the digest and leaves it resolved", async () => {
    await mailbox.given(aFinding(1, { status: "RESOLVED", resolvedAt: "2026-11-24T03:00:00.000Z", pending: { transition: "resolved" } }));
    expect((await mailbox.run()).sent).toMatchObject([
      { kind: "digest", subject: "[RESOLVED] Daily digest of what nobody owns, account 111122223333: 1 resolved" },
    ]);
    expect(await mailbox.stored("F-0000000001")).toMatchObject({ status: "RESOLVED", told: { sns: { status: "resolved" } } });
    expect((await mailbox.run()).sent).toEqual([]);
  });

  it("keeps quiet findings for the next digest", async () => {
    await mailbox.given(aFinding(1, { severity: "LOW" }));
    await mailbox.run();
    await mailbox.given(aFinding(2, { severity: "LOW" }));
    expect(await mailbox.run(undefined, new Date("2026-11-24T20:00:00Z"))).toMatchObject({ sent: [], waiting: 1 });
    expect((await mailbox.run(undefined, new Date("2026-11-25T02:00:00Z"))).sent).toMatchObject([{ kind: "digest", findings: 1 }]);
  });

  it("counts single messages over scans: 10 an hour, the rest together", async () => {
    await mailbox.given(...numbers(8).map((number) => aFinding(number, urgent)));
    await mailbox.run();
    await mailbox.given(...numbers(5).map((number) => aFinding(number + 20, urgent)));
    expect((await mailbox.run(undefined, new Date("2026-11-24T06:30:00Z"))).sent.map((line) => line.findings)).toEqual([1, 1, 3]);
    await mailbox.given(aFinding(40, urgent));
    expect((await mailbox.run(undefined, new Date("2026-11-24T07:01:00Z"))).sent).toMatchObject([{ kind: "opened", findings: 1 }]);
    expect((await mailbox.store.state(account)).channels.sns?.singlesSentAt).toHaveLength(3);
  });

  it("does not touch Regions it was not asked about", async () => {
    const elsewhere = aFinding(1, urgent);
    await mailbox.given({ ...elsewhere, resource: { ...elsewhere.resource, region: "us-east-1" } });
    expect((await mailbox.run()).sent).toEqual([]);
    expect(
      (await deliver({ store: mailbox.store, channels: [mailbox.channel()], account, regions: ["us-east-1"], now })).sent,
    ).toHaveLength(1);
  });
});
