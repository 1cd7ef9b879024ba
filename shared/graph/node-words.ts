/** What an end of a relation is, judged by its ARN alone: for what no collector listed as a resource. Pure. */

import { resourceTypes } from "../data/resource-types.ts";
import { parseArn } from "../model/arn.ts";
import { outside } from "../model/graph.ts";

export interface NodeWords {
  /** CloudFormation type; `outside` for the world, `address` for a URL, `service` for a service of AWS. */
  readonly type: string;
  readonly name: string;
  /** AWS Region, or `global`. */
  readonly region: string;
}

interface Shape {
  /** How the resource part begins, up to the first `:` or `/`; empty: whatever else the service has. */
  readonly begin: string;
  readonly type: string;
}

const shapes: ReadonlyMap<string, readonly Shape[]> = Map.groupBy(
  Object.entries(resourceTypes).flatMap(([type, { arn }]) => (arn ? [{ service: arn[0], begin: arn[1], type }] : [])),
  ({ service }) => service,
);

/** Type, name and Region of a node by what it is called in relations. */
export function nodeWords(node: string): NodeWords {
  if (node === outside.internet) return { type: "outside", name: "the internet", region: "global" };
  const [kind = "", region = "", rest = ""] = node.split(":");
  if (kind === "account" || kind === "organization") return { type: "outside", name: `${kind} ${region}`, region: "global" };
  if (kind === "service") return { type: "service", name: region, region: "global" };
  if (kind === "vpc") return { type: "AWS::EC2::VPC", name: rest, region };
  const arn = parseArn(node);
  if (!arn) return { type: "address", name: node.replace(/^(?:https?|kafka):\/\//, "").replace(/\/$/, ""), region: "global" };
  const rows = shapes.get(arn.service) ?? [];
  const found = rows.find(
    ({ begin }) => begin !== "" && arn.resource.split(begin)[0] === "" && /^[:/]/.test(arn.resource.slice(begin.length)),
  );
  const type = (found ?? rows.find(({ begin }) => begin === ""))?.type ?? `AWS::${arn.service}`;
  return { type, name: nameIn(arn.resource, type), region: arn.region || "global" };
}

function nameIn(resource: string, type: string): string {
  if (/^(AWS::SQS|AWS::SNS|AWS::S3::)/.test(type)) return resource;
  if (type === "AWS::ApiGateway::Method") return resource;
  if (type === "AWS::Logs::LogGroup") return resource.replace(/^log-group:/, "").replace(/:\*$/, "");
  if (type === "AWS::ECR::Repository") return resource.replace(/^repository\//, "");
  if (type === "AWS::SSM::Parameter") return resource.replace(/^parameter/, "");
  if (type === "AWS::DynamoDB::Table") return resource.split("/")[1] ?? resource;
  if (/^AWS::Lambda::|^AWS::StepFunctions|^AWS::CloudWatch|^AWS::SecretsManager/.test(type)) return resource.split(":").slice(1).join(":");
  if (type === "AWS::ElasticLoadBalancingV2::LoadBalancer") return resource.split("/")[2] ?? resource;
  return resource.split("/").at(-1) || resource;
}
