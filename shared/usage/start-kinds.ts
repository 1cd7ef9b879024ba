/** What kind of trigger a relation is. Pure. */
import { isListedIn, isListedService } from "../data/service-callers.ts";
import { functionArnOf, isArnOf, parseArn } from "../model/arn.ts";
import type { TriggerKind } from "../model/document.ts";
import { outside, type Relation, type RelationKind, type Resource } from "../model/graph.ts";
import { proofOf } from "../model/proof.ts";

/** Kinds by which something comes to a resource and sets it off. */
const startKinds: ReadonlySet<RelationKind> = new Set([
  "invokes",
  "feeds",
  "publishes-to",
  "subscribes",
  "notifies",
  "routes-to",
  "dead-letters-to",
]);

const byService: Readonly<Record<string, TriggerKind>> = {
  apigateway: "api",
  appsync: "graphql-api",
  cloudformation: "stack",
  cloudfront: "distribution",
  cloudwatch: "alarm",
  "cognito-idp": "user-pool",
  dynamodb: "stream",
  elasticloadbalancing: "load-balancer",
  events: "event-bus",
  "execute-api": "api",
  firehose: "delivery-stream",
  iot: "iot-rule",
  kinesis: "stream",
  logs: "log-group",
  pipes: "pipe",
  s3: "bucket",
  scheduler: "schedule",
  secretsmanager: "secret-rotation",
  sns: "topic",
  sqs: "queue",
  states: "state-machine",
  "vpc-lattice": "lattice",
};

export function isStart({ kind, from, to }: Relation): boolean {
  return startKinds.has(kind) && from !== to;
}

/** A statement of a policy says who may call, not who does. */
export function isPermission(relation: Relation): boolean {
  return proofOf(relation)?.by === "permission";
}

const isIotRule = (arn: string) => isArnOf(arn, "iot", "rule/");

/** A permission for all of IoT Core, where a rule of it is there to need it. Alone it may be for an authorizer or a provisioning hook. */
export function isForIotRule(permission: Relation, others: readonly Relation[]): boolean {
  return /^service:iot\.amazonaws\.com(\.cn)?$/.test(permission.from) && others.some(({ from }) => isIotRule(from));
}

/**
 * A permission behind which nothing of this account starts anything that would not show otherwise: its source was listed, and what it
 * starts stands in its own configuration; or it would have been listed if it were there.
 */
export function isShownElsewhere({ from, to }: Relation, resourceOf: (arn: string) => Resource | undefined): boolean {
  if (from.startsWith("service:")) return isListedService(from.slice("service:".length));
  const source = parseArn(from);
  const own = parseArn(to);
  if (!source || !own) return false;
  if (resourceOf(from) || source.service === "cloudwatch") return true;
  const isHere = source.account === own.account && source.region === own.region;
  return isHere && (isListedIn(source.service) || isIotRule(from));
}

/** @param from what the relation comes from, where it was listed */
export function kindOf(relation: Relation, from: Resource | undefined): TriggerKind {
  const proof = proofOf(relation);
  if (relation.kind === "authorizes" || isArnOf(relation.from, "iot", "authorizer/")) return "authorizer";
  if (proof?.by === "mapping") return "event-source-mapping";
  if (proof?.by === "destination") return "destination";
  if (relation.from.startsWith("https://")) return "url";
  if (isOutside(relation.from)) return "outside";
  if (functionArnOf(relation.from)) return "function";
  if (from?.type === "AWS::Events::Rule") return typeof from.details?.schedule === "string" ? "rule" : "event-rule";
  if (isArnOf(relation.from, "events", "rule/")) return "event-rule";
  return byService[parseArn(relation.from)?.service ?? ""] ?? "service";
}

export function isOutside(node: string): boolean {
  return node === outside.internet || node.startsWith("account:") || node.startsWith("organization:");
}
