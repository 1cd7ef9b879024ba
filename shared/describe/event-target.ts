/** What an ARN that events are sent to is, and how the hop to it is called. Pure. */

import { functionArnOf, parseArn } from "../model/arn.ts";
import type { RelationKind } from "../model/graph.ts";

const carriers = new Set(["sqs", "sns", "kinesis", "firehose", "logs"]);

/** Queues, topics, streams, log groups and other buses are published to; everything else is started. */
export function targetKind(arn: string): Extract<RelationKind, "publishes-to" | "invokes"> {
  const parts = parseArn(arn);
  const isBus = parts?.service === "events" && parts.resource.startsWith("event-bus/");
  return isBus || carriers.has(parts?.service ?? "") ? "publishes-to" : "invokes";
}

/** The resource behind a target: a function without its version or alias, a log group without `:*`, a state machine without its alias. */
export function targetArn(arn: string): string {
  const { service, resource = "" } = parseArn(arn) ?? {};
  if (service === "lambda") return functionArnOf(arn) ?? arn;
  if (service === "logs") return arn.replace(/:\*$/, "");
  if (service === "states" && resource.startsWith("stateMachine:")) return arn.split(":").slice(0, 7).join(":");
  return arn;
}
