import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Channel, DeliveryError, defaultLimits, type Message, type Remembered } from "../../shared/notify/channel.ts";
import { deliver } from "../../shared/notify/deliver.ts";
import { aChannel } from "./a-channel.ts";
import { account, aFinding, now, numbers } from "./a-finding.ts";
import { Mailbox, regions } from "./mailbox.ts";

let mailbox: Mailbox;
let inbox: Message[];

beforeAll(async () => {
  mailbox = await Mailbox.open();
});
afterAll(() => mailbox.close());
beforeEach(async () => {
  inbox = [];
  await mailbox.reset();
});

const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const urgent = { pending: { urgent: true } } as const;

function run(channels: readonly Channel[], at = now) {
  return deliver({ store: mailbox.store, channels, account, regions, now: at });
}

const down = aChannel("chat", [], () => Promise.reject(new Error("the webhook is gone")));

describe("two channels", () => {
  it("each get everything once, and a finding is told when one of them has it", async () => {
    await mailbox.given(aFinding(1, urgent), aFinding(2, { pending: { baseline: true } }), aFinding(3, { severity: "LOW" }));
    const report = await run([mailbox.channel(), aChannel("chat", inbox)]);
    expect(report.sent.map(({ channel, kind }) => `${channel} ${kind}`)).toEqual(
      ["sns", "chat"].flatMap((name) => [`${name} opened`, `${name} summary`, `${name} digest`]),
    );
    expect(mailbox.arrived()).toEqual(inbox.flatMap(({ findingIds }) => findingIds));
    expect((await run([mailbox.channel(), aChannel("chat", inbox)])).sent).toEqual([]);
  });

  it("do not wait for each other: the one that works hears of the end while the other is down", async () => {
    await mailbox.given(aFinding(1, urgent));
    await run([down, mailbox.channel()]);
    expect(await mailbox.stored("F-0000000001")).toMatchObject({ status: "NOTIFIED" });
    await mailbox.writeElsewhere("F-0000000001", { status: "RESOLVED" });
    expect((await run([down, mailbox.channel()], hours(24))).sent).toMatchObject([{ channel: "sns", kind: "digest", findings: 1 }]);
    // opened and resolved while it was down: nothing to hear
    expect(await run([aChannel("chat", inbox), mailbox.channel()], hours(48))).toMatchObject({ sent: [], failed: [] });
  });

  it("the one that was down hears later what the other heard, once", async () => {
    await mailbox.given(...numbers(3).map((number) => aFinding(number, urgent)));
    const first = await run([down, mailbox.channel()]);
    expect(first.failed.map(({ channel }) => channel)).toEqual(["chat", "chat", "chat"]);
    expect(first.sent.map(({ channel }) => channel)).toEqual(["sns", "sns", "sns"]);
    const chat = aChannel("chat", inbox);
    expect((await run([chat, mailbox.channel()], hours(24))).sent.map(({ channel }) => channel)).toEqual(["chat", "chat", "chat"]);
    expect((await run([chat, mailbox.channel()], hours(48))).sent).toEqual([]);
    expect(mailbox.arrived()).toHaveLength(3);
  });

  it("have a digest clock and an hourly limit each", async () => {
    await mailbox.given(aFinding(1, { severity: "LOW" }), ...numbers(12).map((number) => aFinding(number + 10, urgent)));
    await run([mailbox.channel()]);
    const chat = aChannel("chat", inbox);
    const report = await run([mailbox.channel(), { ...chat, limits: { ...defaultLimits, singlesPerHour: 2 } }], hours(0.5));
    expect(report.sent.map(({ channel, kind, findings }) => `${channel} ${kind} ${findings}`)).toEqual([
      "chat opened 1",
      "chat opened 1",
      "chat opened 10",
      "chat digest 1",
    ]);
    await mailbox.given(aFinding(2, { severity: "LOW" }));
    expect((await run([mailbox.channel(), chat], hours(20))).sent.map(({ channel }) => channel)).toEqual(["sns"]);
    expect((await run([mailbox.channel(), chat], hours(21))).sent.map(({ channel }) => channel)).toEqual(["chat"]);
  });

  it("are two topics, each with its own past", async () => {
    await mailbox.given(aFinding(1, urgent));
    const gone = mailbox.channel("gone", "pager");
    expect(await run([gone, mailbox.channel()])).toMatchObject({
      failed: [{ channel: "pager", error: expect.stringContaining("the topic does not exist") }],
      sent: [{ channel: "sns" }],
    });
    expect((await run([mailbox.channel("watchdog", "pager"), mailbox.channel()])).sent).toMatchObject([{ channel: "pager" }]);
    expect(mailbox.arrived()).toEqual(["F-0000000001", "F-0000000001"]);
  });
});

