// The commands that a mail of the deployed watchdog prints, typed by its reader on a machine that knows of nothing.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateStackCommand } from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createOwnClients } from "../../shared/aws/own-clients.ts";
import type { Message } from "../../shared/notify/channel.ts";
import { keepPage } from "../../shared/page-upkeep/keep-page.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { smalltarget } from "../cli/run-command.ts";
import { aChannel } from "../notify/a-channel.ts";
import { motoForThisFile } from "./moto-for-this-file.ts";
import { watchdogOnMoto } from "./watchdog-on-moto.ts";

const moto = await motoForThisFile("the commands in messages against an emulator of AWS");

describe.runIf(moto)("a reader of a message of the deployed watchdog", () => {
  const stack = "SmallTarget";
  const cwd = mkdtempSync(join(tmpdir(), "smalltarget-reader-"));
  const env = { AWS_ENDPOINT_URL: moto?.endpoint ?? "", AWS_ACCESS_KEY_ID: "moto", AWS_SECRET_ACCESS_KEY: "moto", AWS_REGION: "us-east-1" };
  const inbox: Message[] = [];
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  beforeAll(async () => {
    const { scan, watchdog } = await watchdogOnMoto();
    const { homeRegion } = watchdog;
    const outputs = { TableName: "small-target", BucketName: "small-target-blobs", TopicArn: "arn", OperationsTopicArn: "arn" };
    const TemplateBody = JSON.stringify({
      Resources: { Queue: { Type: "AWS::SQS::Queue", Properties: {} } },
      Outputs: Object.fromEntries(Object.entries(outputs).map(([name, Value]) => [name, { Value }])),
    });
    await createOwnClients(homeRegion).cloudformation.send(new CreateStackCommand({ StackName: stack, TemplateBody }));
    const deployment = { stack, region: homeRegion };
    const { documentKey } = await scan({ channels: [aChannel("sns", inbox)], deployment });
    await keepPage({ ...watchdog, bundle: { script: "", style: "" }, rules: catalogue, deployment }, documentKey);
  });

  /** Runs a printed line: variables in front, then `smalltarget` and its arguments. */
  function type(line: string) {
    const words = line.split(" ");
    const at = words.indexOf("smalltarget");
    const variables = Object.fromEntries(words.slice(0, at).map((word) => word.split("=")));
    return smalltarget(words.slice(at + 1), { cwd, env: { ...env, ...variables } });
  }

  function printed(beginning: string): string {
    const line = inbox[0]?.text.split("\n").find((one) => one.startsWith(beginning));
    return line?.slice(beginning.length).trim() ?? "";
  }

  test("sees the finding, in whatever Region the reader works", async () => {
    const line = printed("Details of one:");
    expect(line).toMatch(/^smalltarget show F-[0-9A-Z]{10} --stack SmallTarget --region eu-west-1$/);
    const { code, out } = await type(line);
    expect(code).toBe(0);
    expect(out).toContain(/F-[0-9A-Z]{10}/.exec(line)?.[0]);
    expect(out).toContain("What to do");
  });

  test("sees all of them", async () => {
    const { code, out } = await type(printed("All of them:"));
    expect(code).toBe(0);
    for (const id of inbox[0]?.findingIds.slice(0, 3) ?? []) expect(out).toContain(id);
  });

  test("gets the page that the scan left in the bucket, byte for byte", async () => {
    const { code, err } = await type("AWS_REGION=eu-west-1 smalltarget report --stack SmallTarget");
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(/^reports\/latest\.html \(.*small-target-blobs\) written to report\.html/),
    });
    const html = readFileSync(join(cwd, "report.html"), "utf8");
    expect(html).toContain("smalltarget doctor --stack SmallTarget");
    expect(html).toMatch(/<\/html>\n$/);
  });
});
