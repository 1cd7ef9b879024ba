/** What one Task of a state machine calls, by its Resource and its parameters. Pure. */

import { functionArnOf } from "../model/arn.ts";
import { targetArn } from "./event-target.ts";
import { referenceTarget } from "./function-relations.ts";
import type { MachinePlace, StateCall } from "./state-call.ts";

type Json = Readonly<Record<string, unknown>>;
type Target = Pick<StateCall, "to" | "kind">;

/** Names of the SDK's services where they differ from those of the optimized integrations. */
const sdkNames: Readonly<Record<string, string>> = { sfn: "states", eventbridge: "events" };

/** How an integration names what it works on: parameters in order of preference, and the ARN made of a name. */
interface Integration {
  readonly parameters: readonly string[];
  arn(name: string, place: MachinePlace): string;
  kind(operation: string): StateCall["kind"];
}

const at = ({ partition, region, account }: MachinePlace, service: string) => `arn:${partition}:${service}:${region}:${account}`;
const reading = /^(get|batchget|list|query|scan|head|describe|select|transactget|executestatement)/i;
const readOrWrite = (operation: string) => (reading.test(operation) ? "may-read" : "may-write");

const integrations: Readonly<Record<string, Integration>> = {
  lambda: { parameters: ["FunctionName"], arn: functionArn, kind: () => "invokes" },
  states: {
    parameters: ["StateMachineArn"],
    arn: (name) => targetArn(name),
    kind: (operation) => (/^start/i.test(operation) ? "invokes" : "may-read"),
  },
  dynamodb: { parameters: ["TableName"], arn: (name, place) => `${at(place, "dynamodb")}:table/${name}`, kind: readOrWrite },
  sqs: {
    parameters: ["QueueUrl"],
    arn: (name) => referenceTarget(name),
    kind: (operation) => (/^send/i.test(operation) ? "publishes-to" : "may-read"),
  },
  sns: { parameters: ["TopicArn", "TargetArn"], arn: (name) => name, kind: () => "publishes-to" },
  s3: { parameters: ["Bucket"], arn: (name, { partition }) => `arn:${partition}:s3:::${name}`, kind: readOrWrite },
  kinesis: {
    parameters: ["StreamARN", "StreamArn", "StreamName"],
    arn: (name, place) => `${at(place, "kinesis")}:stream/${name}`,
    kind: (operation) => (/^put/i.test(operation) ? "publishes-to" : "may-read"),
  },
  secretsmanager: {
    parameters: ["SecretId"],
    arn: (name, place) => `${at(place, "secretsmanager")}:secret:${name}`,
    kind: readOrWrite,
  },
  firehose: {
    parameters: ["DeliveryStreamName"],
    arn: (name, place) => `${at(place, "firehose")}:deliverystream/${name}`,
    kind: () => "publishes-to",
  },
};

/**
 * Targets of a Task. Empty for an integration with something that is not followed; `dynamic` where the name of the
 * target comes from the execution's input.
 */
export function taskTarget(resource: string, parameters: Json, place: MachinePlace): readonly Target[] | "dynamic" {
  const own = functionArnOf(resource);
  if (own) return [{ to: own, kind: "invokes" }];
  if (/^arn:[^:]+:states:[^:]+:\d+:activity:/.test(resource)) return [{ to: resource, kind: "publishes-to" }];
  const [, sdk, service = "", call = ""] = /^arn:[^:]+:states:[^:]*:[^:]*:(aws-sdk:)?([a-z0-9]+):([A-Za-z0-9]+)/.exec(resource) ?? [];
  const name = sdk ? (sdkNames[service] ?? service) : service;
  if (name === "events" && /^putEvents$/i.test(call)) return busesOf(parameters, place);
  // batches name a table by the key of what is done to it
  if (name === "dynamodb" && parameters.RequestItems !== undefined) return tablesOf(parameters.RequestItems, call, place);
  if (!sdk && (name === "apigateway" || name === "http") && call === "invoke") return endpointOf(parameters, place);
  const integration = integrations[name];
  // a call of Lambda other than invoke changes or lists functions
  if (!integration || (name === "lambda" && !/^invoke/i.test(call))) return [];
  const given = integration.parameters.flatMap((parameter) => [parameters[parameter], parameters[`${parameter}.$`]]);
  const found = literal(given.find((value) => value !== undefined));
  if (found === undefined) return [];
  if (typeof found !== "string" || isExpression(found)) return "dynamic";
  return [{ to: found.startsWith("arn:") ? targetArn(found) : integration.arn(found, place), kind: integration.kind(call) }];
}

