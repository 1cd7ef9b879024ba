/** Commands that show and change the policies of queues, topics, buses and buckets. Each runs as it is pasted. */

import { parseArn } from "../model/arn.ts";
import type { ResourceRef } from "../model/resource.ts";
import { awsCommand, shellQuote } from "../wording/aws-cli.ts";
import { withoutSid } from "./public-policy.ts";

/** The address by which the API names a queue. */
export function queueUrl(arn: string): string {
  const { partition = "aws", region = "", account = "", resource = "" } = parseArn(arn) ?? {};
  return `https://sqs.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}/${account}/${resource}`;
}

/** How one kind of resource gives its policy out and takes it. */
interface Access {
  /** Prints the policy. */
  get(resource: ResourceRef): string;
  /** Sets what is in policy.json. */
  put(resource: ResourceRef): string;
}

export interface PolicyCommands {
  /** Saves the policy: the way back. */
  show(resource: ResourceRef): string;
  /** Takes the policy, lets a person change it, and sets it. */
  edit(resource: ResourceRef): string;
  /** Adds a statement to the policy that `show` has saved, and sets it. */
  add(resource: ResourceRef, statement: object): string;
}

export interface NamedStatements extends PolicyCommands {
  /** Takes out the statement of this name. */
  remove(resource: ResourceRef, sid: string): string;
}

const before = "policy-before.json";
/** Whoever has no favourite gets the one that every system has. */
export const editPolicy = `\${EDITOR:-vi} policy.json`;

function policyCommands({ get, put }: Access): PolicyCommands {
  return {
    // what AWS says where there is no policy is kept as well: `add` reads it
    show: (resource) => `${get(resource)} > ${before} 2>&1`,
    edit: (resource) => `${get(resource)} > policy.json && ${editPolicy} && ${put(resource)}`,
    add: (resource, statement) => `jq -Rs ${shellQuote(adding(statement))} ${before} > policy.json && ${put(resource)}`,
  };
}

/** For jq. A refusal is not "no policy": it must not be answered by a policy that holds only the new statement. */
function adding(statement: object): string {
  const none = 'if test("^None|NoSuchBucketPolicy") then {Version: "2012-10-17", Statement: []}';
  const read = `if startswith("{") then fromjson el${none} else error("${before} holds no policy") end`;
  return `${read} | .Statement = ([.Statement] | flatten) + [${JSON.stringify(statement)}]`;
}

const queue: Access = {
  get: ({ arn, region }) =>
    awsCommand("sqs", "get-queue-attributes", {
      "queue-url": queueUrl(arn),
      "attribute-names": "Policy",
      query: "Attributes.Policy",
      output: "text",
      region,
    }),
  // the policy travels as a JSON string inside JSON: `jq -Rs` writes that
  put: ({ arn, region }) =>
    `jq -Rs '{Policy: .}' policy.json > attributes.json && ${awsCommand("sqs", "set-queue-attributes", { "queue-url": queueUrl(arn), attributes: "file://attributes.json", region })}`,
};

const topic: Access = {
  get: ({ arn, region }) =>
    awsCommand("sns", "get-topic-attributes", { "topic-arn": arn, query: "Attributes.Policy", output: "text", region }),
  put: ({ arn, region }) =>
    awsCommand("sns", "set-topic-attributes", {
      "topic-arn": arn,
      "attribute-name": "Policy",
      "attribute-value": "file://policy.json",
      region,
    }),
};

const bus: Access = {
  get: ({ name, region }) => awsCommand("events", "describe-event-bus", { name, query: "Policy", output: "text", region }),
  put: ({ name, region }) => awsCommand("events", "put-permission", { "event-bus-name": name, policy: "file://policy.json", region }),
};

const bucket: Access = {
  get: ({ name, region }) => awsCommand("s3api", "get-bucket-policy", { bucket: name, query: "Policy", output: "text", region }),
  put: ({ name, region }) => awsCommand("s3api", "put-bucket-policy", { bucket: name, policy: "file://policy.json", region }),
};

export const bucketPolicy = policyCommands(bucket);
export const queuePolicy: NamedStatements = {
  ...policyCommands(queue),
  remove: ({ arn, region }, label) => awsCommand("sqs", "remove-permission", { "queue-url": queueUrl(arn), label, region }),
};
export const topicPolicy: NamedStatements = {
  ...policyCommands(topic),
  remove: ({ arn, region }, label) => awsCommand("sns", "remove-permission", { "topic-arn": arn, label, region }),
};
export const busPolicy: NamedStatements = {
  ...policyCommands(bus),
  remove: ({ name, region }, sid) => awsCommand("events", "remove-permission", { "event-bus-name": name, "statement-id": sid, region }),
};

/** Shows the policy, then takes out the statements that have a name; the others are taken out by hand. */
export function withoutStatements(policy: NamedStatements, resource: ResourceRef, statements: readonly string[]): string[] {
  const named = statements.filter((statement) => statement !== withoutSid);
  return [
    policy.show(resource),
    ...named.map((statement) => policy.remove(resource, statement)),
    ...(named.length < statements.length ? [policy.edit(resource)] : []),
  ];
}
