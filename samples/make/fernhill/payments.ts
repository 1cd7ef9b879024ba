import type { AccountPlan } from "../account-plan.ts";
import { program } from "../planned-code.ts";
import { everyDay, onDays } from "../rhythm.ts";
import { inStack, node, owned, untimed } from "./habits.ts";
import { secrets } from "./secrets.ts";

/** Money coming in. The team that moved `checkout` to a copy and forgot the original. */
export const payments: AccountPlan = {
  functions: [
    {
      ...node,
      name: "orders-api",
      timeoutSeconds: 10,
      memoryMb: 512,
      tags: { ...owned("payments"), ...inStack("orders", "ApiFunction") },
      environment: {
        ORDERS_TABLE: "arn:aws:dynamodb:eu-west-1:111122223333:table/fernhill-orders",
        EVENTS_TOPIC: "arn:aws:sns:eu-west-1:111122223333:order-events",
        PAYMENT_PROVIDER_KEY: secrets.providerKey,
      },
      // it cancels orders, which its role does not allow; nobody has cancelled one yet
      code: program(
        'import { DynamoDBClient } from "@aws-sdk/client-dynamodb";',
        'import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";',
        'import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";',
        "const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));",
        "const sns = new SNSClient({});",
        "const TableName = process.env.ORDERS_TABLE;",
        "export const handler = async ({ httpMethod, id, order }) => {",
        '  if (httpMethod === "DELETE") return table.send(new DeleteCommand({ TableName, Key: { id } }));',
        '  if (httpMethod === "GET") return table.send(new GetCommand({ TableName, Key: { id } }));',
        "  await table.send(new PutCommand({ TableName, Item: order }));",
        "  return sns.send(new PublishCommand({ TopicArn: process.env.EVENTS_TOPIC, Message: JSON.stringify(order) }));",
        "};",
      ),
      // anybody may send it an order, and one of its libraries has a known hole (samples/advisories)
      packages: { lodash: "4.17.20", ulid: "2.3.0" },
      deployedDaysAgo: 41,
      use: everyDay("orders-api", { from: 119, runs: 346, typicalMs: 3100, longestMs: 9700, longestDaysAgo: 12 }),
    },
    {
      ...node,
      name: "checkout",
      runtime: "nodejs20.x",
      timeoutSeconds: 15,
      source: "checkout",
      tags: { ...owned("payments"), ...inStack("checkout", "CheckoutFunction") },
      environment: { PAYMENT_PROVIDER_KEY: secrets.providerKey, WEBHOOK: secrets.chatWebhook },
      deployedDaysAgo: 203,
      use: everyDay("checkout", { from: 330, to: 131, runs: 610, typicalMs: 900, longestMs: 4100, longestDaysAgo: 190 }),
    },
    {
      ...node,
      name: "checkout-v2",
      timeoutSeconds: 15,
      source: "checkout",
      tags: { ...owned("payments"), ...inStack("checkout-v2", "CheckoutFunction") },
      environment: { PAYMENT_PROVIDER_KEY: secrets.providerKey, WEBHOOK: secrets.chatWebhook },
      deployedDaysAgo: 131,
      use: everyDay("checkout-v2", { from: 131, runs: 640, typicalMs: 950, longestMs: 4400, longestDaysAgo: 77 }),
    },
    {
      ...node,
      name: "payment-webhook",
      timeoutSeconds: 10,
      tags: { ...owned("payments"), ...inStack("orders", "WebhookFunction") },
      environment: { SIGNING_SECRET: secrets.signing },
      deployedDaysAgo: 41,
      use: everyDay("payment-webhook", { from: 119, runs: 300, typicalMs: 700, longestMs: 3300, longestDaysAgo: 30 }),
    },
    {
      // its queue gives a message out again after 30 s, while it may work on it for 60 s
      ...node,
      name: "refund-processor",
      // "until we know what it needs"
      role: "refund-processor-admin",
      timeoutSeconds: 60,
      tags: { ...owned("payments"), ...inStack("refunds", "RefundProcessor") },
      deployedDaysAgo: 88,
      use: everyDay("refund-processor", { from: 180, runs: 45, typicalMs: 7800, longestMs: 26_400, longestDaysAgo: 55 }),
    },
    {
      // calls a provider that has become slow: since a week, runs are cut off
      ...node,
      name: "fraud-score",
      runtime: "python3.13",
      timeoutSeconds: 15,
      memoryMb: 1024,
      tags: { ...owned("payments"), ...inStack("orders", "FraudScore") },
      environment: { PROVIDER_PASSWORD: secrets.password },
      deployedDaysAgo: 96,
      use: everyDay("fraud-score", { from: 150, runs: 120, typicalMs: 6200, longestMs: 14_100, longestDaysAgo: 40 }).map((day) =>
        day.daysAgo <= 6 ? { ...day, longestMs: 15_000, errors: 2 + (day.daysAgo % 3), p99Ms: 14_300 } : day,
      ),
    },
    {
      name: "invoice-pdf",
      timeoutSeconds: 900,
      memoryMb: 2048,
      tags: { ...owned("payments"), ...inStack("invoices", "Renderer") },
      environment: { INVOICES_BUCKET: "arn:aws:s3:::fernhill-invoices" },
      deployedDaysAgo: 62,
      use: everyDay("invoice-pdf", { from: 160, runs: 90, typicalMs: 11_000, longestMs: 41_300, longestDaysAgo: 100 }),
    },
    {
      // EventBridge Scheduler starts it once in a quarter
      ...node,
      name: "settlement-export",
      timeoutSeconds: 300,
      memoryMb: 1024,
      tags: owned("payments"),
      deployedDaysAgo: 240,
      use: onDays([449, 358, 268, 176, 84], 2, [61_000, 58_400, 66_900, 71_200]),
    },
    {
      ...node,
      name: "orders-redrive",
      timeoutSeconds: 60,
      tags: { ...owned("payments"), ...inStack("orders", "Redrive") },
      deployedDaysAgo: 119,
      use: onDays([112, 97, 96], 14, [2100, 1800, 2600]),
    },
  ],
  queues: [
    { name: "orders-dlq", visibilitySeconds: 360, feeds: "orders-redrive", tags: owned("payments") },
    { name: "refunds", visibilitySeconds: 30, feeds: "refund-processor", deadLetterQueue: "orders-dlq", tags: owned("payments") },
  ],
  schedules: [{ name: "settlement-quarter", starts: "settlement-export", schedule: "cron(0 3 1 3,6,9,12 ? *)" }],
  tables: [
    {
      name: "fernhill-orders",
      key: "orderId",
      createdDaysAgo: 410,
      tags: owned("payments"),
      use: everyDay("fernhill-orders", { from: 119, runs: 2100, ...untimed }),
    },
  ],
  topics: [
    {
      // every order is scored
      name: "order-events",
      starts: "fraud-score",
      createdDaysAgo: 410,
      tags: owned("payments"),
      use: everyDay("order-events", { from: 119, runs: 120, ...untimed }),
    },
  ],
  buckets: [
    {
      name: "fernhill-invoices",
      createdDaysAgo: 410,
      tags: owned("payments"),
      blocked: true,
      tlsOnly: true,
      use: everyDay("fernhill-invoices", { from: 60, runs: 18_400, ...untimed }),
    },
  ],
  rolePolicies: [
    { role: "refund-processor-admin", name: "for-now", statements: [{ actions: ["*"], resources: ["*"] }] },
    {
      role: "payments-lambda",
      name: "orders",
      statements: [
        {
          actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Query"],
          resources: ["arn:aws:dynamodb:eu-west-1:111122223333:table/fernhill-orders"],
        },
        { actions: ["sns:Publish"], resources: ["arn:aws:sns:eu-west-1:111122223333:order-events"] },
        { actions: ["s3:PutObject"], resources: ["arn:aws:s3:::fernhill-invoices/*"] },
        {
          actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
          resources: ["arn:aws:sqs:eu-west-1:111122223333:refunds", "arn:aws:sqs:eu-west-1:111122223333:orders-dlq"],
        },
      ],
    },
  ],
};
