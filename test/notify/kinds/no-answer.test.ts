import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { deliver } from "../../../shared/notify/deliver.ts";
import { account, aFinding, now } from "../a-finding.ts";
import { Receiver } from "../a-receiver.ts";
import { Mailbox, regions } from "../mailbox.ts";
import { aChannelOf } from "./a-channel-of.ts";

let mailbox: Mailbox;
let receiver: Receiver;
beforeAll(async () => {
  mailbox = await Mailbox.open();
  receiver = await Receiver.open();
});
afterAll(async () => {
  await mailbox.close();
  await receiver.close();
});
beforeEach(() => mailbox.reset());

const day = (number: number) => new Date(now.getTime() + number * 24 * 3_600_000);
const ids = () => receiver.received.map(({ body }) => JSON.parse(body).id);

async function run(at: Date) {
  const channel = await aChannelOf({ kind: "webhook", url: "env:HOOK" }, { HOOK: receiver.address });
  return deliver({ store: mailbox.store, channels: [channel], account, regions, now: at });
}

test.each<[string, (answer: { destroy(): unknown; writeHead(status: number): { end(text: string): unknown } }) => void]>([
  ["cut before an answer", (response) => void response.destroy()],
  ["of a gateway's 502", (response) => void response.writeHead(502).end("bad gateway")],
])("a list whose receipt is not known, %s, is sent again by the next run as it was, and what is new beside it", async (_what, answer) => {
  receiver.answers((response) => answer(response));
  await mailbox.given(aFinding(1, { severity: "LOW", team: "core" }), aFinding(2, { severity: "LOW", team: "core" }));
  const report = await run(now);
  expect(report).toMatchObject({
    sent: [],
    failed: [{ channel: "chat", findings: 2, error: expect.stringContaining("with the same id") }],
  });
  const [id] = ids();
  expect(new Set(ids())).toEqual(new Set([id]));
  await mailbox.given(aFinding(3, { severity: "LOW", team: "core" }));
  receiver.always(200);
  await run(day(1));
  expect(ids()[0]).toBe(id);
  await run(day(2));
  expect(
    receiver.received.flatMap(({ body }) => JSON.parse(body).findings.map((finding: { id: string }) => finding.id)).toSorted(),
  ).toEqual(["F-0000000001", "F-0000000002", "F-0000000003"]);
});

test("one that refuses what it got has not got it: the next run may say more in one message", async () => {
  receiver.always(400, "no");
  await mailbox.given(aFinding(1, { severity: "LOW", team: "core" }), aFinding(2, { severity: "LOW", team: "core" }));
  await run(now);
  await mailbox.given(aFinding(3, { severity: "LOW", team: "core" }));
  receiver.always(200);
  await run(day(1));
  expect(receiver.received.map(({ body }) => JSON.parse(body).findings.length)).toEqual([3]);
});
