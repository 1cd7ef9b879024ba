import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Receiver } from "../notify/a-receiver.ts";
import { aRecording } from "./a-recording.ts";
import { aFolder, type Ran, smalltarget } from "./run-command.ts";

const folder = aFolder();
let replay: string;
let receiver: Receiver;
let gone: Receiver;

beforeAll(async () => {
  replay = await aRecording(folder.path);
  receiver = await Receiver.open();
  gone = await Receiver.open();
  gone.always(410, "gone");
});
afterAll(async () => {
  await receiver.close();
  await gone.close();
  folder.remove();
});

const channels = {
  hook: { kind: "webhook", url: "env:HOOK", signingKey: "env:KEY" },
  grave: { kind: "webhook", url: "env:GRAVE" },
  old: { kind: "teams", webhook: "env:GONE" },
};
const routes = [{ channels: ["hook", "old"] }, { minSeverity: "CRITICAL", channels: ["grave"] }];

function scan(settings: object, ...more: readonly string[]): Promise<Ran> {
  writeFileSync(join(folder.path, "settings.json"), JSON.stringify(settings));
  const env = { HOOK: `${receiver.address}/hook?hunter2`, KEY: "key", GRAVE: `${receiver.address}/grave`, GONE: `${gone.address}/hunter2` };
  return smalltarget(["scan", "--replay", replay, "--settings", "settings.json", ...more], { cwd: folder.path, env });
}

describe("a scan with channels in its settings", { timeout: 120_000 }, () => {
  test("sends through them by their routes, once, and one that is gone stops no other", async () => {
    receiver.always(200);
    const first = await scan({ channels, routes });
    expect(first, first.err).toMatchObject({ code: 0 });
    expect(receiver.received.map(({ path }) => path)).toEqual(["/hook?hunter2"]);
    const [received] = receiver.received;
    const body = received?.body ?? "";
    expect(received?.headers["x-smalltarget-signature"]).toBe(`sha256=${createHmac("sha256", "key").update(body).digest("hex")}`);
    const message = JSON.parse(body);
    expect(message).toMatchObject({ kind: "summary", test: false });
    expect(message.findings.length).toBeGreaterThan(3);
    expect(first.out).toMatch(/channel old is gone or does not know us \(410: gone\).*env:GONE/s);
    expect(first.out + first.err).not.toContain("hunter2");
    const second = await scan({ channels, routes });
    expect(second.code).toBe(0);
    expect(receiver.received).toHaveLength(1);
  });

  test("is not forgotten by one without them, which would drop what they have still to hear", async () => {
    const { code, err } = await scan({}, "--notify", "sns:arn:aws:sns:eu-west-1:111122223333:t");
    expect(code).toBe(2);
    expect(err).toMatch(/earlier scans told the channels hook, grave, old, .* name them with --settings FILE, or use --notify none/);
  });

  test("sends nothing with --notify none", async () => {
    receiver.always(200);
    expect((await scan({ channels }, "--notify", "none", "--store", "dir:other")).code).toBe(0);
    expect(receiver.received).toEqual([]);
  });

  test.each([
    [["--notify", "sns:arn:aws:sns:eu-west-1:111122223333:t"], channels, /the channels of the settings exclude each other/],
    [["--store", "none"], channels, /channels need a store that remembers what was sent/],
    [[], { mail: { kind: "sns", topic: "stack" } }, /channels\.mail: its topic is that of the stack, and none is named: add --stack NAME/],
    [
      [],
      { chat: { kind: "slack", webhook: "https://hooks.slack.com/hunter2" } },
      /settings\.json: channels\.chat\.webhook: must be the name of a secret/,
    ],
  ])("and %j ends before it begins where that cannot be", async (more, given, words) => {
    const ran = await scan({ channels: given }, ...more);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(words);
    expect(ran.err).not.toContain("hunter2");
  });
});

test("each mistake in the settings is a line of its own", async () => {
  writeFileSync(join(folder.path, "wrong.json"), JSON.stringify({ channels: { chat: { kind: "slak" }, bus: { kind: "eventbridge" } } }));
  const { code, err } = await smalltarget(["channels", "--settings", "wrong.json"], { cwd: folder.path });
  expect(code).toBe(2);
  expect(err.trim().split("\n")).toEqual([
    expect.stringContaining("smalltarget: wrong.json: channels.chat.kind: "),
    expect.stringContaining("smalltarget: wrong.json: channels.bus: "),
  ]);
});
