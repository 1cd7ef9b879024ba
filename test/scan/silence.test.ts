import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DeliveryError, type Message } from "../../shared/notify/channel.ts";
import { publishInput } from "../../shared/notify/sns.ts";
import { breakSilence } from "../../shared/scan/silence.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { aChannel } from "../notify/a-channel.ts";
import { account, StubAccount } from "../stub-account.ts";

const start = new Date("2026-11-24T03:00:00Z");
const at = (hours: number) => new Date(start.getTime() + hours * 3_600_000);
const overdueHours = 30;

let stub: StubAccount;
let dog: TestWatchdog;
let said: Message[];

beforeEach(async () => {
  said = [];
  stub = new StubAccount({ now: start, regions: ["eu-west-1"], functions: [] });
  dog = await aWatchdog(stub);
});
afterEach(() => dog.close());

/** As one line: where it is wrapped does not matter here. */
const textOf = (index: number) => said[index]?.text.replaceAll(/\s+/g, " ");

function hour(hours: number, operations = aChannel("operations", said)) {
  stub.data.now = at(hours);
  return breakSilence({ ...dog.watchdog, operations, overdueHours, deployment: { stack: "Watch", region: "eu-west-1" } });
}

describe("while no scan has ever completed", () => {
  test("it is said when it is overdue, counted from the first sweep, and then once a day for as long as it lasts", async () => {
    const outcomes: [number, string][] = [];
    for (let hours = 0; hours <= 80; hours++) outcomes.push([hours, await hour(hours)]);
    expect(outcomes.filter(([, outcome]) => outcome === "said").map(([hours]) => hours)).toEqual([30, 54, 78]);
    expect(outcomes.slice(0, 30).every(([, outcome]) => outcome === "early")).toBe(true);
    expect(new Set(said.map(({ id }) => id)).size).toBe(3);
  });

  test("it says how the newest one ended, and where to look", async () => {
    await hour(0);
    const begun = { account, complete: false, functions: 0, openFindings: 0, apiCalls: 0, incomplete: [] };
    await dog.store.saveScan({
      ...begun,
      id: "first",
      startedAt: at(1).toISOString(),
      outcome: "failed",
      error: "AccessDenied on\u0007 table",
    });
    await hour(31);
    expect(textOf(0)).toMatch(/No scan has completed yet\./);
    expect(textOf(0)).toContain("began 2026-11-24 04:00 UTC and failed: AccessDenied on");
    expect(said[0]?.text).not.toContain("\u0007");
    expect(textOf(0)).toContain("smalltarget doctor --stack Watch --region eu-west-1");
    await dog.store.saveScan({ ...begun, id: "second", startedAt: at(50).toISOString(), outcome: "running" });
    await hour(56);
    expect(textOf(1)).toContain("has not ended");
  });

  test("a message that is not accepted is tried again in the next hour", async () => {
    await hour(0);
    const down = aChannel("operations", said, () => {
      throw new DeliveryError("down", false);
    });
    await expect(hour(31, down)).rejects.toThrow("down");
    expect(await hour(32)).toBe("said");
  });
});

describe("when scans have ended", () => {
  test("the alarm speaks first: a day later this begins, and it ends with the next completed scan", async () => {
    await dog.scan();
    expect(await hour(29)).toBe("early");
    expect(await hour(53)).toBe("early");
    expect(await hour(54)).toBe("said");
    expect(textOf(0)).toContain("The last one ended 2026-11-24 03:00 UTC");
    expect(await hour(60)).toBe("said-before");
    stub.data.now = at(61);
    await dog.scan();
    expect(await hour(79)).toBe("early");
    expect(said).toHaveLength(1);
  });

  test("it never stands in the way of a scan: the first look stays the first, whatever was remembered before", async () => {
    await hour(0);
    await hour(31);
    expect((await dog.scan()).baseline).toBe(true);
  });
});

test("the message fits a topic: under 100 ASCII characters of subject, of the kind ops, about no finding", async () => {
  await hour(0);
  await hour(31);
  const input = publishInput(said[0] as Message, "arn:aws:sns:eu-west-1:111122223333:operations");
  expect(input.Subject).toMatch(/^[ -~]{1,99}$/);
  expect(input.MessageAttributes?.kind?.StringValue).toBe("ops");
  expect(said[0]).toMatchObject({ severity: "HIGH", findingIds: [] });
});
