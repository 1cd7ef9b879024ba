/**
 * What may leave AWS's answer: no value of an environment variable and no input of a target is kept, except references.
 * The collectors and the recorder both use this, so that no secret reaches disk, blob, log or recording.
 */

import { redactApiAnswer } from "./integration-references.ts";
import { redactEvent } from "./logged-event.ts";
import { presignedRead } from "./pace.ts";
import { redactInventoryAnswer } from "./redact-inventory.ts";
import { redactSettingsAnswer } from "./redact-settings.ts";
import { markedSecret } from "./secret-shapes.ts";
import { redactTemplate } from "./stack-template.ts";
import { wholeAnswers } from "./whole-answers.ts";

/** A value that is an ARN or a URL without userinfo, query and fragment is a reference, not a secret. */
export function isReference(value: string): boolean {
  if (value.length > 2048) return false;
  if (/^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12})?:[A-Za-z0-9_:/.*+=@-]+$/.test(value)) {
    // the ARN of a secret is a name; other services put no secrets into ARNs
    return true;
  }
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) return false;
  const url = new URL(value);
  return url.username === "" && url.password === "" && url.search === "" && url.hash === "" && isAwsHost(url.hostname) && !/@/.test(value);
}

/** Webhook addresses carry their secret in the path, so only addresses of AWS are kept. */
function isAwsHost(host: string): boolean {
  return /(^|\.)amazonaws\.com(\.cn)?$/.test(host) || /\.on\.aws$/.test(host);
}

/** Members by which plug-ins mark a call that only keeps a function warm: serverless-plugin-warmup, lambda-warmer, and by hand. */
const warmerMember = /^(is[_-]?)?(lambda[_-]?)?(warm(er|up|[_-]up|ing)?|keep[_-]?(warm|alive))([_-]?(call|event|request|ping))?$/i;
const warmerSource = /^(serverless-plugin-warmup|warm(er|up|[_-]up|ing)|keep[_-]?warm|lambda[_-]?warmer)$/i;

/** Says whether an input marks the call as a warming one. Work that is about something warm (`{"job": "warm-cache"}`) is work. */
export function isWarmerInput(input: string | undefined): boolean {
  if (input === undefined || input.length > 4096) return false;
  try {
    return isMark(JSON.parse(input));
  } catch {
    return warmerSource.test(input.trim());
  }
}

function isMark(value: unknown): boolean {
  if (typeof value === "string") return warmerSource.test(value.trim());
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).some(([name, member]) =>
    /^(source|detail-type|type|event|action)$/i.test(name)
      ? typeof member === "string" && warmerSource.test(member.trim())
      : warmerMember.test(name) && member !== false && member !== null,
  );
}

type Json = Record<string, unknown>;

function redactFunction(configuration: Json): Json {
  const environment = configuration.Environment as { Variables?: Record<string, string>; Error?: { ErrorCode?: string } } | undefined;
  if (!environment) return configuration;
  const variables = Object.entries(environment.Variables ?? {}).map(([name, value]) => [
    name,
    isReference(value) ? value : (markedSecret(name, value) ?? ""),
  ]);
  // the message of a refusal names keys; its code is enough
  const error = environment.Error ? { Error: { ErrorCode: environment.Error.ErrorCode } } : {};
  return { ...configuration, Environment: { Variables: Object.fromEntries(variables), ...error } };
}

/** Members of an input that name what a schedule works on. */
const naming =
  /"(FunctionName|StateMachineArn|QueueUrl|TopicArn|TargetArn|TableName|StreamName|StreamArn|StreamARN|DeliveryStreamName|Bucket)"\s*:\s*"([A-Za-z0-9_:./-]{1,512})"/g;

function redactInput(input: unknown): string | undefined {
  if (typeof input !== "string") return undefined;
  const named = [...input.matchAll(naming)].map(([, member, name]) => [member, name]);
  return JSON.stringify({ ...(isWarmerInput(input) ? { warmer: true } : {}), ...Object.fromEntries(named) });
}

function withoutFilters(mappings: unknown): Json[] {
  return ((mappings as Json[]) ?? []).map(({ FilterCriteria: _, ...mapping }) => mapping);
}

/** Rules on headers may hold what only the right callers know. */
function withoutConditions(rules: unknown): Json[] {
  return ((rules as Json[]) ?? []).map(({ Conditions: _, ...rule }) => rule);
}

