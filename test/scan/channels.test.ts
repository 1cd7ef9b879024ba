import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dayOf } from "../../shared/model/day.ts";
import type { StoredFinding } from "../../shared/model/finding.ts";
import type { Message } from "../../shared/notify/channel.ts";
import type { ScanNews } from "../../shared/notify/scan-news.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { aChannel } from "../notify/a-channel.ts";
import { account, StubAccount, type StubFunction } from "../stub-account.ts";

const start = new Date("2026-11-24T03:00:00Z");
const hours = (n: number) => new Date(start.getTime() + n * 3_600_000);
const ago = (days: number, maxMs = 12_000) => ({ day: dayOf(start) - days, samples: 20, maxMs });
const old = (name: string): StubFunction => ({ name, use: [ago(0)], configuration: { Runtime: "nodejs18.x" } });
/** Cut off by its timeout of 30 s every day: HIGH. */
const cut = (name: string): StubFunction => ({ name, use: Array.from({ length: 30 }, (_, i) => ({ ...ago(i, 30_000), errors: 2 })) });

let stub: StubAccount;
let dog: TestWatchdog;
let mail: Message[];
let chat: Message[];

beforeEach(async () => {
  mail = [];
  chat = [];
  stub = new StubAccount({ now: start, regions: ["eu-west-1"], functions: [] });
  dog = await aWatchdog(stub, { channels: [aChannel("mail", mail)] });
});
afterEach(() => dog.close());

const both = () => [aChannel("mail", mail), aChannel("chat", chat)];
const kinds = (inbox: readonly Message[]) => inbox.map(({ kind, findingIds }) => `${kind} of ${findingIds.length}`);

function scanAt(at: Date, functions: StubFunction[], overrides: Parameters<TestWatchdog["scan"]>[0] = {}) {
  stub.data.now = at;
  stub.data.functions = functions;
  return dog.scan(overrides);
}

function findings(): Promise<StoredFinding[]> {
  return dog.store.findings(account, ["eu-west-1", "global"]);
}

describe("a channel that is added", () => {
  test("hears in one summary what is open, whatever opened or got worse meanwhile; the other hears nothing again", async () => {
    await scanAt(start, [cut("a"), old("b"), old("c")]);
    await scanAt(hours(24), [cut("a"), old("b"), old("c")]);
    expect(kinds(mail)).toEqual(["summary of 3"]);
    await scanAt(hours(48), [cut("a"), old("b"), old("c"), cut("d")], { channels: both() });
    expect(kinds(mail)).toEqual(["summary of 3", "opened of 1"]);
    expect(kinds(chat)).toEqual(["summary of 4"]);
  });

  test("that fails at first still begins with the summary, and hears at once what opens later", async () => {
    await scanAt(start, [old("b")]);
    const broken = [aChannel("mail", mail), aChannel("chat", [], () => Promise.reject(new Error("not there yet")))];
    await scanAt(hours(24), [old("b")], { channels: broken });
    await scanAt(hours(48), [old("b"), cut("d")], { channels: both() });
    expect(kinds(chat)).toEqual(["opened of 1", "summary of 1"]);
  });
});

describe("a channel that is taken away", () => {
  test("is dropped with what it had not heard, and that is said once", async () => {
    const broken = [aChannel("mail", mail), aChannel("chat", [], () => Promise.reject(new Error("gone")))];
    await scanAt(start, [old("b"), old("c")], { channels: broken });
    const { delivery } = await scanAt(hours(24), [old("b"), old("c")]);
    expect(delivery.dropped).toEqual([{ channel: "chat", findings: 2 }]);
    expect((await scanAt(hours(48), [old("b"), old("c")])).delivery.dropped).toBeUndefined();
  });

  test("and comes back: one summary of what it does not know, the end of what it knew in the digest, no message each", async () => {
    await scanAt(start, [old("b"), old("c")], { channels: both() });
    await scanAt(hours(24), [old("b"), old("c")]);
    await scanAt(hours(48), [old("c"), cut("d"), cut("e")]);
    chat.length = 0;
    await scanAt(hours(72), [old("c"), cut("d"), cut("e")], { channels: both() });
    expect(kinds(chat)).toEqual(["summary of 2", "digest of 1"]);
    await scanAt(hours(96), [old("c"), cut("d"), cut("e"), cut("f")], { channels: both() });
    expect(kinds(chat).slice(2)).toEqual(["opened of 1"]);
  });

  test("a scan that tells nobody takes no channel away, and what it found is told by the next", async () => {
    await scanAt(start, [old("b")]);
    expect((await scanAt(hours(24), [old("b"), cut("d")], { channels: [] })).delivery.dropped).toBeUndefined();
    await scanAt(hours(25), [old("b"), cut("d")]);
    expect(kinds(mail)).toEqual(["summary of 1", "opened of 1"]);
  });
});

