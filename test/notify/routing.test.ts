import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import type { Route } from "../../shared/model/route.ts";
import type { Channel, Message } from "../../shared/notify/channel.ts";
import { introduce } from "../../shared/notify/channel-list.ts";
import { deliver } from "../../shared/notify/deliver.ts";
import { matches, routesTo, takes } from "../../shared/notify/routing.ts";
import { aChannel } from "./a-channel.ts";
import { account, aFinding, now } from "./a-finding.ts";
import { Mailbox, regions } from "./mailbox.ts";

describe("a route matches", () => {
  const finding = aFinding(1, { rule: "lambda/timeout-too-tight", severity: "HIGH", team: "payments" });
  test.each<[string, Omit<Route, "channels">, boolean]>([
    ["everything, when it says nothing", {}, true],
    ["its team", { teams: ["core", "payments"] }, true],
    ["not another team", { teams: ["payment"] }, false],
    ["teams by a glob", { teams: ["pay*"] }, true],
    ["its env", { env: ["prod"] }, true],
    ["not another env", { env: ["dev"] }, false],
    ["its rule", { rules: ["lambda/timeout-too-tight"] }, true],
    ["rules by a glob", { rules: ["lambda/*"] }, true],
    ["not a beginning without a glob", { rules: ["lambda/"] }, false],
    ["a dot as a dot", { rules: ["lambda.timeout-too-tight"] }, false],
    ["its severity", { minSeverity: "HIGH" }, true],
    ["milder ones asked for", { minSeverity: "LOW" }, true],
    ["not when graver is asked for", { minSeverity: "CRITICAL" }, false],
    ["only when all of it does", { teams: ["payments"], minSeverity: "CRITICAL" }, false],
    ["what nobody owns, not what somebody does", { teams: ["unowned"] }, false],
  ])("%s", (_what, route, expected) => {
    expect(matches(route, finding)).toBe(expected);
  });

  test("what nobody owns by the name unowned, and no env by none", () => {
    expect(matches({ teams: ["unowned"] }, aFinding(2))).toBe(true);
    expect(matches({ env: ["*"] }, aFinding(2))).toBe(false);
  });

  test("and a channel that fails is told on all others, wherever they lead", () => {
    const failing = aFinding(3, { rule: "scan/channel-failing", evidence: { channel: "chat" } });
    expect(["chat", "mail"].map((name) => takes({ name, routes: [] }, failing))).toEqual([false, true]);
  });
});

let mailbox: Mailbox;
let inboxes: Record<string, Message[]>;
beforeAll(async () => {
  mailbox = await Mailbox.open();
});
afterAll(() => mailbox.close());
beforeEach(async () => {
  inboxes = {};
  await mailbox.reset();
});

const day = (number: number) => new Date(now.getTime() + number * 24 * 3_600_000);
const urgent = { pending: { urgent: true } } as const;

function channelsOf(names: readonly string[], routes?: readonly Route[]): Channel[] {
  return names.map((name) => {
    inboxes[name] ??= [];
    const ways = routesTo(name, routes);
    return { ...aChannel(name, inboxes[name]), ...(ways ? { routes: ways } : {}) };
  });
}

/** As a scan does: channels are introduced, then hear. */
async function scan(channels: readonly Channel[], at: Date) {
  const state = await mailbox.store.state(account);
  const next = introduce(state, channels, at);
  if (next !== state) await mailbox.store.saveState(account, next);
  return deliver({ store: mailbox.store, channels, account, regions, now: at });
}

/** `chat: opened F-1, F-2` for everything that arrived since. */
function heard(): string[] {
  const lines = Object.entries(inboxes).flatMap(([name, messages]) =>
    messages.map(
      ({ kind, findings }) =>
        `${name}: ${kind} ${findings.map(({ id, pending }) => `${Number(id.slice(2))}${pending.left ? " left" : ""}`).join(", ")}`,
    ),
  );
  for (const messages of Object.values(inboxes)) messages.length = 0;
  return lines;
}

