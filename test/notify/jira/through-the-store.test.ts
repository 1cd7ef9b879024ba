// Tickets and Security Hub through the outbox: what they remember is kept in the table, and what happens to a finding is told once.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createOwnClients } from "../../../shared/aws/own-clients.ts";
import type { StoredFinding } from "../../../shared/model/finding.ts";
import type { Channel } from "../../../shared/notify/channel.ts";
import { deliver } from "../../../shared/notify/deliver.ts";
import { kind as hubKind } from "../../../shared/notify/kinds/securityhub.ts";
import { composeMessage } from "../../../shared/notify/message.ts";
import { acceptedReceipt, receiptOf } from "../../../shared/notify/receipt.ts";
import { account, aFinding, numbers } from "../a-finding.ts";
import { Mailbox, regions } from "../mailbox.ts";
import { Hubs } from "../securityhub/a-hub.ts";
import { someScanNews } from "../some-scan-news.ts";
import { Desk } from "./a-desk.ts";
import { AJira } from "./a-jira.ts";

const day = (number: number) => new Date(Date.UTC(2026, 10, number, 3));

const decision = {
  ack: "A-0000000001",
  scope: "finding",
  reason: "accepted-risk",
  comment: "ends by itself",
  until: "2027-01-24T00:00:00.000Z",
  alsoUntil: "worse",
  by: "arn:aws:iam::111122223333:user/anna",
  at: "2026-11-20T05:00:00.000Z",
  severity: "HIGH",
  evidenceDigest: "x",
} as const;

let mailbox: Mailbox;
let jira: AJira;
let hubs: Hubs;
let channels: Channel[];
beforeAll(async () => {
  mailbox = await Mailbox.open();
});
afterAll(() => mailbox.close());
beforeEach(async () => {
  await mailbox.reset();
  jira = await AJira.open(3);
  hubs = await Hubs.open();
  const refuse = () => Promise.reject(new Error("no HTTP and no secret is needed"));
  const clients = { ...createOwnClients("eu-west-1"), securityhub: async (region: string) => hubs.client(region) };
  const hub = hubKind.open(
    "hub",
    {},
    { secret: refuse, request: refuse, clients, account, partition: "aws", region: "eu-west-1", now: () => day(24) },
  );
  channels = [new Desk(jira, { closes: "Done" }).channel(), hub];
  return async () => {
    await jira.close();
    await hubs.close();
  };
});

/** A finding as the store gets it first. */
function fresh(number: number, given: Parameters<typeof aFinding>[1] = {}): StoredFinding {
  const { pending: _, ...finding } = aFinding(number, { team: "payments", changedAt: day(20).toISOString(), ...given });
  return finding;
}

async function write(...findings: readonly StoredFinding[]): Promise<void> {
  expect(await mailbox.store.saveFindings(findings.map((finding) => ({ finding, previousVersion: undefined })))).toEqual([]);
}

async function change(number: number, on: number, given: Partial<StoredFinding>): Promise<void> {
  await mailbox.writeElsewhere(fresh(number).id, { changedAt: day(on).toISOString(), ...given });
}

const run = (on: number) => deliver({ store: mailbox.store, channels, account, regions, now: day(on) });

describe("a ticket that people closed as won't do, while nothing changes", () => {
  const command = "smalltarget ack F-0000000001 --reason accepted-risk";
  const scan = (on: number) =>
    deliver({ store: mailbox.store, channels, account, regions, now: day(on), scan: someScanNews({ scanId: `s-${on}` }) });

  it("is proposed as a decision by the next scan, once, in one request, and nothing is accepted by itself", async () => {
    await write(fresh(1), fresh(2, { rule: "lambda/unused-function" }));
    await scan(20);
    expect(jira.tickets.size).toBe(2);
    const [key = ""] = [...jira.tickets].find(([, { fields }]) => jira.text(fields.description).includes("F-0000000001")) ?? [];
    jira.resolve(key, "Won't Do");
    const before = jira.requests.length;
    const { notes, failed } = await scan(21);
    expect(failed).toEqual([]);
    expect(notes).toEqual([{ channel: "tickets", note: expect.stringContaining(command) }]);
    expect(jira.tickets.get(key)?.comments.map((comment) => jira.text(comment))).toEqual([expect.stringContaining(command)]);
    expect(jira.requests.slice(before).filter((line) => line.startsWith("POST /rest/api/3/search"))).toHaveLength(1);
    expect(await scan(22)).not.toHaveProperty("notes");
    expect(jira.tickets.get(key)?.comments).toHaveLength(1);
    expect((await mailbox.stored("F-0000000001"))?.status).not.toBe("SUPPRESSED");
  });

  it("asks nothing where no ticket has anything open, of a finding that is accepted, and of a ticket that was closed as done", async () => {
    await scan(19);
    expect(jira.requests).toEqual([]);
    await write(fresh(1));
    await scan(20);
    jira.resolve("SEC-1", "Done");
    expect(await scan(21)).not.toHaveProperty("notes");
    await change(1, 22, { status: "SUPPRESSED", acknowledged: decision });
    await scan(22);
    jira.resolve("SEC-1", "Won't Do");
    const before = jira.requests.length;
    expect(await scan(23)).not.toHaveProperty("notes");
    expect(jira.requests.length).toBe(before);
  });

  it("is asked for by the next scan where Jira does not answer, and keeps nothing else back", async () => {
    await write(fresh(1));
    await scan(20);
    jira.resolve("SEC-1", "Won't Do");
    jira.trouble.push({ begins: "POST /rest/api/3/search/jql", answer: { status: 403, body: {} } });
    expect((await scan(21)).notes).toEqual([{ channel: "tickets", note: expect.stringContaining("could not be asked") }]);
    expect((await scan(22)).notes).toEqual([{ channel: "tickets", note: expect.stringContaining(command) }]);
  });
});

