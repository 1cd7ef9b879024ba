/** Answers about the inventory without what may be a secret: addresses and headers of IoT actions, free text, templates. */

type Json = Record<string, unknown>;

/** Members of an IoT action that name what it starts. */
const targetMembers = [
  "functionArn",
  "targetArn",
  "queueUrl",
  "stateMachineName",
  "streamName",
  "deliveryStreamName",
  "tableName",
  "bucketName",
];

function redactAction(action: Json): Json {
  return Object.fromEntries(
    Object.entries(action).map(([service, members]) => {
      const { putItem, ...own } = (members ?? {}) as Json;
      const kept = Object.entries(own).filter(([name]) => targetMembers.includes(name));
      const tableName = (putItem as Json | undefined)?.tableName;
      return [service, { ...Object.fromEntries(kept), ...(tableName ? { putItem: { tableName } } : {}) }];
    }),
  );
}

function without(members: unknown, names: readonly string[]): Json[] {
  return ((members as Json[]) ?? []).map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => !names.includes(name))));
}

/** Undefined for operations that this file says nothing about. */
export function redactInventoryAnswer(operation: string, answer: Json): Json | undefined {
  if (operation === "iot:GetTopicRule") {
    const { actions, errorAction, ruleName } = (answer.rule ?? {}) as Json;
    const error = errorAction ? { errorAction: redactAction(errorAction as Json) } : {};
    return { ...answer, rule: { ruleName, actions: ((actions as Json[]) ?? []).map(redactAction), ...error } };
  }
  if (operation === "secretsmanager:ListSecrets") return { ...answer, SecretList: without(answer.SecretList, ["Description"]) };
  if (operation === "ssm:DescribeParameters") {
    return { ...answer, Parameters: without(answer.Parameters, ["Description", "AllowedPattern", "LastModifiedUser"]) };
  }
  if (operation === "cloudformation:ListResources") {
    const named = ((answer.ResourceDescriptions as Json[]) ?? []).map(({ Identifier, Properties }) => ({
      Identifier,
      Properties: namesOnly(Properties),
    }));
    return { ...answer, ResourceDescriptions: named };
  }
  return undefined;
}

function namesOnly(properties: unknown): string {
  try {
    const { FunctionArn, FunctionName } = JSON.parse(String(properties ?? "{}")) as Json;
    return JSON.stringify({ FunctionArn, FunctionName });
  } catch {
    return "{}";
  }
}
