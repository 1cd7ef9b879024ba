import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { startFauxqs } from "fauxqs";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Check } from "../../cli/doctor/check.ts";
import { examine } from "../../cli/doctor/examine.ts";
import { probeAll } from "../../cli/doctor/probes.ts";
import { CallCount, createClients } from "../../shared/aws/clients.ts";
import { Pace } from "../../shared/aws/pace.ts";
import { collectors } from "../../shared/collect/collectors.ts";
import { account, denying, type Fault, StubAccount } from "../stub-account.ts";
import { aFolder } from "./run-command.ts";

async function tryAll(fault: Fault = () => undefined): Promise<Check[]> {
  const tape = new StubAccount({ now: new Date("2026-11-24T06:00:00Z"), regions: ["eu-west-1"], functions: [] });
  tape.fault = fault;
  const clients = createClients({ pace: new Pace(), calls: new CallCount(), tape });
  const checks: Check[] = [];
  for await (const check of probeAll(collectors, { clients, region: "eu-west-1", account })) checks.push(check);
  return checks;
}

describe("permissions", () => {
  test("every collector is tried, or named among those that only a scan tries", async () => {
    const checks = await tryAll();
    expect(checks.filter(({ result }) => result === "bad")).toEqual([]);
    const rest = checks.find(({ name }) => name === "other collectors")?.text ?? "";
    for (const { name } of collectors) expect(checks.some((check) => check.name === name) || rest.includes(name)).toBe(true);
    expect(checks.filter(({ result }) => result === "ok").map(({ name }) => name)).toEqual(
      expect.arrayContaining(["functions", "usage", "queues", "candidates"]),
    );
  });

  test("a refusal names collector, action and Region, and leaves the others alone", async () => {
    const checks = await tryAll(denying(/^events:ListRules$/));
    expect(checks.filter(({ result }) => result === "bad")).toEqual([
      {
        name: "eventRules",
        result: "bad",
        text: expect.stringMatching(/^events:ListRules refused in eu-west-1 .*: allow events:ListRules/),
      },
    ]);
  });
});

describe("the topic", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  async function topicCheck(notify: string) {
    const folder = aFolder();
    for await (const check of examine({ notify, store: `dir:${folder.path}/none` }, new Date("2026-11-24T06:00:00Z"))) {
      if (check.name !== "topic") continue;
      folder.remove();
      return check;
    }
    throw new Error("the topic was not looked at");
  }

  test("that nobody subscribed to is bad, with a subscriber it is fine, and one that does not exist is told apart", async () => {
    const server = await startFauxqs({ port: 0, logger: false });
    const environment = {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${server.port}`,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "x",
      AWS_SECRET_ACCESS_KEY: "x",
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const sns = new SNSClient({});
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "findings" }));
    expect(await topicCheck(`sns:${TopicArn}`)).toMatchObject({ result: "bad", text: expect.stringContaining("nobody is subscribed") });
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: "arn:aws:sqs:us-east-1:000000000000:x" }));
    expect(await topicCheck(`sns:${TopicArn}`)).toMatchObject({ result: "ok", text: expect.stringContaining("1 subscribed") });
    expect(await topicCheck(`sns:${TopicArn}x`)).toMatchObject({ result: "bad", text: expect.stringContaining("does not exist") });
    sns.destroy();
    await server.stop();
  });
});

test("facts of AWS grow old", async () => {
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
  const checks = [];
  for await (const check of examine({ store: "none:" }, new Date("2028-01-01T00:00:00Z"))) checks.push(check);
  vi.unstubAllEnvs();
  expect(checks.find(({ name }) => name === "facts of AWS")).toMatchObject({ result: "note", text: expect.stringContaining("runtimes") });
  expect(checks.find(({ name }) => name === "store")).toMatchObject({ result: "bad" });
});
