/** ARNs of services whose requests do not name things as their ARNs do. Pure. */
import type { ActionFacts } from "../data/action-table.ts";
import { profileId } from "../data/bedrock-models.ts";
import { untold } from "../model/code.ts";
import { arn, isArn, type Named, orAny } from "./need-arn-parts.ts";
import { dynamodb, s3, secretsmanager, sqs, ssm } from "./need-data-arns.ts";
import { autoscaling, connections, databaseUsers, glue, managementApis, taskDefinitions } from "./need-operator-arns.ts";
import { has, isArnVariable, type Request, valuesOf, valuesOr } from "./need-request.ts";

/** Undefined: the service has no words of its own for this; the formats of ARNs say it. */
export function namedByService(facts: ActionFacts, request: Request, on?: readonly string[]): readonly string[] | undefined {
  return services[facts.service]?.(request, facts.name.slice(facts.service.length + 1), on, facts);
}

/** A function by name, `NAME:ALIAS`, `ACCOUNT:function:NAME`, or ARN. */
const lambda: Named = (request, action, _on, facts) => {
  if (!facts.resources.some(({ name }) => name === "function")) return undefined;
  return orAny(valuesOf(request, ["FunctionName", "FunctionArn"])).flatMap((value) => {
    const [, account, partial] = /^(\d{12}):(?:function:)?(.+)$/.exec(value) ?? [];
    const { partition, region } = request.place;
    const named = isArn(value)
      ? value
      : partial
        ? `arn:${partition}:lambda:${region}:${account}:function:${partial}`
        : arn(request, "lambda", `function:${value}`);
    const isBare = isArnVariable(named) || named.replace(/\$\{[^}]*\}/g, "").split(":").length === 7;
    if (action !== "InvokeFunction" || !isBare) return [named];
    // invoked without a version, the function itself is meant
    if (!has(request, ["Qualifier"])) return has(request, [untold]) ? [named, `${named}:*`] : [named];
    return orAny(valuesOf(request, ["Qualifier"])).map((qualifier) => `${named}:${qualifier}`);
  });
};

