/** The alias of the account: how it reaches whoever reads, and what is left where AWS does not tell it. */
import { afterEach, describe, expect, test } from "vitest";
import type { Message } from "../../shared/notify/channel.ts";
import { eventsOf } from "../../shared/notify/kinds/bus-events.ts";
import { webhookMessage } from "../../shared/notify/kinds/webhook.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { aChannel } from "../notify/a-channel.ts";
import { denying, StubAccount, type StubFunction } from "../stub-account.ts";

const account = "111122223333";
const old: StubFunction = { name: "old", configuration: { Runtime: "nodejs16.x" }, tags: { team: "core" } };
const fine: StubFunction = { name: "fine", configuration: { Runtime: "nodejs24.x" }, tags: { team: "core" } };
const day = (count: number) => new Date(Date.UTC(2026, 10, 23 + count, 9));

let dog: TestWatchdog | undefined;
afterEach(() => dog?.close());

/** A first look, then something grave, then the weekly digest of a Monday. */
async function threeScans(aliases: readonly string[]) {
  const answers = { "iam:ListAccountAliases": () => ({ AccountAliases: aliases }) };
  const stub = new StubAccount({ now: day(0), regions: ["eu-west-1"], functions: [fine], answers });
  const heard: Message[] = [];
  dog = await aWatchdog(stub, { channels: [aChannel("hook", heard)] });
  await dog.scan();
  stub.data.now = day(1);
  stub.data.functions = [fine, old];
  const { document } = await dog.scan();
  stub.data.now = day(7);
  await dog.scan();
  return { heard, document, dog };
}

describe("an account with an alias", () => {
  test("is called by it in every message, beside its number, and in the data for programs", async () => {
    const { heard, document } = await threeScans(["acme-prod"]);
    expect(document.scan).toMatchObject({ account, accountAlias: "acme-prod" });
    expect(new Set(heard.map(({ kind }) => kind))).toEqual(new Set(["summary", "opened", "digest"]));
    for (const message of heard) {
      expect(message.text.replaceAll(/\s+/g, " ")).toContain("account 111122223333 (acme-prod)");
      expect(message.markdown).toContain("account 111122223333 (acme-prod)");
      expect(webhookMessage(message, account, "hook")).toMatchObject({ account, accountAlias: "acme-prod" });
      for (const { detail } of eventsOf(message, account, "bus")) {
        expect(detail).toMatchObject({ account, accountAlias: "acme-prod" });
        expect(detail.render.text.replaceAll(/\s+/g, " ")).toContain("account 111122223333 (acme-prod)");
      }
    }
    expect(heard.find(({ subject }) => subject.includes("Week to"))?.subject).toMatch(/Week to 2026-11-30, account acme-prod: /);
  });

  test("gives no message another id: what is tried again on a day on which the alias is not told is still the same", async () => {
    const named = await threeScans(["acme-prod"]);
    await dog?.close();
    const unnamed = await threeScans([]);
    expect(named.heard.map(({ id }) => id)).toEqual(unnamed.heard.map(({ id }) => id));
  });
});

test("that the alias may not be read is in the coverage and is no gap: messages name the number, and no finding comes of it", async () => {
  const stub = new StubAccount({ now: day(0), regions: ["eu-west-1"], functions: [fine] });
  stub.fault = denying(/^iam:ListAccountAliases$/);
  const heard: Message[] = [];
  dog = await aWatchdog(stub, { channels: [aChannel("hook", heard)] });
  const { document, incomplete } = await dog.scan();
  expect(document.coverage).toContainEqual(expect.objectContaining({ collector: "alias", status: "denied" }));
  expect(document.scan.complete).toBe(true);
  expect(document.scan).not.toHaveProperty("accountAlias");
  expect(document.findings.filter(({ rule }) => rule.startsWith("scan/"))).toEqual([]);
  expect(incomplete).toEqual([]);
  for (const { text } of heard) expect(text).toMatch(/account 111122223333[:.]/);
});
