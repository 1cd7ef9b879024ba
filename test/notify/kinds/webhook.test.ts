import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NoAnswerError } from "../../../shared/notify/channel.ts";
import { webhookMessage } from "../../../shared/notify/kinds/webhook.ts";
import { composeMessage } from "../../../shared/notify/message.ts";
import { account, aFinding, numbers } from "../a-finding.ts";
import { Receiver } from "../a-receiver.ts";
import { aChannelOf } from "./a-channel-of.ts";

let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.open();
});
afterAll(() => receiver.close());

const settings = { kind: "webhook", url: "env:HOOK", signingKey: "env:KEY" } as const;
const open = () => aChannelOf(settings, { HOOK: `${receiver.address}/hook?token=hunter2`, KEY: "a key\n" });
const message = composeMessage("combined", [aFinding(1, { team: "core" }), aFinding(2)], account);

describe("a webhook", () => {
  test("gets the message with its findings, signed over the exact body, the same on a repetition", async () => {
    receiver.always(200, "not even { JSON");
    const channel = await open();
    expect(await channel.send(message, [])).toEqual({ accepted: message.findingIds });
    await channel.send(message, []);
    const [first, second] = receiver.received;
    expect(first?.path).toBe("/hook?token=hunter2");
    expect(first?.headers["x-smalltarget-signature"]).toBe(
      `sha256=${createHmac("sha256", "a key")
        .update(first?.body ?? "")
        .digest("hex")}`,
    );
    expect(first?.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(first?.body ?? "")).toMatchObject({
      schemaVersion: 1,
      id: message.id,
      kind: "opened",
      account,
      test: false,
      findings: [{ id: "F-0000000001", change: { transition: "opened", to: "HIGH" } }, {}],
    });
    expect(second?.body).toBe(first?.body);
  });

  test("is not signed where no key is set", async () => {
    receiver.always(204);
    const channel = await aChannelOf({ kind: "webhook", url: `${receiver.address}/hook` });
    await channel.send(message, []);
    expect(receiver.received[0]?.headers).not.toHaveProperty("x-smalltarget-signature");
  });

  test.each([
    [410, true, /is gone or does not know us \(410: over\).*env:HOOK/],
    [401, true, /is gone or does not know us/],
    [302, true, /sends us elsewhere \(302\), which is not followed/],
    [429, true, /takes no more for now/],
    [400, false, /did not take the message \(400: over\)/],
    [413, false, /did not take the message/],
  ])("that answers %i has taken nothing", async (status, permanent, words) => {
    receiver.always(status, "over", { location: "https://evil.example/" });
    const failure = await (await open()).send(message, []).catch((error) => error);
    expect(failure).toMatchObject({ name: "DeliveryError", permanent });
    expect(failure.message).toMatch(words);
  });

  test("with trouble of its own may have taken it", async () => {
    receiver.always(502, "bad gateway");
    await expect((await open()).send(message, [])).rejects.toThrow(NoAnswerError);
  });

  test("that repeats a secret does not get it into an error", async () => {
    receiver.answers(
      (response, _, { path, headers }) => void response.writeHead(400).end(`${receiver.address}${path} ${headers.host} a key`),
    );
    const failure = await (await open()).send(message, []).catch((error) => error);
    expect(failure.message).toContain("(secret)");
    expect(JSON.stringify([failure.message, failure.stack])).not.toMatch(/hunter2|a key/);
  });

  test.each([
    ["nothing", {}, /the environment variable HOOK is not set/],
    ["an empty text", { HOOK: " " }, /env:HOOK is empty/],
    ["no address", { HOOK: "hunter2" }, /env:HOOK: what is kept there must be an address/],
    ["http to elsewhere", { HOOK: "http://example.com/hunter2" }, /must begin with https/],
  ])("whose secret holds %s is not tried", async (_what, environment, words) => {
    const failure = await (await aChannelOf({ kind: "webhook", url: "env:HOOK" }, environment)).send(message, []).catch((error) => error);
    expect(failure).toMatchObject({ name: "DeliveryError", permanent: true, message: expect.stringMatching(words) });
    expect(failure.message).not.toContain("hunter2");
  });
});

describe("the documented JSON", () => {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, "../../../docs/webhook-message.schema.json"), "utf8"));
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

  test.each(["single", "combined", "summary", "digest"] as const)("of a %s message is as its schema says", (shape) => {
    const findings = [aFinding(1, { team: "core" }), aFinding(2, { pending: { transition: "resolved" } })];
    const said = composeMessage(shape, shape === "single" ? findings.slice(0, 1) : findings, account);
    expect(validate(JSON.parse(JSON.stringify(webhookMessage(said, account, "hook")))), JSON.stringify(validate.errors)).toBe(true);
  });

  test("stays below a megabyte however much there is to say of a finding, and says what was left out", () => {
    const names = numbers(2000).map((number) => `arn:aws:iam::${account}:role/${"r".repeat(80)}${number}`);
    const findings = numbers(500).map((number) => aFinding(number, { evidence: { names }, title: "t".repeat(600) }));
    const said = webhookMessage(composeMessage("digest", findings, account), account, "hook");
    expect(Buffer.byteLength(JSON.stringify(said))).toBeLessThan(1_000_000);
    expect(said.findings).toHaveLength(500);
    expect(said.findings[0]).toHaveProperty("evidence");
    expect(said.findings.at(-1)).toMatchObject({ id: "F-0000000500", shortened: true });
    expect(validate(JSON.parse(JSON.stringify(said)))).toBe(true);
  });
});
