/** What a type says of a value that comes from elsewhere: `client: "DynamoDBClient"`, `table: mypy_boto3_dynamodb.service_resource.Table`. */
import { operationsOf, resourceShape } from "../../data/boto3.ts";
import type { Interpreter } from "./interpreter.ts";
import { lookUp } from "./scope.ts";
import type { SyntaxNode } from "./syntax.ts";
import { anyArguments, client, join, resource, type Scope, type Value, type Values } from "./values.ts";

/** Names in the type stubs that are not the client's name run together. */
const aliases: Readonly<Record<string, string>> = {
  apigatewaymanagementapi: "apigatewaymanagementapi",
  bedrockruntime: "bedrock-runtime",
  bedrockagentruntime: "bedrock-agent-runtime",
  cloudwatchlogs: "logs",
  cognitoidentity: "cognito-identity",
  cognitoidentityprovider: "cognito-idp",
  configservice: "config",
  costexplorer: "ce",
  eventbridge: "events",
  eventbridgescheduler: "scheduler",
  iotdataplane: "iot-data",
  rdsdataservice: "rds-data",
  redshiftdataapiservice: "redshift-data",
  sfn: "stepfunctions",
};

export function typeHinted(type: SyntaxNode, scope: Scope, interpreter: Interpreter): Values {
  const names = type.text.match(/[A-Za-z_][\w.]*/g) ?? [];
  return join(...names.slice(0, 6).map((name) => named(name, scope, type, interpreter)));
}

function named(name: string, scope: Scope, at: SyntaxNode, interpreter: Interpreter): Values {
  const [first = "", ...members] = name.split(".");
  const found = lookUp(first, scope) ?? [];
  const values = found.flatMap((value): Values => {
    if (value.kind === "external") return stub([value.path, ...members].join("."));
    const classes = members
      .reduce<Values>((of, member) => interpreter.attribute(of, member, at, false), [value])
      .filter(({ kind }) => kind === "class");
    return classes.length > 0 ? interpreter.call(classes, anyArguments, at, scope) : [];
  });
  return values.length > 0 ? values : found.length > 0 ? [] : stub(name);
}

/** @param path of a class of boto3-stubs or one of its kind, or only its name */
function stub(path: string): Values {
  const [, from] = /(?:mypy_boto3|types_boto3|types_aioboto3|types_aiobotocore)_(\w+)/.exec(path) ?? [];
  const type = path.slice(path.lastIndexOf(".") + 1);
  const service = from?.replaceAll("_", "-") ?? serviceOf(type);
  if (service === undefined) return [];
  if (type.endsWith("Client")) return [client(service)];
  const shape = type === "ServiceResource" || type.endsWith("ServiceResource") ? "" : type;
  const made = resourceShape(service, shape) && resource({ service, shape, ids: new Map(), loaded: false, otherRole: false });
  return made ? [made satisfies Value] : [];
}

function serviceOf(type: string): string | undefined {
  const [, word] = /^(\w+?)(?:Client|ServiceResource)$/.exec(type) ?? [];
  const plain = word?.toLowerCase();
  if (plain === undefined) return undefined;
  const service = aliases[plain] ?? plain;
  return operationsOf(service) ? service : undefined;
}
