/** Where clients and resources come from, and whose credentials they have. */
import { resourceShape } from "../../data/boto3.ts";
import { argument } from "./arguments.ts";
import type { Interpreter } from "./interpreter.ts";
import { giveCredentials, takenCredentials } from "./signed.ts";
import type { SyntaxNode } from "./syntax.ts";
import { literalsOf } from "./texts.ts";
import { type Arguments, client, resource, session, unknown, type Value, type Values } from "./values.ts";

/** Answers of these hold credentials of somebody else: nobody keeps a role's own keys, which change by the hour, among secrets. */
const otherCredentials =
  /^(AssumeRole\w*|GetCredentialsForIdentity|GetRoleCredentials|GetFederationToken|CreateAccessKey|(Batch)?GetSecretValue|GetParameters?(ByPath)?)$/;

/** How services are called in boto3. */
const serviceName = /^[a-z0-9][a-z0-9-]*$/;

/** `boto3.client(name)` and what else makes clients or resources. */
export function makeClient(isClient: boolean, given: Arguments, otherRole: boolean, at: SyntaxNode, interpreter: Interpreter): Values {
  const names = argument(given, 0, "service_name");
  giveCredentials(given, interpreter);
  const { texts, whole } = literalsOf(names);
  if (!whole)
    interpreter.recorder.unresolved(`a ${isClient ? "client" : "resource"} of a service whose name is put together at run time`, at.at);
  const other = otherRole || hasOtherCredentials(given);
  const made = texts.flatMap((service): Value[] => {
    // somebody else's session: of Azure, of a test
    if (!serviceName.test(service)) return [unknown];
    interpreter.services.add(service);
    // which API of WebSockets it is, only its address says
    const endpoint = service === "apigatewaymanagementapi" ? argument(given, 5, "endpoint_url") : [];
    if (isClient) return [client(service, other, endpoint)];
    return resourceShape(service, "") ? [resource({ service, shape: "", ids: new Map(), loaded: true, otherRole: other })] : [];
  });
  return whole ? made : [...made, unknown];
}

export function makeSession(given: Arguments, interpreter: Interpreter): Value {
  giveCredentials(given, interpreter);
  const [from] = argument(given, 4, "botocore_session");
  return session(hasOtherCredentials(given) || (from?.kind === "session" && from.otherRole));
}

/** The key comes out of such an answer, and from nowhere else. */
function hasOtherCredentials({ named, positional }: Arguments): boolean {
  const keys = named.get("aws_access_key_id") ?? (positional.length > 1 ? positional[0] : undefined) ?? [];
  const answers = keys.filter((value) => value.kind === "answer" && otherCredentials.test(value.operation));
  return answers.length > 0 && keys.every((value) => value.kind === "answer" || value.kind === "unknown");
}

/** `session.client("s3")`, `session.create_client("s3")` */
export function callSession(
  of: Extract<Value, { kind: "session" }>,
  name: string,
  given: Arguments,
  at: SyntaxNode,
  interpreter: Interpreter,
): Values {
  if (name === "client" || name === "create_client" || name === "resource")
    return makeClient(name !== "resource", given, of.otherRole, at, interpreter);
  return name === "get_credentials" ? takenCredentials(of.otherRole, at) : [unknown];
}
