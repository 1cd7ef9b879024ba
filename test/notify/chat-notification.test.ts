import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import type { Message } from "../../shared/notify/channel.ts";
import { chatNotification } from "../../shared/notify/chat-notification.ts";
import { composeMessage } from "../../shared/notify/message.ts";
import { silenceMessage } from "../../shared/notify/silence-message.ts";
import { account, aFinding, numbers } from "./a-finding.ts";
import { chatSchema } from "./chat-schema.ts";
import { hostileNames } from "./hostile-names.ts";

const fits = new Ajv({ allErrors: true }).compile(chatSchema);

interface Notification {
  readonly content: { readonly description: string };
  readonly metadata: {
    readonly threadId?: string;
    readonly additionalContext: Record<string, string>;
    readonly enableCustomActions: boolean;
  };
}

/** The notification, and what the format has against it. */
function written(message: Message): Notification {
  const notification = chatNotification(message);
  expect(fits(notification) ? [] : fits.errors).toEqual([]);
  return notification as Notification;
}

describe("a notification for chat", () => {
  it("about one finding carries its thread and what a button hands on", () => {
    const { metadata } = written(composeMessage("single", [aFinding(1, { team: "payments" })], account));
    expect(metadata).toMatchObject({
      threadId: "F-0000000001",
      enableCustomActions: true,
      additionalContext: { findingId: "F-0000000001", rule: "lambda/timeout-too-tight", account, region: "eu-west-1", severity: "HIGH" },
    });
  });

  it("that a finding came back or is over goes into the same thread", () => {
    const again = written(composeMessage("single", [aFinding(1, { pending: { transition: "reopened" } })], account));
    const over = written(composeMessage("single", [aFinding(1, { status: "RESOLVED", pending: { transition: "resolved" } })], account));
    expect([again.metadata.threadId, over.metadata.threadId]).toEqual(["F-0000000001", "F-0000000001"]);
  });

  it.each([
    ["several findings", composeMessage("combined", [aFinding(1), aFinding(2)], account)],
    ["a digest of one", composeMessage("digest", [aFinding(1)], account)],
    [
      "a first look at very many",
      composeMessage(
        "summary",
        numbers(3000).map((number) => aFinding(number, { team: `team-${number}` })),
        account,
      ),
    ],
    ["a watchdog that does not scan", silenceMessage({ account, hours: 50 })],
  ])("about %s has no thread and no button", (_what, message) => {
    const { metadata } = written(message);
    expect(metadata).not.toHaveProperty("threadId");
    expect(metadata.enableCustomActions).toBe(false);
    expect(metadata.additionalContext).not.toHaveProperty("findingId");
  });

  it("that is too long ends with a whole line", () => {
    const message = composeMessage("single", [aFinding(1)], account);
    const long = {
      ...message,
      markdown: numbers(400)
        .map((number) => `line ${number} of it`)
        .join("\n"),
      nextSteps: ["x".repeat(600), "look"],
    };
    const { content } = written(long);
    expect(content.description).toMatch(/line \d+ of it\n\.\.\.$/);
  });

  it.each(Object.entries(hostileNames))("with %s in a name stays in its shape", (_what, name) => {
    const finding = aFinding(1, {
      name,
      team: name,
      title: `${name} comes near`,
      rule: `lambda/${name}`,
      owner: { team: name, env: name, source: name },
    });
    for (const shape of ["single", "digest"] as const) written(composeMessage(shape, [finding], account));
  });
});
