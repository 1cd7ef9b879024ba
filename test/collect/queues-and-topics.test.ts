import { describe, expect, test } from "vitest";
import { snsCollector } from "../../shared/collect/sns/sns.ts";
import { queuesOf } from "../../shared/collect/sqs/queues.ts";
import { sqsCollector } from "../../shared/collect/sqs/sqs.ts";
import type { CoverageStatus } from "../../shared/model/coverage.ts";
import { awsError } from "../stub-account.ts";
import { type Answers, aContext, answering, collectFrom } from "./a-service.ts";

const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
const fn = at("lambda", "function:orders");
const refuse =
  (code = "AccessDeniedException") =>
  () => {
    throw awsError(code);
  };
const url = (name: string) => `https://sqs.eu-west-1.amazonaws.com/111122223333/${name}`;

describe("queues", () => {
  const answers: Answers = {
    "sqs:ListQueues": ({ NextToken }) => (NextToken ? { QueueUrls: [url("failed")] } : { QueueUrls: [url("orders")], NextToken: "2" }),
    "sqs:GetQueueAttributes": ({ QueueUrl }) => ({
      Attributes: String(QueueUrl).endsWith("orders")
        ? { RedrivePolicy: `{"deadLetterTargetArn":"${at("sqs", "failed")}"}`, AttributeOfTomorrow: "x" }
        : { ApproximateNumberOfMessages: "3", CreatedTimestamp: "1700000000" },
    }),
  };

  test("are listed page by page, with all their attributes", async () => {
    const { rows, coverage } = await collectFrom(sqsCollector, answers);
    expect(coverage).toMatchObject({ collector: "sqs", status: "complete", resources: 2 });
    expect(rows.get(at("sqs", "failed"))?.resource).toMatchObject({ createdAt: "2023-11-14T22:13:20.000Z", details: { messages: 3 } });
    expect(rows.get(at("sqs", "orders"))?.relations).toMatchObject([{ to: at("sqs", "failed"), kind: "dead-letters-to" }]);
  });

  test("deleted meanwhile or refused stay in the list as unread; a refused list is denied", async () => {
    const gone = await collectFrom(sqsCollector, { ...answers, "sqs:GetQueueAttributes": refuse("QueueDoesNotExist") });
    expect(gone.coverage.status).toBe("complete");
    const refused = await collectFrom(sqsCollector, { ...answers, "sqs:GetQueueAttributes": refuse() });
    expect(refused.coverage).toMatchObject({ status: "partial", operation: "sqs:GetQueueAttributes" });
    expect(refused.rows.get(at("sqs", "orders"))?.resource?.details?.unread).toEqual(["attributes", "policy"]);
    expect((await collectFrom(sqsCollector, { "sqs:ListQueues": refuse() })).coverage.status).toBe("denied");
  });

  test("that catch failures are read in every scan, the others on the rotation", async () => {
    const names = Array.from({ length: 200 }, (_, i) => `queue-${i}`);
    const many: Answers = {
      "sqs:ListQueues": () => ({ QueueUrls: names.map(url) }),
      "sqs:GetQueueAttributes": ({ QueueUrl }) => ({
        Attributes: String(QueueUrl).endsWith("queue-0") ? { RedrivePolicy: `{"deadLetterTargetArn":"${at("sqs", "queue-199")}"}` } : {},
      }),
    };
    const first = await collectFrom(sqsCollector, many);
    const before = structuredClone(first.kept) as Record<string, Record<string, { fingerprint: string }>>;
    const second = await collectFrom(sqsCollector, many, { before: before as typeof first.kept });
    const read = second.asked.flatMap(({ operation, input }) => (operation === "sqs:GetQueueAttributes" ? [String(input.QueueUrl)] : []));
    expect(read).toHaveLength(51);
    expect(read).toContain(url("queue-199"));
  });

  const mapping = { sourceArn: at("sqs", "orders"), functionArn: fn, uuid: "u", enabled: true, state: "Enabled", batchWindowSeconds: 0 };
  const foreign = { ...mapping, sourceArn: "arn:aws:sqs:eu-west-1:444455556666:theirs" };
  const mapped = (status: CoverageStatus = "complete") => ({
    items: [mapping, foreign],
    coverage: { collector: "eventSourceMappings", region: "eu-west-1", status },
  });

  test("that feed functions are asked once a scan, like the others", async () => {
    const tape = answering(answers);
    const part = queuesOf(mapped(), await sqsCollector.collect(aContext(tape)));
    expect(part.items).toMatchObject([{ name: "orders", deadLetterArn: at("sqs", "failed"), visibilityTimeoutSeconds: 30 }]);
    expect(part.coverage).toEqual({ collector: "queues", region: "eu-west-1", status: "complete", resources: 1 });
    expect(tape.asked.filter(({ operation }) => operation === "sqs:GetQueueAttributes")).toHaveLength(2);
  });

  test("that feed functions are read also where queues may not be listed, and one that is gone is not made up", async () => {
    const refused = { ...answers, "sqs:ListQueues": refuse() };
    const sqs = await sqsCollector.collect(aContext(answering(refused), { mappings: Promise.resolve(mapped()) }));
    expect(sqs.coverage).toMatchObject({ status: "partial", operation: "sqs:ListQueues" });
    expect(sqs.coverage.listed).toBeUndefined();
    expect(queuesOf(mapped(), sqs)).toMatchObject({ items: [{ name: "orders" }], coverage: { status: "partial", follows: "sqs" } });
    const gone = { ...refused, "sqs:GetQueueAttributes": refuse("QueueDoesNotExist") };
    expect((await sqsCollector.collect(aContext(answering(gone), { mappings: Promise.resolve(mapped()) }))).items).toEqual([]);
  });

  test("that feed functions are not all known where the mappings are not", async () => {
    const sqs = await sqsCollector.collect(aContext(answering(answers)));
    expect(queuesOf(mapped("partial"), sqs).coverage).toMatchObject({ status: "partial", follows: "eventSourceMappings" });
    expect(queuesOf({ ...mapped("denied"), items: [] }, sqs)).toMatchObject({ items: [], coverage: { status: "denied" } });
  });
});

