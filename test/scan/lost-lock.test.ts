import { afterEach, beforeEach, expect, test } from "vitest";
import type { Message } from "../../shared/notify/channel.ts";
import { LockLostError } from "../../shared/scan/keep-lock.ts";
import type { Store } from "../../shared/store/store.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { aChannel } from "../notify/a-channel.ts";
import { account, StubAccount } from "../stub-account.ts";

const now = new Date("2026-11-24T03:00:00Z");

let dog: TestWatchdog;
let inbox: Message[];
beforeEach(async () => {
  inbox = [];
  const functions = [{ name: "old", configuration: { Runtime: "nodejs18.x" }, use: [] }];
  dog = await aWatchdog(new StubAccount({ now, regions: ["eu-west-1"], functions }), { channels: [aChannel("test", inbox)] });
});
afterEach(() => dog.close());

/** The lease of the scan runs out before its `renewal`th renewal, and another scan takes the lock. */
function overtaken(renewal: number): Store {
  let renewals = 0;
  return new Proxy<Store>(dog.store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (name !== "renewLock") return typeof member === "function" ? member.bind(target) : member;
      return async (...[who, scanId, seconds]: Parameters<Store["renewLock"]>) => {
        renewals += 1;
        if (renewals === renewal) {
          await target.releaseLock(who, scanId);
          expect(await target.acquireLock(who, "another scan", 600)).toBe("acquired");
        }
        return target.renewLock(who, scanId, seconds);
      };
    },
  });
}

test("a scan that lost its lock ends before it writes or tells anything more, and leaves the lock to the other", async () => {
  let step = 0;
  for (;;) {
    step += 1;
    const scan = dog.scan({ store: overtaken(step) });
    const outcome = await scan.then(
      () => "finished",
      (error: unknown) => error,
    );
    // more renewals than a scan makes
    if (outcome === "finished") break;
    expect(outcome).toBeInstanceOf(LockLostError);
    expect(String(outcome)).toMatch(/lock ran out and another scan began/);
    expect(inbox).toEqual([]);
    const [last] = await dog.store.scans(account, 1);
    expect(last).toMatchObject({ outcome: "failed", error: expect.stringContaining("lock ran out") });
    // still the other's
    expect(await dog.store.acquireLock(account, "a third", 600)).toMatchObject({ scanId: "another scan" });
    await dog.store.releaseLock(account, "another scan");
  }
  // collecting two parts, planning the reading of code, concluding, telling
  expect(step - 1).toBe(5);
  expect(inbox).toHaveLength(1);
});

test("a scan that lost its lock before it concluded has written no finding", async () => {
  await expect(dog.scan({ store: overtaken(3) })).rejects.toThrow(LockLostError);
  expect(await dog.store.findings(account, ["eu-west-1", "global"])).toEqual([]);
});
