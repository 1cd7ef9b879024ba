import { describe, expect, test } from "vitest";
import { inTransitOf } from "../../shared/describe/doors.ts";
import { describeBus, describeRule } from "../../shared/describe/event-bus.ts";
import { describeQueue } from "../../shared/describe/queue.ts";
import { describeSubscription, describeTopic } from "../../shared/describe/topic.ts";
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
  const arn = at("sqs", "orders");
  const deny = (more: object = {}) =>
    open(["sqs:SendMessage", "sqs:ReceiveMessage"], { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } }, ...more });
  const calls = ["sqs:SendMessage", "sqs:ReceiveMessage"].map((action) => ({ action, resource: arn }));
  const inTransit = (...statements: object[]) => inTransitOf(policy(...statements), calls, place);
  const partner = (more: object = {}) => open("sqs:SendMessage", { Principal: { AWS: "444455556666" }, ...more });

  test.each([
    ["by a Deny for everybody", [deny()]],
    ["by a Deny for every principal", [deny({ Principal: { AWS: "*" } })]],
    ["by all actions but one that carries nothing", [partner(), deny({ Action: undefined, NotAction: "sqs:GetQueueUrl" })]],
    ["by an Allow for others that asks for TLS", [partner({ Condition: { Bool: { "aws:SecureTransport": "true" } } })]],
    ["whatever else is asked, where every Deny together turns it away", [deny({ Action: "sqs:Send*" }), deny({ Action: "sqs:Receive*" })]],
  ])("is refused %s", (_how, statements) => {
    expect(inTransit(...statements)).toBe("enforced");
  });

  test.each([
    ["the Deny is for others only", [deny({ Principal: { AWS: "444455556666" } })]],
    ["the Deny is about one of the actions", [deny({ Action: "sqs:ReceiveMessage" })]],
    ["the Deny is about another queue", [deny({ Resource: at("sqs", "invoices") })]],
    [
      "a further condition lets some through",
      [deny({ Condition: { Bool: { "aws:SecureTransport": "false" }, StringEquals: { "aws:PrincipalTag/team": "shop" } } })],
    ],
    [
      "only the version of TLS is asked for, which plain http has none of",
      [deny({ Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } })],
    ],
    ["one of two Allows for others asks for TLS", [partner(), partner({ Condition: { Bool: { "aws:SecureTransport": "true" } } })]],
    ["nothing is said", []],
  ])("is accepted where %s", (_why, statements) => {
    expect(inTransit(...statements)).toBe("not-enforced");
  });

  test("is not told where the refusal depends on a key that nobody here knows", () => {
    expect(inTransit(deny({ Condition: { Bool: { "aws:SecureTransport": "false" }, StringEquals: { "aws:NewKey": "x" } } }))).toBe(
      "unknown",
    );
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
    const onPattern = describeRule({ ...rule, schedule: undefined, pattern: "{}" }, targets, "eu-west-1");
    expect(bus.resource?.details?.publicPut).toEqual(["Open"]);
    expect(level([...bus.relations, ...onPattern.relations])).toBe("cross-account");
    const scheduled = describeRule({ ...rule, schedule: "rate(1 day)", pattern: undefined }, targets, "eu-west-1");
    expect(level([...bus.relations, ...scheduled.relations])).toBe("internal");
    const disabled = describeRule({ ...rule, enabled: false, schedule: undefined, pattern: "{}" }, targets, "eu-west-1");
    expect(level([...bus.relations, ...disabled.relations])).toBe("none");
  });
});
