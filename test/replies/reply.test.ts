import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { questionId } from "../../shared/decisions/questions.ts";
import type { StoredFinding } from "../../shared/model/finding.ts";
import { replyTo, snooze } from "../../shared/replies/reply.ts";
import { signReply } from "../../shared/replies/token.ts";
import type { AnswerPlace } from "../../shared/scan/answer.ts";
import { account, aFinding } from "../cli/a-decided-store.ts";
import { Mailbox } from "../notify/mailbox.ts";

const key = "k".repeat(64);
const now = new Date("2026-11-24T12:00:00Z");
const finding = aFinding(1, { rule: "lambda/unused-function", severity: "LOW" });
const question = questionId(finding.resource.arn);
const token = signReply(question, "payments", key, now);
let mailbox: Mailbox;
let place: AnswerPlace;

beforeAll(async () => {
  mailbox = await Mailbox.open();
});
beforeEach(async () => {
  await mailbox.reset();
  place = { store: mailbox.store, account, regions: [], resources: [], now };
  await mailbox.store.saveFindings([{ finding, previousVersion: undefined }]);
  await ask(finding.resource.arn);
});
afterAll(() => mailbox.close());

const ask = (arn: string) =>
  mailbox.store.questions.add(account, [
    { question: questionId(arn), arn, kind: "asked", at: "2026-11-20T12:00:00.000Z", by: "ada", owner: "payments" },
  ]);
const get = (t: string, at = now) => replyTo({ method: "GET", query: { t }, body: "" }, { ...place, now: at }, key);
const post = (form: Record<string, string>) =>
  replyTo({ method: "POST", query: {}, body: String(new URLSearchParams({ token, ...form })) }, place, key);
const stored = async () => (await mailbox.store.findingById(finding.id)) as StoredFinding;
const history = async () => (await mailbox.store.questions.all(account)).flatMap(({ events }) => events.map(({ kind }) => kind));

describe("a reply link", () => {
  test("opened, asks, and changes nothing, however often a mail scanner opens it", async () => {
    for (let n = 0; n < 3; n += 1) {
      const { statusCode, headers, body } = await get(token);
      expect(statusCode).toBe(200);
      expect(body).toContain('<form method="post">');
      expect(headers["content-security-policy"]).toContain("default-src 'none'");
      expect(headers["cache-control"]).toBe("no-store");
    }
    expect(await history()).toEqual(["asked"]);
    expect((await stored()).status).toBe("NEW");
  });

  test("answered, does what the answer says, and says by which link", async () => {
    const { statusCode, body } = await post({ answer: "needed", until: "2027-02-01" });
    expect(statusCode).toBe(200);
    expect(body).toContain("It is needed until 2027-02-01: 1 finding is accepted until then.");
    expect(await stored()).toMatchObject({
      status: "SUPPRESSED",
      acknowledged: { reason: "not-applicable", by: "whoever has the reply link that was sent to payments" },
    });
    expect((await post({ answer: "can-go" })).statusCode).toBe(200);
    expect((await stored()).status).toBe("NEW");
  });

  test.each<[string, Record<string, string>, number]>([
    ["no answer", {}, 400],
    ["an answer of one's own", { answer: "delete" }, 400],
    ["no day", { answer: "needed" }, 400],
    ["a day that has passed", { answer: "needed", until: "2026-11-24" }, 400],
    ["a day too far", { answer: "needed", until: "2027-11-25" }, 400],
    ["a day that there is not", { answer: "needed", until: "2027-02-31x" }, 400],
    ["a forged token", { answer: "can-go", token: `${token.slice(0, -3)}AAA` }, 403],
    ["a token for a question that was never asked", { answer: "can-go", token: signReply("Q-0000000009", "payments", key, now) }, 404],
    ["a form without end", { answer: "can-go", padding: "x".repeat(10_000) }, 403],
  ])("with %s changes nothing", async (_, form, status) => {
    expect((await post(form)).statusCode).toBe(status);
    expect(await history()).toEqual(["asked"]);
  });

  test("too old, says so; another method is refused", async () => {
    expect((await get(token, new Date("2027-03-01T00:00:00Z"))).statusCode).toBe(410);
    expect((await get("")).statusCode).toBe(403);
    expect((await replyTo({ method: "DELETE", query: { t: token }, body: "" }, place, key)).statusCode).toBe(405);
  });

  test("shows a hostile name as text", async () => {
    const arn = `arn:aws:lambda:eu-west-1:${account}:function:"><script>alert(1)</script>`;
    await ask(arn);
    const { body } = await get(signReply(questionId(arn), '<img src=x onerror="a()">', key, now));
    expect(body).not.toMatch(/<script|<img/);
    expect(body).toContain("&lt;script&gt;");
  });
});

describe("the button in chat", () => {
  test("buys seven days, until the finding changes, and names nobody", async () => {
    expect(await snooze(finding.id, place)).toBe(
      `${finding.id} is not told again until 2026-12-01, unless it changes. To accept it for longer, with a reason: smalltarget ack ${finding.id}`,
    );
    expect(await stored()).toMatchObject({
      status: "SUPPRESSED",
      acknowledged: { reason: "fix-scheduled", until: "2026-12-01T12:00:00.000Z", alsoUntil: "evidence-changed" },
    });
  });

  test("pressed twice buys no more, and does not shorten what somebody decided", async () => {
    await snooze(finding.id, place);
    expect(await snooze(finding.id, { ...place, now: new Date("2026-11-26T12:00:00Z") })).toContain("is accepted until 2026-12-01 already");
    expect(await mailbox.store.decisions.all(account)).toHaveLength(1);
  });

  test.each(["", "F-0000000009", "$id", "A-0000000001", "F-0000000001 --region x", "*"])("answers %j with a sentence", async (id) => {
    expect(await snooze(id, place)).toBe("There is no such finding in this account.");
  });
});