const byTeam: Route[] = [
  { teams: ["payments"], minSeverity: "HIGH", channels: ["chat"] },
  { teams: ["search"], channels: ["desk"] },
  { channels: ["mail"] },
];
const three = ["chat", "desk", "mail"];

describe("a finding", () => {
  const monthAgo = () => day(-30);

  it("goes to the channels of every route that matches, once", async () => {
    const channels = channelsOf([...three, "spare"], [...byTeam, { rules: ["lambda/*"], channels: ["mail"] }]);
    await scan(channels, monthAgo());
    await mailbox.given(
      aFinding(1, { ...urgent, team: "payments" }),
      aFinding(2, { severity: "LOW", team: "payments" }),
      aFinding(3, { severity: "LOW", team: "search" }),
    );
    await scan(channels, now);
    expect(heard()).toEqual(["chat: opened 1", "desk: digest 3", "mail: opened 1", "mail: digest 2", "mail: digest 3"]);
    await scan(channels, day(1));
    expect(heard()).toEqual([]);
  });

  it("that becomes graver reaches the channel for graver ones at once; that becomes milder leaves it once", async () => {
    const channels = channelsOf(three, byTeam);
    await scan(channels, monthAgo());
    await mailbox.given(aFinding(1, { severity: "MEDIUM", team: "payments" }));
    await scan(channels, now);
    expect(heard()).toEqual(["mail: digest 1"]);
    await mailbox.writeElsewhere("F-0000000001", { severity: "HIGH", changedAt: day(1).toISOString() });
    await scan(channels, day(1));
    expect(heard()).toEqual(["chat: opened 1", "mail: changed 1"]);
    await mailbox.writeElsewhere("F-0000000001", { severity: "MEDIUM", changedAt: day(2).toISOString() });
    await scan(channels, day(2));
    expect(heard()).toEqual(["chat: digest 1 left", "mail: digest 1"]);
    await mailbox.writeElsewhere("F-0000000001", { status: "RESOLVED", changedAt: day(3).toISOString() });
    await scan(channels, day(3));
    expect(heard()).toEqual(["mail: digest 1"]);
  });

  it("that gets another owner leaves the one's channel once, and is no news to the other's: it goes into a summary", async () => {
    const channels = channelsOf(three, byTeam);
    await scan(channels, monthAgo());
    await mailbox.given(aFinding(1, { ...urgent, team: "payments" }));
    await scan(channels, now);
    expect(heard()).toEqual(["chat: opened 1", "mail: opened 1"]);
    await mailbox.writeElsewhere("F-0000000001", { owner: { team: "search" }, ownerSince: day(1).toISOString() });
    await scan(channels, day(1));
    expect(heard()).toEqual(["chat: digest 1 left", "desk: summary 1"]);
    await mailbox.writeElsewhere("F-0000000001", { owner: { team: "payments" }, ownerSince: day(2).toISOString() });
    await scan(channels, day(2));
    expect(heard()).toEqual(["chat: summary 1", "desk: digest 1 left"]);
    await mailbox.writeElsewhere("F-0000000001", { status: "RESOLVED", changedAt: day(3).toISOString() });
    await scan(channels, day(3));
    expect(heard()).toEqual(["chat: digest 1", "mail: digest 1"]);
  });

  it("says in the digest that it left, and to whom", async () => {
    const channels = channelsOf(three, byTeam);
    await scan(channels, monthAgo());
    await mailbox.given(aFinding(1, { ...urgent, team: "payments" }));
    await scan(channels, now);
    heard();
    await mailbox.writeElsewhere("F-0000000001", { owner: { team: "search" }, ownerSince: day(1).toISOString() });
    await scan(channels, day(1));
    const [left] = inboxes.chat ?? [];
    expect(left?.subject).toContain("1 moved");
    expect(left?.text).toMatch(/search \(1\)\n {2}MOVED {5}F-0000000001 {2}now HIGH, search; from now on not told here: orders-1/);
    expect(left?.markdown).toContain("MOVED");
  });

  it("that ends when no route leads to the channel any more ends there too", async () => {
    const channels = channelsOf(three, byTeam);
    await scan(channels, monthAgo());
    await mailbox.given(aFinding(1, { ...urgent, team: "payments" }));
    await scan(channels, now);
    heard();
    await mailbox.writeElsewhere("F-0000000001", { owner: { team: "search" }, status: "RESOLVED", changedAt: day(1).toISOString() });
    await scan(channels, day(1));
    expect(heard()).toEqual(["chat: digest 1", "mail: digest 1"]);
  });

  it("that a decision holds does not leave before the decision ends", async () => {
    const channels = channelsOf(three, byTeam);
    await scan(channels, monthAgo());
    await mailbox.given(aFinding(1, { ...urgent, team: "payments" }));
    await scan(channels, now);
    heard();
    await mailbox.writeElsewhere("F-0000000001", { status: "SUPPRESSED", owner: { team: "search" } });
    await scan(channels, day(1));
    expect(heard()).toEqual([]);
  });
});

