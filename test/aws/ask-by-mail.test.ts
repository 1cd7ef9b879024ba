/** A question to an owner, from the command to the digest: a real topic carries it, the link in the mail is opened by the function for answers. */
import { CreateStackCommand } from "@aws-sdk/client-cloudformation";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { buildProgram } from "../../cli/program.ts";
import { handler } from "../../functions/reply.ts";
import { CallCount } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { createOwnClients } from "../../shared/aws/own-clients.ts";
import { DynamodbStore } from "../../shared/store/dynamodb-store.ts";
import { S3Blobs } from "../../shared/store/s3-blobs.ts";
import { openTable } from "../../shared/store/table.ts";
import { anAccount } from "../an-account.ts";
import { aFinding } from "../cli/a-decided-store.ts";
import { captureOutput } from "../cli/captured-output.ts";
import { account } from "./moto.ts";
import { motoForThisFile } from "./moto-for-this-file.ts";
import { unpaced } from "./unpaced.ts";

const region = "eu-west-1";
const moto = await motoForThisFile("questions to owners by mail and their answers by link");
const quiet = (number: number) =>
  aFinding(number, { rule: "lambda/unused-function", severity: "LOW", title: `job-${number} was last invoked long ago` });
const findings = [quiet(1), quiet(2), quiet(3)];
const printed = captureOutput();
let store: DynamodbStore;
let queue = "";

async function run(...args: string[]): Promise<string> {
  printed.clear();
  await buildProgram().parseAsync([...args, "--stack", "SmallTarget"], { from: "user" });
  return printed.out;
}

/** As Lambda calls it for a request to the function URL. */
async function open(method: "GET" | "POST", link: { query?: Record<string, string>; body?: string }) {
  const event = { requestContext: { http: { method } }, queryStringParameters: link.query ?? {}, body: link.body ?? "" };
  const context = { invokedFunctionArn: `arn:aws:lambda:${region}:${account}:function:SmallTarget-reply` };
  return (await handler(event, context)) as { readonly statusCode: number; readonly body: string };
}

describe.runIf(moto)("a question by mail", () => {
  beforeAll(async () => {
    vi.stubEnv("AWS_REGION", region);
    const own = createOwnClients(region);
    const clients = createClients({ pace: unpaced(), calls: new CallCount() });
    await openTable(own.dynamodb, "findings", { create: true });
    await own.s3.send(new CreateBucketCommand({ Bucket: "blobs", CreateBucketConfiguration: { LocationConstraint: region } }));
    const { TopicArn = "" } = await own.sns.send(new CreateTopicCommand({ Name: "findings" }));
    queue = (await clients.sqs(region).send(new CreateQueueCommand({ QueueName: "mail" }))).QueueUrl ?? "";
    await own.sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: `arn:aws:sqs:${region}:${account}:mail` }));
    const secrets = await own.secretsmanager();
    const { ARN = "" } = await secrets.send(new CreateSecretCommand({ Name: "reply-key", SecretString: "k".repeat(64) }));
    const outputs = {
      TableName: "findings",
      BucketName: "blobs",
      TopicArn,
      OperationsTopicArn: TopicArn,
      ReplyUrl: "https://reply.example/",
      ReplyKeyArn: ARN,
    };
    const Outputs = Object.fromEntries(Object.entries(outputs).map(([name, Value]) => [name, { Value }]));
    const TemplateBody = JSON.stringify({ Resources: { Any: { Type: "AWS::SQS::Queue" } }, Outputs });
    await own.cloudformation.send(new CreateStackCommand({ StackName: "SmallTarget", TemplateBody }));
    store = new DynamodbStore(own.dynamodb, "findings");
    await store.saveFindings(findings.map((finding) => ({ finding, previousVersion: undefined })));
    const document = { ...anAccount(), findings: findings.map(({ materialKey, version, ...finding }) => finding) };
    const documentKey = "scans/one.json.gz";
    await new S3Blobs(own.s3, "blobs").put(documentKey, document);
    const { startedAt, finishedAt } = document.scan;
    const counts = { functions: 3, openFindings: 3, apiCalls: 1, incomplete: [] };
    await store.saveScan({ id: "one", account, startedAt, finishedAt, outcome: "done", complete: true, documentKey, ...counts });
    vi.stubEnv("TABLE_NAME", "findings");
    vi.stubEnv("REPLY_KEY_ARN", ARN);
    return () => vi.unstubAllEnvs();
  }, 120_000);

  test("arrives with a link for each resource; its answers stand in the table, and in the next digest", async () => {
    expect(await run("ask", "payments", "--quiet")).toContain("Asked payments about 3 resources");
    const { Messages = [] } = await createClients({ pace: unpaced(), calls: new CallCount() })
      .sqs(region)
      .send(new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] }));
    expect(Messages).toHaveLength(1);
    const mail = JSON.parse(Messages[0]?.Body ?? "{}");
    expect(mail.Subject).toMatch(/Still needed\? 3 quiet resources of payments/);
    const asked = await store.questions.all(account);
    const tokens = [...String(mail.Message).matchAll(/https:\/\/reply\.example\/\?t=([\w.-]+)/g)].map(([, token = ""]) => token);
    expect(new Set(tokens).size).toBe(3);

    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const answers = ["needed", "can-go", "not-mine"];
    for (const [index, token] of tokens.entries()) {
      const page = await open("GET", { query: { t: token } });
      expect(page).toMatchObject({ statusCode: 200, body: expect.stringContaining(`job-${index + 1}`) });
      // to look does nothing: scanners of mail open links
      expect(await store.questions.all(account)).toEqual(index === 0 ? asked : expect.anything());
      const body = new URLSearchParams({ token, answer: answers[index] ?? "", until });
      expect(await open("POST", { body: body.toString() })).toMatchObject({ statusCode: 200 });
    }
    const said = (await store.questions.all(account)).flatMap(({ events }) => events.map(({ kind }) => kind));
    expect(said.toSorted()).toEqual(["asked", "asked", "asked", "can-go", "needed", "not-mine"]);
    expect(await store.findingById("F-0000000001")).toMatchObject({ status: "SUPPRESSED", acknowledged: { reason: "not-applicable" } });

    const week = (await run("digest", "--preview", "--weekly", "--quiet")).replaceAll(/\n */g, " ");
    expect(week).toMatch(/Nobody claims job-3: payments says of 1 that it is somebody else's/);
    expect(week).toMatch(/Accepted: +1\b/);
  });

  test("that somebody changed on the way is refused", async () => {
    expect(await open("POST", { body: "answer=can-go&token=e30.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })).toMatchObject({
      statusCode: 403,
    });
  });
});