describe("a run that was killed while it wrote down who was told", () => {
  test("is finished before anything is compared: what changed since is told as a change, the rest not again", async () => {
    const functions = [old("b"), old("c"), cut("d"), cut("e")];
    await scanAt(start, functions);
    // as a crash leaves it: the summary was accepted, two findings are not marked
    const all = await findings();
    const unmarked = all
      .slice(0, 2)
      .map(({ told, status, ...finding }) => ({ ...finding, status: "NEW" as const, version: finding.version + 1 }));
    await dog.store.saveFindings(unmarked.map((finding) => ({ finding, previousVersion: finding.version - 1 })));
    const told = Object.groupBy(all, ({ severity }) => `open#${severity}`);
    const receipt = {
      message: mail[0]?.id ?? "",
      shape: "summary" as const,
      at: start.toISOString(),
      accepted: true,
      regions: ["eu-west-1"],
      told: Object.fromEntries(
        Object.entries(told).map(([key, ones = []]) => [
          key,
          ones.map(({ id, version }) => `${id}.${unmarked.find((one) => one.id === id)?.version ?? version}`).join(" "),
        ]),
      ),
    };
    const state = await dog.store.state(account);
    await dog.store.saveState(account, { ...state, channels: { mail: { since: start.toISOString(), singlesSentAt: [], receipt } } });
    await scanAt(hours(24), functions.slice(1));
    expect(kinds(mail).slice(1)).toEqual(["digest of 1"]);
    expect(mail[1]?.findings[0]?.pending.transition).toBe("resolved");
    expect((await dog.store.state(account)).channels.mail).not.toHaveProperty("receipt");
  });
});

describe("two stacks that watch the same account", () => {
  const scanner = (name: string): StubFunction => ({
    name,
    use: [ago(0)],
    tags: { "smalltarget:app": "watchdog", "smalltarget:part": "scan" },
  });
  const deployment = { stack: "Watch", region: "eu-west-1" };

  test("are named in the first look, and one stack is not", async () => {
    await scanAt(start, [old("b"), scanner("watch-a"), scanner("watch-b")], { deployment });
    expect(mail[0]?.text.replaceAll(/\s+/g, " ")).toContain(
      "deployed 2 times in this account: watch-a in eu-west-1, watch-b in eu-west-1.",
    );
    await scanAt(hours(24), [old("b"), old("c"), scanner("watch-a")], { deployment });
    await scanAt(hours(48), [old("b"), old("c"), old("d"), scanner("watch-a")], { deployment });
    expect(mail.length).toBeGreaterThan(1);
    expect(mail.at(-1)?.text).not.toContain("deployed");
  });
});

describe("a channel that hears of every scan", () => {
  test("is told how many findings are open, and what could not be looked at", async () => {
    const told: ScanNews[] = [];
    const bus = { ...aChannel("bus"), tellScan: async (scan: ScanNews) => void told.push(scan) };
    const result = await scanAt(start, [cut("a"), old("b")], { channels: [bus] });
    const { scanId, startedAt, finishedAt, complete, openBySeverity, incomplete } = result;
    expect(told).toEqual([
      { scanId, account, startedAt, finishedAt, complete, regions: 1, functions: 2, openBySeverity, suppressed: 0, incomplete },
    ]);
    expect(openBySeverity.HIGH).toBeGreaterThan(0);
  });
});
