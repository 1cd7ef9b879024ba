import { SNSClient } from "@aws-sdk/client-sns";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filterPolicy, policyMistake, policyText, severitiesFrom, type Wanted } from "../../shared/notify/filter-policy.ts";
import { composeMessage } from "../../shared/notify/message.ts";
import { snsChannel } from "../../shared/notify/sns.ts";
import { parseConfirmation } from "../../shared/notify/subscriptions.ts";
import { account, aFinding, numbers } from "./a-finding.ts";
import "./without-aws-environment.ts";

describe("what a subscriber gets", () => {
  let server: FauxqsServer;
  let client: SNSClient;
  beforeAll(async () => {
    server = await startFauxqs({ port: 0, logger: false });
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    client = new SNSClient({ region: "us-east-1", endpoint: server.address, credentials, maxAttempts: 1 });
  });
  afterAll(async () => {
    client.destroy();
    await server.stop();
  });

  const sent = [
    composeMessage("single", [aFinding(1, { team: "payments", severity: "CRITICAL" })], account),
    composeMessage("single", [aFinding(2, { team: "payments", severity: "MEDIUM" })], account),
    composeMessage("single", [aFinding(3, { team: "core", severity: "HIGH" })], account),
    composeMessage("single", [aFinding(4, { severity: "HIGH" })], account),
    composeMessage(
      "digest",
      [aFinding(5, { team: "payments", severity: "HIGH" }), aFinding(6, { team: "payments", severity: "LOW" })],
      account,
    ),
  ];

  it.each<[string, Wanted, string[]]>([
    ["without a filter: everything", {}, ["1", "2", "3", "4", "5"]],
    ["of a team: also its digest", { teams: ["payments"] }, ["1", "2", "5"]],
    ["of a severity and graver ones", { severities: severitiesFrom("high+") ?? [] }, ["1", "3", "4", "5"]],
    ["of one severity", { severities: severitiesFrom("medium") ?? [] }, ["2"]],
    ["that nobody owns", { teams: ["unowned"] }, ["4"]],
    ["of both a team and a severity", { teams: ["payments", "core"], severities: ["HIGH"] }, ["3", "5"]],
    ["of an environment: only what has one", { envs: ["prod"] }, ["1", "2", "3", "5"]],
  ])("%s", async (what, wanted, numbersOfFirst) => {
    const queue = what.replaceAll(/\W+/g, "-").slice(0, 60);
    const policy = filterPolicy(wanted);
    server.createTopic(queue);
    server.createQueue(queue);
    server.subscribe({ topic: queue, queue, ...(policy ? { attributes: { FilterPolicy: JSON.stringify(policy) } } : {}) });
    const channel = snsChannel(client, `arn:aws:sns:us-east-1:000000000000:${queue}`);
    for (const message of sent) await channel.send(message, []);
    const got = server.inspectQueue(queue)?.messages.ready ?? [];
    const first = got.map(({ body }) => /F-0+(\d)/.exec(JSON.parse(JSON.parse(body).Message).email)?.[1]);
    expect(first.toSorted()).toEqual(numbersOfFirst);
  });
});

describe("a filter", () => {
  it("is read from what people type, and said in their words", () => {
    expect(severitiesFrom("high+")).toEqual(["CRITICAL", "HIGH"]);
    expect(severitiesFrom("LOW")).toEqual(["LOW"]);
    expect(severitiesFrom("informational+")).toHaveLength(5);
    for (const wrong of ["hihg", "", "+", "high++", "high medium"]) expect(severitiesFrom(wrong)).toBeUndefined();
    expect(policyText(JSON.stringify(filterPolicy({ teams: ["payments"], severities: ["CRITICAL", "HIGH"] })))).toBe(
      "severity CRITICAL or HIGH, team payments",
    );
    expect(policyText(undefined)).toBe("everything");
    expect(policyText('{"kind":[{"anything-but":"digest"}]}')).toBe('kind {"anything-but":"digest"}');
    expect(policyText("{")).toBe("{");
  });

  it("names a team as the messages do, whatever stands around it, and none twice", () => {
    expect(filterPolicy({ teams: [" pay\u200bments ", "pay ments", "core", "core"] })).toEqual({ team: ["pay ments", "core"] });
    expect(filterPolicy({})).toBeUndefined();
  });

  it("of more combinations than SNS takes is refused before SNS does", () => {
    const teams = numbers(80).map((number) => `team-${number}`);
    expect(policyMistake(filterPolicy({ teams }) ?? {})).toBeUndefined();
    expect(policyMistake(filterPolicy({ teams, severities: ["CRITICAL", "HIGH"] }) ?? {})).toMatch(
      /at most 150 combinations, and this one has 160/,
    );
  });
});

describe("what is pasted to confirm", () => {
  const arn = "arn:aws:sns:eu-west-1:111122223333:SmallTarget-Messages";
  const token = "2336412f37fb687f5d51e6e2425ba1f2".repeat(4);

  it("is the link of the mail, either form of it, or the token alone", () => {
    expect(
      parseConfirmation(` https://sns.eu-west-1.amazonaws.com/confirmation.html?TopicArn=${arn}&Token=${token}&Endpoint=a@example.com `),
    ).toEqual({
      token,
      topicArn: arn,
    });
    expect(
      parseConfirmation(
        `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${encodeURIComponent(arn)}&Token=${token}`,
      ),
    ).toEqual({
      token,
      topicArn: arn,
    });
    expect(parseConfirmation(token)).toEqual({ token });
  });

  it.each([
    `https://sns.eu-west-1.amazonaws.com/confirmation.html?TopicArn=${arn}`,
    `https://sns.eu-west-1.amazonaws.com/unsubscribe.html?SubscriptionArn=${arn}:1`,
    `https://example.com/?TopicArn=arn:aws:sqs:eu-west-1:111122223333:q&Token=${token}`,
    "short",
    "",
  ])("is nothing else: %s", (text) => {
    expect(parseConfirmation(text)).toBeUndefined();
  });
});
