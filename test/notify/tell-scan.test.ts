import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Channel, DeliveryError } from "../../shared/notify/channel.ts";
import { deliver } from "../../shared/notify/deliver.ts";
import type { ScanNews } from "../../shared/notify/scan-news.ts";
import { aChannel } from "./a-channel.ts";
import { account, aFinding, now } from "./a-finding.ts";
import { Mailbox, regions } from "./mailbox.ts";
import { someScanNews } from "./some-scan-news.ts";

let mailbox: Mailbox;
let heard: string[];

beforeAll(async () => {
  mailbox = await Mailbox.open();
});
afterAll(() => mailbox.close());
beforeEach(async () => {
  heard = [];
  await mailbox.reset();
});

/** A channel that hears of scans; `before` may refuse. */
function bus(before: () => Promise<void> = async () => {}): Channel {
  return {
    ...aChannel("bus"),
    async tellScan({ scanId }) {
      await before();
      heard.push(scanId);
    },
  };
}

const run = (channel: Channel, scan?: ScanNews) =>
  deliver({ store: mailbox.store, channels: [channel], account, regions, now, ...(scan ? { scan } : {}) });
const refusing = () => bus(() => Promise.reject(new DeliveryError("no such bus", true)));

describe("a completed scan", () => {
  test("is told once, also where nothing else is to be said, and not again when the step is repeated", async () => {
    expect(await run(bus(), someScanNews())).toMatchObject({ sent: [], failed: [] });
    await run(bus(), someScanNews());
    expect(heard).toEqual(["scan-1"]);
    await run(bus(), someScanNews({ scanId: "scan-2" }));
    expect(heard).toEqual(["scan-1", "scan-2"]);
    expect((await mailbox.store.state(account)).channels.bus).toMatchObject({ scanTold: "scan-2", lastDeliveredAt: now.toISOString() });
  });

  test("is not told by what sends between scans, nor where no route leads, nor to a channel for people", async () => {
    await run(bus());
    await run({ ...bus(), routes: [] }, someScanNews());
    expect(await run(aChannel("mail"), someScanNews())).toMatchObject({ sent: [], failed: [] });
    expect(heard).toEqual([]);
  });

  test("that is refused is said, counts as a failure of the channel, and is told when the step is repeated", async () => {
    expect((await run(refusing(), someScanNews())).failed).toEqual([
      { channel: "bus", kind: "ops", subject: "Scan scan-1", findings: 0, error: "no such bus" },
    ]);
    expect((await mailbox.store.state(account)).channels.bus).toMatchObject({ failingSince: now.toISOString(), lastError: "no such bus" });
    await run(bus(), someScanNews());
    expect(heard).toEqual(["scan-1"]);
    expect((await mailbox.store.state(account)).channels.bus).not.toHaveProperty("failingSince");
  });

  test("is not tried on a channel that takes nothing now", async () => {
    await mailbox.given(aFinding(1, { pending: { urgent: true } }));
    const gone = { ...bus(), send: () => Promise.reject(new DeliveryError("gone", true)) };
    expect((await run(gone, someScanNews())).failed).toMatchObject([{ kind: "opened", error: "gone" }]);
    expect(heard).toEqual([]);
  });
});
