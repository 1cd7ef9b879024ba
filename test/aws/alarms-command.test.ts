// `smalltarget alarms` as a person types it, on the emulator.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeAlarmsCommand, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { CreateFunctionCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CallCount } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { topicArn } from "../alarms/an-alarm.ts";
import { smalltarget } from "../cli/run-command.ts";
import { motoForThisFile } from "./moto-for-this-file.ts";
import { unpaced } from "./unpaced.ts";
import { putRuns } from "./watchdog-on-moto.ts";

const moto = await motoForThisFile("the alarms command against an emulator of AWS");

describe.runIf(moto)("smalltarget alarms", () => {
  const cwd = mkdtempSync(join(tmpdir(), "smalltarget-alarms-"));
  const env = { AWS_ENDPOINT_URL: moto?.endpoint ?? "", AWS_ACCESS_KEY_ID: "moto", AWS_SECRET_ACCESS_KEY: "moto", AWS_REGION: "eu-west-1" };
  const run = (...args: string[]) => smalltarget(args, { cwd, env });
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  beforeAll(async () => {
    const clients = createClients({ pace: unpaced(), calls: new CallCount() });
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
    });
    const { Role } = await clients.iam("eu-west-1").send(new CreateRoleCommand({ RoleName: "orders", AssumeRolePolicyDocument }));
    await clients.lambda("eu-west-1").send(
      new CreateFunctionCommand({
        FunctionName: "orders-api",
        Role: Role?.Arn,
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Timeout: 30,
        Code: { ZipFile: new Uint8Array(22).fill(0) },
      }),
    );
    await putRuns("orders-api", 24_000);
    expect(await run("scan", "--region", "eu-west-1", "-q")).toMatchObject({ code: 0 });
  });

  test("plan tells the price first and changes nothing", async () => {
    const { code, out } = await run("alarms", "plan", "--topic", topicArn);
    expect(code).toBe(0);
    expect(out.split("\n")[0]).toMatch(/^Price: 0\.20 USD a month for 2 alarms at 0\.10 USD/);
    expect(out).toContain("smalltarget-orders-api-critical");
    expect(out).toContain("27 s of 30 s");
    expect((await run("alarms", "list")).out).toMatch(/^0 alarms of ours: 0\.00 USD a month/);
  });

  test("without a topic it says so; a wrong topic is a mistake in the command", async () => {
    expect((await run("alarms", "plan")).out).toContain("there is no topic in eu-west-1 that an alarm could publish to");
    expect(await run("alarms", "plan", "--topic", "orders")).toMatchObject({ code: 2 });
    expect(await run("alarms", "plan", "--topic", topicArn, "--topic", topicArn)).toMatchObject({ code: 2 });
  });

  test("apply does nothing without --yes, and then what the plan said, once", async () => {
    const unasked = await run("alarms", "apply", "--topic", topicArn);
    expect(unasked).toMatchObject({ code: 2, out: "" });
    expect(unasked.err).toMatch(/Price: 0\.20 USD[\s\S]*nothing was done/);
    expect((await run("alarms", "list")).out).toMatch(/^0 alarms/);
    expect((await run("alarms", "apply", "--yes", "--topic", topicArn)).out).toContain("Done: put 2, removed 0, failed 0.");
    expect((await run("alarms", "list")).out).toMatch(/2 alarms of ours[\s\S]*smalltarget-orders-api-critical\s+27 s/);
    expect((await run("alarms", "plan", "--topic", topicArn)).out).toContain("To do: put 0, remove 0; 2 alarms as they should be.");
  });

  test("remove does nothing without --yes, and then takes away all of ours and nobody else's", async () => {
    const cloudwatch = createClients({ pace: unpaced(), calls: new CallCount() }).cloudwatch("eu-west-1");
    const like = {
      MetricName: "Duration",
      Namespace: "AWS/Lambda",
      Statistic: "Maximum",
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
    } as const;
    await cloudwatch.send(
      new PutMetricAlarmCommand({ AlarmName: "smalltarget-not-ours", ComparisonOperator: "GreaterThanOrEqualToThreshold", ...like }),
    );
    expect(await run("alarms", "remove")).toMatchObject({ code: 2, err: expect.stringContaining("nothing was done: remove 2 alarms") });
    expect((await run("alarms", "remove", "--yes")).out).toContain("Done: put 0, removed 2, failed 0.");
    expect((await run("alarms", "list")).out).toMatch(/^0 alarms/);
    expect((await run("alarms", "remove", "--yes")).out).toContain("removed 0");
    const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: ["smalltarget-not-ours"] }));
    expect(MetricAlarms).toHaveLength(1);
  });
});
