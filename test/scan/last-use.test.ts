import { afterEach, describe, expect, test } from "vitest";
import { dayOf } from "../../shared/model/day.ts";
import type { FunctionFacts } from "../../shared/model/document.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { readSettings } from "../../shared/settings.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { awsError, denying, functionArn, StubAccount, type StubData, type StubFunction } from "../stub-account.ts";

const now = new Date("2026-11-24T09:30:00Z");
const today = dayOf(now);
const dayAgo = (n: number) => new Date(now.getTime() - n * 86_400_000).toISOString();
const ran = (...daysAgo: number[]) => daysAgo.map((n) => ({ day: today - n, samples: 20, maxMs: 12_000 }));
const everyDay = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, i) => to + i);

let open: TestWatchdog | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function scan(functions: StubFunction[], more: Partial<StubData> = {}, fault?: StubAccount["fault"]) {
  const stub = new StubAccount({ now, regions: ["eu-west-1"], functions, ...more });
  if (fault) stub.fault = fault;
  open = await aWatchdog(stub);
  const result = await open.scan();
  const facts = (name: string) => result.document.functions.find((f) => f.name === name) as FunctionFacts;
  const rulesOf = (name: string) => result.document.findings.filter((f) => f.resource.name === name).map((f) => f.rule);
  return { stub, result, facts, rulesOf };
}

