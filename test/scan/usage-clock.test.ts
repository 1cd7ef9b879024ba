import { afterEach, expect, test } from "vitest";
import { dayOf } from "../../shared/model/day.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { denying, StubAccount } from "../stub-account.ts";

const start = new Date("2026-11-01T03:00:00Z");
const dayAfter = (days: number) => new Date(start.getTime() + days * 86_400_000);
let dog: TestWatchdog | undefined;
afterEach(() => dog?.close());

test("a run during days in which no metrics could be read is found once they can be", async () => {
  const use = [-30, -20, 2].map((days) => ({ day: dayOf(dayAfter(days)), samples: 3, maxMs: 100 }));
  const stub = new StubAccount({ now: start, regions: ["eu-west-1"], functions: [{ name: "rare", use }] });
  dog = await aWatchdog(stub);
  await dog.scan();
  stub.fault = denying(/^cloudwatch:/);
  for (const days of [1, 2, 3, 4, 5]) {
    stub.data.now = dayAfter(days);
    const { document } = await dog.scan();
    expect(document.functions[0]?.lastInvocation.state).toBe("unknown");
  }
  stub.fault = () => undefined;
  stub.data.now = dayAfter(7);
  const { document } = await dog.scan();
  expect(document.functions[0]?.lastInvocation).toMatchObject({ state: "invoked", at: "2026-11-03" });
});
