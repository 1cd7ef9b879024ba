/** An event of CloudTrail's history: what it was done to, and by whom. Nothing else of the request is looked at or kept. */
import type { Event } from "@aws-sdk/client-cloudtrail";
import { cleanText } from "../model/plain-text.ts";
import { parsedEvent, sessionParts } from "./session-event.ts";

export interface LoggedEvent {
  readonly source: string;
  /** ISO 8601. */
  readonly at: string;
  /** Names and ids of what it was done to, without account and Region. */
  readonly names: readonly string[];
  /** The person who did it; absent for services, deployments and whoever else is nobody to ask. */
  readonly person?: string;
}

/** Members of request and answer that name the resource. */
const naming =
  /^(functionName|functionArn|bucketName|topicArn|subscriptionArn|queueUrl|queueUrls|queueName|rule|name|tableName|tableArn|restApiId|apiId|id|stateMachineArn|streamName|streamARN|resourceArn|userPoolId|aRN|arn)$/i;

type Json = Record<string, unknown>;

/** Undefined for what failed: it changed nothing. An event that cannot be read, or was too large to keep, has no names. */
export function loggedEvent(event: Event): LoggedEvent | undefined {
  const { EventSource, EventTime, CloudTrailEvent, Username } = event;
  const whole = parsedEvent(CloudTrailEvent) ?? {};
  if (!EventTime || typeof whole.errorCode === "string") return undefined;
  const person = personOf(whole, Username);
  return {
    source: EventSource ?? "",
    at: EventTime.toISOString(),
    names: [...new Set(namesIn([whole.requestParameters, whole.responseElements]).map(nameIn))],
    ...(person ? { person } : {}),
  };
}

/** The name in an ARN, a URL, a function's name with a qualifier, or the text itself. */
export function nameIn(text: string): string {
  const ofFunction = /(?:^|:)function:([^:]+)/.exec(text)?.[1];
  if (ofFunction) return ofFunction;
  if (/^(arn:|https?:\/\/)/.test(text)) return text.split(/[:/]/).at(-1) ?? text;
  return text.includes("/") ? (text.split("/").at(-1) ?? text) : (text.split(":")[0] ?? text);
}

/** The event with no more than `loggedEvent` reads. */
export function redactEvent(event: Json): Json {
  const { EventId, EventName, EventTime, EventSource, Username, CloudTrailEvent } = event;
  const whole = parsedEvent(CloudTrailEvent);
  const { type, arn } = (whole?.userIdentity ?? {}) as Json;
  const { sessionContext, errorMessage } = sessionParts(whole);
  const kept = whole && {
    ...(whole.errorCode ? { errorCode: whole.errorCode } : {}),
    ...(errorMessage ? { errorMessage } : {}),
    userIdentity: { type, arn, ...(sessionContext ? { sessionContext } : {}) },
    requestParameters: named(whole.requestParameters),
    responseElements: named(whole.responseElements),
  };
  return { EventId, EventName, EventTime, EventSource, Username, ...(kept ? { CloudTrailEvent: JSON.stringify(kept) } : {}) };
}

/** IAM users, and whoever signed in through an identity provider: those sessions are named after people. */
function personOf({ userIdentity }: Json, username: string | undefined): string | undefined {
  const { type, arn } = (userIdentity ?? {}) as { readonly type?: unknown; readonly arn?: unknown };
  if (!username) return undefined;
  const signedIn = type === "AssumedRole" && (username.includes("@") || /:assumed-role\/AWSReservedSSO_[^/]+\//.test(String(arn)));
  return type === "IAMUser" || signedIn ? cleanText(username, 128) : undefined;
}

function namesIn(members: readonly unknown[]): string[] {
  return members.flatMap((member) =>
    Object.values(named(member)).flatMap((value) => (typeof value === "string" ? value : namesIn([value]))),
  );
}

/** The naming members, also those one level down (`table.tableName`). */
function named(member: unknown, depth = 0): Json {
  if (typeof member !== "object" || member === null) return {};
  const entries = Object.entries(member as Json).flatMap(([key, value]): [string, unknown][] => {
    if (typeof value === "string") return naming.test(key) && value.length <= 2048 ? [[key, value]] : [];
    const below = depth === 0 ? named(value, 1) : {};
    return Object.keys(below).length > 0 ? [[key, below]] : [];
  });
  return Object.fromEntries(entries);
}
