/** An event of CloudTrail's history by the session of a function: what it asked for, and what was refused to it. */
import type { Event } from "@aws-sdk/client-cloudtrail";
import { cleanText } from "../model/plain-text.ts";
import type { LoggedCall } from "../model/role-use.ts";

type Json = Record<string, unknown>;

const refusals =
  /^(AccessDenied|AccessDeniedException|AccessDeniedFault|Client\.UnauthorizedOperation|UnauthorizedOperation|AuthorizationError|.*AccessDenied)$/;
/** How IAM words it: `User: ARN is not authorized to perform: dynamodb:GetItem on resource: ARN because ...` */
const missing = /not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9]+)(?: on resource: ([^\s]+))?/;

/** Undefined for what was not asked by a role's session, or cannot be read. */
export function sessionCall({ EventSource = "", EventName, EventTime, CloudTrailEvent }: Event): LoggedCall | undefined {
  const whole = parsedEvent(CloudTrailEvent);
  const roleArn = issuerOf(whole);
  if (!EventName || !EventTime || !roleArn) return undefined;
  const denied = deniedOf(whole);
  // an error of another kind says nothing about permissions: the call was allowed
  return {
    service: cleanText(EventSource.replace(/\.amazonaws\.com(\.cn)?$/, ""), 64),
    operation: cleanText(EventName, 128),
    roleArn,
    at: EventTime.toISOString(),
    ...(denied ? { denied } : {}),
  };
}

/** What of the event's text a recording keeps, so that `sessionCall` answers the same. */
export function sessionParts(whole: Json | undefined): Json {
  const arn = issuerOf(whole);
  const denied = deniedOf(whole);
  const errorMessage = denied && `not authorized to perform: ${denied.action}${denied.resource ? ` on resource: ${denied.resource}` : ""}`;
  return { ...(arn ? { sessionContext: { sessionIssuer: { type: "Role", arn } } } : {}), ...(errorMessage ? { errorMessage } : {}) };
}

function deniedOf(whole: Json | undefined): LoggedCall["denied"] {
  const { errorCode, errorMessage } = whole ?? {};
  if (typeof errorCode !== "string" || !refusals.test(errorCode)) return undefined;
  const [, action, resource] = missing.exec(typeof errorMessage === "string" ? errorMessage.slice(0, 4096) : "") ?? [];
  if (!action) return undefined;
  return { action, ...(resource ? { resource: cleanText(resource, 512) } : {}) };
}

function issuerOf(whole: Json | undefined): string | undefined {
  const identity = whole?.userIdentity as { sessionContext?: { sessionIssuer?: { type?: unknown; arn?: unknown } } } | undefined;
  const issuer = identity?.sessionContext?.sessionIssuer;
  return issuer?.type === "Role" && typeof issuer.arn === "string" ? issuer.arn : undefined;
}

/** The text of an event as CloudTrail keeps it; undefined where it is missing or no object. */
export function parsedEvent(text: unknown): Json | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}
