import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Receiver } from "../notify/a-receiver.ts";
import { aRecording } from "./a-recording.ts";
import { aFolder, type Ran, smalltarget } from "./run-command.ts";

const folder = aFolder();
let receiver: Receiver;
let replay: string;

const channels = {
  hook: { kind: "webhook", url: "env:HOOK" },
  chat: { kind: "slack", webhook: "env:CHAT" },
  bus: { kind: "teams", webhook: "env:NONE" },
};
const routes = [{ channels: ["hook"] }, { minSeverity: "HIGH", teams: ["core"], rules: ["lambda/*"], channels: ["chat"] }];

beforeAll(async () => {
  replay = await aRecording(folder.path);
  receiver = await Receiver.open();
  writeFileSync(join(folder.path, "settings.json"), JSON.stringify({ channels, routes }));
});
afterAll(async () => {
  await receiver.close();
  folder.remove();
});

function run(...args: string[]): Promise<Ran> {
  return smalltarget(args, { cwd: folder.path, env: { HOOK: `${receiver.address}/hook?hunter2`, CHAT: `${receiver.address}/chat` } });
}

describe("channels", { timeout: 120_000 }, () => {
  test("lists them before any scan, and says which get nothing", async () => {
    const { code, out, err } = await run("channels", "--settings", "settings.json");
    expect(code, err).toBe(0);
    expect(out).toMatch(/^hook +webhook +everything +never +no scan yet$/m);
    expect(out).toMatch(/^chat +slack +HIGH and graver rules lambda\/\* of core +never +no scan yet$/m);
    expect(out).toMatch(/^bus +teams +nothing: no route names it/m);
  });

  test("test sends a marked message, and says what each made of it", async () => {
    receiver.answers((response, _, { path }) => void response.writeHead(path === "/chat" ? 404 : 200).end("no_service"));
    const { code, out } = await run("channels", "test", "--settings", "settings.json");
    expect(code).toBe(3);
    expect(out).toMatch(/^hook \(webhook\): took the test message; see that it arrived$/m);
    expect(out).toMatch(/^chat \(slack\): did not take it: channel chat is gone or does not know us \(404: no_service\)/m);
    expect(out).toMatch(/^bus \(teams\): did not take it: env:NONE: the environment variable NONE is not set$/m);
    expect(out).not.toContain("hunter2");
    const [first] = receiver.received;
    expect(JSON.parse(first?.body ?? "")).toMatchObject({
      kind: "ops",
      test: true,
      subject: "[TEST] Small Target can reach the channel hook",
      findings: [],
    });
  });

  test("test of one tries only that", async () => {
    receiver.always(200, "ok");
    const { code, out } = await run("channels", "test", "chat", "--settings", "settings.json", "-o", "json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual([{ name: "chat", kind: "slack" }]);
    expect(receiver.received.map(({ path }) => path)).toEqual(["/chat"]);
  });

  test.each([
    [["test", "chatt", "--settings", "settings.json"], /there is no channel chatt; did you mean chat\?/],
    [["test"], /the settings name no channel: give the file that does with --settings/],
    [["--settings", "nowhere.json"], /cannot read the settings file nowhere.json/],
  ])("%j is told what is right", async (args, words) => {
    const { code, err } = await run("channels", ...args);
    expect(code).toBe(2);
    expect(err).toMatch(words);
  });

  test("says after a scan when each last took something, what it has still to hear, and why not", async () => {
    receiver.answers((response, _, { path }) => void response.writeHead(path === "/chat" ? 404 : 200).end("no_service"));
    expect((await run("scan", "--replay", replay, "--settings", "settings.json")).code).toBe(0);
    writeFileSync(join(folder.path, "one.json"), JSON.stringify({ channels: { hook: channels.hook } }));
    const { out } = await run("channels", "--settings", "settings.json");
    expect(out).toMatch(/^hook +webhook +everything +\d{4}-\d\d-\d\d \d\d:\d\d UTC +nothing$/m);
    const json = JSON.parse((await run("channels", "--settings", "one.json", "-o", "json")).out);
    expect(json.map(({ name, kind = "none" }: { name: string; kind?: string }) => `${name} ${kind}`)).toEqual([
      "hook webhook",
      "chat none",
      "bus none",
    ]);
  });
});
