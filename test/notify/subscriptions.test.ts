import type { SNSClient } from "@aws-sdk/client-sns";
import { describe, expect, it } from "vitest";
import { confirm, endSubscription, SubscriptionError, subscribeEmail, subscribersOf } from "../../shared/notify/subscriptions.ts";

const topic = "arn:aws:sns:eu-west-1:111122223333:SmallTarget-Messages";

/** Answers what SNS answers, by command; keeps what it was asked. */
function sns(answers: Readonly<Record<string, (input: Record<string, unknown>) => unknown>>) {
  const asked: [string, Record<string, unknown>][] = [];
  const send = async (command: { readonly input: Record<string, unknown>; readonly constructor: { readonly name: string } }) => {
    const { name } = command.constructor;
    asked.push([name, command.input]);
    const answer = answers[name];
    if (!answer) throw new Error(`${name} was not expected`);
    return answer(command.input);
  };
  return { client: { send } as unknown as SNSClient, asked };
}

function refusing(name: string, message: string) {
  return () => {
    throw Object.assign(new Error(message), { name });
  };
}

describe("subscriptions of our topic", () => {
  it("are asked for with the filter on attributes, and confirmed in the name of who is signed in", async () => {
    const { client, asked } = sns({
      SubscribeCommand: () => ({ SubscriptionArn: "pending confirmation" }),
      ConfirmSubscriptionCommand: () => ({ SubscriptionArn: `${topic}:1` }),
    });
    await subscribeEmail(client, topic, "anna@example.com", { severity: ["CRITICAL"] });
    expect(await confirm(client, topic, "token")).toBe(`${topic}:1`);
    expect(asked).toEqual([
      [
        "SubscribeCommand",
        {
          TopicArn: topic,
          Protocol: "email",
          Endpoint: "anna@example.com",
          Attributes: { FilterPolicyScope: "MessageAttributes", FilterPolicy: '{"severity":["CRITICAL"]}' },
          ReturnSubscriptionArn: true,
        },
      ],
      ["ConfirmSubscriptionCommand", { TopicArn: topic, Token: "token", AuthenticateOnUnsubscribe: "true" }],
    ]);
  });

  it("are listed over all pages with what each is: confirmed by whom, waiting, filtered", async () => {
    const { client } = sns({
      ListSubscriptionsByTopicCommand: ({ NextToken }) =>
        NextToken
          ? { Subscriptions: [{ SubscriptionArn: "PendingConfirmation", Protocol: "email", Endpoint: "ben@example.com" }] }
          : { Subscriptions: [{ SubscriptionArn: `${topic}:1`, Protocol: "email", Endpoint: "anna@example.com" }], NextToken: "2" },
      GetSubscriptionAttributesCommand: () => ({
        Attributes: { PendingConfirmation: "false", ConfirmationWasAuthenticated: "true", FilterPolicy: '{"team":["payments"]}' },
      }),
    });
    expect(await subscribersOf(client, topic)).toEqual([
      {
        arn: `${topic}:1`,
        protocol: "email",
        endpoint: "anna@example.com",
        confirmed: true,
        guarded: true,
        filter: '{"team":["payments"]}',
      },
      { protocol: "email", endpoint: "ben@example.com", confirmed: false, guarded: false },
    ]);
  });

  it.each<[string, string, string, RegExp]>([
    ["a topic that is not there", "NotFoundException", "Topic does not exist", /check --topic, or --stack and its Region/],
    ["a right that is missing", "AuthorizationErrorException", "not authorized", /your own identity needs sns:Subscribe/],
    [
      "another filter",
      "InvalidParameterException",
      "Subscription already exists with different attributes",
      /end that first \(smalltarget unsubscribe\)/,
    ],
    ["credentials that are not accepted", "ExpiredToken", "expired", /sign in again/],
    ["anything else", "InternalError", "oops", /nothing was changed; try again \(InternalError: oops\)/],
  ])("meeting %s say what to do next", async (_what, name, message, words) => {
    const { client } = sns({ SubscribeCommand: refusing(name, message) });
    const error = await subscribeEmail(client, topic, "anna@example.com", undefined).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(SubscriptionError);
    expect((error as Error).message).toMatch(words);
    expect((error as Error).message).toContain(topic);
  });

  it("with a token that is too old say so, and that there is another way", async () => {
    const { client } = sns({ ConfirmSubscriptionCommand: refusing("InvalidParameterException", "Invalid token") });
    await expect(confirm(client, topic, "x")).rejects.toThrow(/good for two days: subscribe again/);
    const ended = sns({ UnsubscribeCommand: refusing("AuthorizationErrorException", "no") });
    await expect(endSubscription(ended.client, `${topic}:1`)).rejects.toThrow(/needs sns:Unsubscribe/);
  });
});
