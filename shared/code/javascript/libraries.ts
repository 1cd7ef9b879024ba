/**
 * Libraries that ask AWS on behalf of the code, and what they ask for. Read from their code: AWS SDK 3.11xx, Powertools for
 * TypeScript 2.36, Middy 7.9 (27 November 2026).
 */
import { memberOfV2, uploadOperations } from "./names-of-v2.ts";
import { memberOfClientPackage } from "./names-of-v3.ts";
import { clientName, type Methods, type Operation, type Value } from "./values.ts";

type Asks = Extract<Value, { kind: "asks" }>;

function asks(as: string | undefined, client: string, ...operations: string[]): Asks {
  return { kind: "asks", operations: operations.map((operation): Operation => ({ client, operation })), request: 0, as };
}

function asking(methods: Methods): Value {
  return { kind: "askingClass", operations: [], methods, request: 0 };
}

const parameter = asks("Name", "ssm", "GetParameter");
const parametersByPath = asks("Path", "ssm", "GetParametersByPath");
const parametersByName = asks(undefined, "ssm", "GetParameters");
const putParameter = asks("Name", "ssm", "PutParameter");
const secret = asks("SecretId", "secretsmanager", "GetSecretValue");
const configuration = asks(undefined, "appconfigdata", "StartConfigurationSession", "GetLatestConfiguration");
const connect = asks(undefined, "rdsdb", "connect");

/** Package -> member -> what it is; `default` also where the package itself is called. */
const members: Readonly<Record<string, Readonly<Record<string, Value>>>> = {
  "@aws-sdk/lib-storage": { Upload: { kind: "askingClass", operations: uploadOperations, request: 0 } },
  "@aws-sdk/s3-presigned-post": { createPresignedPost: { ...asks(undefined, "s3", "PutObject"), request: 1 } },
  "@aws-sdk/rds-signer": { Signer: asking({ getAuthToken: connect }) },
  "@aws-sdk/dsql-signer": {
    DsqlSigner: asking({
      getDbConnectAuthToken: asks(undefined, "dsql", "DbConnect"),
      getDbConnectAdminAuthToken: asks(undefined, "dsql", "DbConnectAdmin"),
    }),
  },
  "@aws-sdk/credential-providers": { fromTemporaryCredentials: asks(undefined, "sts", "AssumeRole") },
  "@aws-sdk/signature-v4": { SignatureV4: { kind: "signer" } },
  "@smithy/signature-v4": { SignatureV4: { kind: "signer" } },
  aws4: { sign: { kind: "signer" }, default: { kind: "signer" } },
  aws4fetch: { AwsClient: { kind: "signer" } },
  "aws-sigv4-fetch": { createSignedFetcher: { kind: "signer" } },
  "aws-sigv4-sign": { signRequest: { kind: "signer" } },
  "@aws-lambda-powertools/parameters/ssm": {
    getParameter: parameter,
    getParameters: parametersByPath,
    getParametersByName: parametersByName,
    setParameter: putParameter,
    SSMProvider: asking({ get: parameter, getMultiple: parametersByPath, getParametersByName: parametersByName, set: putParameter }),
  },
  "@aws-lambda-powertools/parameters/secrets": { getSecret: secret, SecretsProvider: asking({ get: secret }) },
  "@aws-lambda-powertools/parameters/appconfig": { getAppConfig: configuration, AppConfigProvider: asking({ get: configuration }) },
  "@aws-lambda-powertools/parameters/dynamodb": {
    DynamoDBProvider: asking({ get: asks(undefined, "dynamodb", "GetItem"), getMultiple: asks(undefined, "dynamodb", "Query") }),
  },
  "@aws-lambda-powertools/idempotency/dynamodb": {
    DynamoDBPersistenceLayer: {
      kind: "askingClass",
      operations: ["GetItem", "PutItem", "UpdateItem", "DeleteItem"].map((operation) => ({ client: "dynamodb", operation })),
      request: 0,
    },
  },
  "@middy/ssm": { default: { ...asks("Names", "ssm", "GetParameters"), listed: "fetchData" } },
  "@middy/secrets-manager": { default: { ...secret, listed: "fetchData" } },
  "@middy/s3": { default: { ...asks(undefined, "s3", "GetObject"), listed: "fetchData" } },
  "@middy/dynamodb": { default: asks(undefined, "dynamodb", "GetItem") },
  "@middy/appconfig": { default: configuration },
  "@middy/sts": { default: asks(undefined, "sts", "AssumeRole") },
  "@middy/rds-signer": { default: connect },
  "@middy/service-discovery": { default: asks(undefined, "servicediscovery", "DiscoverInstances") },
};

/** Every function and method of these that can ask for something when it is called. */
export const namesInLibraries: readonly string[] = Object.values(members).flatMap((of) =>
  Object.entries(of).flatMap(([name, value]) => [name, ...(value.kind === "askingClass" ? Object.keys(value.methods ?? {}) : [])]),
);

/** `@aws-sdk/client-s3/dist-cjs/commands/GetObjectCommand` -> `@aws-sdk/client-s3`; of Powertools two more steps count. */
export function packageOf(specifier: string): string {
  const steps = specifier
    .replace(/^npm:/, "")
    .replace(/(?<=\w)@[\d^~.]+/, "")
    .split("/");
  if (specifier.startsWith("@aws-lambda-powertools/")) return steps.slice(0, 3).join("/");
  if (specifier.startsWith("aws-sdk/clients/")) return steps.slice(0, 3).join("/").replace(/\.js$/, "");
  if (specifier.startsWith("aws-sdk/")) return "aws-sdk";
  return steps.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

/** What the whole of a package is when it is called, created or loaded as a value. */
export function packageValue(specifier: string): Value {
  const name = packageOf(specifier);
  const v2 = /^aws-sdk\/clients\/(\w+)$/.exec(name)?.[1];
  if (v2 && v2 !== "all") return { kind: "clientClass", client: clientName(v2), api: "v2" };
  return { kind: "package", name: v2 ? "aws-sdk" : name };
}

/** What a member of a package is; undefined: nothing that we know. */
export function memberOfPackage(name: string, key: string): Value | undefined {
  const known = members[name];
  if (known && Object.hasOwn(known, key)) return known[key];
  if (name === "aws-sdk") return memberOfV2(key);
  if (name === "aws-sdk/clients/all") return memberOfV2(key);
  if (name === "@aws-sdk/lib-dynamodb") return memberOfClientPackage("dynamodb", key, true) ?? again(name, key);
  if (name.startsWith("@aws-sdk/client-")) return memberOfClientPackage(clientName(name), key, false) ?? again(name, key);
  return again(name, key);
}

/** What older compilers put around a module: its `default` is itself. */
function again(name: string, key: string): Value | undefined {
  return key === "default" ? { kind: "package", name } : undefined;
}

/** Whether a text can hold anything that is read here. */
export function mentionsAws(text: string): boolean {
  return /aws-sdk|@aws-lambda-powertools|@middy\/|AWS|aws4|sigv4|signature-v4|Client["']\s*,\s*["']\w+Command["']|middlewareStack/.test(
    text,
  );
}
