import { expect, test } from "vitest";
import { readReply, replyDays, signReply } from "../../shared/replies/token.ts";

const key = "k".repeat(64);
const now = new Date("2026-11-24T12:00:00Z");
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
const token = signReply("Q-0000000001", "shop", key, now);

test("a token says what it answers until it expires", () => {
  expect(readReply(token, key, later(replyDays - 1))).toMatchObject({ question: "Q-0000000001", to: "shop" });
  expect(readReply(token, key, later(replyDays))).toBe("expired");
});

test("nobody can make one without the key, nor change one", () => {
  const [body = "", signature = ""] = token.split(".");
  const other = Buffer.from(JSON.stringify({ question: "Q-0000000002", to: "shop", until: later(9000).getTime() })).toString("base64url");
  for (const forged of [
    `${other}.${signature}`,
    `${body}.${signature.slice(0, -2)}AA`,
    `${body}.`,
    `.${signature}`,
    body,
    "",
    "a".repeat(100_000),
    `${token}.${token}`,
    `${token} `,
    signReply("Q-0000000001", "shop", "x".repeat(64), now),
  ]) {
    expect(readReply(forged, key, now)).toBe("invalid");
  }
});

test("a key that is no key signs nothing", () => {
  expect(() => signReply("Q-0000000001", "shop", "", now)).toThrow(/too short/);
});
