/**
 * Where an integration of API Gateway leads. URIs are `arn:P:apigateway:REGION:SERVICE:path|action/...` for AWS services
 * (Lambda among them), an ARN itself (HTTP APIs), or a URL. Source: API Gateway developer guide, "Integration request". Pure.
 */
import { functionArnOf, parseArn } from "../model/arn.ts";
import type { IntegrationRead, Place, StageRead } from "./api-reads.ts";
import { stageVariablesIn } from "./api-reads.ts";

export interface Target {
  /** ARN, or `https://HOST/` for what is no resource of AWS. */
  readonly to: string;
  /** From a stage variable or from the caller's own request. */
  readonly inferred: boolean;
  /** The stage whose variables lead there; absent where all stages do. */
  readonly stage?: string;
}

/** Resolves the integration, once for every stage where stage variables decide. */
export function targetsOf(
  integration: IntegrationRead,
  stages: readonly StageRead[],
  vpcLinks: ReadonlyMap<string, readonly string[]>,
  place: Place,
): Target[] {
  if (integration.type === "MOCK") return [];
  const { throughVpcLink, vpcLinkId, targetArn } = integration;
  if (throughVpcLink && targetArn) return [{ to: targetArn, inferred: false }];
  if (throughVpcLink && vpcLinkId) return (vpcLinks.get(vpcLinkId) ?? []).map((to) => ({ to, inferred: false }));
  const written = [integration.uri ?? "", ...Object.values(integration.names)].join(" ");
  const uses = stageVariablesIn(written);
  if (uses.length === 0 && written.search(stageOfContext) < 0)
    return one(targetOf(filled(integration, { name: "", variables: {} }, place), place));
  return stages
    .filter(({ variables }) => uses.every((name) => variables[name] !== undefined))
    .flatMap((stage) =>
      one(targetOf(filled(integration, stage, place), place)).map(({ to }) => ({ to, inferred: true, stage: stage.name })),
    );
}

const accountOfContext = /\$\{context\.accountId\}/g;
const stageOfContext = /\$\{context\.stage\}/g;

function one(to: string | undefined): Target[] {
  return to ? [{ to, inferred: to.includes("*") }] : [];
}

/** With the stage's variables and the account in their places. */
function filled(
  integration: IntegrationRead,
  { name, variables }: Pick<StageRead, "name" | "variables">,
  { account }: Place,
): IntegrationRead {
  const fill = (text: string) =>
    text
      .replaceAll(
        /\$\{?stageVariables(?:\.([A-Za-z0-9_]+)|\[['"]([A-Za-z0-9_]+)['"]\])\}?/g,
        (_all, a?: string, b?: string) => variables[a ?? b ?? ""] ?? "",
      )
      .replaceAll(accountOfContext, account)
      .replaceAll(stageOfContext, name);
  const names = Object.fromEntries(Object.entries(integration.names).map(([name, value]) => [name, fill(value)]));
  return { ...integration, ...(integration.uri ? { uri: fill(integration.uri) } : {}), names };
}

function targetOf({ uri = "", subtype, names }: IntegrationRead, place: Place): string | undefined {
  if (subtype) return namedTarget(subtype.split("-")[0]?.toLowerCase() ?? "", names, place);
  const integration = /^arn:[^:]+:apigateway:([^:]*):([^:]+):(?:path|action)\/(.*)$/s.exec(uri);
  if (integration)
    return serviceTarget(integration[2] ?? "", integration[3] ?? "", names, { ...place, region: integration[1] || place.region });
  if (parseArn(uri)) return functionArnOf(uri) ?? uri;
  return hostOf(uri);
}

/** The function in the ARN by which API Gateway invokes one, unqualified; also of a bare name. */
export function functionOfInvocationUri(uri: string, place: Place): string | undefined {
  const named = /functions\/(.+?)\/(?:response-streaming-)?invocations$/s.exec(uri)?.[1] ?? uri;
  if (parseArn(named)) return functionArnOf(named);
  const [name] = named.split(":");
  return name && /^[A-Za-z0-9_-]+$/.test(name)
    ? `arn:${place.partition}:lambda:${place.region}:${place.account}:function:${name}`
    : undefined;
}

function serviceTarget(service: string, uriPath: string, names: IntegrationRead["names"], place: Place): string | undefined {
  const { partition, region } = place;
  const path = uriPath.replaceAll(/\{[^{}]+\}/g, (placeholder) => names[placeholder] ?? placeholder);
  const [subdomain = "", ofSubdomain] = service.split(".");
  if (service === "lambda") return functionOfInvocationUri(path, place);
  if (ofSubdomain === "s3") return `arn:${partition}:s3:::${subdomain}`;
  if (service === "s3") return `arn:${partition}:s3:::${bucketIn(path)}`;
  const [account, queue] = path.split("/");
  if (service === "sqs" && queue && /^\d{12}$/.test(account ?? ""))
    return `arn:${partition}:sqs:${region}:${account}:${queue.split("?")[0]}`;
  const inQuery = Object.fromEntries(new URLSearchParams(path.split("?")[1] ?? ""));
  return namedTarget(service, { ...inQuery, ...names }, place);
}

/** A bucket that is a path parameter may be any. */
function bucketIn(path: string): string {
  const bucket = path.split("/")[0] ?? "";
  return bucket === "" || bucket.includes("{") ? "*" : bucket;
}

/** What the request names; `*` where the caller does. */
function namedTarget(service: string, names: Readonly<Record<string, string>>, { partition, region, account }: Place): string | undefined {
  const arn = (of: string, resource: string) => `arn:${partition}:${of}:${region}:${account}:${resource}`;
  const orNamed = (value: string | undefined, make: (name: string) => string) => (value?.startsWith("arn:") ? value : make(value ?? "*"));
  switch (service) {
    case "sqs": {
      const [, , , owner, queue] = (names.QueueUrl ?? "").split("/");
      return owner && queue ? `arn:${partition}:sqs:${sqsRegion(names.QueueUrl) ?? region}:${owner}:${queue}` : arn("sqs", "*");
    }
    case "kinesis":
      return orNamed(names.StreamARN ?? names.StreamName, (name) => arn("kinesis", `stream/${name}`));
    case "firehose":
      return orNamed(names.DeliveryStreamName, (name) => arn("firehose", `deliverystream/${name}`));
    case "states":
    case "stepfunctions":
      return orNamed(names.stateMachineArn ?? names.StateMachineArn, (name) => arn("states", `stateMachine:${name}`));
    case "dynamodb":
      return orNamed(names.TableName, (name) => arn("dynamodb", `table/${name}`));
    case "events":
    case "eventbridge":
      return orNamed(names.EventBusName ?? "default", (name) => arn("events", `event-bus/${name}`));
    case "sns":
      return orNamed(names.TopicArn ?? names.TargetArn, (name) => arn("sns", name));
    default:
      return undefined;
  }
}

function sqsRegion(url: string | undefined): string | undefined {
  return /\/\/sqs\.([a-z0-9-]+)\./.exec(url ?? "")?.[1];
}

/** `https://HOST/`: the form in which Lambda gives function URLs too. The rest may hold secrets. */
function hostOf(uri: string): string | undefined {
  // path parameters (`{proxy}`) are no part of the host
  const host = /^https?:\/\/(?:[^/@]*@)?([A-Za-z0-9.-]+)/.exec(uri)?.[1];
  return host ? `https://${host.toLowerCase()}/` : undefined;
}
