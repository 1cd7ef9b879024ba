import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { NoAnswerError, type Remembered } from "../../../shared/notify/channel.ts";
import { slackMessage } from "../../../shared/notify/kinds/slack-message.ts";
import { composeMessage } from "../../../shared/notify/message.ts";
import { account, aFinding, numbers } from "../a-finding.ts";
import { Receiver } from "../a-receiver.ts";
import { aChannelOf } from "./a-channel-of.ts";

let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.open();
});
afterAll(() => receiver.close());

const single = composeMessage("single", [aFinding(1, { pending: { urgent: true } })], account);
const list = composeMessage(
  "digest",
  numbers(40).map((number) => aFinding(number, { team: `team-${number % 7}` })),
  account,
);
const bodies = () => receiver.received.map(({ body }) => JSON.parse(body));

describe("an incoming webhook of Slack", () => {
  const open = () =>
    aChannelOf({ kind: "slack", webhook: "env:HOOK", api: "https://slack.com/api" }, { HOOK: `${receiver.address}/services/T/B/hunter2` });

  test("gets blocks and a text for notifications", async () => {
    receiver.always(200, "ok");
    expect(await (await open()).send(single, [])).toEqual({ accepted: single.findingIds });
    expect(receiver.received[0]?.path).toBe("/services/T/B/hunter2");
    const [{ text, blocks }] = bodies();
    expect(text).toBe("[HIGH] orders-1 comes within 3 % of its timeout in eu-west-1");
    expect(blocks[0]).toEqual({ type: "header", text: { type: "plain_text", text, emoji: false } });
    expect(JSON.stringify(blocks)).toContain("--function-name 'orders-1' --timeout 22");
    expect(blocks.at(-1).elements[0].text).toBe(`Message ${single.id}`);
  });

  test.each([
    [404, "no_service"],
    [410, "channel_is_archived"],
    [403, "action_prohibited"],
  ])("that answers %i %s is gone, and its address is not said", async (status, body) => {
    receiver.always(status, body);
    const failure = await (await open()).send(single, []).catch((error) => error);
    expect(failure).toMatchObject({ permanent: true, message: expect.stringContaining(body) });
    expect(failure.message).not.toContain("hunter2");
  });

  test("that is asked too often is asked later", async () => {
    receiver.answers((response, number) => void response.writeHead(number < 3 ? 429 : 200, { "retry-after": "1" }).end("ok"));
    await (await open()).send(single, []);
    expect(receiver.received).toHaveLength(3);
  });
});

describe("a bot of Slack", () => {
  const environment = { TOKEN: "xoxb-hunter2" };
  const open = (channel = "C0123456789") =>
    aChannelOf({ kind: "slack", token: "env:TOKEN", channel, api: `${receiver.address}/api` }, environment);
  const answer = (json: unknown) => receiver.always(200, JSON.stringify(json), { "content-type": "application/json" });
  beforeEach(() => answer({ ok: true, channel: "C0123456789", ts: "1732500000.000100" }));

  test("writes into its channel, and remembers the thread that begins", async () => {
    expect(await (await open()).send(single, [])).toEqual({
      accepted: ["F-0000000001"],
      remember: { "F-0000000001": "C0123456789 1732500000.000100" },
    });
    expect(receiver.received[0]).toMatchObject({ path: "/api/chat.postMessage", headers: { authorization: "Bearer xoxb-hunter2" } });
    expect(bodies()[0]).toMatchObject({ channel: "C0123456789", unfurl_links: false, metadata: { event_payload: { id: single.id } } });
    expect(bodies()[0]).not.toHaveProperty("thread_ts");
    expect(JSON.stringify(bodies())).not.toContain("hunter2");
  });

  const known: Remembered = { findingId: "F-0000000001", rule: "x", status: "open", memory: "C0123456789 1732400000.000200" };

  test("goes on in the thread of the finding, and shows a grave turn to all", async () => {
    expect(await (await open()).send(single, [known])).toEqual({ accepted: ["F-0000000001"] });
    expect(bodies()[0]).toMatchObject({ thread_ts: "1732400000.000200", reply_broadcast: true });
    const over = composeMessage("single", [aFinding(1, { pending: { transition: "resolved" } })], account);
    await (await open()).send(over, [known]);
    expect(bodies()[1]).toMatchObject({ thread_ts: "1732400000.000200", reply_broadcast: false });
  });

  test("does not look for the thread in another channel, and keeps lists out of threads", async () => {
    await (await open("C999")).send(single, [known]);
    expect(await (await open()).send(list, [known])).toEqual({ accepted: list.findingIds });
    for (const body of bodies()) expect(body).not.toHaveProperty("thread_ts");
  });

  test("begins anew where the thread was deleted", async () => {
    receiver.answers(
      (response, number) =>
        void response.end(JSON.stringify(number === 1 ? { ok: false, error: "thread_not_found" } : { ok: true, ts: "2.5" })),
    );
    expect(await (await open()).send(single, [known])).toMatchObject({ accepted: ["F-0000000001"] });
    expect(bodies().map((body) => body.thread_ts)).toEqual(["1732400000.000200", undefined]);
  });

  test.each([
    ["invalid_auth", true, /check C0123456789 and the token in env:TOKEN/],
    ["not_in_channel", true, /the bot is not in C0123456789 of Slack: invite it/],
    ["missing_scope", true, /lacks the scope chat:write/],
    ["msg_blocks_too_long", false, /msg_blocks_too_long.*the next scan tries again/],
    ["*odd* <!channel>\u001b[31m", false, /did not take the message/],
  ])("that is told %s has delivered nothing", async (error, permanent, words) => {
    answer({ ok: false, error });
    const failure = await (await open()).send(single, []).catch((failed) => failed);
    expect(failure).toMatchObject({ name: "DeliveryError", permanent, message: expect.stringMatching(words) });
    expect(failure.message).not.toContain("hunter2");
  });

  test.each(["", "<html>gateway</html>", "[]", '{"ok'])("that is answered %j does not know whether it arrived", async (body) => {
    receiver.always(200, body);
    await expect((await open()).send(single, [])).rejects.toThrow(NoAnswerError);
  });

  test("with a line break in its token asks nobody", async () => {
    environment.TOKEN = "xoxb-1\r\nx-evil: 1";
    await expect((await open()).send(single, [])).rejects.toThrow(/env:TOKEN: what is kept there is no token of Slack/);
    expect(receiver.received).toEqual([]);
  });
});

test("a message stays within what Slack takes, whatever it holds", () => {
  const long = {
    ...list,
    markdown: numbers(400)
      .map((number) => `• line ${number} ${"&".repeat(40)}`)
      .join("\n"),
    nextSteps: ["y".repeat(9000)],
  };
  for (const message of [single, list, long, { ...single, markdown: "&".repeat(10_000) }]) {
    const { blocks } = slackMessage(message) as unknown as { blocks: { type: string; text?: { text: string } }[] };
    const texts = blocks.flatMap(({ text }) => (text ? [text.text] : []));
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(3000);
    expect(texts.join("").length).toBeLessThan(13_000);
    expect(texts.join("")).not.toMatch(/&(?!amp;|lt;|gt;)/);
  }
});
