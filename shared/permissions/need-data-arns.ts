/** ARNs of what holds data: objects, tables, queues, secrets, parameters. Pure. */
import { arn, isArn, type Named, orAny } from "./need-arn-parts.ts";
import { type Request, valuesOf } from "./need-request.ts";

/** A bucket, or objects of it: by name, by ARN, or through an access point. */
export const s3: Named = (request, action, on, facts) => {
  const types = facts.resources.map(({ name }) => name);
  const objects = types.includes("object");
  if (!objects && !types.includes("bucket")) return undefined;
  const sources = valuesOf(request, ["CopySource"]);
  if (on?.includes("CopySource")) return orAny(sources).map((source) => object(request, decoded(source.replace(/^\//, ""))));
  const uris = on ? valuesOf(request, on).filter((value) => /^s3:\/\//.test(value)) : [];
  if (uris.length > 0) {
    const paths = uris.map((uri) => uri.slice("s3://".length));
    // what is put, or comes out of what was put, lies below the place that is named
    const below = action === "PutObject" || on?.includes("OutputLocation");
    return objects
      ? paths.map((path) => object(request, below && !path.endsWith("*") ? `${path.replace(/\/?$/, "/")}*` : path))
      : paths.map((path) => bucket(request, path.split("/")[0] ?? "*"));
  }
  const buckets = orAny(valuesOf(request, on ? [...on.filter((name) => /bucket/i.test(name)), "Bucket"] : ["Bucket", "BucketName"]));
  if (!objects) return buckets.map((name) => bucket(request, name));
  const keys = orAny(valuesOf(request, on ? [...on.filter((name) => !/bucket/i.test(name)), "Key"] : ["Key"]));
  return buckets.flatMap((name) => keys.map((key) => object(request, `${name}/${key.replace(/^\//, "")}`)));
};

function bucket({ place }: Request, name: string): string {
  return isArn(name) ? name : `arn:${place.partition}:s3:::${name}`;
}

function object(request: Request, path: string): string {
  const [name = "*", ...rest] = isArn(path) ? path.split(/\/(?!.*accesspoint)/) : path.split("/");
  const key = rest.join("/") || "*";
  if (/^arn:[^:]+:s3:[^:]*:[^:]*:accesspoint$/.test(name)) return `${name}/${key.replace("/", "/object/")}`;
  return `${bucket(request, name)}/${key}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Tables; with the name of an index that index, for reading it asks nothing of the table. */
export const dynamodb: Named = (request, action, _on, facts) => {
  const types = facts.resources.map(({ name }) => name);
  if (types.includes("stream") && valuesOf(request, ["StreamArn"]).length > 0) return valuesOf(request, ["StreamArn"]);
  if (!types.includes("table")) return undefined;
  const statements = valuesOf(request, ["Statement"]).map((text) =>
    /\b(?:FROM|INTO|UPDATE)\s+"?([\w.*${}:-]+)"?(?:\."([\w.-]+)")?/i.exec(text),
  );
  const spoken = statements.flatMap((found) => (found?.[1] ? [found[2] ? `${found[1]}/index/${found[2]}` : found[1]] : []));
  const names = valuesOf(request, ["TableName", "TableArn", "ResourceArn"]);
  const tables = orAny(names.length > 0 ? names : spoken.length > 0 ? spoken : valuesOf(request, ["RequestItems"])).map((name) =>
    isArn(name) ? name : arn(request, "dynamodb", `table/${name}`),
  );
  const indexes = action === "Query" || action === "Scan" ? valuesOf(request, ["IndexName"]) : [];
  return indexes.length > 0 ? tables.flatMap((table) => indexes.map((index) => `${table}/index/${index}`)) : tables;
};

export const sqs: Named = (request, _action, _on, facts) => {
  if (facts.resources.length === 0) return undefined;
  return orAny(valuesOf(request, ["QueueUrl", "QueueName", "QueueArn"])).map((value) => queueArn(request, value));
};

/** The queue of a URL. */
function queueArn(request: Request, value: string): string {
  const [, host = "", account, name] = /^https?:\/\/([^/]+)\/(\d{12}|\*)\/([\w.*-]+)$/.exec(value) ?? [];
  if (name === undefined) return isArn(value) ? value : arn(request, "sqs", value.includes("://") ? "*" : value);
  const region = /^sqs\.([a-z0-9-]+)\./.exec(host)?.[1] ?? /^([a-z]{2}-[a-z-]+-\d)\.queue\./.exec(host)?.[1] ?? request.place.region;
  return `arn:${request.place.partition}:sqs:${region}:${account}:${name}`;
}

/** A secret's ARN ends in six characters that its name does not tell. */
export const secretsmanager: Named = (request, _action, on, facts) => {
  if (facts.resources.length === 0) return undefined;
  return orAny(valuesOf(request, on ?? ["SecretId", "SecretArn", "SecretIdList", "Name"])).map((value) => {
    if (!isArn(value)) return arn(request, "secretsmanager", value === "*" ? "secret:*" : `secret:${value}-??????`);
    return /-[A-Za-z0-9]{6}$|[*}]$/.test(value) ? value : `${value}-??????`;
  });
};

/** A command is asked for on its document, which for those of AWS is of no account, and on every instance that it goes to. */
function command(request: Request): readonly string[] {
  const { partition, region } = request.place;
  const documents = orAny(valuesOf(request, ["DocumentName"])).map((name) => {
    if (isArn(name)) return name;
    return /^AWS/.test(name) ? `arn:${partition}:ssm:${region}:*:document/${name}` : arn(request, "ssm", `document/${name}`);
  });
  return [...documents, ...orAny(valuesOf(request, ["InstanceIds"])).map((id) => arn(request, "ec2", `instance/${id}`))];
}

/** What Systems Manager calls a kind of thing where it is tagged, and how its ARN begins. Source: its API reference, AddTagsToResource. */
const taggedKinds: Readonly<Record<string, string>> = {
  Association: "association",
  Automation: "automation-execution",
  Document: "document",
  MaintenanceWindow: "maintenancewindow",
  ManagedInstance: "managed-instance",
  OpsItem: "opsitem",
  OpsMetadata: "opsmetadata",
  Parameter: "parameter",
  PatchBaseline: "patchbaseline",
};

/** Tags are put on a ResourceId, which is a name or an id, depending on the kind. */
function tagged(request: Request): readonly string[] {
  return orAny(valuesOf(request, ["ResourceType"])).flatMap((kind) => {
    const begins = taggedKinds[kind];
    if (begins === undefined) return ["*"];
    return orAny(valuesOf(request, ["ResourceId"])).map((id) =>
      isArn(id) ? id : arn(request, "ssm", `${begins}/${id.replace(/^\//, "")}`),
    );
  });
}

export const ssm: Named = (request, action, _on, facts) => {
  if (action === "SendCommand") return command(request);
  if (/Tags?(To|From|For)Resource$/.test(action)) return tagged(request);
  if (!/Parameter/.test(action) || !facts.resources.some(({ name }) => name === "parameter")) return undefined;
  const paths = valuesOf(request, ["Path"]);
  if (action === "GetParametersByPath") {
    return orAny(paths).flatMap((path) => {
      const named = arn(request, "ssm", `parameter/${path.replace(/^\/|\/$/g, "")}`);
      return path === "*" ? [named] : [named, `${named}/*`];
    });
  }
  return orAny(valuesOf(request, ["Name", "Names"])).map((name) => {
    // a label or a version is no part of the parameter's ARN
    const bare = isArn(name) || name.includes("${") ? name : name.replace(/:[\w.-]+$/, "");
    return isArn(bare) ? bare : arn(request, "ssm", `parameter/${bare.replace(/^\//, "")}`);
  });
};
