/** Who is subscribed to our topic: made, confirmed so that no mail scanner can end it, listed, ended. */
import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  type SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { codeOf, isCredentialsError } from "../aws/errors.ts";
import { pages } from "../aws/paginate.ts";
import { cleanText } from "../model/plain-text.ts";
import type { FilterPolicy } from "./filter-policy.ts";

/** AWS did not do what was asked. The text says what, why, and what to do next. */
export class SubscriptionError extends Error {
  override readonly name = "SubscriptionError";
}

export interface Subscriber {
  /** Absent while it is not confirmed: then nothing but time can end it. */
  readonly arn?: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly confirmed: boolean;
  /** Only who is signed in to AWS can end it; false: whoever opens the link in any of its mails does. */
  readonly guarded: boolean;
  /** As AWS has it; absent: everything. */
  readonly filter?: string;
}

/** Asks AWS to send a mail with a link to confirm. @throws SubscriptionError */
export async function subscribeEmail(client: SNSClient, topicArn: string, email: string, policy: FilterPolicy | undefined): Promise<void> {
  const attributes: Record<string, string> = policy ? { FilterPolicyScope: "MessageAttributes", FilterPolicy: JSON.stringify(policy) } : {};
  try {
    await client.send(
      new SubscribeCommand({ TopicArn: topicArn, Protocol: "email", Endpoint: email, Attributes: attributes, ReturnSubscriptionArn: true }),
    );
  } catch (error) {
    throw explained("sns:Subscribe", topicArn, error);
  }
}

/** Confirms by the token of the mail. From then on only who is signed in to AWS can end it. @returns the subscription's ARN @throws SubscriptionError */
export async function confirm(client: SNSClient, topicArn: string, token: string): Promise<string> {
  try {
    const input = { TopicArn: topicArn, Token: token, AuthenticateOnUnsubscribe: "true" };
    return (await client.send(new ConfirmSubscriptionCommand(input))).SubscriptionArn ?? "";
  } catch (error) {
    throw explained("sns:ConfirmSubscription", topicArn, error);
  }
}

/** @throws SubscriptionError */
export async function subscribersOf(client: SNSClient, topicArn: string): Promise<Subscriber[]> {
  const found: Subscriber[] = [];
  try {
    const all = pages(
      (NextToken) => client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, ...(NextToken ? { NextToken } : {}) })),
      (page) => page.NextToken,
    );
    for await (const { Subscriptions = [] } of all) {
      for (const { SubscriptionArn = "", Protocol = "", Endpoint = "" } of Subscriptions) {
        const subscriber = { protocol: Protocol, endpoint: Endpoint };
        // "PendingConfirmation" stands where an ARN will be
        if (SubscriptionArn.startsWith("arn:"))
          found.push({ ...subscriber, arn: SubscriptionArn, ...(await details(client, SubscriptionArn)) });
        else found.push({ ...subscriber, confirmed: false, guarded: false });
      }
    }
    return found;
  } catch (error) {
    throw explained("sns:ListSubscriptionsByTopic and sns:GetSubscriptionAttributes", topicArn, error);
  }
}

async function details(client: SNSClient, arn: string): Promise<Pick<Subscriber, "confirmed" | "guarded" | "filter">> {
  const { Attributes = {} } = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
  const { PendingConfirmation, ConfirmationWasAuthenticated, FilterPolicy } = Attributes;
  return {
    confirmed: PendingConfirmation !== "true",
    guarded: ConfirmationWasAuthenticated === "true",
    ...(FilterPolicy ? { filter: FilterPolicy } : {}),
  };
}

/** @throws SubscriptionError */
export async function endSubscription(client: SNSClient, arn: string): Promise<void> {
  try {
    await client.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
  } catch (error) {
    throw explained("sns:Unsubscribe", arn, error);
  }
}

/** Topic and token of a link from the mail; the token alone where only that was pasted. Undefined: it is neither. */
export function parseConfirmation(text: string): { readonly token: string; readonly topicArn?: string } | undefined {
  const pasted = text.trim();
  if (/^[\w-]{20,1000}$/.test(pasted)) return { token: pasted };
  const query = URL.parse(pasted)?.searchParams;
  const token = query?.get("Token") ?? "";
  const topicArn = query?.get("TopicArn") ?? "";
  return /^[\w-]{20,1000}$/.test(token) && /^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:[\w.-]{1,256}$/.test(topicArn)
    ? { token, topicArn }
    : undefined;
}

function explained(action: string, arn: string, error: unknown): SubscriptionError {
  const code = codeOf(error);
  const said = cleanText(error instanceof Error ? error.message : String(error), 150);
  return new SubscriptionError(`${action} on ${cleanText(arn, 300)}: ${adviceFor(action, code, said, error)} (${code}: ${said})`, {
    cause: error,
  });
}

function adviceFor(action: string, code: string, said: string, error: unknown): string {
  if (isCredentialsError(error)) return "AWS did not accept the credentials: sign in again, or check --profile";
  if (/^NotFound/.test(code)) return "there is no such topic: check --topic, or --stack and its Region (AWS_REGION)";
  if (/^(AuthorizationError|AccessDenied)/.test(code)) return `you are not allowed to: your own identity needs ${action}`;
  if (/already exists with different attributes/i.test(said))
    return "it is subscribed with another filter: end that first (smalltarget unsubscribe); one that waits to be confirmed is forgotten by AWS after two days";
  if (/token/i.test(said))
    return "AWS does not know the token (any more), it is good for two days: subscribe again and take the link of the newest mail";
  if (/filter/i.test(said)) return "AWS does not take the filter";
  return "nothing was changed; try again";
}