describe("topics", () => {
  const arn = at("sns", "news");
  const answers: Answers = {
    "sns:ListTopics": ({ NextToken }) =>
      NextToken ? { Topics: [{ TopicArn: at("sns", "more") }] } : { Topics: [{ TopicArn: arn }], NextToken: "2" },
    "sns:ListSubscriptions": ({ NextToken }) =>
      NextToken
        ? { Subscriptions: [{ TopicArn: arn, Protocol: "lambda", Endpoint: fn, SubscriptionArn: `${arn}:1` }] }
        : {
            Subscriptions: [{ TopicArn: arn, Protocol: "email", Endpoint: "jo@example.com", SubscriptionArn: `${arn}:2` }],
            NextToken: "2",
          },
    "sns:GetTopicAttributes": () => ({ Attributes: { KmsMasterKeyId: "1234", DisplayName: "x", Owner: "111122223333" } }),
  };

  test("come with their subscriptions in one sweep, without people's addresses", async () => {
    const { rows, items, coverage, operations } = await collectFrom(snsCollector, answers);
    expect(coverage.status).toBe("complete");
    expect(rows.get(arn)?.resource).toMatchObject({
      details: { subscriptions: 2, protocols: ["email", "lambda"] },
      encryption: { atRest: "unknown" },
    });
    expect(items.flatMap(({ relations }) => relations)).toMatchObject([{ from: arn, to: fn, kind: "subscribes", enabled: true }]);
    expect(JSON.stringify(items)).not.toContain("jo@example.com");
    expect(operations.filter((one) => one === "sns:ListSubscriptions")).toHaveLength(2);
  });

  test("are there without their subscriptions where these are refused", async () => {
    const { rows, coverage } = await collectFrom(snsCollector, {
      ...answers,
      "sns:ListSubscriptions": refuse("AuthorizationErrorException"),
    });
    expect(coverage).toMatchObject({ status: "partial", operation: "sns:ListSubscriptions" });
    expect(rows.size).toBe(2);
  });
});
