/** Lambda functions of one Region, as ListFunctions describes them (fifty a call; no call per function). */
import { type FunctionConfiguration as LambdaFunction, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { pages } from "../../aws/paginate.ts";
import { isReference } from "../../aws/redact.ts";
import { secretKind } from "../../aws/secret-shapes.ts";
import { parseArn } from "../../model/arn.ts";
import type { Part } from "../../model/coverage.ts";
import { cleanText } from "../../model/plain-text.ts";
import type { FunctionConfiguration } from "../../model/snapshot.ts";
import { type CollectContext, type CollectorMeta, collectPart } from "../contract/collector.ts";
import { lambdaTime } from "./lambda-time.ts";
import { modelArn } from "./model-names.ts";

export const functionsCollector: CollectorMeta = {
  name: "functions",
  readerVersion: 1,
  actions: ["lambda:ListFunctions"],
  reads: "every Lambda function and its configuration; values of environment variables are dropped at once",
};

/** Environment variables by function ARN, as [name, value]. Kept in memory while a Region is read, never stored or returned further. */
export type EnvironmentValues = Map<string, readonly (readonly [string, string])[]>;

/** @param values filled with the environment of each function, for withNamedReferences */
export function collectFunctions({ clients, region }: CollectContext, values: EnvironmentValues): Promise<Part<FunctionConfiguration>> {
  return collectPart("functions", region, async (sink) => {
    const list = pages(
      (Marker) => clients.lambda(region).send(new ListFunctionsCommand({ MaxItems: 50, ...(Marker ? { Marker } : {}) })),
      (page) => page.NextMarker,
    );
    for await (const page of list) {
      sink.push(...(page.Functions ?? []).flatMap((f) => toFunction(f, region) ?? []));
      for (const f of page.Functions ?? []) values.set(f.FunctionArn ?? "", Object.entries(f.Environment?.Variables ?? {}));
    }
  });
}

/** Shorter names are words that anything may hold. */
const shortestName = 4;

/** Variables in which a function is told its own name, level or place, as tools read them. */
const speaksOfItself = /^(POWERTOOLS_|OTEL_|DD_|NODE_|AWS_)|(SERVICE_NAME|LOG_LEVEL|ENVIRONMENT|STAGE)$/;

/** Queues are known by their addresses too, on whatever host an endpoint of one's own answers: `ACCOUNT/NAME`. */
function pathIn(value: string): string {
  return /^https?:\/\/[\w.-]+(?::\d+)?\/(\d{12}\/[\w.-]+)$/.exec(value)?.[1] ?? "";
}

/** What a resource is called by in a value: its name, its id as its ARN ends in it, and what a queue's address ends in. */
export function namesOfResource({ name, arn }: { readonly name: string; readonly arn: string }): readonly string[] {
  const { service = "", account, resource = "" } = parseArn(arn) ?? {};
  const names = [name, `${service} ${name}`];
  if (service === "sqs") return [...names, `${account}/${resource}`];
  return service === "cognito-idp" || service === "kms" ? [...names, resource.slice(resource.indexOf("/") + 1)] : names;
}

/** Where several things have one name, the variable's own name tells which is meant. */
const kindsInNames: readonly (readonly [RegExp, string])[] = [
  [/TABLE|DDB|DYNAMO/i, "dynamodb"],
  [/QUEUE|SQS/i, "sqs"],
  [/TOPIC|SNS/i, "sns"],
  [/BUCKET|S3/i, "s3"],
  [/FUNCTION|LAMBDA/i, "lambda"],
  [/STREAM|KINESIS/i, "kinesis"],
  [/BUS(_|$)/i, "events"],
];

/** ARN of the one resource that a variable's value names; undefined: none, or it cannot be told which. */
function namedBy(name: string, value: string, arns: ReadonlyMap<string, string>): string | undefined {
  if (value.length < shortestName || speaksOfItself.test(name)) return undefined;
  const kind = kindsInNames.find(([word]) => word.test(name))?.[1];
  const known = arns.get(`${kind} ${value}`) ?? arns.get(value);
  return known ?? (isReference(value) ? undefined : arns.get(pathIn(value)));
}

/** Adds references to resources whose very name is a value, and to models of Bedrock: only such values leave the collector. `arns` by name. */
export function withNamedReferences(
  functions: readonly FunctionConfiguration[],
  values: EnvironmentValues,
  arns: ReadonlyMap<string, string>,
): FunctionConfiguration[] {
  return functions.map((f) => {
    const { environmentSecrets, ...rest } = f;
    const variables = values.get(f.arn) ?? [];
    const named = variables.flatMap(([name, value]) => {
      const arn = namedBy(name, value, arns) ?? modelArn(name, value, f.arn);
      return arn && arn !== f.arn ? [{ name, value: arn }] : [];
    });
    // the name of a secret is none
    const secrets = environmentSecrets?.filter(({ name }) => !named.some((one) => one.name === name)) ?? [];
    return {
      ...rest,
      environmentReferences: [...f.environmentReferences, ...named],
      ...(secrets.length > 0 ? { environmentSecrets: secrets } : {}),
    };
  });
}

/** The configuration without values of environment variables; undefined for what has no name. */
export function toFunction(f: LambdaFunction, region: string): FunctionConfiguration | undefined {
  if (!f.FunctionArn || !f.FunctionName) return undefined;
  const variables = Object.entries(f.Environment?.Variables ?? {});
  const more = f as LambdaFunction & {
    DurableConfig?: { ExecutionTimeout?: number };
    CapacityProviderConfig?: unknown;
  };
  const fileSystems = (f.FileSystemConfigs ?? []).flatMap(({ Arn }) => Arn ?? []);
  return {
    arn: f.FunctionArn,
    name: f.FunctionName,
    region,
    packageType: f.PackageType === "Image" ? "Image" : "Zip",
    ...optional("runtime", f.Runtime),
    ...optional("handler", f.Handler ? cleanText(f.Handler, 128) : undefined),
    ...optional("description", f.Description ? cleanText(f.Description, 256) : undefined),
    timeoutSeconds: f.Timeout ?? 3,
    memoryMb: f.MemorySize ?? 128,
    architecture: f.Architectures?.[0] ?? "x86_64",
    ...optional("lastModified", lambdaTime(f.LastModified)),
    roleArn: f.Role ?? "",
    ...optional("codeSha256", f.CodeSha256),
    layers: (f.Layers ?? []).flatMap((layer) => layer.Arn ?? []),
    ...optional("vpcId", f.VpcConfig?.VpcId || undefined),
    ...optional("deadLetterArn", f.DeadLetterConfig?.TargetArn),
    ...optional("environmentUnread", f.Environment?.Error ? cleanText(f.Environment.Error.ErrorCode ?? "unknown", 80) : undefined),
    environmentNames: variables.map(([name]) => name),
    environmentReferences: variables.filter(([, value]) => isReference(value)).map(([name, value]) => ({ name, value })),
    ...optional("environmentSecrets", secretsIn(variables)),
    ...optional("durableExecutionTimeoutSeconds", more.DurableConfig?.ExecutionTimeout),
    ...optional("logGroup", f.LoggingConfig?.LogGroup === `/aws/lambda/${f.FunctionName}` ? undefined : f.LoggingConfig?.LogGroup),
    ...(f.TracingConfig?.Mode === "Active" ? { tracing: true } : {}),
    ...(fileSystems.length > 0 ? { fileSystems } : {}),
    ...optional("keyArn", f.KMSKeyArn),
    managedInstances: more.CapacityProviderConfig !== undefined,
  };
}

/** Variables that look like a secret; undefined: none does. Of their values nothing is kept. */
function secretsIn(variables: readonly (readonly [string, string])[]): FunctionConfiguration["environmentSecrets"] {
  const found = variables.flatMap(([name, value]) => {
    const secret = secretKind(name, value);
    return secret ? [{ name: cleanText(name, 128), ...secret }] : [];
  });
  return found.length > 0 ? found : undefined;
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}