/** Callers name executions, after customers too. */
function withoutName({ Status, StartTimestamp, FunctionArn }: Json): Json {
  return { Status, StartTimestamp, FunctionArn };
}

function redactTarget(target: Json): Json {
  const { Input, InputTransformer, ...rest } = target;
  void InputTransformer;
  return Input === undefined ? rest : { ...rest, Input: redactInput(Input) };
}

/** Of GetFunction only the name of the image is kept; the rest holds the environment and a signed link to the code. */
function redactGetFunction({ Code }: Json): Json {
  const { ImageUri, ResolvedImageUri } = (Code ?? {}) as Json;
  return { Code: { ImageUri, ResolvedImageUri } };
}

/** What people wrote into a manifest is theirs, and without layers nobody needs it: a replay finds that it was not recorded. */
function redactImages({ images, failures }: Json): Json {
  const withheld = { failureCode: "NotRecorded", failureReason: "the recording holds no code" };
  return { images: [], failures: ((images as Json[]) ?? []).length > 0 ? [withheld] : failures };
}

/** Origins carry secrets in headers of their own, by which they know the distribution. */
function redactDistributions(answer: Json): Json {
  const text = JSON.stringify(answer, (name, value: unknown) => (name === "HeaderValue" ? "" : value));
  return JSON.parse(text) as Json;
}

/** Nobody has said yet whether an answer of the operation may hold a secret: it is not recorded. */
export class UnknownAnswerError extends Error {
  override readonly name = "UnknownAnswer";
  constructor(operation: string) {
    super(`answers of ${operation} are not recorded: say in shared/aws/redact.ts what may stay, or add it to shared/aws/whole-answers.ts`);
  }
}

/** The answer of `operation` without anything that may be a secret. @throws UnknownAnswerError for an operation without a word about it */
export function redactAnswer(operation: string, answer: Json): Json {
  if (operation === "lambda:ListFunctions") {
    return { ...answer, Functions: ((answer.Functions as Json[]) ?? []).map(redactFunction) };
  }
  if (operation === "lambda:GetFunctionConfiguration") return redactFunction(answer);
  if (operation === "lambda:ListVersionsByFunction")
    return { ...answer, Versions: ((answer.Versions as Json[]) ?? []).map(redactFunction) };
  // mappings of a self-managed cluster name secrets by ARN, and hold filters of other people's data
  if (operation === "lambda:ListEventSourceMappings") return { ...answer, EventSourceMappings: withoutFilters(answer.EventSourceMappings) };
  if (operation === "events:ListTargetsByRule") return { ...answer, Targets: ((answer.Targets as Json[]) ?? []).map(redactTarget) };
  if (operation === "cloudtrail:LookupEvents") return { ...answer, Events: ((answer.Events as Json[]) ?? []).map(redactEvent) };
  if (operation === "cloudformation:GetTemplate") return { ...answer, TemplateBody: redactTemplate(answer.TemplateBody) };
  if (operation === "lambda:ListDurableExecutionsByFunction")
    return { ...answer, DurableExecutions: ((answer.DurableExecutions as Json[]) ?? []).map(withoutName) };
  if (operation === "lambda:GetFunction") return redactGetFunction(answer);
  // but a signed link to the code there is nothing that a replay asks for
  if (operation === "lambda:GetLayerVersion") return {};
  if (operation === "ecr:GetDownloadUrlForLayer") return {};
  if (operation === "ecr:BatchGetImage") return redactImages(answer);
  // code is recorded where whoever records says so, and nowhere else: recording.ts
  if (operation === presignedRead) return answer;
  if (operation === "apigatewayv2:ListRoutingRules") return { ...answer, RoutingRules: withoutConditions(answer.RoutingRules) };
  if (operation === "cloudfront:ListDistributions") return redactDistributions(answer);
  if (operation === "scheduler:GetSchedule") return { ...answer, Target: redactTarget((answer.Target as Json) ?? {}) };
  const redacted =
    redactApiAnswer(operation, answer) ?? redactInventoryAnswer(operation, answer) ?? redactSettingsAnswer(operation, answer);
  if (redacted) return redacted;
  if (wholeAnswers.has(operation)) return answer;
  throw new UnknownAnswerError(operation);
}
