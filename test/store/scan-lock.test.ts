import { expect, test } from "vitest";
import { account } from "./account.ts";
import { aStore } from "./remembered.ts";

async function aLock() {
  const clock = { now: new Date("2026-11-24T03:00:00.000Z") };
  const { store } = await aStore({ now: () => clock.now });
  const pass = (seconds: number) => {
    clock.now = new Date(clock.now.getTime() + seconds * 1000);
  };
  return { store, pass };
}

test("the second of two scans is told who holds the lock", async () => {
  const { store, pass } = await aLock();
  expect(await store.acquireLock(account, "S-1", 300)).toBe("acquired");
  pass(10);
  expect(await store.acquireLock(account, "S-2", 300)).toEqual({
    scanId: "S-1",
    since: "2026-11-24T03:00:00.000Z",
    expiresAt: "2026-11-24T03:05:00.000Z",
  });
  expect(await store.acquireLock("444455556666", "S-2", 300)).toBe("acquired");
});

test("of many scans that begin at once, one gets the lock", async () => {
  const { store } = await aLock();
  const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => store.acquireLock(account, `S-${i}`, 300)));
  expect(answers.filter((answer) => answer === "acquired")).toHaveLength(1);
});

test("the same scan may take its lock again", async () => {
  const { store } = await aLock();
  await store.acquireLock(account, "S-1", 300);
  expect(await store.acquireLock(account, "S-1", 300)).toBe("acquired");
});

test("a crashed scan loses the lock when its lease ends", async () => {
  const { store, pass } = await aLock();
  await store.acquireLock(account, "S-1", 300);
  pass(299);
  expect(await store.acquireLock(account, "S-2", 300)).not.toBe("acquired");
  pass(1);
  expect(await store.acquireLock(account, "S-2", 300)).toBe("acquired");
  expect(await store.renewLock(account, "S-1", 300)).toBe(false);
});

test("a lock that is renewed in time stays", async () => {
  const { store, pass } = await aLock();
  await store.acquireLock(account, "S-1", 300);
  pass(200);
  expect(await store.renewLock(account, "S-1", 300)).toBe(true);
  pass(200);
  expect(await store.acquireLock(account, "S-2", 300)).toMatchObject({ scanId: "S-1", expiresAt: "2026-11-24T03:08:20.000Z" });
});

test("an expired lock that nobody took can still be renewed", async () => {
  const { store, pass } = await aLock();
  await store.acquireLock(account, "S-1", 300);
  pass(1000);
  expect(await store.renewLock(account, "S-1", 300)).toBe(true);
});

test("only its holder gives the lock back", async () => {
  const { store } = await aLock();
  await store.acquireLock(account, "S-1", 300);
  await store.releaseLock(account, "S-2");
  expect(await store.acquireLock(account, "S-2", 300)).toMatchObject({ scanId: "S-1" });
  await store.releaseLock(account, "S-1");
  await store.releaseLock(account, "S-1");
  expect(await store.renewLock(account, "S-1", 300)).toBe(false);
  expect(await store.acquireLock(account, "S-2", 300)).toBe("acquired");
});