describe("tickets and Security Hub, day after day", () => {
  it("tell each change once, keep what they remember, show decisions, and close at the end", async () => {
    await write(fresh(1), fresh(2), fresh(3));
    expect((await run(20)).failed).toEqual([]);
    const ticket = jira.only();
    const first = (await mailbox.stored("F-0000000001"))?.told;
    expect(first?.tickets?.memory).toMatch(/^SEC-1 smalltarget-[0-9a-f]{12}$/);
    const quiet = jira.requests.length;
    await run(21);
    expect(jira.requests.length).toBe(quiet);

    await change(1, 22, { status: "SUPPRESSED", acknowledged: decision });
    await run(22);
    expect(jira.text(ticket.comments[0])).toMatch(
      /F-0000000001 accepted: .*accepted until 24 Jan 2027 \(A-0000000001, accepted-risk: ends by itself\)/,
    );
    expect(hubs.in("eu-west-1")["smalltarget/F-0000000001"]?.workflow).toBe("SUPPRESSED");

    const { acknowledged: _, ...held } = (await mailbox.stored("F-0000000001")) ?? fresh(1);
    const released = { ack: decision.ack, why: "expired" as const, at: day(23).toISOString(), version: held.version + 1 };
    const open = { ...held, status: "NEW" as const, changedAt: day(23).toISOString(), released, version: held.version + 1 };
    expect(await mailbox.store.saveFindings([{ finding: open, previousVersion: held.version }])).toEqual([]);
    await run(23);
    expect(jira.text(ticket.comments[1])).toMatch(/F-0000000001 again: HIGH, .*was accepted \(A-0000000001\) until now: /);
    expect(hubs.in("eu-west-1")["smalltarget/F-0000000001"]?.workflow).toBe("NEW");

    for (const number of [1, 2, 3]) await change(number, 24, { status: "RESOLVED", resolvedAt: day(24).toISOString() });
    await run(24);
    expect(ticket.comments).toHaveLength(3);
    expect(ticket.status.name).toBe("Done");
    expect(Object.values(hubs.in("eu-west-1")).map(({ finding }) => finding.RecordState)).toEqual(["ARCHIVED", "ARCHIVED", "ARCHIVED"]);
    const after = [jira.requests.length, hubs.requests.length];
    await run(25);
    expect([jira.requests.length, hubs.requests.length]).toEqual(after);
  });

  it("propose the decision where the ticket was closed as won't do, in the report of the scan", async () => {
    await write(fresh(1));
    await run(20);
    jira.resolve("SEC-1", "Won't Do");
    await change(1, 22, { severity: "CRITICAL" });
    const { notes, failed } = await run(22);
    expect(failed).toEqual([]);
    expect(notes).toEqual([{ channel: "tickets", note: expect.stringContaining("smalltarget ack F-0000000001 --reason accepted-risk") }]);
    expect((await run(23)).notes).toBeUndefined();
  });

  it("of as many findings as a list may have are written down in less than an item of the table takes", async () => {
    const [tickets] = channels;
    const most = tickets?.limits.findings ?? 0;
    const message = composeMessage(
      "summary",
      numbers(most).map((number) => aFinding(number, { team: "payments" })),
      account,
    );
    const answer = await tickets?.send(message, []);
    expect(answer?.accepted).toHaveLength(most);
    const receipt = acceptedReceipt(receiptOf("summary", message, day(20)), message.findings, answer ?? { accepted: [] });
    // DynamoDB takes 400 KB; the rest is for the other channels' states
    expect(Buffer.byteLength(JSON.stringify(receipt))).toBeLessThan(300_000);
  });

  it("whose Jira is down stay pending there and nowhere else, and are told when it is back", async () => {
    await write(fresh(1));
    jira.trouble.push({ begins: "GET /rest/api/3/mypermissions", answer: { status: 503, text: "down" } });
    const report = await run(20);
    expect(report.failed).toMatchObject([{ channel: "tickets", error: expect.stringContaining("does not work at the moment") }]);
    expect(Object.keys(hubs.in("eu-west-1"))).toEqual(["smalltarget/F-0000000001"]);
    expect((await run(21)).failed).toEqual([]);
    expect(jira.tickets.size).toBe(1);
  });
});
