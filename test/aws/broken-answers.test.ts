// What cannot be decoded: the emulator's own broken answers, and a page of HTML in the place of an answer, as proxies give it.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { nothingKept } from "../../cli/nothing-kept.ts";
import { CallCount } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { listRegions } from "../../shared/collect/account/account.ts";
import type { FunctionFacts } from "../../shared/model/document.ts";
import { motoForThisFile } from "./moto-for-this-file.ts";
import { unpaced } from "./unpaced.ts";
import { putRuns, type WatchdogOnMoto, watchdogOnMoto } from "./watchdog-on-moto.ts";

const moto = await motoForThisFile("answers of AWS that cannot be decoded");

/** Answers HTML to everything. */
let html: Server;
let status = 404;
let account: WatchdogOnMoto;

describe.runIf(moto)("an answer that cannot be decoded", () => {
  beforeAll(async () => {
    account = await watchdogOnMoto();
    html = createServer((_request, response) =>
      response.writeHead(status, { "content-type": "text/html" }).end("<!doctype html><p>Sorry</p>"),
    );
    await new Promise<void>((resolve) => html.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => html?.close());
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (name.startsWith("AWS_ENDPOINT_URL_")) delete process.env[name];
  });

  function answerHtml(service: string, answered: number): void {
    status = answered;
    process.env[`AWS_ENDPOINT_URL_${service}`] = `http://127.0.0.1:${(html.address() as AddressInfo).port}`;
  }

  async function look() {
    const { document } = await account.scan({ ...nothingKept(), regions: ["eu-west-1"] });
    const part = (collector: string) => document.coverage.find((row) => row.collector === collector && row.region === "eu-west-1");
    const facts = (name: string) => document.functions.find((f) => f.name === name) as FunctionFacts;
    return { document, part, facts };
  }

  test.each([
    [404, "EVENTBRIDGE", "event-buses", "events:ListEventBuses"],
    [200, "EVENTBRIDGE", "event-buses", "events:ListEventBuses"],
    [404, "SCHEDULER", "scheduler", "scheduler:ListSchedules"],
    [200, "SCHEDULER", "scheduler", "scheduler:ListSchedules"],
    [404, "CLOUDWATCH", "alarms", "cloudwatch:DescribeAlarms"],
    [200, "CLOUDWATCH", "alarms", "cloudwatch:DescribeAlarms"],
    [404, "CLOUDWATCH", "usage", "cloudwatch:GetMetricData"],
    [200, "CLOUDWATCH", "usage", "cloudwatch:GetMetricData"],
    [404, "SQS", "queues", "sqs:ListQueues"],
    [200, "SQS", "queues", "sqs:ListQueues"],
    [404, "RESOURCE_GROUPS_TAGGING_API", "tags", "tag:GetResources"],
    [200, "RESOURCE_GROUPS_TAGGING_API", "tags", "tag:GetResources"],
    [404, "LAMBDA", "functions", "lambda:ListFunctions"],
    [200, "LAMBDA", "functions", "lambda:ListFunctions"],
  ])("HTML with status %i from %s: %s is not read, and not empty", async (answered, service, collector, operation) => {
    answerHtml(service, answered);
    const { document, part } = await look();
    expect(["failed", "partial"]).toContain(part(collector)?.status);
    expect(part(collector)).toMatchObject({ operation });
    expect(document.scan.complete).toBe(false);
    const opened = document.findings.filter(({ rule }) => rule === "scan/coverage-incomplete");
    // several collectors that ask the same are told of once, by the first
    expect(opened.map(({ evidence }) => evidence.collector)).toContain(part(collector)?.follows ?? collector);
  });

  test.each([404, 200])(
    "HTML with status %i from EC2, and nothing from the account service: the configured Regions, and that is said",
    async (answered) => {
      answerHtml("EC2", answered);
      const clients = createClients({ pace: unpaced(), calls: new CallCount() });
      const list = await listRegions(clients, "eu-west-1", ["eu-west-1", "us-east-1"]);
      expect(list).toMatchObject({ regions: ["eu-west-1", "us-east-1"], source: "configured" });
      expect(list.coverage).toMatchObject([{ collector: "regions", region: "global", status: "failed", operation: "account:ListRegions" }]);
    },
  );

  test("a percentile that the emulator fails to answer costs a sharper recommendation, not the verdict", async () => {
    await putRuns("quarterly-export", 30_000);
    const { facts, part } = await look();
    expect(part("usage")?.status).toBe("complete");
    // cut off at 30 s: twice as much, for want of anything better
    expect(facts("quarterly-export").timeout).toMatchObject({ verdict: "timing-out", recommendedSeconds: 60 });
    expect(facts("orders-api").lastInvocation.state).toBe("invoked");
  });
});