describe("other routes", () => {
  it("bring what is there in one summary, lose nothing, and repeat nothing", async () => {
    const first = channelsOf(["chat", "mail"], [{ minSeverity: "CRITICAL", channels: ["chat"] }, { channels: ["mail"] }]);
    await scan(first, day(-30));
    await mailbox.given(...[1, 2, 3].map((number) => aFinding(number, { ...urgent, team: "payments" })));
    await scan(first, now);
    expect(heard()).toEqual(["mail: opened 1", "mail: opened 2", "mail: opened 3"]);
    const second = channelsOf(["chat", "mail"], [{ minSeverity: "HIGH", channels: ["chat"] }, { channels: ["mail"] }]);
    await scan(second, day(1));
    expect(heard()).toEqual(["chat: summary 1, 2, 3"]);
    await mailbox.given(aFinding(4, { ...urgent, team: "payments", changedAt: day(2).toISOString(), firstSeenAt: day(2).toISOString() }));
    await scan(second, day(2));
    expect(heard()).toEqual(["chat: opened 4", "mail: opened 4"]);
    await scan(first, day(3));
    expect(heard()).toEqual(["chat: digest 1 left, 2 left, 3 left, 4 left"]);
    await scan(second, day(4));
    expect(heard()).toEqual(["chat: summary 1, 2, 3, 4"]);
    await scan(second, day(5));
    expect(heard()).toEqual([]);
  });

  it("than none begin where everything went, and a channel that no route names hears nothing new", async () => {
    await scan(channelsOf(["mail"]), day(-30));
    await mailbox.given(aFinding(1, urgent), aFinding(2, urgent));
    await scan(channelsOf(["mail"]), now);
    heard();
    const none = channelsOf(["mail", "chat"], [{ channels: ["chat"] }]);
    await scan(none, day(1));
    expect(heard()).toEqual(["mail: digest 1 left, 2 left", "chat: summary 1, 2"]);
    await mailbox.given(aFinding(3, { ...urgent, changedAt: day(2).toISOString(), firstSeenAt: day(2).toISOString() }));
    await scan(none, day(2));
    expect(heard()).toEqual(["chat: opened 3"]);
  });
});

it("what left is marked as left also by the run after one that was killed", async () => {
  const channels = channelsOf(["chat", "mail"], [{ teams: ["payments"], channels: ["chat"] }, { channels: ["mail"] }]);
  await scan(channels, day(-30));
  await mailbox.given(aFinding(1, { severity: "LOW", team: "payments" }), aFinding(2, { severity: "LOW", team: "payments" }));
  await scan(channels, now);
  heard();
  for (const id of ["F-0000000001", "F-0000000002"])
    await mailbox.writeElsewhere(id, { owner: { team: "search" }, ownerSince: day(1).toISOString() });
  const store = mailbox.store;
  const save = store.saveFindings.bind(store);
  store.saveFindings = () => Promise.reject(new Error("killed"));
  await expect(deliver({ store, channels, account, regions, now: day(1) })).rejects.toThrow(/killed/);
  store.saveFindings = save;
  expect(heard()).toEqual(["chat: digest 1 left, 2 left"]);
  await scan(channels, day(2));
  expect(heard()).toEqual([]);
});
