/** ARNs of what programs that look after other programs ask for: containers, APIs, groups of instances, databases, catalogs. Pure. */
import { arn, isArn, type Named, orAny } from "./need-arn-parts.ts";
import { valuesOf } from "./need-request.ts";

/** The newest revision where none is named. */
export const taskDefinitions: Named = (request, action) => {
  if (action !== "RunTask" && action !== "StartTask") return undefined;
  return orAny(valuesOf(request, ["taskDefinition"])).map((value) => {
    if (isArn(value)) return value;
    return arn(request, "ecs", `task-definition/${/:\d+$/.test(value) ? value : `${value}:*`}`);
  });
};

/** What of API Gateway an operation is about that names no API, by the end of its name. */
const pathsOfOperations: readonly (readonly [RegExp, string])[] = [
  [/ApiKeys?$/, "apikeys"],
  [/Usage(Plan(Key)?s?)?$/, "usageplans"],
  [/(DomainName|BasePathMapping|ApiMapping)s?$/, "domainnames"],
  [/VpcLinks?$/, "vpclinks"],
  [/ClientCertificates?$/, "clientcertificates"],
  [/RestApis?$/, "restapis"],
  [/Account$/, "account"],
];

/** The API's own paths; they belong to a Region, not to an account. */
export const managementApis: Named = (request, action) => {
  if (!/^[A-Z]+$/.test(action)) return undefined;
  const { place } = request;
  const paths = [
    ...valuesOf(request, ["restApiId"]).map((id) => `restapis/${id}`),
    ...valuesOf(request, ["apiId"]).map((id) => `apis/${id}`),
  ];
  const path = pathsOfOperations.find(([ending]) => ending.test(request.operation))?.[1];
  const under = (paths.length > 0 || !path ? paths : [path]).flatMap((one) => [one, `${one}/*`]);
  return (under.length > 0 ? under : ["*"]).map((one) => `arn:${place.partition}:apigateway:${place.region}::/${one}`);
};

/** Which WebSocket API, and which stage of it, the address says that the client was given. */
export const connections: Named = (request, action) => {
  if (action !== "ManageConnections") return undefined;
  const verb = /^(post|get|delete)/i.exec(request.operation)?.[1]?.toUpperCase() ?? "*";
  return orAny(valuesOf(request, ["EndpointUrl"])).map((address) => {
    const [, api = "*", stage] = /^https?:\/\/([^/.*]+)\.execute-api\.[^/]+(?:\/([^/]+))?/.exec(address) ?? [];
    return arn(request, "execute-api", `${api}/${stage ?? "*"}/${verb}/@connections/*`);
  });
};

/** Groups are called by their friendly name; the id before it nobody knows. */
export const autoscaling: Named = (request, _action, _on, facts) => {
  const groups = valuesOf(request, ["AutoScalingGroupName", "AutoScalingGroupNames"]);
  if (groups.length === 0 || !facts.resources.some(({ name }) => name === "autoScalingGroup")) return undefined;
  return groups.map((name) => arn(request, "autoscaling", `autoScalingGroup:*:autoScalingGroupName/${name}`));
};

/** Every table of the database that a query of Athena is about: which ones, only its text says. */
export const glue: Named = (request, action, on) => {
  if (action !== "GetTable" || !on) return undefined;
  const databases = orAny(valuesOf(request, on));
  return ["catalog", ...databases.flatMap((name) => [`database/${name}`, `table/${name}/*`])].map((path) => arn(request, "glue", path));
};

/** A user of the database; the cluster's id nobody tells. */
export const databaseUsers: Named = (request) =>
  orAny(valuesOf(request, ["DBUsername", "username"])).map((user) => arn(request, "rds-db", `dbuser:*/${user}`));
