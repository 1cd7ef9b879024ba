/**
 * What an API's integration says about its target, without the rest: mapping templates and parameters may hold keys of other
 * services. The collectors and the recorder both use this, so that no such value is kept.
 */

import { knownValue, mappedValue, memberOf } from "./mapping-templates.ts";

/** Members of requests that name the thing an AWS integration acts on. */
const naming = [
  "QueueUrl",
  "TableName",
  "StreamName",
  "StreamARN",
  "DeliveryStreamName",
  "stateMachineArn",
  "StateMachineArn",
  "TopicArn",
  "TargetArn",
  "EventBusName",
] as const;

export interface IntegrationReferences {
  /**
   * By member, or by `{placeholder}` of the URI: an ARN, a URL or a name, perhaps with `${stageVariables.x}`, `${context.accountId}`
   * or `${context.stage}` in it; `*` where the caller's request decides.
   */
  readonly names: Readonly<Record<string, string>>;
  /** False where the API hands the request over and answers at once (X-Amz-Invocation-Type: 'Event'). */
  readonly waits: boolean;
}

/**
 * Reads an integration's parameters (with their quotes) and mapping templates.
 * @param uri of the integration: what its placeholders stand for is kept under `{NAME}` where the service is one of AWS
 */
export function integrationReferences(
  parameters: Readonly<Record<string, string>> = {},
  templates: Readonly<Record<string, string>> = {},
  uri = "",
): IntegrationReferences {
  const names: Record<string, string> = {};
  for (const template of Object.values(templates)) {
    for (const name of naming) {
      const value = memberOf(template, name);
      if (value !== undefined && (names[name] ?? "*") === "*") names[name] = value;
    }
  }
  const placeholders = placeholdersOf(uri);
  for (const [key, value] of Object.entries(parameters)) {
    const member = naming.find((name) => key === name || key.endsWith(`.${name}`));
    const mapped = key.startsWith("integration.request.");
    if (member) names[member] = mapped ? mappedValue(value) : knownValue(value.replaceAll(/^'|'$/g, ""));
    const placeholder = /^integration\.request\.path\.(.+)$/.exec(key)?.[1] ?? /^\{(.+)\}$/.exec(key)?.[1];
    if (placeholder && placeholders.includes(placeholder)) names[`{${placeholder}}`] = mapped ? mappedValue(value) : knownValue(value);
  }
  const invocation = Object.entries(parameters).find(([key]) => key.toLowerCase().endsWith("header.x-amz-invocation-type"))?.[1];
  return { names, waits: invocation?.replaceAll("'", "").trim() !== "Event" };
}

/** Placeholders of what an integration with a service of AWS acts on: a bucket, an account and a queue. What follows may be anybody's data. */
function placeholdersOf(uri: string): string[] {
  const path = /^arn:[^:]+:apigateway:[^:]*:[^:]+:path\/([^/]*(?:\/[^/]*)?)/.exec(uri)?.[1] ?? "";
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
}

/** A URL without userinfo, path and query, which may hold keys; anything else as it is. */
export function withoutSecrets(uri: string): string {
  const [, scheme, host] = /^(https?:\/\/)(?:[^/@]*@)?([^/?#]*)/.exec(uri) ?? [];
  return scheme ? `${scheme}${host}/` : uri;
}

type Json = Record<string, unknown>;

/** An answer of API Gateway about integrations or stages with nothing that may be a secret; undefined for other operations. */
export function redactApiAnswer(operation: string, answer: Json): Json | undefined {
  if (operation === "apigateway:GetResources") return { ...answer, items: listOf(answer.items).map(redactResource) };
  if (operation === "apigatewayv2:GetIntegrations") {
    const keys = { uri: "IntegrationUri", parameters: "RequestParameters", templates: "RequestTemplates" };
    return { ...answer, Items: listOf(answer.Items).map((one) => redactIntegration(one, keys)) };
  }
  if (operation === "apigateway:GetStages") return { ...answer, item: listOf(answer.item).map((one) => redactStage(one, "variables")) };
  if (operation === "apigatewayv2:GetStages")
    return { ...answer, Items: listOf(answer.Items).map((one) => redactStage(one, "StageVariables")) };
  return undefined;
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

function redactResource(resource: Json): Json {
  const keys = { uri: "uri", parameters: "requestParameters", templates: "requestTemplates" };
  const methods = Object.entries((resource.resourceMethods as Record<string, Json> | undefined) ?? {}).map(([verb, method]) => {
    const integration = method.methodIntegration as Json | undefined;
    return [verb, integration ? { ...method, methodIntegration: redactIntegration(integration, keys) } : method];
  });
  return { ...resource, ...(methods.length > 0 ? { resourceMethods: Object.fromEntries(methods) } : {}) };
}

function redactIntegration(
  integration: Json,
  keys: { readonly uri: string; readonly parameters: string; readonly templates: string },
): Json {
  const { [keys.parameters]: parameters, [keys.templates]: templates, integrationResponses: _, ...rest } = integration;
  const uri = rest[keys.uri];
  const { names, waits } = integrationReferences(
    parameters as Record<string, string> | undefined,
    templates as Record<string, string> | undefined,
    typeof uri === "string" ? uri : undefined,
  );
  return {
    ...rest,
    ...(typeof uri === "string" ? { [keys.uri]: withoutSecrets(uri) } : {}),
    [keys.parameters]: { ...names, ...(waits ? {} : { "integration.request.header.X-Amz-Invocation-Type": "'Event'" }) },
  };
}

/** Of a stage's variables only those stay whose name says that they hold the name of a function or of a version. */
function redactStage(stage: Json, key: string): Json {
  const { [key]: variables, canarySettings: _, ...rest } = stage;
  const kept = Object.entries((variables as Record<string, string> | undefined) ?? {}).filter(
    ([name, value]) => /lambda|func|fn|alias|version|stage|env/i.test(name) && /^[A-Za-z0-9_:-]{1,140}$/.test(value),
  );
  return { ...rest, [key]: Object.fromEntries(kept) };
}
