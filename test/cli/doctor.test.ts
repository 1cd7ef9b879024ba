import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { startFauxqs } from "fauxqs";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Check } from "../../cli/doctor/check.ts";
import { examine } from "../../cli/doctor/examine.ts";
import { scansCheck } from "../../cli/doctor/last-scans.ts";
import { probeAll, probeRegions } from "../../cli/doctor/probes.ts";
import { stacksCheck } from "../../cli/doctor/stacks.ts";
import { type Call, CallCount, type Tape } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { Pace } from "../../shared/aws/pace.ts";
import { collectors } from "../../shared/collect/collectors.ts";
import { services } from "../../shared/collect/services.ts";
import type { ScanItem } from "../../shared/store/store.ts";
import { collectorName } from "../../shared/wording/collector-names.ts";
import { account, awsError, denying, type Fault, StubAccount } from "../stub-account.ts";
import { aFolder } from "./run-command.ts";

async function tryAll(fault: Fault = () => undefined): Promise<Check[]> {
  const tape = new StubAccount({ now: new Date("2026-11-24T06:00:00Z"), regions: ["eu-west-1"], functions: [] });
  tape.fault = fault;
  const asking = { pace: new Pace(), calls: new CallCount() };
  const clients = createClients({ ...asking, tape });
  // the account stands where AWS would: behind the tape of the probe
  const clientsWith = (probe: Tape) =>
    createClients({ ...asking, tape: { offline: true, answer: (call) => probe.answer(call, () => tape.answer(call)) } });
  return await probeAll(collectors, { clients, clientsWith, region: "eu-west-1", account, now: tape.data.now });
}

describe("permissions", () => {
  test("every collector is tried, or named among those that only a scan tries", async () => {
    const checks = await tryAll();
    expect(checks.filter(({ result }) => result === "bad")).toEqual([]);
    const rest = checks.find(({ name }) => name === "other collectors")?.text ?? "";
    for (const { name } of collectors)
      expect(checks.some((check) => check.name === name) || rest.includes(collectorName(name)), name).toBe(true);
    expect(checks.filter(({ result }) => result === "ok").map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "functions",
        "usage",
        "queues",
        "candidates",
        ...services.map(({ name }) => name).filter((name) => !rest.includes(collectorName(name))),
      ]),
    );
    // what reads only what others found: all the rest is tried
    expect(rest.split(": ")[1]?.split(", ").length).toBeLessThanOrEqual(7);
  });

  test("a service that the Region does not have is no fault", async () => {
    const checks = await tryAll(({ operation }) => (operation.startsWith("iot:") ? awsError("ENOTFOUND") : undefined));
    expect(checks.filter(({ result }) => result === "bad")).toEqual([]);
    expect(checks.find(({ name }) => name === "iot")).toMatchObject({
      result: "note",
      text: expect.stringContaining("does not have the service"),
    });
  });

  test("a refusal names collector, action and Region, and leaves the others alone", async () => {
    const checks = await tryAll(denying(/^events:ListRules$/));
    expect(checks.filter(({ result }) => result === "bad")).toEqual([
      {
        name: "event-buses",
        about: "EventBridge event buses and their rules",
        result: "bad",
        text: expect.stringMatching(/^events:ListRules refused in eu-west-1 .*: allow events:ListRules/),
      },
    ]);
  });
});

describe("Regions and stacks", () => {
  const at = (fault: Fault, data: object = {}) => {
    const tape = new StubAccount({ now: new Date(), regions: [], functions: [], ...data });
    tape.fault = fault;
    return createClients({ pace: new Pace(), calls: new CallCount(), tape });
  };

  test("a closed Region is named, the open ones are counted", async () => {
    const checks = await probeRegions(["eu-west-1", "me-south-1", "us-east-1"], at(denying(/./, /me-south/)));
    expect(checks.map(({ result, text }) => `${result} ${text}`)).toEqual([
      "ok lambda:ListFunctions: answered in 2 of 3",
      expect.stringMatching(/^bad lambda:ListFunctions refused in me-south-1/),
    ]);
  });

  test("one stack is fine, two are not, and a Region that does not answer is not taken for none", async () => {
    const inRegions = (...with_: string[]) => ({
      answers: {
        "tag:GetResources": ({ region }: Call) => ({
          ResourceTagMappingList: with_.includes(region) ? [{ ResourceARN: `arn:aws:lambda:${region}:${account}:function:scan` }] : [],
        }),
      },
    });
    const regions = ["eu-west-1", "us-east-1"];
    const none = () => undefined;
    expect(await stacksCheck(regions, at(none, inRegions("eu-west-1")))).toMatchObject({
      result: "ok",
      text: "deployed once: scan in eu-west-1",
    });
    expect(await stacksCheck(regions, at(none, inRegions(...regions)))).toMatchObject({
      result: "bad",
      text: expect.stringContaining("deployed 2 times"),
    });
    expect(await stacksCheck(regions, at(denying(/^tag:/, /us-/), inRegions("eu-west-1")))).toMatchObject({
      result: "note",
      text: expect.stringContaining("not known for us-east-1"),
    });
  });
});

describe("scans", () => {
  const now = new Date("2026-11-24T06:00:00Z");
  const scan = (outcome: ScanItem["outcome"], startedAt: string): ScanItem => ({
    id: startedAt,
    account,
    startedAt,
    outcome,
    complete: true,
    functions: 1,
    openFindings: 0,
    apiCalls: 1,
    incomplete: [],
  });

  test.each([
    [[], "note", /^no scan yet: the first begins within minutes of the deployment; the next begins by cron\(0 6 \* \* \? \*\) \(UTC\)$/],
    [[scan("running", "2026-11-24T05:50:00Z")], "note", /^one has been running since .*; none has finished yet$/],
    [[scan("running", "2026-11-23T05:50:00Z"), scan("done", "2026-11-22T06:00:00Z")], "bad", /it was killed/],
    [[scan("failed", "2026-11-24T05:50:00Z")], "bad", /^the last one failed .*no reason noted.*none has finished yet/],
    [[scan("done", "2026-11-23T06:00:00Z")], "ok", /^the last finished one began/],
  ] as const)("%j", (scans, result, text) => {
    expect(scansCheck(scans, "cron(0 6 * * ? *)", now)).toMatchObject({ result, text: expect.stringMatching(text) });
  });
});

test("with no network the answer comes within seconds", { timeout: 20_000 }, async () => {
  vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "x");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "x");
  const began = Date.now();
  const folder = aFolder();
  for await (const check of examine({ store: `dir:${folder.path}/none` }, new Date("2026-11-24T06:00:00Z"))) {
    if (check.name === "credentials") expect(check).toMatchObject({ result: "bad", text: expect.stringContaining("cannot be reached") });
  }
  folder.remove();
  vi.unstubAllEnvs();
  expect(Date.now() - began).toBeLessThan(10_000);
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