/** Keys by id or ARN; an alias cannot be named in a policy's resource, but in a condition (need-conditions.ts). */
const kms: Named = (request, _action, on, facts) => {
  if (!facts.resources.some(({ name }) => name === "key")) return undefined;
  return orAny(valuesOf(request, on ?? ["KeyId", "TargetKeyId"])).map((value) => {
    if (/(^|:)alias\//.test(value)) return arn(request, "kms", "key/*");
    return isArn(value) ? value : arn(request, "kms", `key/${value}`);
  });
};

/** A mail is sent as an address or as its whole domain: whichever is verified. */
const ses: Named = (request, action) => {
  if (!/^Send/.test(action)) return undefined;
  const froms = valuesOf(request, ["Source", "FromEmailAddress", "SourceArn", "FromEmailAddressIdentityArn"]);
  const addresses = orAny(froms).map((from) => /<([^>]+)>\s*$/.exec(from)?.[1] ?? from);
  const identities = addresses.flatMap((address) => {
    if (isArn(address)) return [address];
    const domain = address.split("@")[1];
    return [address, ...(domain ? [domain] : [])].map((name) => arn(request, "ses", `identity/${name}`));
  });
  const others = [
    ...valuesOf(request, ["ConfigurationSetName"]).map((name) => arn(request, "ses", `configuration-set/${name}`)),
    ...valuesOf(request, ["TemplateName", "Template"]).map((name) => arn(request, "ses", `template/${name}`)),
  ];
  return [...identities, ...others];
};

const events: Named = (request, _action, _on, facts) => {
  const types = facts.resources.map(({ name }) => name);
  const buses = valuesOr(request, "EventBusName", "default").map((name) => (isArn(name) ? name : name.split("/").at(-1) || "*"));
  if (types.includes("rule-on-default-event-bus")) {
    const names = buses.map((bus) => bus.split("/").at(-1) ?? "*");
    // rules of the default bus are named without it
    const before = names.flatMap((name) => (name === "default" ? [""] : name === "*" ? ["", "*/"] : [`${name}/`]));
    return orAny(valuesOf(request, ["Rule", "Name"])).flatMap((rule) =>
      isArn(rule) ? [rule] : before.map((bus) => arn(request, "events", `rule/${bus}${rule}`)),
    );
  }
  if (types.includes("event-bus") && /^Put/.test(facts.name.slice("events:".length))) {
    return buses.map((name) => (isArn(name) ? name : arn(request, "events", `event-bus/${name}`)));
  }
  return undefined;
};

const scheduler: Named = (request, _action, _on, facts) => {
  if (!facts.resources.some(({ name }) => name === "schedule")) return undefined;
  const groups = valuesOr(request, "GroupName", "default");
  return orAny(valuesOf(request, ["Name"])).flatMap((name) =>
    groups.map((group) => arn(request, "scheduler", `schedule/${group}/${name}`)),
  );
};

/** Queries without a workgroup are of `primary`. Source: Athena API reference, StartQueryExecution. */
const athena: Named = (request, action) => {
  if (action !== "StartQueryExecution" && action !== "CreateNamedQuery") return undefined;
  return valuesOr(request, "WorkGroup", "primary").map((name) => arn(request, "athena", `workgroup/${name}`));
};

/**
 * Models are of nobody's account; an inference profile leads to the model in several Regions, and both have to be allowed. Source: Bedrock user
 * guide, "Prerequisites for inference profiles".
 */
const bedrock: Named = (request, action) => {
  if (action === "ApplyGuardrail") {
    return orAny(valuesOf(request, ["guardrailIdentifier"])).map((id) => (isArn(id) ? id : arn(request, "bedrock", `guardrail/${id}`)));
  }
  if (!/^InvokeModel/.test(action)) return undefined;
  const { partition, region } = request.place;
  const models = orAny(valuesOf(request, ["modelId", "modelArn"]));
  return models.flatMap((model) => {
    const [, , ofProfile] = profileId.exec(model) ?? [];
    if (ofProfile) {
      const profile = isArn(model) ? model : arn(request, "bedrock", `inference-profile/${model}`);
      return [profile, `arn:${partition}:bedrock:*::foundation-model/${ofProfile}`];
    }
    const anyModel = `arn:${partition}:bedrock:*::foundation-model/*`;
    // which model is behind a profile of one's own, its ARN does not say
    if (isArn(model)) return /:(application-)?inference-profile\//.test(model) ? [model, anyModel] : [model];
    // it may be a profile, a model of one's own, or one that was bought ahead
    if (/^[*$]/.test(model)) return [anyModel, arn(request, "bedrock", "*")];
    return [`arn:${partition}:bedrock:${region}::foundation-model/${model}`];
  });
};

/** Roles have no Region, and may stand under a path. */
const roles: Named = (request, action, on) => {
  if (action !== "PassRole" && action !== "AssumeRole" && action !== "TagSession") return undefined;
  const { partition, account } = request.place;
  return orAny(valuesOf(request, on ?? ["RoleArn"])).map((role) => (isArn(role) ? role : `arn:${partition}:iam::${account}:role/${role}`));
};

/** Executions are named after their state machine. */
const states: Named = (request, action, _on, facts) => {
  const executions = valuesOf(request, ["executionArn"]);
  if (executions.length > 0) return executions;
  if (!/^(Start|Stop|Redrive|List|Describe|Get|Update|Delete)/.test(action)) return undefined;
  const machines = valuesOf(request, ["stateMachineArn"]).map((machine) =>
    isArn(machine) ? machine : arn(request, "states", `stateMachine:${machine}`),
  );
  if (machines.length === 0) return undefined;
  if (!facts.resources.some(({ name }) => name === "execution")) return machines;
  // an execution is named after its state machine; that of a variable nobody knows
  return machines.map((machine) =>
    machine.startsWith("arn:") ? `${machine.replace(":stateMachine:", ":execution:")}:*` : arn(request, "states", "execution:*:*"),
  );
};

/** Groups are named with everything that is in them. */
const logs: Named = (request, action, _on, facts) => {
  const types = facts.resources.map(({ name }) => name);
  if (!types.includes("log-group") && !types.includes("log-stream")) return undefined;
  const groups = orAny(valuesOf(request, ["logGroupName", "logGroupNames", "logGroupIdentifier", "logGroupIdentifiers", "logGroupArn"]));
  const [stream = "*"] = valuesOf(request, ["logStreamName"]);
  return groups.map((group) => {
    const named = (isArn(group) ? group : arn(request, "logs", `log-group:${group}`)).replace(/:\*$/, "");
    if (group === "*") return arn(request, "logs", "log-group:*");
    return types.includes("log-stream") ? `${named}:log-stream:${stream}` : action === "CreateLogGroup" ? named : `${named}:*`;
  });
};

const services: Readonly<Record<string, Named>> = {
  s3,
  dynamodb,
  sqs,
  secretsmanager,
  ssm,
  lambda,
  kms,
  ses,
  events,
  scheduler,
  athena,
  bedrock,
  iam: roles,
  sts: roles,
  states,
  logs,
  autoscaling,
  glue,
  "rds-db": databaseUsers,
  // dataset is a new resource of it that policies do not name yet
  cloudwatch: (_request, action) => (action === "PutMetricData" ? ["*"] : undefined),
  sns: (request, action) =>
    action === "Publish" && valuesOf(request, ["TopicArn", "TargetArn"]).length === 0 && request.members.has("phonenumber")
      ? ["*"]
      : undefined,
  ecs: taskDefinitions,
  apigateway: managementApis,
  "execute-api": connections,
};
