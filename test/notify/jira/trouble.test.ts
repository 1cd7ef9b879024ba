import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createOwnClients } from "../../../shared/aws/own-clients.ts";
import type { PendingFinding } from "../../../shared/model/finding.ts";
import { DeliveryError } from "../../../shared/notify/channel.ts";
import { adf } from "../../../shared/notify/jira/adf.ts";
import { wikiText } from "../../../shared/notify/jira/wiki-text.ts";
import { composeMessage } from "../../../shared/notify/message.ts";
import { openChannels } from "../../../shared/notify/open-channels.ts";
import { account, hostileName, numbers } from "../a-finding.ts";
import "../without-aws-environment.ts";
import { Desk, happened } from "./a-desk.ts";
import { AJira, type Answer } from "./a-jira.ts";

const [day1, day2] = ["2026-11-20T03:00:00.000Z", "2026-11-21T03:00:00.000Z"];

let jira: AJira;
let desk: Desk;
beforeEach(async () => {
  jira = await AJira.open(3);
  desk = new Desk(jira);
});
afterEach(() => jira.close());

async function refusedWith(answer: Answer, begins = "POST /rest/api/3/issue"): Promise<DeliveryError> {
  jira.trouble.push({ begins, answer });
  const error = await desk.tell(happened(1, "opened", day1)).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(DeliveryError);
  return error as DeliveryError;
}

const refused = (message: string, errors: object = {}) => ({
  status: 400,
  body: { errorMessages: message === "" ? [] : [message], errors },
});

describe("what Jira refuses is said with what to do next", () => {
  it.each<[string, Answer, RegExp, boolean]>([
    [
      "a token that is not accepted",
      { status: 401, text: "" },
      /did not accept bot@example\.com .*id\.atlassian\.com.* into ssm:\/smalltarget\/jira/,
      true,
    ],
    ["a CAPTCHA", { status: 403, text: "", headers: { "x-seraph-loginreason": "AUTHENTICATION_DENIED" } }, /CAPTCHA.*sign in once/, true],
    ["a missing permission", { status: 403, body: {} }, /needs Browse Projects, Create Issues, Edit Issues and Add Comments in SEC/, true],
    ["an API that is not there", { status: 404, text: "<html>" }, /check "site".*Data Center takes "api": 2/, true],
    ["a page of another program", { status: 200, text: "<html>Sign in</html>" }, /what answered is not Jira \(no JSON, status 200\)/, true],
    ["a way to elsewhere", { status: 302, headers: { location: "https://evil.example/" } }, /not followed: set "site"/, true],
    ["too many requests", { status: 429, headers: { "retry-after": "37" } }, /asks to wait 37 s; the next scan goes on/, true],
    ["a Jira that is down", { status: 503, text: "" }, /does not work at the moment/, true],
    [
      "no Labels on the screen",
      refused("", { labels: "Field 'labels' cannot be set. It is not on the appropriate screen, or unknown." }),
      /Labels has to be on the create screen of Task in SEC/,
      true,
    ],
    [
      "a type that is not there",
      refused("", { issuetype: "The issue type selected is invalid." }),
      /set "issueType" to a type that SEC has/,
      true,
    ],
    [
      "a field that the project wants",
      refused("", { customfield_10010: "Team is required." }),
      /give them as "fields" of the channel.*customfield_10010: Team is required/,
      true,
    ],
    ["something else", refused("Something is odd"), /not accepted, the next scan tries again \(400: Something is odd\)/, false],
  ])("%s", async (_what, answer, words, permanent) => {
    const error = await refusedWith(answer);
    expect(error.message).toMatch(/^Jira POST issue at 127\.0\.0\.1:\d+: /);
    expect(error.message).toMatch(words);
    expect(error.permanent).toBe(permanent);
    expect(error.message).not.toContain("token-of-the-bot");
  });

  it("a project that is not there, and permissions that are missing, before anything is made", async () => {
    desk = new Desk(jira, { project: "SECC" });
    await expect(desk.tell(happened(1, "opened", day1))).rejects.toThrow(/check "site".*"project" \(SECC\).*No project could be found/);
    desk = new Desk(jira);
    jira.lacking.add("CREATE_ISSUES").add("BROWSE_PROJECTS");
    await expect(desk.tell(happened(1, "opened", day1))).rejects.toThrow(
      "Jira project SEC: bot@example.com lacks Browse Projects, Create Issues: an administrator of the project gives these permissions",
    );
    expect(jira.requests).toEqual(["GET /rest/api/3/mypermissions", "GET /rest/api/3/mypermissions"]);
  });

  it("commands in tickets lead to the stack that sends, where one does", async () => {
    const settings = { kind: "jira", ...desk.options, account: "bot@example.com", token: "env:TOKEN" } as const;
    const [channel] = await openChannels(
      { tickets: { ...settings, declined: ["Won't Do"] } },
      {
        clientsIn: () => createOwnClients("eu-west-1"),
        account,
        partition: "aws",
        region: "eu-west-1",
        deployment: { stack: "SmallTarget", region: "eu-west-1" },
        environment: { TOKEN: "token-of-the-bot" },
        now: () => new Date(day1),
      },
    );
    const finding = happened(1, "opened", day1);
    await channel?.send(composeMessage("digest", [finding], account), []);
    expect(jira.text(jira.only().fields.description)).toContain("smalltarget show F-0000000001 --stack SmallTarget --region eu-west-1");
  });

  it("a test message makes no ticket, and says what could be made", async () => {
    const { notes } = await desk.tryOut();
    expect(notes).toEqual(["tickets can be made in SEC; none was made to try it"]);
    expect(jira.requests).toEqual(["GET /rest/api/3/mypermissions"]);
    jira.lacking.add("ADD_COMMENTS");
    await expect(desk.tryOut()).rejects.toThrow("lacks Add Comments");
  });

  it("who we are is said as each Jira wants it", async () => {
    jira.authorization = `Basic ${Buffer.from("bot@example.com:token-of-the-bot").toString("base64")}`;
    await desk.tell(happened(1, "opened", day1));
    const dataCenter = await AJira.open(2);
    dataCenter.authorization = "Bearer token-of-the-bot";
    await new Desk(dataCenter).tell(happened(1, "opened", day1));
    expect([jira.tickets.size, dataCenter.tickets.size]).toEqual([1, 1]);
    await dataCenter.close();
  });
});