describe("last use of a function", () => {
  test("is the last day with samples, and a function quiet for 90 days is unused", async () => {
    const { facts, rulesOf } = await scan([
      { name: "busy", use: ran(0, 1, 2) },
      { name: "quiet", use: ran(91, 120) },
      { name: "quiet-89", use: ran(89) },
    ]);
    expect(facts("busy").lastInvocation).toMatchObject({ state: "invoked", at: "2026-11-24", quietDays: 0, lookbackDays: 455 });
    expect(facts("quiet").lastInvocation).toMatchObject({ state: "invoked", at: "2026-08-25", quietDays: 91 });
    expect(rulesOf("quiet")).toEqual(["lambda/unused-function"]);
    expect(rulesOf("quiet-89")).toEqual([]);
    expect(rulesOf("busy")).toEqual([]);
  });

  test("a function created yesterday is not called never invoked, one of last year is", async () => {
    const { facts, rulesOf } = await scan([
      { name: "new", configuration: { LastModified: dayAgo(1) } },
      { name: "old", configuration: { LastModified: dayAgo(200) } },
      { name: "older-than-metrics", configuration: { LastModified: dayAgo(900) } },
    ]);
    expect(facts("new").lastInvocation).toMatchObject({ state: "none-seen", quietDays: 1 });
    expect(rulesOf("new")).toEqual([]);
    expect(rulesOf("old")).toEqual(["lambda/never-invoked-function"]);
    // nothing can be said about the time before the metrics reach back
    expect(facts("older-than-metrics").lastInvocation).toMatchObject({ quietDays: 455, lookbackDays: 455 });
  });

  test("a deployment delays the finding by 14 days and no more", async () => {
    const { rulesOf } = await scan([
      { name: "deployed-13", use: ran(200), configuration: { LastModified: dayAgo(13) } },
      { name: "deployed-14", use: ran(200), configuration: { LastModified: dayAgo(14) } },
    ]);
    expect(rulesOf("deployed-13")).toEqual([]);
    expect(rulesOf("deployed-14")).toEqual(["lambda/unused-function"]);
  });

  test("a log group older than the last deployment proves that a function existed", async () => {
    const { facts } = await scan([{ name: "redeployed", configuration: { LastModified: dayAgo(20) }, logGroupCreated: dayAgo(300) }]);
    expect(facts("redeployed").lastInvocation).toMatchObject({ state: "none-seen", source: "log-group", quietDays: 300 });
  });

  test("how recent a deployment is that a log group outweighs follows the rule's own settings", async () => {
    const sourceWith = async (deployed: number, values: Readonly<Record<string, number>>) => {
      const settings = readSettings({ rules: { "lambda/never-invoked-function": values } }, catalogue);
      const functions = [{ name: "redeployed", configuration: { LastModified: dayAgo(deployed) }, logGroupCreated: dayAgo(300) }];
      open = await aWatchdog(new StubAccount({ now, regions: ["eu-west-1"], functions }), { settings });
      const { document } = await open.scan();
      await open.close();
      open = undefined;
      return document.functions[0]?.lastInvocation.source;
    };
    expect(await sourceWith(40, {})).toBe("last-modified");
    expect(await sourceWith(40, { ageDays: 60 })).toBe("log-group");
    expect(await sourceWith(5, {})).toBe("last-modified");
    expect(await sourceWith(5, { deployGraceDays: 3 })).toBe("log-group");
  });

  test("a yearly job is not unused, by rule and by schedule; the same job without its schedule is", async () => {
    const rule = {
      Name: "yearly",
      Arn: `arn:aws:events:eu-west-1:111122223333:rule/yearly`,
      ScheduleExpression: "cron(0 6 2 1 ? *)",
      State: "ENABLED",
    };
    const schedule = {
      Name: "tax",
      GroupName: "default",
      Arn: "arn:aws:scheduler:eu-west-1:111122223333:schedule/default/tax",
      State: "ENABLED",
      ScheduleExpression: "cron(0 6 2 1 ? *)",
      Target: { Arn: functionArn("by-schedule") },
    };
    const { rulesOf, facts } = await scan(
      [
        { name: "by-rule", use: ran(326) },
        { name: "by-schedule", use: ran(326) },
        { name: "no-longer", use: ran(326) },
      ],
      {
        rules: [
          { rule, targets: [{ Arn: functionArn("by-rule") }] },
          { rule: { ...rule, Name: "off", State: "DISABLED", Arn: `${rule.Arn}-off` }, targets: [] },
        ],
        schedules: [schedule],
      },
    );
    expect(rulesOf("by-rule")).toEqual([]);
    expect(rulesOf("by-schedule")).toEqual([]);
    expect(facts("by-rule").triggers).toEqual([
      { kind: "rule", arn: rule.Arn, enabled: true, pace: "scheduled", why: "rule yearly", periodDays: 366 },
    ]);
    expect(rulesOf("no-longer")).toEqual(["lambda/unused-function"]);
  });

  test("functions of alarms, incidents, dead-letter queues and deployments are dormant by role", async () => {
    const { facts, rulesOf } = await scan(
      [
        { name: "on-alarm", use: ran(300) },
        { name: "on-guardduty", use: ran(300) },
        { name: "redrive", use: ran(300) },
        { name: "stack-LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a-X1", use: ran(300) },
        { name: "helper", use: ran(300), configuration: { Description: "AWS CDK resource provider framework - onEvent (Stack/Provider)" } },
      ],
      {
        alarms: [
          { AlarmArn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a", AlarmName: "a", AlarmActions: [functionArn("on-alarm")] },
        ],
        rules: [
          {
            rule: {
              Name: "gd",
              Arn: "arn:aws:events:eu-west-1:111122223333:rule/gd",
              State: "ENABLED",
              EventPattern: JSON.stringify({ source: ["aws.guardduty"] }),
            },
            targets: [{ Arn: functionArn("on-guardduty") }],
          },
        ],
        mappings: [
          {
            UUID: "1",
            FunctionArn: functionArn("redrive"),
            EventSourceArn: "arn:aws:sqs:eu-west-1:111122223333:orders-dlq",
            State: "Enabled",
          },
        ],
        queues: { "orders-dlq": { VisibilityTimeout: "300" } },
      },
    );
    for (const name of ["on-alarm", "on-guardduty", "redrive", "helper", "stack-LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a-X1"]) {
      expect(facts(name).activity, name).toBe("dormant-by-role");
      expect(rulesOf(name), name).toEqual([]);
    }
  });

  test("a warmer does not hide that nobody calls, and real calls beside it count", async () => {
    const warm = (name: string) => ({
      rule: {
        Name: `${name}-warm`,
        Arn: `arn:aws:events:eu-west-1:111122223333:rule/${name}-warm`,
        ScheduleExpression: "rate(5 minutes)",
        State: "ENABLED",
      },
      targets: [{ Arn: functionArn(name), Input: JSON.stringify({ source: "serverless-plugin-warmup" }) }],
    });
    const daily = (samples: number, maxMs: number) => everyDay(40, 0).map((n) => ({ day: today - n, samples, maxMs }));
    const { facts, rulesOf } = await scan(
      [
        { name: "only-warm", use: daily(288, 4), configuration: { Timeout: 3 } },
        { name: "also-used", use: daily(400, 4) },
        { name: "slow", use: daily(288, 900) },
      ],
      { rules: [warm("only-warm"), warm("also-used"), warm("slow")] },
    );
    expect(facts("only-warm").activity).toBe("warmed-only");
    expect(rulesOf("only-warm")).toEqual(["lambda/only-warmed-function"]);
    expect(facts("also-used").activity).toBe("normal");
    expect(facts("slow").activity).toBe("normal");
  });

  describe("a durable function that is quiet for months", () => {
    const durable = (name: string) => ({ name, use: ran(200), configuration: { DurableConfig: { ExecutionTimeout: 31_536_000 } } });
    const executions: StubData["answers"] = {
      "lambda:ListDurableExecutionsByFunction": ({ input }) => ({
        DurableExecutions: String(input.FunctionName).endsWith(":waits")
          ? [{ DurableExecutionName: "jane@example.com", Status: "RUNNING", StartTimestamp: new Date("2026-05-08T00:00:00Z") }]
          : [],
      }),
    };
    const functions = [durable("waits"), durable("ended"), { name: "plain", use: ran(200) }];

    test("is not unused while an execution of it waits; others are not asked", async () => {
      const { stub, rulesOf, facts } = await scan(functions, { answers: executions });
      expect(rulesOf("waits")).toEqual([]);
      expect(facts("waits")).toMatchObject({
        activity: "dormant-by-role",
        activityReason: "an execution of it waits, begun on 2026-05-08",
      });
      expect(rulesOf("ended")).toEqual(["lambda/unused-function"]);
      expect(stub.calls["lambda:ListDurableExecutionsByFunction"]).toBe(2);
    });

    test("cannot be told where its executions could not be read", async () => {
      const { rulesOf } = await scan(functions, { answers: executions }, denying(/ListDurableExecutions/));
      expect([rulesOf("waits"), rulesOf("ended"), rulesOf("plain")]).toEqual([[], [], ["lambda/unused-function"]]);
    });
  });

  describe("environments kept ready for a quiet function", () => {
    const kept: StubData["answers"] = {
      "lambda:ListAliases": ({ input }) => ({ Aliases: String(input.FunctionName).includes("plain") ? [] : [{ Name: "live" }] }),
      "lambda:ListProvisionedConcurrencyConfigs": ({ input: { FunctionName, Marker } }) => {
        if (String(FunctionName).endsWith(":bare")) return { ProvisionedConcurrencyConfigs: [] };
        const one = (qualifier: string, RequestedProvisionedConcurrentExecutions: number) => ({
          FunctionArn: `${FunctionName}:${qualifier}`,
          RequestedProvisionedConcurrentExecutions,
        });
        return Marker
          ? { ProvisionedConcurrencyConfigs: [one("7", 1)] }
          : { ProvisionedConcurrencyConfigs: [one("live", 4)], NextMarker: "more" };
      },
    };
    const quiet = (name: string) => ({ name, use: ran(200), configuration: { MemorySize: 2048 } });
    const functions = [quiet("kept"), quiet("bare"), quiet("plain")];

    test("make it graver, are taken away first, and can be given back; where there is no alias nobody asks", async () => {
      const { stub, result, facts } = await scan(functions, { answers: kept });
      const finding = (name: string) => result.document.findings.find(({ resource }) => resource.name === name);
      expect(facts("kept").provisioned).toEqual([
        { qualifier: "live", environments: 4 },
        { qualifier: "7", environments: 1 },
      ]);
      expect([finding("kept"), finding("bare"), finding("plain")].map((one) => one?.severity)).toEqual(["MEDIUM", "LOW", "LOW"]);
      const { text, commands } = finding("kept")?.remediation ?? { text: "", commands: [] };
      // 5 times 2 GB for 730 hours
      expect(text).toContain(
        "5 environments are kept ready for it (provisioned concurrency of alias live, version 7), about 110 USD a month.",
      );
      expect(
        commands.flatMap((command) =>
          command
            .split(" ")
            .slice(2, 3)
            .concat(command.match(/--qualifier \S+/) ?? []),
        ),
      ).toEqual([
        "delete-provisioned-concurrency-config",
        "--qualifier live",
        "delete-provisioned-concurrency-config",
        "--qualifier 7",
        "put-function-concurrency",
        "delete-function-concurrency",
        "put-provisioned-concurrency-config",
        "--qualifier live",
        "put-provisioned-concurrency-config",
        "--qualifier 7",
        "delete-function",
      ]);
      expect(finding("bare")?.remediation.commands[0]).toContain("put-function-concurrency");
      // two pages of one, one of the other
      expect(stub.calls["lambda:ListProvisionedConcurrencyConfigs"]).toBe(3);
    });

    test("that could not be read leave it open how grave it is; a function without an alias has none", async () => {
      const { rulesOf } = await scan(functions, { answers: kept }, denying(/ListProvisionedConcurrencyConfigs/));
      expect([rulesOf("kept"), rulesOf("bare"), rulesOf("plain")]).toEqual([[], [], ["lambda/unused-function"]]);
    });
  });

  describe("a schedule that is on beside a function quiet for a week", () => {
    const daily = (target: string) => ({
      rule: {
        Name: target,
        Arn: `arn:aws:events:eu-west-1:111122223333:rule/${target}`,
        State: "ENABLED",
        ScheduleExpression: "rate(1 day)",
      },
      targets: [{ Id: "1", Arn: functionArn(target) }],
    });
    const quiet = [
      { name: "broken", use: ran(...everyDay(60, 7)) },
      { name: "off", use: ran(...everyDay(60, 7)), reserved: 0 },
    ];
    const rules = [daily("broken"), daily("off")];

    test("is broken, unless somebody switched the function off; a busy function is not asked about", async () => {
      const { stub, rulesOf, facts } = await scan([...quiet, { name: "busy", use: ran(...everyDay(60, 0)) }], { rules });
      expect(rulesOf("broken")).toContain("lambda/trigger-without-runs");
      expect(rulesOf("off")).toEqual([]);
      expect(facts("off").activity).toBe("switched-off");
      expect(stub.calls["lambda:GetFunctionConcurrency"]).toBe(2);
      // nothing else is read of functions that are no candidates yet
      expect(stub.calls["iam:GetRole"]).toBeUndefined();
    });

    test("cannot be told where nobody may read whether it is off", async () => {
      const { rulesOf } = await scan(quiet, { rules }, denying(/GetFunctionConcurrency/));
      expect([...rulesOf("broken"), ...rulesOf("off")]).toEqual([]);
    });
  });

  test("switched off on purpose and paused functions are shown, not called unused", async () => {
    const { facts, rulesOf } = await scan(
      [
        { name: "off", use: ran(200), reserved: 0 },
        { name: "paused", use: ran(200) },
        { name: "limited", use: ran(200), reserved: 5 },
      ],
      {
        mappings: [
          {
            UUID: "1",
            FunctionArn: functionArn("paused"),
            EventSourceArn: "arn:aws:kinesis:eu-west-1:111122223333:stream/s",
            State: "Disabled",
          },
        ],
      },
    );
    expect(facts("off").activity).toBe("switched-off");
    expect(rulesOf("off")).toEqual([]);
    expect(facts("paused").activity).toBe("paused");
    expect(rulesOf("paused")).toEqual([]);
    expect(rulesOf("limited")).toEqual(["lambda/unused-function"]);
  });

  test("edge functions and Managed Instances are looked for where their metrics are", async () => {
    const edge = { Architectures: ["x86_64"], Timeout: 5, MemorySize: 128 };
    const { facts } = await scan(
      [
        { name: "at-edge", region: "us-east-1", configuration: edge, role: { edge: true } },
        { name: "at-edge-by-role", region: "us-east-1", configuration: edge, role: { edge: true, lastUsed: dayAgo(3) } },
        { name: "managed", region: "us-east-1", configuration: { CapacityProviderConfig: {} } },
        { name: "plain", region: "us-east-1", configuration: edge },
      ],
      {
        regions: ["eu-west-1", "us-east-1"],
        elsewhere: [
          { region: "eu-west-1", key: "us-east-1.at-edge", day: today - 2 },
          { region: "us-east-1", key: "managed:live", day: today - 4 },
        ],
      },
    );
    expect(facts("at-edge").lastInvocation).toMatchObject({ state: "invoked", quietDays: 2, source: "metrics" });
    expect(facts("at-edge-by-role").lastInvocation).toMatchObject({ state: "invoked", quietDays: 3, source: "role" });
    expect(facts("managed").lastInvocation).toMatchObject({ state: "invoked", quietDays: 4 });
    expect(facts("plain").lastInvocation.state).toBe("none-seen");
  });
});

describe("what could not be read", () => {
  const quiet = [{ name: "quiet", use: ran(200) }];

  test.each([
    ["metrics", /GetMetricData/],
    ["alarms", /DescribeAlarms/],
    ["event source mappings", /ListEventSourceMappings/],
    ["rules", /ListRules/],
    ["schedules", /ListSchedules/],
    ["reserved concurrency", /GetFunctionConcurrency/],
  ])("denied %s never make a function unused, and coverage says so", async (_what, operation) => {
    const { result, rulesOf } = await scan(quiet, {}, denying(operation));
    expect(rulesOf("quiet")).toEqual([]);
    expect(new Set(result.document.findings.map((f) => f.rule))).toEqual(new Set(["scan/coverage-incomplete"]));
    expect(result.complete).toBe(false);
  });

  test("denied metrics leave last use and timeout unknown, with the reason", async () => {
    const { facts } = await scan(quiet, {}, denying(/GetMetricData/));
    expect(facts("quiet").lastInvocation).toMatchObject({
      state: "unknown",
      why: "cloudwatch:GetMetricData failed (AccessDeniedException)",
    });
    expect(facts("quiet").timeout.verdict).toBe("unknown");
  });

  test("denied screening costs calls, not truth", async () => {
    const { facts } = await scan(quiet, {}, denying(/ListMetrics/));
    expect(facts("quiet").lastInvocation.state).toBe("invoked");
  });

  test("an answer that cannot be decoded is a failed part, never an empty one", async () => {
    const { result, rulesOf } = await scan(quiet, {}, ({ operation }) =>
      operation === "events:ListRules" ? new SyntaxError("Unexpected token < in JSON") : undefined,
    );
    expect(rulesOf("quiet")).toEqual([]);
    expect(result.incomplete).toContainEqual(expect.objectContaining({ collector: "event-buses", code: "SyntaxError" }));
  });

  test("a page that fails half-way leaves a partial list, and what it held is judged", async () => {
    const many = Array.from({ length: 60 }, (_, i) => ({ name: `f${i}`, use: ran(200) }));
    const { result } = await scan(many, {}, ({ operation, input }) =>
      operation === "lambda:ListFunctions" && input.Marker ? awsError("TooManyRequestsException") : undefined,
    );
    expect(result.document.functions).toHaveLength(50);
    expect(result.incomplete).toEqual([
      { collector: "functions", region: "eu-west-1", status: "partial", code: "TooManyRequestsException" },
    ]);
  });

  test("a function deleted between the list and its own read is no failure", async () => {
    const { result } = await scan(quiet, {}, ({ operation }) =>
      operation === "lambda:GetFunctionConcurrency" ? awsError("ResourceNotFoundException") : undefined,
    );
    expect(result.complete).toBe(true);
  });

  test("a Region where nothing is allowed is one finding, not one per collector", async () => {
    const { result } = await scan(
      [...quiet, { name: "other", region: "us-east-1" }],
      { regions: ["eu-west-1", "us-east-1"] },
      denying(/^(?!sts|account)/, /us-east-1/),
    );
    const coverage = result.document.findings.filter((f) => f.rule === "scan/coverage-incomplete");
    expect(coverage).toHaveLength(1);
    expect(coverage[0]).toMatchObject({
      severity: "MEDIUM",
      resource: { region: "global" },
      evidence: { region: "us-east-1", collector: "functions", operation: "lambda:ListFunctions" },
    });
    expect(result.document.findings.some((f) => f.resource.name === "quiet")).toBe(true);
  });
});

describe("use that the plain metrics do not show", () => {
  const edge = { Architectures: ["x86_64"], Timeout: 5, MemorySize: 128 };
  const atEdge: StubFunction = { name: "at-edge", region: "us-east-1", configuration: edge, role: { edge: true } };
  const usedInIreland = {
    regions: ["eu-west-1", "us-east-1"],
    elsewhere: [{ region: "eu-west-1", key: "us-east-1.at-edge", day: today - 2 }],
  };
  const managed: StubFunction = { name: "managed", configuration: { CapacityProviderConfig: {} } };

  test.each([
    ["a Region refuses the metrics of an edge function", [atEdge], usedInIreland, denying(/GetMetricData/, /eu-west-1/)],
    ["whether it runs at the edge is refused", [atEdge], usedInIreland, denying(/GetRole/)],
    ["the aliases of a function on Managed Instances are refused", [managed], {}, denying(/ListAliases/)],
  ])("where %s, nothing is called never invoked", async (_what, functions, more, fault) => {
    const { result } = await scan(functions, more, fault);
    expect(result.document.findings.map(({ rule }) => rule)).not.toContain("lambda/never-invoked-function");
    expect(result.complete).toBe(false);
  });

  test("edge functions are looked for in all Regions, also when only one is scanned", async () => {
    const stub = new StubAccount({ now, functions: [atEdge], ...usedInIreland });
    open = await aWatchdog(stub);
    const { document } = await open.scan({ regions: ["us-east-1"] });
    expect(document.functions[0]?.lastInvocation).toMatchObject({ state: "invoked", quietDays: 2 });
  });
});
