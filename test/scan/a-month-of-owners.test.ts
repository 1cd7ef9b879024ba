/** A month of three channels with routes: owners decide, a finding changes hands, a channel fails and one loses its answer. Nobody hears of another's. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newDecision } from "../../shared/decisions/new-decision.ts";
import { dayOf } from "../../shared/model/day.ts";
import type { StoredFinding } from "../../shared/model/finding.ts";
import { materialDigest, transitionSince } from "../../shared/model/outbox.ts";
import type { Route } from "../../shared/model/route.ts";
import { type Channel, DeliveryError, type Message, NoAnswerError } from "../../shared/notify/channel.ts";
import { acknowledge } from "../../shared/scan/acknowledge.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { aChannel } from "../notify/a-channel.ts";
import { StubAccount, type StubFunction } from "../stub-account.ts";

const account = "111122223333";
const regions = ["eu-west-1", "global"];
const rule = "lambda/deprecated-runtime";
const at = (day: number) => new Date(Date.UTC(2026, 9, 12 + day, 9));

/** Ran every day, and needs no more than it has. */
function aFunctionOf(team: string, name: string, Runtime: string): StubFunction {
  const use = Array.from({ length: 100 }, (_, i) => ({ day: dayOf(at(0)) - 60 + i, samples: 20, maxMs: 12_000 }));
  return { name, configuration: { Runtime }, use, tags: { team } };
}

const [grave, mild] = ["nodejs16.x", "nodejs20.x"];
const fine = aFunctionOf("core", "fine", "nodejs24.x");
const [a, b, c] = [
  (team: string) => aFunctionOf(team, "a", grave),
  (runtime: string) => aFunctionOf("payments", "b", runtime),
  (runtime: string) => aFunctionOf("core", "c", runtime),
];

/** What there is from this day on. */
const life: Readonly<Record<number, readonly StubFunction[]>> = {
  0: [fine],
  2: [fine, a("payments"), c(mild)],
  8: [fine, a("payments"), c(grave)],
  16: [fine, a("core"), c(grave)],
  18: [fine, a("core"), c(grave), b(grave)],
  22: [fine, c(grave), b(grave)],
  24: [fine, c(grave), b(mild)],
  26: [fine, c(grave)],
};
/** Accepted after that day's scan, for so many days. */
const accepted: Readonly<Record<number, readonly (readonly [name: string, days: number])[]>> = { 4: [["a", 9]], 5: [["c", 20]] };

type Name = "payments" | "core" | "grave";
const routes: Readonly<Record<Name, Omit<Route, "channels">>> = {
  payments: { teams: ["payments"] },
  core: { teams: ["core"] },
  grave: { minSeverity: "HIGH" },
};

interface Heard {
  readonly day: number;
  readonly message: Message;
  /** Absent: it arrived, and the answer was lost. */
  readonly taken?: true;
}

const heard: Record<Name, Heard[]> = { payments: [], core: [], grave: [] };
let dog: TestWatchdog;
let today = 0;

/** Fails for two days; on one day takes what it is sent and its answer is lost. */
function channelOf(name: Name): Channel {
  const listen = (message: Message) => {
    if (name === "payments" && (today === 18 || today === 19)) throw new DeliveryError("503", true);
    const isLost = name === "payments" && today === 24;
    heard[name].push({ day: today, message, ...(isLost ? {} : { taken: true }) });
    if (isLost) throw new NoAnswerError("the connection was cut", true);
  };
  return { ...aChannel(name, [], listen), routes: [{ ...routes[name], channels: [name] }] };
}

async function findings(): Promise<StoredFinding[]> {
  return (await dog.store.findings(account, regions)).filter((finding) => finding.rule === rule);
}

async function accept(name: string, days: number): Promise<void> {
  const found = (await findings()).find(({ resource }) => resource.name === name);
  if (!found) throw new Error(`no finding about ${name}`);
  const { id, severity, materialKey } = found;
  const now = new Date(at(today).getTime() + 3_600_000);
  const wanted = {
    scope: { kind: "finding", finding: id },
    reason: "accepted-risk",
    comment: "known",
    until: new Date(now.getTime() + days * 86_400_000).toISOString(),
    alsoUntil: "worse",
    by: `arn:aws:iam::${account}:user/ada`,
    finding: { id, severity, evidenceDigest: materialDigest(materialKey) },
  } as const;
  const ack = newDecision(wanted, await dog.store.decisions.all(account), now);
  await acknowledge({ store: dog.store, account, regions, resources: [], now }, ack);
}

beforeAll(async () => {
  const stub = new StubAccount({ now: at(0), regions: ["eu-west-1"], functions: [] });
  dog = await aWatchdog(stub, { channels: [channelOf("payments"), channelOf("core"), channelOf("grave")] });
  for (today = 0; today < 30; today += 1) {
    stub.data.now = at(today);
    stub.data.functions = [...(life[today] ?? stub.data.functions)];
    await dog.scan();
    for (const [name, days] of accepted[today] ?? []) await accept(name, days);
  }
}, 300_000);
afterAll(() => dog.close());

/** `14 reopened a`: the day, and what the channel took of which function. */
function transitions(channel: Name): string[] {
  return heard[channel]
    .filter(({ taken }) => taken)
    .flatMap(({ day, message }) =>
      message.findings
        .filter((finding) => finding.rule === rule)
        .map(({ pending, resource }) => `${day} ${pending.left ? "moved" : pending.transition} ${resource.name}`),
    );
}

describe("a month of owners", () => {
  test("a decision is announced seven days before its end, and its end, or what outgrows it, is told once, to its owner", () => {
    expect(transitions("core")).toEqual(["2 opened c", "8 reopened c", "16 opened a", "22 resolved a"]);
    expect(transitions("payments")).toEqual([
      "2 opened a",
      "7 expiring a",
      "14 reopened a",
      "16 moved a",
      "20 opened b",
      "25 changed b",
      "26 resolved b",
    ]);
  });

  test("who hears of what is grave hears of it whoever owns it, and that it is no longer", () => {
    expect(transitions("grave")).toEqual([
      "2 opened a",
      "7 expiring a",
      "8 opened c",
      "14 reopened a",
      "18 opened b",
      "22 resolved a",
      "24 moved b",
    ]);
  });

  test("a message whose answer was lost comes once more, under the same id", () => {
    const [lost, ...others] = heard.payments.filter(({ taken }) => !taken);
    expect(others).toEqual([]);
    const again = heard.payments.filter(({ day, message }) => day === 25 && message.findings.length > 0);
    expect(again.map(({ message }) => message.id)).toEqual([lost?.message.id]);
    const ids = heard.payments.filter(({ taken }) => taken).map(({ message }) => message.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("what is stored explains the last message about each finding, and says that nothing is left to tell", async () => {
    for (const finding of await findings()) {
      for (const channel of ["payments", "core", "grave"] as const) {
        const messages = heard[channel].filter(({ taken, message }) => taken && message.findingIds.includes(finding.id));
        const told = finding.told?.[channel];
        expect(told?.message).toBe(messages.at(-1)?.message.id);
        if (told && told.status !== "resolved") expect(transitionSince(told, finding)).toBeUndefined();
      }
    }
  });

  test("the weekly digest comes every week to each, whatever happens", () => {
    for (const channel of ["payments", "core", "grave"] as const) {
      const days = heard[channel].filter(({ message }) => message.subject.includes("Week to")).map(({ day }) => day);
      expect(days).toEqual([7, 14, 21, 28]);
    }
  });
});
