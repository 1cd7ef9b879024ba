import { describe, expect, test } from "vitest";
import { refusesPlainText } from "../../../shared/graph/describe/doors.ts";
import { describeBus, describeRule } from "../../../shared/graph/describe/event-bus.ts";
import { describeQueue } from "../../../shared/graph/describe/queue.ts";
import { describeSubscription, describeTopic } from "../../../shared/graph/describe/topic.ts";
import { fn, hop, level, now, open, place, policy } from "./a-policy.ts";

const readAt = now.toISOString();
const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
describe("a queue", () => {
  const arn = at("sqs", "orders");
  const queue = (attributes: Record<string, string>) => describeQueue({ arn, name: "orders" }, { value: attributes, readAt }, place);

  test("that everybody may send to opens the function that it feeds", () => {
    const { resource, relations } = queue({ Policy: policy(open("sqs:SendMessage")) });
    expect(resource?.details).toMatchObject({ publicSend: ["Open"], publicReceive: [] });
    expect(level([...relations, hop(arn, fn, "feeds")])).toBe("internet-anonymous");
  });

  test("that everybody may only receive from opens itself, not what it feeds", () => {
    const { relations } = queue({ Policy: policy(open(["sqs:ReceiveMessage", "sqs:DeleteMessage"])) });
    expect(level(relations, arn)).toBe("internet-anonymous");
    expect(level([...relations, hop(arn, fn, "feeds")])).toBe("internal");
  });

  test("is not open where a condition says who: a topic, the account, an organization", () => {
    for (const Condition of [
      { ArnEquals: { "aws:SourceArn": at("sns", "orders") } },
      { StringEquals: { "aws:SourceAccount": "111122223333" } },
      { ArnLike: { "aws:SourceArn": "arn:aws:s3:::uploads" } },
    ]) {
      expect(queue({ Policy: policy(open("SQS:*", { Condition })) }).relations).toEqual([]);
    }
    const ofOrganization = queue({ Policy: policy(open("sqs:*", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abc123" } } })) });
    expect(ofOrganization.relations.map(({ from, auth }) => `${from} ${auth}`)).toContain("organization:o-abc123 cross-account");
    expect(ofOrganization.resource?.details?.publicSend).toEqual([]);
  });

  test("is not open to everybody where only addresses get in", () => {
    const { relations, resource } = queue({
      Policy: policy(open("sqs:SendMessage", { Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } })),
    });
    expect(resource?.details?.publicSend).toEqual([]);
    expect(level([...relations, hop(arn, fn, "feeds")])).toBe("internal");
  });

  test("says what encrypts it, and where failures go", () => {
    const target = at("sqs", "failed");
    const { relations, resource } = queue({
      KmsMasterKeyId: "alias/aws/sqs",
      RedrivePolicy: `{"deadLetterTargetArn":"${target}","maxReceiveCount":3}`,
    });
    expect(relations).toMatchObject([{ from: arn, to: target, kind: "dead-letters-to" }]);
    expect(resource?.encryption).toEqual({ atRest: "aws-managed-key", inTransit: "not-enforced" });
    expect(queue({ SqsManagedSseEnabled: "true" }).resource?.encryption?.atRest).toBe("aws-owned");
    expect(queue({ SqsManagedSseEnabled: "false" }).resource?.encryption?.atRest).toBe("none");
    expect(queue({}).resource?.encryption?.atRest).toBe("unknown");
  });

  test("with a policy that is no JSON, or without an answer, is unread", () => {
    expect(queue({ Policy: "{" }).resource?.details?.unread).toEqual(["policy"]);
    expect(describeQueue({ arn, name: "orders" }, undefined, place).resource?.details?.unread).toEqual(["attributes", "policy"]);
  });
});

describe("plain text", () => {
  const deny = (more: object = {}) => open("sqs:*", { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } }, ...more });

  test("is refused by a Deny for everybody on that one condition", () => {
    expect(refusesPlainText(policy(deny()), "sqs:SendMessage")).toBe(true);
    expect(refusesPlainText(policy(deny({ Principal: { AWS: "*" } })), "sqs:SendMessage")).toBe(true);
  });

  test("is accepted where the Deny is narrower, is about something else, or only Allows ask for TLS", () => {
    expect(refusesPlainText(policy(deny({ Principal: { AWS: "111122223333" } })), "sqs:SendMessage")).toBe(false);
    expect(refusesPlainText(policy(deny({ Action: "sqs:ReceiveMessage" })), "sqs:SendMessage")).toBe(false);
    const twice = { Bool: { "aws:SecureTransport": "false" }, StringEquals: { "aws:PrincipalTag/team": "shop" } };
    expect(refusesPlainText(policy(deny({ Condition: twice })), "sqs:SendMessage")).toBe(false);
    expect(refusesPlainText("", "sqs:SendMessage")).toBe(false);
  });
});

describe("a topic", () => {
  const arn = at("sns", "orders");
  const topic = (Policy: string) => describeTopic(arn, { value: { Policy }, readAt }, [], place);

  test("with the policy that SNS gives it is not open", () => {
    const own = open(["SNS:Publish", "SNS:Subscribe"], {
      Principal: { AWS: "*" },
      Condition: { StringEquals: { "AWS:SourceOwner": "111122223333" } },
    });
    expect(topic(policy(own)).relations).toEqual([]);
    expect(topic(policy(own)).resource?.encryption?.atRest).toBe("none");
  });

  test("that everybody may publish to opens the functions subscribed to it, once they are confirmed", () => {
    const subscription = { TopicArn: arn, Protocol: "lambda", Endpoint: `${fn}:live` };
    const { relations } = topic(policy(open("sns:Publish")));
    const confirmed = describeSubscription({ ...subscription, SubscriptionArn: `${arn}:1234` }).relations;
    expect(level([...relations, ...confirmed])).toBe("internet-anonymous");
    expect(level([...relations, ...describeSubscription({ ...subscription, SubscriptionArn: "PendingConfirmation" }).relations])).toBe(
      "none",
    );
  });

  test("keeps no mail address and no secret in an address", () => {
    expect(
      describeSubscription({ TopicArn: arn, Protocol: "email", Endpoint: "jo@example.com", SubscriptionArn: `${arn}:1` }).relations,
    ).toEqual([]);
    const https = describeSubscription({
      TopicArn: arn,
      Protocol: "https",
      Endpoint: "https://u:secret@example.com/in?key=secret",
      SubscriptionArn: `${arn}:1`,
    });
    expect(JSON.stringify(https)).not.toContain("secret");
    expect(https.relations[0]?.to).toBe("https://example.com/in");
  });
});

describe("an event bus", () => {
  const arn = at("events", "event-bus/shop");
  const rule = { arn: at("events", "rule/shop/paid"), name: "paid", busArn: arn, busName: "shop", enabled: true, managedBy: undefined };
  const targets = { value: [{ arn: `${fn}:live`, id: "1" }], readAt };

  test("for everybody is open to every account, as its calls are signed, and so are the functions of its rules", () => {
    const bus = describeBus({ arn, name: "shop", policy: policy(open("events:PutEvents")), createdAt: undefined }, place);
    const onPattern = describeRule({ ...rule, schedule: undefined, hasPattern: true }, targets, "eu-west-1");
    expect(bus.resource?.details?.publicPut).toEqual(["Open"]);
    expect(level([...bus.relations, ...onPattern.relations])).toBe("cross-account");
    const scheduled = describeRule({ ...rule, schedule: "rate(1 day)", hasPattern: false }, targets, "eu-west-1");
    expect(level([...bus.relations, ...scheduled.relations])).toBe("internal");
    const disabled = describeRule({ ...rule, enabled: false, schedule: undefined, hasPattern: true }, targets, "eu-west-1");
    expect(level([...bus.relations, ...disabled.relations])).toBe("none");
  });
});