describe("trouble with one ticket", () => {
  const two = [happened(1, "opened", day1), happened(2, "opened", day1, { rule: "sqs/visibility-timeout-too-short" })];

  it("leaves its findings pending, and the others are told", async () => {
    jira.trouble.push({ begins: "POST /rest/api/3/issue", answer: refused("Something is odd") });
    const { accepted, why } = await desk.tell(...two);
    expect(accepted).toEqual(["F-0000000002"]);
    expect(why).toContain("Something is odd");
    expect((await desk.tell(...two)).accepted).toEqual(["F-0000000001", "F-0000000002"]);
    expect(jira.tickets.size).toBe(2);
  });

  it("that every other would meet ends the message there; what was told stays told", async () => {
    await desk.tell(happened(1, "opened", day1));
    jira.trouble.push({ begins: "POST /rest/api/3/issue ", answer: { status: 429, headers: { "retry-after": "60" } } });
    const { accepted, why } = await desk.tell(
      happened(1, "changed", day2, { severity: "CRITICAL" }),
      happened(2, "opened", day2, { rule: "sqs/visibility-timeout-too-short" }),
      happened(3, "opened", day2, { rule: "states/unused-state-machine" }),
    );
    expect(why).toContain("asks to wait 60 s");
    expect(accepted).toEqual(["F-0000000001"]);
    expect(jira.only().comments).toHaveLength(1);
  });

  it("goes on with the next scan where the time of a scan is over", async () => {
    let minutes = 0;
    Object.defineProperty(desk, "now", { get: () => new Date(Date.parse("2026-11-24T06:00:00Z") + 60_000 * minutes++) });
    const many = numbers(10).map((number) => happened(number, "opened", day1, { rule: `lambda/rule-${String(number).padStart(2, "0")}` }));
    const { accepted, why } = await desk.tell(...many);
    expect(accepted).toHaveLength(4);
    expect(why).toContain("the next one goes on from here");
  });

  it("shares the time of a scan among its messages", async () => {
    let minutes = 0;
    Object.defineProperty(desk, "now", { get: () => new Date(Date.parse("2026-11-24T06:00:00Z") + 60_000 * minutes++) });
    const channel = desk.channel();
    const message = (number: number) =>
      composeMessage("digest", [happened(number, "opened", day1, { rule: `lambda/rule-${number}` })], account);
    for (const number of [1, 2, 3, 4]) await channel.send(message(number), []);
    await expect(channel.send(message(5), [])).rejects.toMatchObject({
      permanent: true,
      message: expect.stringContaining("the time of a scan"),
    });
    expect(jira.tickets.size).toBe(4);
  });

  it("keeps a comment though the list cannot be written, and says so", async () => {
    await desk.tell(happened(1, "opened", day1));
    jira.trouble.push({ begins: "PUT ", answer: refused("", { description: "Field 'description' cannot be set." }) });
    const { accepted, notes } = await desk.tell(happened(1, "changed", day2, { severity: "CRITICAL" }));
    expect(accepted).toEqual(["F-0000000001"]);
    expect(notes).toEqual([expect.stringMatching(/^SEC-1: the list in its description could not be kept: .*cannot be set/)]);
    expect(jira.only().comments).toHaveLength(1);
  });
});

