import { afterEach, beforeEach, expect, test } from "vitest";
import { dayOf } from "../../shared/model/day.ts";
import { type Channel, DeliveryError, type Message } from "../../shared/notify/channel.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { aChannel } from "../notify/a-channel.ts";
import { account, StubAccount, type StubFunction } from "../stub-account.ts";

const start = new Date("2026-11-24T03:00:00Z");
const day = (n: number) => new Date(start.getTime() + n * 24 * 3_600_000);
const old = (name: string): StubFunction => ({
  name,
  use: [{ day: dayOf(start), samples: 20, maxMs: 12_000 }],
  configuration: { Runtime: "nodejs18.x" },
});

let stub: StubAccount;
let dog: TestWatchdog;
let inboxes: Record<string, Message[]>;
let isDown: boolean;

beforeEach(async () => {
  inboxes = { mail: [], pager: [], chat: [] };
  isDown = false;
  stub = new StubAccount({ now: start, regions: ["eu-west-1"], functions: [] });
  dog = await aWatchdog(stub, { channels: [] });
});
afterEach(() => dog.close());

/** Chat may be down; the pager is told of what is graver than anything here, but of a failing channel it is. */
const channels = (): Channel[] => [
  aChannel("mail", inboxes.mail),
  { ...aChannel("pager", inboxes.pager), routes: [{ minSeverity: "CRITICAL", channels: ["pager"] }] },
  aChannel("chat", inboxes.chat, () => (isDown ? Promise.reject(new DeliveryError("the webhook is gone (410)", true)) : undefined)),
];

/** What arrived since: `mail: opened scan/channel-failing`. */
async function scanAt(number: number, functions: readonly string[]): Promise<string[]> {
  stub.data.now = day(number);
  stub.data.functions = functions.map(old);
  for (const inbox of Object.values(inboxes)) inbox.length = 0;
  await dog.scan({ channels: channels() });
  return Object.entries(inboxes).flatMap(([name, messages]) =>
    messages.flatMap(({ findings }) =>
      findings.map(({ rule, pending }) => `${name}: ${pending.transition} ${rule} ${rule.startsWith("scan/") ? "" : "x"}`.trim()),
    ),
  );
}

const failing = (lines: readonly string[]) => lines.filter((line) => line.includes("scan/channel-failing"));

test("a channel that has failed for a day is told on all the others, once, and its end too; it hears what it missed, once", async () => {
  await scanAt(0, ["a"]);
  isDown = true;
  expect(failing(await scanAt(1, ["a", "b"]))).toEqual([]);
  expect((await dog.store.state(account)).channels.chat).toMatchObject({
    failingSince: day(1).toISOString(),
    lastError: "the webhook is gone (410)",
  });
  expect(failing(await scanAt(2, ["a", "b"]))).toEqual(["mail: opened scan/channel-failing", "pager: opened scan/channel-failing"]);
  const [finding] = (await dog.store.findings(account, ["global"])).filter(({ rule }) => rule === "scan/channel-failing");
  expect(finding).toMatchObject({ severity: "HIGH", title: "Channel chat has taken no messages since 2026-11-25 03:00 UTC" });
  expect(finding?.remediation).toMatchObject({
    text: expect.stringContaining("It says: the webhook is gone (410)."),
    commands: ["smalltarget channels test chat"],
  });
  expect(failing(await scanAt(3, ["a", "b"]))).toEqual([]);
  isDown = false;
  const back = await scanAt(4, ["a", "b"]);
  expect(back.filter((line) => line.startsWith("chat")).length).toBeGreaterThan(0);
  expect((await dog.store.state(account)).channels.chat).toMatchObject({ lastDeliveredAt: day(4).toISOString() });
  expect((await dog.store.state(account)).channels.chat).not.toHaveProperty("failingSince");
  expect(failing(await scanAt(5, ["a", "b"]))).toEqual(["mail: resolved scan/channel-failing", "pager: resolved scan/channel-failing"]);
  expect((await scanAt(6, ["a", "b"])).filter((line) => line.startsWith("chat"))).toEqual([]);
});

test("one that is taken away while it fails fails no more", async () => {
  await scanAt(0, ["a"]);
  isDown = true;
  await scanAt(1, ["a", "b"]);
  stub.data.now = day(2);
  await dog.scan({ channels: channels().slice(0, 2) });
  const rules = (await dog.store.findings(account, ["global"])).map(({ rule, status }) => `${rule} ${status}`);
  expect(rules.filter((line) => line.startsWith("scan/channel-failing"))).toHaveLength(1);
  stub.data.now = day(3);
  await dog.scan({ channels: channels().slice(0, 2) });
  expect((await dog.store.findings(account, ["global"])).find(({ rule }) => rule === "scan/channel-failing")?.status).toBe("RESOLVED");
});
