import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PutEventsRequestEntry, PutEventsResultEntry } from "@aws-sdk/client-eventbridge";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { OwnClients } from "../../../shared/aws/own-clients.ts";
import { NoAnswerError } from "../../../shared/notify/channel.ts";
import { eventsOf } from "../../../shared/notify/kinds/bus-events.ts";
import { scanEvent } from "../../../shared/notify/kinds/scan-event.ts";
import { composeMessage } from "../../../shared/notify/message.ts";
import { account, aFinding, numbers } from "../a-finding.ts";
import { someScanNews } from "../some-scan-news.ts";
import { aChannelOf } from "./a-channel-of.ts";

type Answering = (entries: readonly PutEventsRequestEntry[], number: number) => PutEventsResultEntry[];

/** A bus that answers as the test says, and keeps what it was sent. */
async function aBus(answer: Answering) {
  const requests: PutEventsRequestEntry[][] = [];
  const send = async ({ input }: { input: { Entries: PutEventsRequestEntry[] } }) => {
    requests.push(input.Entries);
    return { Entries: answer(input.Entries, requests.length) };
  };
  const clients = { eventbridge: async () => ({ send }) } as unknown as OwnClients;
  return { requests, channel: await aChannelOf({ kind: "eventbridge", bus: "b" }, {}, clients) };
}

const taken: Answering = (entries) => entries.map(() => ({ EventId: "e" }));
const digest = (count: number) =>
  composeMessage(
    "digest",
    numbers(count).map((number) => aFinding(number, { severity: "LOW" })),
    account,
  );

describe("a bus", () => {
  test("is asked for what it did not take again, and what it never takes stays pending", async () => {
    const { requests, channel } = await aBus((entries, number) =>
      entries.map(({ Detail = "" }) => {
        const id = JSON.parse(Detail).finding?.id;
        if (id === "F-0000000002" && number === 2) return { ErrorCode: "ThrottlingException" };
        return id === "F-0000000003" ? { ErrorCode: "MalformedDetail" } : { EventId: "e" };
      }),
    );
    const { accepted } = await channel.send(digest(4), []);
    expect(accepted.toSorted()).toEqual(["F-0000000001", "F-0000000002", "F-0000000004"]);
    expect(requests.map((entries) => entries.length)).toEqual([1, 4, 2, 1]);
  });

  test("that does not take a list's own event is not told its findings", async () => {
    const { requests, channel } = await aBus((entries) => entries.map(() => ({ ErrorCode: "InternalFailure", ErrorMessage: "sorry" })));
    await expect(channel.send(digest(4), [])).rejects.toThrow(
      /events:PutEvents on b: not accepted, the next scan tries again \(InternalFailure: sorry\)/,
    );
    expect(new Set(requests.map((entries) => entries.length))).toEqual(new Set([1]));
  });

  test.each([
    ["ResourceNotFoundException", 400, true, /there is no such bus/],
    ["AccessDeniedException", 400, true, /refused: allow it/],
    ["ExpiredTokenException", 400, true, /did not accept the credentials/],
    ["ValidationException", 400, false, /the next scan tries again/],
  ])("that answers %s has taken nothing", async (name, httpStatusCode, permanent, words) => {
    const { channel } = await aBus(() => {
      throw Object.assign(new Error("said so"), { name, $metadata: { httpStatusCode } });
    });
    const failure = await channel.send(digest(2), []).catch((error) => error);
    expect(failure).toMatchObject({ permanent, message: expect.stringMatching(words) });
    expect(failure).not.toBeInstanceOf(NoAnswerError);
  });

  test("that does not answer may have taken it", async () => {
    const { channel } = await aBus(() => {
      throw Object.assign(new Error("socket hang up"), { name: "TimeoutError" });
    });
    await expect(channel.send(digest(2), [])).rejects.toThrow(NoAnswerError);
  });

  test("is never sent more than 256 KB at once, nor more than ten events, however much there is to say", async () => {
    const { requests, channel } = await aBus(taken);
    const names = numbers(4000).map((number) => `arn:aws:iam::${account}:role/${"r".repeat(80)}${number}`);
    const findings = numbers(30).map((number) => aFinding(number, { evidence: { names: number % 3 === 0 ? names : names.slice(0, 600) } }));
    const message = composeMessage("digest", findings, account);
    expect((await channel.send(message, [])).accepted).toHaveLength(30);
    for (const entries of requests) {
      expect(entries.length).toBeLessThanOrEqual(10);
      expect(entries.reduce((sum, { Detail = "" }) => sum + Buffer.byteLength(Detail), 0)).toBeLessThan(262_144);
    }
    const details = requests.flat().map(({ Detail = "" }) => JSON.parse(Detail));
    expect(details.filter(({ finding }) => finding?.shortened)).toHaveLength(10);
  });
});

