import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aFinding, numbers } from "../a-finding.ts";
import "../without-aws-environment.ts";
import { Desk, happened } from "./a-desk.ts";
import { AJira } from "./a-jira.ts";

const days = numbers(9).map((day) => `2026-11-${10 + day}T03:00:00.000Z`);
const [day1 = "", day2 = "", day3 = "", day4 = ""] = days;

describe.each([3, 2] as const)("tickets in Jira, version %i of its API", (api) => {
  let jira: AJira;
  let desk: Desk;
  beforeEach(async () => {
    jira = await AJira.open(api);
    desk = new Desk(jira);
  });
  afterEach(() => jira.close());

  const list = (key = "SEC-1") =>
    jira
      .text(jira.tickets.get(key)?.fields.description)
      .split("\n")
      .filter((line) => /^(\* \((\/|x)\)|\[.\]) F-/.test(line))
      .map((line) => line.replace(/^(\* \(\/\)|\[x\]) (F-\d+).*/, "done $2").replace(/^(\* \(x\)|\[ \]) (F-\d+).*/, "open $2"));
  const comments = (key = "SEC-1") => (jira.tickets.get(key)?.comments ?? []).map((comment) => jira.text(comment));
  const ids = (...numbers: number[]) => numbers.map((number) => `F-${String(number).padStart(10, "0")}`);

  it("are one for each rule and owner, with what to do, and labels without spaces", async () => {
    const findings = [
      aFinding(1, { team: "payments" }),
      aFinding(2, { team: "payments" }),
      aFinding(3, { team: "core team" }),
      aFinding(4),
      aFinding(5, { team: "payments", rule: "sqs/visibility-timeout-too-short" }),
    ];
    const { accepted, remember } = await desk.tell(...findings);
    expect(accepted.toSorted()).toEqual(ids(1, 2, 3, 4, 5));
    const tickets = [...jira.tickets.values()].map(({ key, fields }) => [fields.summary, list(key).length]);
    expect(tickets).toEqual([
      ["lambda: timeout too tight (nobody's, account 111122223333)", 1],
      ["lambda: timeout too tight (core team, account 111122223333)", 1],
      ["lambda: timeout too tight (payments, account 111122223333)", 2],
      ["sqs: visibility timeout too short (payments, account 111122223333)", 1],
    ]);
    expect(remember?.["F-0000000001"]).toMatch(/^SEC-3 smalltarget-[0-9a-f]{12}$/);
    const said = jira.text(jira.tickets.get("SEC-3")?.fields.description);
    for (const part of [
      "orders-1 comes within 3 % of its timeout",
      "arn:aws:lambda:eu-west-1:111122223333:function:orders-1",
      "payments (tag team)",
      "9,700 ms",
      "Set the timeout to 22 s",
      "aws lambda update-function-configuration --region eu-west-1 --function-name 'orders-1' --timeout 22",
      "smalltarget show F-0000000001",
    ])
      expect(said).toContain(part);
  });

  it("are told of a change by a comment and by their list; what people wrote stays", async () => {
    await desk.tell(happened(1, "opened", day1), happened(2, "opened", day1));
    const ticket = jira.only();
    const mine =
      api === 2
        ? `${ticket.fields.description}\n\nWe look at it in week 49.`
        : withParagraph(ticket.fields.description, "We look at it in week 49.");
    ticket.fields.description = mine;
    await desk.tell(happened(1, "resolved", day2), happened(2, "changed", day2, { severity: "CRITICAL" }), happened(3, "opened", day2));
    expect(list()).toEqual(["open F-0000000002", "open F-0000000003", "done F-0000000001"]);
    expect(jira.text(ticket.fields.description)).toContain("We look at it in week 49.");
    expect(comments()).toHaveLength(1);
    for (const part of ["F-0000000001 resolved", "F-0000000002 changed: CRITICAL", "F-0000000003 new: HIGH", "Small Target, message M-"])
      expect(comments()[0]?.replaceAll("*", "")).toContain(part);
    expect(ticket.status.name).toBe("To Do");
  });

  it("stay open when everything is over, unless the settings name a transition that closes them", async () => {
    await desk.tell(happened(1, "opened", day1), happened(2, "opened", day1));
    await desk.tell(happened(1, "resolved", day2));
    await desk.tell(happened(2, "resolved", day3));
    expect(jira.only().status.name).toBe("To Do");
    expect(list().toSorted()).toEqual(["done F-0000000001", "done F-0000000002"]);
    const closing = new Desk(jira, { closes: "done" });
    await closing.tell(happened(7, "opened", day1, { team: "core" }), happened(8, "opened", day1, { team: "core" }));
    await closing.tell(happened(7, "resolved", day2, { team: "core" }));
    expect(jira.tickets.get("SEC-2")?.status.name).toBe("To Do");
    await closing.tell(happened(8, "resolved", day3, { team: "core" }));
    expect(jira.tickets.get("SEC-2")?.status.name).toBe("Done");
  });

  it("whose closing transition does not exist say which there are", async () => {
    const closing = new Desk(jira, { closes: "Close" });
    await closing.tell(happened(1, "opened", day1));
    const { notes } = await closing.tell(happened(1, "resolved", day2));
    expect(notes).toEqual([expect.stringMatching(/^SEC-1 is done, but has no transition called Close now; .*In Progress, Done$/)]);
  });

  it("that were closed get a successor that links them when a finding comes back, and none for what is over", async () => {
    await desk.tell(happened(1, "opened", day1), happened(2, "opened", day1));
    jira.resolve("SEC-1", "Done");
    await desk.tell(happened(1, "resolved", day2));
    expect(jira.tickets.size).toBe(1);
    await desk.tell(happened(1, "reopened", day3));
    expect(jira.links).toEqual([["SEC-2", "SEC-1"]]);
    expect(list("SEC-2")).toEqual(["open F-0000000001"]);
    expect(jira.text(jira.tickets.get("SEC-2")?.fields.description)).toContain("goes on from SEC-1");
    // the other one of the old ticket goes where the work is now
    await desk.tell(happened(2, "changed", day4, { severity: "CRITICAL" }));
    expect(jira.tickets.size).toBe(2);
    expect(list("SEC-2")).toEqual(["open F-0000000001", "open F-0000000002"]);
  });

  it.each(["Won't Do", "Won’t Fix"])(
    "closed as %s propose the decision instead of a new ticket, and only for what they were about",
    async (resolution) => {
      desk.deployment = { stack: "SmallTarget", region: "eu-west-1" };
      await desk.tell(happened(1, "opened", day1));
      jira.resolve("SEC-1", resolution);
      const { accepted, notes } = await desk.tell(happened(1, "changed", day2, { severity: "CRITICAL" }));
      expect(accepted).toEqual(ids(1));
      const command =
        /AWS_REGION=eu-west-1 smalltarget ack F-0000000001 --reason accepted-risk --comment "closed as Wont \w+ in SEC-1" --until 90d --ticket SEC-1 --stack SmallTarget/;
      expect(notes).toEqual([expect.stringMatching(command)]);
      expect(comments()).toEqual([expect.stringMatching(command)]);
      expect(jira.tickets.size).toBe(1);
      await desk.tell(happened(2, "opened", day3));
      expect(list("SEC-2")).toEqual(["open F-0000000002"]);
      expect(jira.links).toEqual([["SEC-2", "SEC-1"]]);
    },
  );

  it("that take no comment once they are closed still lead to the proposal", async () => {
    await desk.tell(happened(1, "opened", day1));
    jira.resolve("SEC-1", "Won't Do");
    jira.closedIsClosed = true;
    const { accepted, notes } = await desk.tell(happened(1, "changed", day2, { severity: "CRITICAL" }));
    expect(accepted).toEqual(ids(1));
    expect(notes).toEqual([expect.stringContaining("smalltarget ack F-0000000001"), expect.stringContaining("no comment could be left")]);
  });

  it("say when a decision holds a finding, and count it as done", async () => {
    await desk.tell(happened(1, "opened", day1), happened(2, "opened", day1));
    await desk.tell(happened(1, "suppressed", day2, { status: "SUPPRESSED" }));
    expect(list()).toEqual(["open F-0000000002", "done F-0000000001"]);
    expect(comments()).toEqual([expect.stringContaining("F-0000000001 accepted")]);
    await desk.tell(happened(1, "reopened", day3));
    expect(list()).toEqual(["open F-0000000002", "open F-0000000001"]);
  });

  it("hand a finding over to the ticket of its new owner, and say in the old one that it is gone", async () => {
    const closing = new Desk(jira, { closes: "Done" });
    await closing.tell(happened(1, "opened", day1), happened(2, "opened", day1));
    await closing.tell(happened(1, "changed", day2, { severity: "CRITICAL", team: "core" }));
    expect(list("SEC-2")).toEqual(["open F-0000000001"]);
    expect(list("SEC-1")).toEqual(["open F-0000000002", "done F-0000000001"]);
    expect(comments("SEC-1")).toEqual([expect.stringContaining("F-0000000001 moved")]);
    expect(comments("SEC-1")[0]).toContain("Now CRITICAL, of core");
    // what is over is told where the finding is
    await closing.tell(happened(1, "resolved", day3, { team: "search" }));
    expect(jira.tickets.get("SEC-2")?.status.name).toBe("Done");
    expect(jira.tickets.size).toBe(2);
    await closing.tell(happened(2, "resolved", day3));
    expect(jira.tickets.get("SEC-1")?.status.name).toBe("Done");
  });

  it("let go of a finding that is no longer told here, and do not wait for it", async () => {
    const closing = new Desk(jira, { closes: "Done" });
    await closing.tell(happened(1, "opened", day1), happened(2, "opened", day1));
    await closing.tell(aFinding(1, { team: "payments", severity: "LOW", pending: { transition: "resolved", left: true } }));
    expect(list()).toEqual(["open F-0000000002", "done F-0000000001"]);
    expect(comments()).toEqual([expect.stringContaining("no longer told here")]);
    await closing.tell(happened(2, "resolved", day3));
    expect(jira.only().status.name).toBe("Done");
  });

  it("are not made for what is over or accepted before anybody heard of it", async () => {
    const answer = await desk.tell(happened(1, "resolved", day1), happened(2, "suppressed", day1, { status: "SUPPRESSED" }));
    expect(answer.accepted).toEqual(ids(2, 1).toSorted((a, b) => answer.accepted.indexOf(a) - answer.accepted.indexOf(b)));
    expect(jira.tickets.size).toBe(0);
  });

  it("are found by their label when our memory is lost, and made anew when somebody deleted them", async () => {
    await desk.tell(happened(1, "opened", day1));
    await new Desk(jira).tell(happened(1, "changed", day2, { severity: "CRITICAL" }));
    expect(comments()).toHaveLength(1);
    jira.tickets.clear();
    await desk.tell(happened(1, "changed", day3));
    expect([...jira.tickets.keys()]).toEqual(["SEC-2"]);
  });

  it("with one label on several pages are all looked through: the open one counts", async () => {
    jira.pageSize = 2;
    for (const day of days.slice(0, 6)) {
      const lost = new Desk(jira);
      await lost.tell(happened(1, "reopened", day));
      for (const key of [...jira.tickets.keys()].slice(0, -1)) jira.resolve(key, "Done");
      const newest = [...jira.tickets.keys()].at(-1) ?? "";
      if (day !== days[5]) jira.resolve(newest, "Done");
    }
    expect(jira.tickets.size).toBe(6);
    await new Desk(jira).tell(happened(1, "changed", "2026-11-20T03:00:00.000Z", { severity: "CRITICAL" }));
    expect(jira.tickets.size).toBe(6);
    expect(comments("SEC-6")).toHaveLength(1);
  });

  it("of ten thousand findings stay within Jira's limit and say how many are left out", async () => {
    const many = numbers(3000).map((number) => happened(number, "opened", day1, { name: `function-${number}-${"x".repeat(60)}` }));
    await desk.tell(...many);
    const text = jira.text(jira.only().fields.description);
    const [, more = "0"] = /\.\.\. and ([\d,]+) more/.exec(text) ?? [];
    expect(list().length + Number(more.replaceAll(",", ""))).toBe(3000);
    expect(list().length).toBeGreaterThan(80);
    await desk.tell(
      ...many
        .slice(0, 60)
        .map((finding) => ({ ...finding, status: "RESOLVED" as const, pending: { ...finding.pending, transition: "resolved" as const } })),
    );
    expect(comments()).toHaveLength(1);
  });

  it("keep the person's own fields and labels, and never take ours from them", async () => {
    const own = new Desk(jira, { fields: { priority: { name: "High" }, labels: ["security"] } });
    await own.tell(happened(1, "opened", day1));
    const { fields } = jira.only();
    expect(fields.priority).toEqual({ name: "High" });
    expect(fields.labels).toEqual(["smalltarget", expect.stringMatching(/^smalltarget-[0-9a-f]{12}$/), "security"]);
  });
});

function withParagraph(description: unknown, text: string): unknown {
  const { content, ...rest } = description as { content: unknown[] };
  return { ...rest, content: [...content, { type: "paragraph", content: [{ type: "text", text }] }] };
}