describe("a process that ends after any request", () => {
  /** What happens first, and what is being told when the process ends. */
  const stories: [string, (desk: Desk) => Promise<unknown>, PendingFinding[]][] = [
    ["while a ticket is made", async () => {}, [happened(1, "opened", day1), happened(2, "opened", day1)]],
    [
      "while a ticket is told of a change",
      (before) => before.tell(happened(1, "opened", day1), happened(2, "opened", day1)),
      [happened(1, "changed", day2, { severity: "CRITICAL" }), happened(3, "opened", day2)],
    ],
    ["while a ticket is closed", (before) => before.tell(happened(1, "opened", day1)), [happened(1, "resolved", day2)]],
    [
      "while a ticket gets a successor",
      async (before) => {
        await before.tell(happened(1, "opened", day1));
        before.jira.resolve("SEC-1", "Done");
      },
      [happened(1, "reopened", day2)],
    ],
    [
      "while a decision is proposed",
      async (before) => {
        await before.tell(happened(1, "opened", day1));
        before.jira.resolve("SEC-1", "Won't Do");
      },
      [happened(1, "changed", day2, { severity: "CRITICAL" })],
    ],
  ];

  it.each(stories)("%s leaves what a run without an accident leaves", async (_when, begin, findings) => {
    const closing = { closes: "Done" };
    const told = async (where: AJira, diesAfter?: number) => {
      const one = new Desk(where, closing);
      await begin(one);
      const before = where.requests.length;
      if (diesAfter !== undefined) {
        one.diesAfter = diesAfter;
        await expect(one.send(...findings)).rejects.toThrow("the process is gone");
        one.diesAfter = Number.POSITIVE_INFINITY;
      }
      const answer = await one.tell(...findings);
      return {
        requests: where.requests.length - before,
        accepted: answer.accepted,
        tickets: [...where.tickets.values()].map(({ key, status, comments, fields }) => [key, status.name, comments, fields.description]),
      };
    };
    const fresh = await AJira.open(3);
    const whole = await told(fresh);
    await fresh.close();
    expect(whole.requests).toBeGreaterThan(1);
    for (const step of numbers(whole.requests)) {
      const other = await AJira.open(3);
      const after = await told(other, step);
      await other.close();
      expect({ step, ...after, requests: 0 }).toEqual({ step, ...whole, requests: 0 });
    }
  });

  it("or an answer that never came: the ticket that was made is found by its label", async () => {
    jira.trouble.push({ begins: "POST /rest/api/3/issue", answer: { status: 0, cut: true } });
    await expect(desk.send(happened(1, "opened", day1))).rejects.toThrow();
    expect(jira.tickets.size).toBe(1);
    const { remember } = await desk.tell(happened(1, "opened", day1));
    expect(remember?.["F-0000000001"]).toMatch(/^SEC-1 /);
    expect(jira.only().comments).toEqual([]);
  });
});

describe("names nobody should have", () => {
  const hostile = `${hostileName} {color:red}x{color} [~admin] !http://evil.example/x.png! |a| (/) -gone- {noformat} @everyone #1 SEC-99 h1. big`;
  const findings = [happened(1, "opened", day1, { name: hostile, team: hostile.slice(0, 200), title: `${hostile} comes near` })];

  it("are text and nothing else in ADF, and refused by nobody", async () => {
    await desk.tell(...findings);
    const written = JSON.stringify(jira.only().fields);
    expect(written).not.toMatch(/\\u001b|\u202e|\\u0000|\u200b/);
    expect(new Set(written.match(/"type":"(\w+)"/g))).toEqual(
      new Set(
        ["doc", "paragraph", "text", "heading", "taskList", "taskItem", "bulletList", "listItem", "strong", "codeBlock"].map(
          (type) => `"type":"${type}"`,
        ),
      ),
    );
  });

  it("begin no mark, link, mention, image or macro in wiki text", async () => {
    const dataCenter = await AJira.open(2);
    await new Desk(dataCenter).tell(...findings);
    const text = String(dataCenter.only().fields.description);
    await dataCenter.close();
    const outside = text.replace(/\{noformat\}\n[^\n]*\n\{noformat\}/g, "");
    expect(outside).not.toMatch(/[{}[\]|~@\\]|!\w|:\/\/|-gone-/);
    expect(outside.match(/\(\/\)/g)).toBeNull();
    // the command holds the name, and would end the macro
    expect(text).not.toContain("update-function-configuration");
  });
});

describe("the list in a description", () => {
  it.each([
    ["ADF", adf],
    ["wiki text", wikiText],
  ])("is read as it was written in %s, whatever stands around it", (_name, markup) => {
    const items = [
      { id: "F-0000000001", done: false, text: "HIGH (/) a-b (eu-west-1)" },
      { id: "F-0000000002", done: true, text: "LOW -x-" },
    ];
    const around = markup.write([{ kind: "paragraph", text: "before" }]);
    const once = markup.withList(around, items, 12);
    const read = markup.listIn(once);
    expect(read?.map(({ id, done }) => [id, done])).toEqual([
      ["F-0000000001", false],
      ["F-0000000002", true],
    ]);
    // what is written again is the same
    expect(markup.withList(once, read ?? [], 12)).toEqual(once);
    expect(JSON.stringify(markup.withList(once, items.slice(1), 0))).not.toMatch(/F-0000000001|12 more/);
    expect(markup.listIn(around)).toBeUndefined();
    expect(markup.listIn(null)).toBeUndefined();
  });
});
