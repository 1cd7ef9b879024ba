import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DeliveryError } from "../../shared/notify/channel.ts";
import { type DeliveryReport, deliver } from "../../shared/notify/deliver.ts";
import { DynamodbStore } from "../../shared/store/dynamodb-store.ts";
import type { FindingWrite } from "../../shared/store/store.ts";
import { account, aFinding, now, numbers } from "./a-finding.ts";
import { Mailbox, regions } from "./mailbox.ts";

let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await Mailbox.open();
});

afterAll(() => mailbox.close());

beforeEach(() => mailbox.reset());

const urgent = { pending: { urgent: true } } as const;

describe("when sending fails", () => {
  it("reports it, keeps that outbox, and still sends the others", async () => {
    await mailbox.given(aFinding(1, urgent), aFinding(2, urgent), aFinding(3, urgent));
    const report = await mailbox.run(
      mailbox.channelAfter(async (number) => {
        if (number === 2) throw new Error("the network is down");
      }),
    );
    expect(report.failed).toMatchObject([{ kind: "opened", findings: 1, error: "the network is down" }]);
    expect(report.sent).toHaveLength(2);
    expect(mailbox.arrived()).toEqual(["F-0000000001", "F-0000000003"]);
    expect(await mailbox.stored("F-0000000002")).toMatchObject({ version: 1, status: "NEW" });
    await mailbox.run();
    expect(mailbox.arrived()).toEqual(["F-0000000001", "F-0000000003", "F-0000000002"]);
  });

  it("stops at a topic that takes nothing, writes nothing but that it fails, and does not throw", async () => {
    await mailbox.given(aFinding(1, urgent), aFinding(2, urgent), aFinding(3, { severity: "LOW" }));
    const report = await mailbox.run(mailbox.channel("gone"));
    expect(report.sent).toEqual([]);
    expect(report.failed).toMatchObject([{ error: expect.stringContaining("the topic does not exist") }]);
    expect(report.notTried.map((line) => line.kind)).toEqual(["opened", "digest"]);
    expect((await mailbox.store.findings(account, regions)).every((finding) => finding.version === 1)).toBe(true);
    const { channels } = await mailbox.store.state(account);
    expect(channels).toEqual({
      sns: {
        since: "",
        singlesSentAt: [],
        failingSince: now.toISOString(),
        lastError: expect.stringContaining("the topic does not exist"),
      },
    });
  });

  it("is stopped by a permanent error in the middle, and goes on from there the next time", async () => {
    await mailbox.given(...numbers(5).map((number) => aFinding(number, urgent)));
    const report = await mailbox.run(
      mailbox.channelAfter(async (number) => {
        if (number > 2) throw new DeliveryError("refused", true);
      }),
    );
    expect([report.sent.length, report.failed.length, report.notTried.length]).toEqual([2, 1, 2]);
    await mailbox.run();
    expect(mailbox.arrived()).toEqual(numbers(5).map((number) => aFinding(number).id));
  });
});

describe("when the run is killed", () => {
  it("between two messages, the next run sends the rest and nothing twice", async () => {
    await mailbox.given(...numbers(4).map((number) => aFinding(number, urgent)), aFinding(5, { severity: "LOW" }));
    let killed = () => {};
    const kill = new Promise<void>((resolve) => {
      killed = resolve;
    });
    const dying = mailbox.channelAfter(async (number) => {
      if (number <= 2) return;
      killed();
      await new Promise(() => {});
    });
    await Promise.race([mailbox.run(dying), kill]);
    expect(mailbox.arrived()).toHaveLength(2);
    await mailbox.run();
    expect(mailbox.arrived()).toEqual(numbers(5).map((number) => aFinding(number).id));
  });

  it("between sending and writing, repeats that one message and loses none", async () => {
    await mailbox.given(aFinding(1, urgent), aFinding(2, urgent));
    class DyingStore extends DynamodbStore {
      override saveFindings(): Promise<FindingWrite[]> {
        return Promise.reject(new Error("killed"));
      }
    }
    await expect(mailbox.run(undefined, now, new DyingStore(mailbox.local.client, mailbox.table))).rejects.toThrow(
      /was sent, but the store .* may be sent again: killed/,
    );
    await mailbox.run();
    expect(mailbox.arrived()).toEqual(["F-0000000001", "F-0000000001", "F-0000000002"]);
  });

  it("while a list is being written, writes the rest of it and repeats nothing", async () => {
    await mailbox.given(...numbers(6).map((number) => aFinding(number, { pending: { baseline: true } })));
    class DyingStore extends DynamodbStore {
      override async saveFindings(writes: readonly FindingWrite[]): Promise<FindingWrite[]> {
        await super.saveFindings(writes.slice(0, 4));
        throw new Error("killed");
      }
    }
    await expect(mailbox.run(undefined, now, new DyingStore(mailbox.local.client, mailbox.table))).rejects.toThrow("killed");
    expect(await mailbox.run()).toMatchObject({ sent: [], failed: [] });
    expect(mailbox.arrived()).toHaveLength(1);
    expect((await mailbox.store.findings(account, regions)).map(({ status }) => status)).toEqual(numbers(6).map(() => "NOTIFIED"));
  });
});

