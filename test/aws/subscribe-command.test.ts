// `smalltarget subscribe`, `confirm` and `unsubscribe` as a person types them, on the emulator; and that a scan sees who is missing.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTopicCommand, GetSubscriptionAttributesCommand, ListSubscriptionsByTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { afterAll, describe, expect, test } from "vitest";
import { smalltarget } from "../cli/run-command.ts";
import { motoForThisFile } from "./moto-for-this-file.ts";

const moto = await motoForThisFile("subscriptions against an emulator of AWS");

describe.runIf(moto)("smalltarget subscribe", () => {
  const cwd = mkdtempSync(join(tmpdir(), "smalltarget-subscribe-"));
  const region = "eu-west-1";
  const sns = new SNSClient({ region });
  const env = {
    AWS_ENDPOINT_URL: moto?.endpoint ?? "",
    AWS_ACCESS_KEY_ID: "moto",
    AWS_SECRET_ACCESS_KEY: "moto",
    AWS_REGION: region,
  };
  const run = (...args: string[]) => smalltarget(args, { cwd, env });
  afterAll(() => {
    sns.destroy();
    rmSync(cwd, { recursive: true, force: true });
  });

  async function ourTopic(): Promise<string> {
    const Tags = [
      { Key: "smalltarget:app", Value: "watchdog" },
      { Key: "smalltarget:part", Value: "messages" },
    ];
    return (await sns.send(new CreateTopicCommand({ Name: "SmallTarget-Messages", Tags }))).TopicArn ?? "";
  }

  test("says what happens next, sets the filter, lists, confirms and ends", async () => {
    const topic = await ourTopic();
    const empty = await run("subscribe", "--list", "--topic", topic);
    expect(empty).toMatchObject({ code: 0, out: `Nobody is subscribed to ${topic}: messages reach no one.\n` });

    const made = await run("subscribe", "anna@example.com", "--team", "payments", "--severity", "high+", "--topic", topic);
    expect(made.err).toBe("");
    expect(made.out).toContain("anna@example.com will get messages with severity CRITICAL or HIGH, team payments, once it is confirmed.");
    expect(made.out).toContain("Do not click its link");
    expect(made.out).toContain(`confirm 'LINK' --topic ${topic}`);
    const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic }));
    const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: Subscriptions[0]?.SubscriptionArn }));
    expect(JSON.parse(Attributes?.FilterPolicy ?? "")).toEqual({ severity: ["CRITICAL", "HIGH"], team: ["payments"] });
    expect(Attributes?.FilterPolicyScope).toBe("MessageAttributes");

    const { out } = await run("subscribe", "--list", "--topic", topic);
    expect(out).toMatch(/^anna@example\.com \(email\): .*severity CRITICAL or HIGH, team payments/);

    const token = "2336412f37fb687f5d51e6e2425ba1f2".repeat(2);
    const link = `https://sns.eu-west-1.amazonaws.com/confirmation.html?TopicArn=${topic}&Token=${token}&Endpoint=anna@example.com`;
    expect((await run("confirm", link)).out).toMatch(/^Confirmed: from now on it gets messages\. Only who is signed in/);
    expect(await run("confirm", link, "--topic", `${topic}2`)).toMatchObject({ code: 2 });

    expect(await run("unsubscribe", "ana@example.com", "--topic", topic)).toMatchObject({
      code: 2,
      err: expect.stringContaining("ana@example.com is not subscribed; did you mean anna@example.com?"),
    });
    expect((await run("unsubscribe", "Anna@example.com", "--topic", topic)).out).toBe("Anna@example.com is no longer subscribed.\n");
    expect((await run("subscribe", "--list", "--topic", topic, "-o", "json")).out.trim()).toBe("[]");
  });

  test.each([
    [["subscribe", "anna@example.com"], 2, /whose topic\? Name the stack/],
    [["subscribe", "anna"], 2, /not an e-mail address/],
    [["subscribe"], 2, /name an address, or --list/],
    [["subscribe", "--list", "--team", "a"], 2, /--list goes alone/],
    [["subscribe", "anna@example.com", "--severity", "hihg"], 2, /It is critical, high, medium, low or informational/],
    [["subscribe", "anna@example.com", "--topic", "SmallTarget"], 2, /must be the ARN of a topic/],
    [["confirm", "hello", "--topic", "arn:aws:sns:eu-west-1:111122223333:x"], 2, /neither the link from the mail nor its token/],
    [["subscribe", "anna@example.com", "--topic", "arn:aws:sns:eu-west-1:111122223333:gone"], 3, /there is no such topic/],
  ])("%j is one line that says what is right", async (args, code, words) => {
    const ran = await run(...args);
    expect(ran.err).toMatch(words);
    expect(ran.code).toBe(code);
  });

  test("is seen by a scan: that nobody is subscribed is a finding, and ends when somebody is", async () => {
    const topic = await ourTopic();
    const scan = () => run("scan", "--region", region, "--quiet", "--no-code", "--output", "json");
    const findings = async () => {
      const { findings: all } = JSON.parse((await scan()).out) as {
        findings: { rule: string; resource: { arn: string }; severity: string }[];
      };
      return all.filter(({ rule }) => rule === "scan/nobody-listens").map(({ resource, severity }) => [resource.arn, severity]);
    };
    expect(await findings()).toEqual([[topic, "HIGH"]]);
    await run("subscribe", "anna@example.com", "--topic", topic);
    expect(await findings()).toEqual([]);
  });
});