describe("a channel that says what it took", () => {
  it("is asked again for what it did not take, and handed back what it wanted remembered", async () => {
    await mailbox.given(...numbers(3).map((number) => aFinding(number, { pending: { baseline: true }, team: "core" })));
    const handed: (readonly Remembered[])[] = [];
    const tickets = (takes: number): Channel => ({
      name: "tickets",
      limits: defaultLimits,
      async send({ findings }, remembered) {
        handed.push(remembered);
        const accepted = findings.slice(0, takes).map(({ id }) => id);
        return { accepted, remember: Object.fromEntries(accepted.map((id) => [id, `SEC-${Number(id.slice(2))}`])) };
      },
    });
    const report = await run([tickets(2)]);
    expect(report.sent).toMatchObject([{ channel: "tickets", findings: 2 }]);
    expect(report.failed).toMatchObject([{ channel: "tickets", findings: 1, error: expect.stringContaining("not these 1") }]);
    expect((await run([tickets(2)])).sent).toMatchObject([{ findings: 1 }]);
    await mailbox.writeElsewhere("F-0000000001", { status: "RESOLVED" });
    await run([tickets(2)], hours(24));
    expect(handed.map((remembered) => remembered.map(({ memory }) => memory).toSorted())).toEqual([
      [],
      ["SEC-1", "SEC-2"],
      ["SEC-1", "SEC-2", "SEC-3"],
    ]);
    const common = { rule: "lambda/timeout-too-tight", team: "core" };
    expect(handed.at(-1)).toContainEqual({ findingId: "F-0000000001", ...common, status: "resolved", memory: "SEC-1" });
    expect(handed.at(-1)).toContainEqual({ findingId: "F-0000000002", ...common, status: "open", memory: "SEC-2" });
  });

  it("that took nothing has heard nothing, and its clock stands", async () => {
    await mailbox.given(aFinding(1, { severity: "LOW" }), aFinding(2, { severity: "LOW" }));
    const none = { ...aChannel("chat"), send: async () => ({ accepted: [] }) };
    expect(await run([none])).toMatchObject({
      sent: [],
      failed: [{ channel: "chat", findings: 2, error: expect.stringContaining("none of it") }],
    });
    expect((await mailbox.store.state(account)).channels.chat).toEqual({
      since: "",
      singlesSentAt: [],
      failingSince: now.toISOString(),
      lastError: "the channel took none of it; the next scan tries again",
    });
    expect((await run([aChannel("chat", inbox)])).sent).toMatchObject([{ kind: "digest", findings: 2 }]);
  });

  it("wants more remembered than there is room for: the message counts, the memory is said to be lost", async () => {
    await mailbox.given(aFinding(1, urgent));
    const chatty = {
      ...aChannel("chat"),
      send: async () => ({ accepted: ["F-0000000001"], remember: { "F-0000000001": "x".repeat(501) } }),
    };
    expect(await run([chatty])).toMatchObject({
      sent: [{ findings: 1 }],
      failed: [{ findings: 0, error: expect.stringContaining("not kept") }],
    });
    expect((await run([chatty])).sent).toEqual([]);
    expect((await mailbox.stored("F-0000000001"))?.told?.chat).not.toHaveProperty("memory");
  });
});

describe("a channel that does not answer", () => {
  it("counts as down until the next scan, and keeps nobody waiting", async () => {
    await mailbox.given(aFinding(1, urgent), aFinding(2, urgent));
    const silent = { ...aChannel("chat"), limits: { ...defaultLimits, sendSeconds: 0.05 }, send: () => new Promise<never>(() => {}) };
    const report = await run([silent, mailbox.channel()]);
    expect(report.failed).toMatchObject([{ channel: "chat", error: expect.stringContaining("did not answer within 0.05 s") }]);
    expect(report.notTried).toMatchObject([{ channel: "chat" }]);
    expect(report.sent.map(({ channel }) => channel)).toEqual(["sns", "sns"]);
  });

  it("may have taken a list: the same is sent again under its id, and what is new beside it", async () => {
    await mailbox.given(aFinding(1, { pending: { baseline: true } }), aFinding(2, { pending: { baseline: true } }));
    const tried: Message[] = [];
    const limits = { ...defaultLimits, sendSeconds: 0.05 };
    await run([{ name: "chat", limits, send: (message) => new Promise<never>(() => tried.push(message)) }]);
    await mailbox.given(aFinding(3, { pending: { baseline: true } }));
    await run([aChannel("chat", inbox)], hours(24));
    expect(inbox.map(({ findingIds }) => findingIds.length)).toEqual([2, 1]);
    expect(inbox[0]?.id).toBe(tried[0]?.id);
    expect((await run([aChannel("chat", inbox)], hours(48))).sent).toEqual([]);
  });

  it("and one that refuses for good, stop only themselves", async () => {
    await mailbox.given(aFinding(1, urgent), aFinding(2, urgent));
    const refusing = aChannel("chat", [], () => Promise.reject(new DeliveryError("refused", true)));
    expect(await run([refusing, mailbox.channel()])).toMatchObject({ failed: [{}], notTried: [{}], sent: [{}, {}] });
  });
});
