/** SNS topics and their subscriptions. Pure. */
import { topicActions } from "../data/resource-actions.ts";
import { functionArnOf, lastPieceOf } from "../model/arn.ts";
import type { GraphRow, Relation, Resource } from "../model/graph.ts";
import { cleanText } from "../model/plain-text.ts";
import { doorDetails, doorsOf, inTransitOf } from "./doors.ts";
import { keyDetail, keyKind } from "./encryption.ts";

/** The attributes of a topic that are kept. */
export interface TopicAttributes {
  readonly Policy?: string;
  readonly KmsMasterKeyId?: string;
}

export interface Subscription {
  readonly SubscriptionArn?: string;
  readonly TopicArn?: string;
  readonly Protocol?: string;
  readonly Endpoint?: string;
}

/** What is kept of who is subscribed to a topic. */
export interface TopicSubscription extends Pick<Subscription, "Protocol"> {
  /** Nobody has confirmed it: it gets nothing. */
  readonly pending?: true;
}

interface Place {
  readonly account: string;
  readonly region: string;
  readonly now: Date;
}

const operation = "sns:GetTopicAttributes";

/** @param answer undefined where the attributes could not be read; likewise `subscriptions` */
export function describeTopic(
  arn: string,
  answer: { readonly value: TopicAttributes; readonly readAt: string } | undefined,
  subscriptions: readonly TopicSubscription[] | undefined,
  place: Place,
): GraphRow {
  const name = lastPieceOf(arn);
  const protocols = [...new Set((subscriptions ?? []).flatMap(({ Protocol }) => Protocol ?? []))].toSorted();
  const listed = { arn, type: "AWS::SNS::Topic", name, region: place.region };
  const pending = (subscriptions ?? []).filter((subscription) => subscription.pending).length;
  const counted: Resource["details"] = subscriptions
    ? { subscriptions: subscriptions.length, protocols, ...(pending > 0 ? { pending } : {}) }
    : {};
  const uncounted = subscriptions ? [] : ["subscriptions"];
  if (!answer) return { resource: { ...listed, details: { ...counted, unread: ["attributes", "policy", ...uncounted] } }, relations: [] };
  const { Policy, KmsMasterKeyId } = answer.value;
  const doors = doorsOf(arn, Policy, topicActions, operation, place);
  const unread = [...(doors ? [] : ["policy"]), ...uncounted];
  const encryption: Resource["encryption"] = {
    // SNS encrypts nothing at rest unless a key is named
    atRest: KmsMasterKeyId ? keyKind(KmsMasterKeyId) : "none",
    inTransit: doors ? inTransitOf(Policy, [{ action: "sns:Publish", resource: arn }], place) : "unknown",
  };
  return {
    resource: {
      ...listed,
      encryption,
      details: {
        ...counted,
        ...keyDetail(KmsMasterKeyId, listed),
        publicPublish: doors?.public.publish ?? [],
        publicSubscribe: doors?.public.subscribe ?? [],
        publicChange: doors?.public.change ?? [],
        publicInspect: doors?.public.inspect ?? [],
        ...doorDetails(doors),
        ...(unread.length > 0 ? { unread } : {}),
      },
      readAt: answer.readAt,
    },
    relations: doors?.relations ?? [],
  };
}

/** Mail addresses and telephone numbers of subscribers are people's: they are counted, not kept. */
export function describeSubscription(
  { SubscriptionArn, TopicArn, Protocol, Endpoint }: Subscription,
  deadLetterArn?: string | null,
): GraphRow {
  const to = Endpoint === undefined ? undefined : endpointOf(Endpoint);
  if (!TopicArn) return { relations: [] };
  const failed: Relation[] = deadLetterArn
    ? [
        {
          from: TopicArn,
          to: deadLetterArn,
          kind: "dead-letters-to",
          auth: "service",
          enabled: true,
          evidence: "sns:GetSubscriptionAttributes, RedrivePolicy",
        },
      ]
    : [];
  if (!to) return { relations: failed };
  // "PendingConfirmation" and "Deleted" stand where an ARN will be or was
  const enabled = SubscriptionArn?.startsWith("arn:") === true;
  return {
    relations: [
      { from: TopicArn, to, kind: "subscribes", auth: "service", enabled, evidence: `sns:ListSubscriptions, ${Protocol ?? ""}` },
      ...failed,
    ],
  };
}

function endpointOf(endpoint: string): string | undefined {
  if (endpoint.startsWith("arn:")) return functionArnOf(endpoint) ?? endpoint;
  if (!URL.canParse(endpoint)) return undefined;
  // user, password and query may be secrets
  const { protocol, host, pathname } = new URL(endpoint);
  return protocol === "https:" || protocol === "http:" ? cleanText(`${protocol}//${host}${pathname}`, 300) : undefined;
}