describe("when somebody else writes at the same time", () => {
  it("empties the outbox of the finding as it is now", async () => {
    await mailbox.given(aFinding(1, urgent));
    const report = await mailbox.run(
      mailbox.channelAfter(() => mailbox.writeElsewhere("F-0000000001", { clearSince: "2026-11-24T05:59:00.000Z" })),
    );
    expect(report.notCleared).toEqual([]);
    const finding = await mailbox.stored("F-0000000001");
    expect(finding).toMatchObject({ version: 3, status: "NOTIFIED", clearSince: "2026-11-24T05:59:00.000Z" });
    expect(finding?.told?.sns).toMatchObject({ status: "open" });
    expect((await mailbox.run()).sent).toEqual([]);
  });

  it("keeps a newer transition pending: it has not been told", async () => {
    await mailbox.given(aFinding(1, urgent));
    await mailbox.run(mailbox.channelAfter(() => mailbox.writeElsewhere("F-0000000001", { status: "RESOLVED" })));
    expect(await mailbox.stored("F-0000000001")).toMatchObject({ version: 3, status: "RESOLVED", told: { sns: { status: "open" } } });
    expect((await mailbox.run()).sent).toMatchObject([{ kind: "digest", findings: 1 }]);
  });

  it("keeps a second change of the same kind pending", async () => {
    await mailbox.given(aFinding(1, { pending: { urgent: true, transition: "changed" } }));
    await mailbox.run(mailbox.channelAfter(() => mailbox.writeElsewhere("F-0000000001", { severity: "CRITICAL" })));
    expect(await mailbox.stored("F-0000000001")).toMatchObject({ version: 3, told: { sns: { severity: "HIGH" } } });
    expect((await mailbox.run()).sent).toMatchObject([{ kind: "changed", findings: 1 }]);
  });

  it("leaves findings that another run has cleared already", async () => {
    await mailbox.given(aFinding(1, urgent), aFinding(2, { pending: { baseline: true } }));
    await mailbox.run(mailbox.channelAfter((number) => (number === 1 ? mailbox.run().then(() => {}) : Promise.resolve())));
    expect(await mailbox.stored("F-0000000001")).toMatchObject({ version: 2, status: "NOTIFIED" });
    expect(await mailbox.stored("F-0000000002")).toMatchObject({ version: 2, status: "NOTIFIED" });
  });

  it("leaves a list that another run is in the middle of to that run", async () => {
    await mailbox.given(...numbers(3).map((number) => aFinding(number, { pending: { baseline: true } })), aFinding(4, urgent));
    const sweep = () =>
      deliver({ store: mailbox.store, channels: [mailbox.channel()], account, regions, now, choose: ({ pending }) => pending.baseline });
    const during: DeliveryReport[] = [];
    await mailbox.run(
      mailbox.channelAfter(async (number) => {
        if (number === 2) during.push(await sweep());
      }),
    );
    expect(during).toMatchObject([{ sent: [], failed: [] }]);
    expect(mailbox.arrived()).toEqual(["F-0000000004", "F-0000000001 F-0000000002 F-0000000003"]);
    expect((await mailbox.store.state(account)).channels.sns).not.toHaveProperty("receipt");
  });

  it("gives up after a second conflict and says which finding may be sent again", async () => {
    await mailbox.given(aFinding(1, urgent), aFinding(2, urgent));
    class BusyStore extends DynamodbStore {
      override async saveFindings(writes: readonly FindingWrite[]): Promise<FindingWrite[]> {
        if (writes.some((write) => write.finding.id === "F-0000000001")) await mailbox.writeElsewhere("F-0000000001");
        return super.saveFindings(writes);
      }
    }
    const report = await mailbox.run(undefined, now, new BusyStore(mailbox.local.client, mailbox.table));
    expect(report.notCleared).toEqual(["F-0000000001"]);
    expect(report.sent).toHaveLength(2);
    expect((await mailbox.stored("F-0000000001"))?.told).toBeUndefined();
  });

  it("adds its times to the state that the other wrote", async () => {
    await mailbox.given(aFinding(1, urgent));
    const baselines = { "eu-west-1|lambda/timing-out": "2026-11-24T05:00:00.000Z" };
    await mailbox.run(
      mailbox.channelAfter(async () => {
        await mailbox.store.saveState(account, { ...(await mailbox.store.state(account)), baselines });
      }),
    );
    const channels = { sns: { since: "", singlesSentAt: [now.toISOString()], lastDeliveredAt: now.toISOString() } };
    expect(await mailbox.store.state(account)).toEqual({ baselines, channels, version: 3 });
  });
});
