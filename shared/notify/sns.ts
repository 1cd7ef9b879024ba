/** The SNS channel: one publish carries an e-mail, a chat notification and the attributes that subscription filters ask for. */
import {
  GetTopicAttributesCommand,
  type MessageAttributeValue,
  PublishCommand,
  type PublishCommandInput,
  type SNSClient,
} from "@aws-sdk/client-sns";
import { codeOf, isCredentialsError } from "../aws/errors.ts";
import { cleanText } from "../model/plain-text.ts";
import { type Channel, type ChannelLimits, DeliveryError, defaultLimits, type Message, NoAnswerError } from "./channel.ts";
import { chatNotification } from "./chat-notification.ts";
import { unowned } from "./teams.ts";

/** SNS counts the message with all its protocol bodies and the attributes' names, types and values (Publish, API reference). */
export const mostPublishBytes = 262_144;

/** Who would get a message. Subscriptions that nobody confirmed receive nothing. */
export interface Listeners {
  readonly confirmed: number;
  readonly pending: number;
}

/** Publishes to a standard topic. Throws DeliveryError with what to do next. */
export function snsChannel(client: SNSClient, topicArn: string, name = "sns", limits: ChannelLimits = defaultLimits): Channel {
  return {
    name,
    limits,
    async send(message) {
      const input = publishInput(message, topicArn);
      const bytes = publishBytes(input);
      if (bytes > mostPublishBytes) {
        throw new DeliveryError(
          `Message ${message.id} has ${bytes} bytes, SNS takes ${mostPublishBytes}: please report this as a bug`,
          false,
        );
      }
      try {
        await client.send(new PublishCommand(input));
      } catch (error) {
        throw explain("sns:Publish", topicArn, error);
      }
      return { accepted: message.findingIds };
    },
  };
}

/** How many subscriptions of the topic are confirmed, and how many still wait for a click. Throws DeliveryError. */
export async function listeners(client: SNSClient, topicArn: string): Promise<Listeners> {
  try {
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: topicArn }));
    return { confirmed: Number(Attributes?.SubscriptionsConfirmed ?? 0), pending: Number(Attributes?.SubscriptionsPending ?? 0) };
  } catch (error) {
    throw explain("sns:GetTopicAttributes", topicArn, error);
  }
}

/** What is published: `default` and `email` plain text, `https` a custom notification for Amazon Q Developer in chat applications. */
export function publishInput(message: Message, topicArn: string): PublishCommandInput {
  return {
    TopicArn: topicArn,
    Subject: message.subject,
    MessageStructure: "json",
    Message: JSON.stringify({ default: message.text, email: message.text, https: JSON.stringify(chatNotification(message)) }),
    MessageAttributes: {
      severity: text(message.severity),
      kind: text(message.kind),
      team: names(message.teams.length > 0 ? message.teams : [unowned]),
      ...(message.ruleGroups.length > 0 ? { ruleGroup: names(message.ruleGroups) } : {}),
      ...(message.envs.length > 0 ? { env: names(message.envs) } : {}),
    },
  };
}

/** Bytes that count against SNS's limit; the subject is counted too, to be on the safe side. */
export function publishBytes({ Message = "", Subject = "", MessageAttributes = {} }: PublishCommandInput): number {
  const attributes = Object.entries(MessageAttributes).flatMap(([name, value]) => [name, value.DataType ?? "", value.StringValue ?? ""]);
  return [Message, Subject, ...attributes].reduce((sum, part) => sum + Buffer.byteLength(part), 0);
}

function text(value: string): MessageAttributeValue {
  return { DataType: "String", StringValue: value };
}

/** One name as String, several as String.Array: a filter matches when any of them does. */
function names(values: readonly string[]): MessageAttributeValue {
  const [only] = values;
  return values.length === 1 && only !== undefined ? text(only) : { DataType: "String.Array", StringValue: JSON.stringify(values) };
}

/** One line that says what happened to which topic and what to do; permanent when every other message would meet the same. */
function explain(action: string, topicArn: string, error: unknown): DeliveryError {
  const said = error instanceof Error ? cleanText(error.message, 300) : String(error);
  const code = codeOf(error);
  const advice = isCredentialsError(error)
    ? "AWS did not accept the credentials: sign in again, or check --profile"
    : adviceFor(action, code, said);
  const answered =
    (error as { readonly $metadata?: { readonly httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode !== undefined;
  const Delivery = answered || advice !== undefined ? DeliveryError : NoAnswerError;
  return new Delivery(
    `${action} on ${cleanText(topicArn, 300)}: ${advice ?? "not accepted, the next scan tries again"} (${code}: ${said})`,
    advice !== undefined,
    error,
  );
}

function adviceFor(action: string, code: string, said: string): string | undefined {
  if (code === "NotFound" || code === "NotFoundException") {
    return "the topic does not exist: check the ARN and its Region given with --notify, or deploy again";
  }
  if (code === "AuthorizationError" || code === "AuthorizationErrorException" || /^AccessDenied/.test(code)) {
    return `refused: allow ${action} on the topic, in the role's policy and in the topic's`;
  }
  if (/^KMS|^InvalidSecurity/.test(code)) {
    return "the topic's key cannot be used: allow kms:GenerateDataKey* and kms:Decrypt on it to this role, and check that the key is enabled";
  }
  if (/^InvalidParameter/.test(code) && /TopicArn/.test(said)) {
    return "this is not the ARN of a topic in the client's Region: check the ARN given with --notify";
  }
  if (/^InvalidParameter/.test(code) && /MessageGroupId|FIFO/i.test(said)) {
    return "FIFO topics deliver no e-mail and no chat: use a standard topic";
  }
  return undefined;
}