describe("an event", () => {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, "../../../docs/event-detail.schema.json"), "utf8"));
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  const typed = (finding: Parameters<typeof composeMessage>[1][number]) =>
    eventsOf(composeMessage("single", [finding], account), account, "bus")[0];
  const told = { status: "open", severity: "MEDIUM", materialDigest: "", at: "", version: 0, message: "" } as const;

  test.each([
    ["Finding Opened", aFinding(1)],
    ["Finding Reopened", aFinding(1, { pending: { transition: "reopened" } })],
    ["Finding Escalated", aFinding(1, { told: { bus: told }, pending: { transition: "changed" } })],
    ["Finding Changed", aFinding(1, { told: { bus: { ...told, severity: "CRITICAL" } }, pending: { transition: "changed" } })],
    ["Finding Resolved", aFinding(1, { status: "RESOLVED", pending: { transition: "resolved" } })],
    ["Finding Moved", aFinding(1, { pending: { transition: "resolved", left: true } })],
    ["Finding Acknowledged", aFinding(1, { status: "SUPPRESSED", pending: { transition: "suppressed" } })],
    ["Finding Known Before", aFinding(1, { pending: { baseline: true } })],
  ])("is %s, and its detail is as its schema says", (type, finding) => {
    const event = typed(finding);
    expect(event?.type).toBe(type);
    expect(validate(JSON.parse(JSON.stringify(event?.detail))), JSON.stringify(validate.errors)).toBe(true);
  });

  test("of a list as a whole is as its schema says", () => {
    const [first] = eventsOf(digest(3), account, "bus");
    expect(first).toMatchObject({ type: "Digest", detail: { findings: { count: 3 }, render: { level: "info" } } });
    expect(validate(JSON.parse(JSON.stringify(first?.detail))), JSON.stringify(validate.errors)).toBe(true);
  });
});

describe("the event of a scan", () => {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, "../../../docs/scan-event-detail.schema.json"), "utf8"));
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  const row = { collector: "functions", region: "eu-west-1", status: "denied", code: "AccessDenied" };

  test.each([
    ["Scan Completed", someScanNews(), /Open findings: 1 CRITICAL, 4 LOW, and 2 accepted for now\./],
    [
      "Scan Degraded",
      someScanNews({ complete: false, incomplete: [row] }),
      /functions in eu-west-1 \(AccessDenied\)\. .*not known to be fine/,
    ],
    ["Scan Degraded", someScanNews({ complete: false }), /no time for everything: the next scan goes on/],
  ])("is %s, and its detail is as its schema says", (type, news, words) => {
    const event = scanEvent(news);
    expect(event.type).toBe(type);
    expect(event.detail).toMatchObject({ version: 1, account, scanId: "scan-1", open: news.openBySeverity, complete: news.complete });
    expect(event.detail.render.text).toMatch(words);
    expect(validate(JSON.parse(JSON.stringify(event.detail))), JSON.stringify(validate.errors)).toBe(true);
  });

  test("names 50 rows of what could not be looked at, counts all, and lets no code from outside format anything", () => {
    const rows = numbers(900).map((number) => ({ ...row, collector: `c${number}`, code: `<!channel>${"x".repeat(5000)}\u202e` }));
    const event = scanEvent(someScanNews({ complete: false, incomplete: rows }));
    expect(event.detail.notLookedAt).toMatchObject({ count: 900 });
    expect(event.detail.notLookedAt.rows).toHaveLength(50);
    expect(event.detail.render.text).toContain("and 895 more");
    expect(event.detail.render.slack).not.toContain("<!channel>");
    expect(JSON.stringify(event)).not.toContain("\u202e");
    expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(20_000);
  });

  test("that the bus does not take is tried again, then said, without a promise that the next scan tells it", async () => {
    const { requests, channel } = await aBus((entries) => entries.map(() => ({ ErrorCode: "InternalFailure", ErrorMessage: "sorry" })));
    const failure = await channel.tellScan?.(someScanNews()).catch((error) => error);
    expect(failure.message).toMatch(/^events:PutEvents on b: not accepted, the next scan tells of itself \(InternalFailure: sorry\)/);
    expect(requests).toHaveLength(3);
  });
});
