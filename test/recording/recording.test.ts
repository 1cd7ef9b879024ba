import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CallCount, type Tape } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { Pace } from "../../shared/aws/pace.ts";
import { recordTo } from "../../shared/aws/recording.ts";
import { NotRecordedError, RecordingError, replayFrom } from "../../shared/aws/replay.ts";
import { dayOf } from "../../shared/model/day.ts";
import { aWatchdog } from "../a-watchdog.ts";
import { denying, functionArn, StubAccount } from "../stub-account.ts";

const now = new Date("2026-11-24T09:30:00Z");
const use = [0, 1, 40].map((n) => ({ day: dayOf(now) - n, samples: 20, maxMs: 12_000 }));
const secret = "hunter2-very-secret";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "smalltarget-"));
  path = join(folder, "recording.ndjson");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A recorder in front of a stubbed account. */
function recording(stub: StubAccount): Tape & { close(): void } {
  const recorder = recordTo(path, now);
  return { offline: true, answer: (call) => recorder.answer(call, () => stub.answer(call)), close: () => recorder.close() };
}

function anAccount(): StubAccount {
  return new StubAccount({
    now,
    regions: ["eu-west-1", "us-east-1"],
    functions: [
      {
        name: "orders",
        use,
        tags: { team: "payments" },
        configuration: {
          Environment: {
            Variables: { PASSWORD: secret, QUEUE: "arn:aws:sqs:eu-west-1:111122223333:q", HOOK: `https://hooks.example.com/${secret}` },
          },
        },
      },
      { name: "quiet", use: [{ day: dayOf(now) - 100, samples: 5, maxMs: 900 }] },
    ],
    rules: [
      {
        rule: { Name: "r", Arn: "arn:aws:events:eu-west-1:111122223333:rule/r", ScheduleExpression: "rate(1 day)", State: "ENABLED" },
        targets: [{ Arn: functionArn("orders"), Input: JSON.stringify({ token: secret, source: "warmup" }) }],
      },
    ],
  });
}

async function record(stub = anAccount()): Promise<void> {
  const tape = recording(stub);
  const dog = await aWatchdog(stub, { clientsFor: (calls) => createClients({ pace: new Pace(), calls, tape }) });
  await dog.scan();
  await dog.scan();
  await dog.close();
  tape.close();
}

describe("a recording", () => {
  test("replays to the same document, and a second scan on it finds nothing new", async () => {
    const live = await aWatchdog(anAccount());
    const expected = (await live.scan()).document;
    await live.close();
    await record();
    const replay = replayFrom(path);
    expect(replay.at).toEqual(now);
    const dog = await aWatchdog(anAccount(), { clientsFor: (calls) => createClients({ pace: new Pace(), calls, tape: replay }) });
    const first = await dog.scan();
    const second = await dog.scan();
    await dog.close();
    expect(first.document.functions).toEqual(expected.functions);
    expect(first.document.findings).toEqual(expected.findings);
    expect(second.changes).toMatchObject({ opened: 0, changed: 0, resolved: 0 });
  });

  test("holds no value of an environment variable and no input of a target, only references", async () => {
    await record();
    const text = readFileSync(path, "utf8");
    expect(text).not.toContain(secret);
    expect(text).toContain("PASSWORD");
    expect(text).toContain("arn:aws:sqs:eu-west-1:111122223333:q");
  });

  test("replays a refusal as the refusal it was", async () => {
    const stub = anAccount();
    stub.fault = denying(/^lambda/, /us-east-1/);
    await record(stub);
    const dog = await aWatchdog(stub, { clientsFor: (calls) => createClients({ pace: new Pace(), calls, tape: replayFrom(path) }) });
    const { incomplete } = await dog.scan();
    await dog.close();
    expect(incomplete).toEqual([{ collector: "functions", region: "us-east-1", status: "denied", code: "AccessDeniedException" }]);
  });

  test("answers metrics by series and window, whatever the batching", async () => {
    await record();
    const clients = createClients({ pace: new Pace(), calls: new CallCount(), tape: replayFrom(path) });
    const query = (name: string, Stat: string) => ({
      Id: `x_${name}`,
      MetricStat: {
        Metric: { Namespace: "AWS/Lambda", MetricName: "Duration", Dimensions: [{ Name: "FunctionName", Value: name }] },
        Period: 86_400,
        Stat,
      },
    });
    const ask = (queries: ReturnType<typeof query>[]) =>
      clients
        .cloudwatch("eu-west-1")
        .send(new GetMetricDataCommand({ MetricDataQueries: queries, StartTime: new Date("2026-11-23T00:00:00Z"), EndTime: now }));
    const answer = await ask([query("quiet", "Maximum"), query("orders", "SampleCount")]);
    expect(answer.MetricDataResults?.map(({ Values }) => Values)).toEqual([[], [20, 20]]);
    await expect(ask([query("unheard-of", "Maximum")])).rejects.toThrow(NotRecordedError);
  });
});

describe("a file that is no whole recording", () => {
  const whole = async () => {
    await record();
    return readFileSync(path, "utf8");
  };

  test("truncated after a line", async () => {
    const lines = (await whole()).trimEnd().split("\n");
    writeFileSync(path, `${lines.slice(0, -1).join("\n")}\n`);
    expect(() => replayFrom(path)).toThrow(/is truncated: its closing line is missing/);
  });

  test("truncated within a line", async () => {
    writeFileSync(path, (await whole()).slice(0, -30));
    expect(() => replayFrom(path)).toThrow(/a line is not JSON/);
  });

  test.each([
    ["foreign", '{"hello":"world"}\n', /is not a recording made by smalltarget/],
    ["empty", "", /is not a recording made by smalltarget/],
    ["of another version", '{"kind":"smalltarget-recording","version":99}\n', /is a recording of version 99/],
  ])("%s", (_what, text, message) => {
    writeFileSync(path, text);
    expect(() => replayFrom(path)).toThrow(message);
  });

  test("not there", () => {
    expect(() => replayFrom(join(folder, "nowhere"))).toThrow(RecordingError);
  });
});