function tablesOf(items: unknown, call: string, place: MachinePlace): Target[] | "dynamic" {
  if (typeof items !== "object" || items === null) return "dynamic";
  const names = Object.keys(items).map((name) => name.replace(/\.\$$/, ""));
  return names.map((name) => ({ to: name.startsWith("arn:") ? name : `${at(place, "dynamodb")}:table/${name}`, kind: readOrWrite(call) }));
}

/**
 * The method of an API, in the style of execute-api ARNs, or the host that is called. What the execution's input decides of the
 * path is `*`.
 */
function endpointOf(parameters: Json, place: MachinePlace): Target[] | "dynamic" {
  const given = (name: string) => literal(parameters[name]);
  const endpoint = given("ApiEndpoint");
  if (endpoint === undefined && parameters["ApiEndpoint.$"] === undefined) return [];
  if (typeof endpoint !== "string" || isExpression(endpoint)) return "dynamic";
  const [, host = "", inUrl] = /^(?:https?:\/\/)?(?:[^/@]*@)?([A-Za-z0-9.-]+)(?::\d+)?(\/[^?#]*)?/.exec(endpoint) ?? [];
  const [, api, region] = /^([a-z0-9]+)\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(host) ?? [];
  if (!api || !region) return host ? [{ to: `https://${host.toLowerCase()}/`, kind: "invokes" }] : [];
  // an HTTP task names stage and path in the address
  const [, ofUrl = "*", rest = ""] = /^\/([^/]+)\/?(.*)$/.exec(inUrl ?? "") ?? [];
  const part = (name: string, otherwise: string) => {
    const value = given(name);
    if (value === undefined) return parameters[`${name}.$`] === undefined ? otherwise : "*";
    return typeof value === "string" && !isExpression(value) ? value : "*";
  };
  const path = part("Path", rest).replace(/^\//, "");
  const to = `arn:${place.partition}:execute-api:${region}:${place.account}:${api}/${part("Stage", ofUrl)}/${part("Method", "*")}/${path}`;
  return [{ to, kind: "invokes" }];
}

/** A JSONata expression that is nothing but a text is that text. */
function literal(value: unknown): unknown {
  return typeof value === "string" ? (/^\{%\s*(?:'([^']*)'|"([^"]*)")\s*%\}$/.exec(value)?.slice(1).find(Boolean) ?? value) : value;
}

/** JSONPath (`$.name`, `$$.Map...`), an intrinsic function (`States.Format(...)`) or JSONata (`{% ... %}`). */
function isExpression(text: string): boolean {
  return /^(\$|States\.[A-Za-z0-9]+\(|\{%)/.test(text.trim());
}

/** A name, a partial ARN (`ACCOUNT:function:NAME`) or an ARN, each with or without a qualifier. */
function functionArn(name: string, place: MachinePlace): string {
  const [, account = place.account, plain = name] = /^(?:(\d{12}):function:)?([^:]+)(?::[^:]+)?$/.exec(name) ?? [];
  return `arn:${place.partition}:lambda:${place.region}:${account}:function:${plain}`;
}

function busesOf({ Entries }: Json, place: MachinePlace): Target[] | "dynamic" {
  if (!Array.isArray(Entries)) return "dynamic";
  const names = Entries.map((entry: Json) => entry.EventBusName ?? (entry["EventBusName.$"] === undefined ? "default" : "$"));
  if (names.some((name) => typeof name !== "string" || isExpression(name))) return "dynamic";
  return names.map((name) => ({
    to: String(name).startsWith("arn:") ? String(name) : `${at(place, "events")}:event-bus/${name}`,
    kind: "publishes-to",
  }));
}
