/** The networks that functions sit in: asked for only where some function of the Region has a network of its own. */
import { DescribeSubnetsCommand, DescribeVpcEndpointsCommand, DescribeVpcsCommand } from "@aws-sdk/client-ec2";
import { pages } from "../../aws/paginate.ts";
import type { DetailValue, GraphRow } from "../../model/graph.ts";
import { type CollectContext, collectPart, type Sink } from "../collector.ts";
import { tagsOf } from "../tag-pairs.ts";
import type { ServiceCollector } from "./service-collector.ts";

/** Values of one filter, as the API allows. */
const valuesPerFilter = 200;

export const vpcCollector: ServiceCollector = {
  name: "vpc",
  scope: "region",
  actions: ["ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeVpcEndpoints"],
  reads: "the VPCs that functions sit in, their subnets and endpoints",
  collect(context) {
    return collectPart("vpc", context.region, async (sink) => {
      const ids = [...new Set(context.functions.flatMap(({ vpcId }) => vpcId || []))].sort();
      for (let i = 0; i < ids.length; i += valuesPerFilter) await readVpcs(context, ids.slice(i, i + valuesPerFilter), sink);
    });
  },
};

async function readVpcs(context: CollectContext, ids: readonly string[], sink: Sink<GraphRow>): Promise<void> {
  const { clients, region } = context;
  const ec2 = clients.ec2(region);
  const filter = { Filters: [{ Name: "vpc-id", Values: [...ids] }], MaxResults: 200 };
  const next = (NextToken: string | undefined) => ({ ...filter, ...(NextToken ? { NextToken } : {}) });
  const token = (page: { NextToken?: string }) => page.NextToken;
  for await (const { Vpcs = [] } of pages((at) => ec2.send(new DescribeVpcsCommand(next(at))), token)) {
    for (const { VpcId, IsDefault, CidrBlock, Tags } of Vpcs)
      sink.push(row(context, "vpc", VpcId, undefined, Tags, { isDefault: IsDefault === true, cidr: CidrBlock ?? null }));
  }
  for await (const { Subnets = [] } of pages((at) => ec2.send(new DescribeSubnetsCommand(next(at))), token)) {
    for (const { SubnetId, VpcId, AvailabilityZone, Tags } of Subnets)
      sink.push(row(context, "subnet", SubnetId, VpcId, Tags, { zone: AvailabilityZone ?? null }));
  }
  for await (const { VpcEndpoints = [] } of pages((at) => ec2.send(new DescribeVpcEndpointsCommand(next(at))), token)) {
    for (const { VpcEndpointId, VpcId, ServiceName, VpcEndpointType, State, CreationTimestamp, Tags } of VpcEndpoints) {
      const details = { service: ServiceName ?? null, kind: VpcEndpointType ?? null, state: State ?? null };
      sink.push(row(context, "vpc-endpoint", VpcEndpointId, VpcId, Tags, details, CreationTimestamp));
    }
  }
}

const types = { vpc: "AWS::EC2::VPC", subnet: "AWS::EC2::Subnet", "vpc-endpoint": "AWS::EC2::VPCEndpoint" } as const;

function row(
  { partition, region, account }: CollectContext,
  kind: keyof typeof types,
  id: string | undefined,
  vpcId: string | undefined,
  pairs: readonly { readonly Key?: string; readonly Value?: string }[] | undefined,
  details: Readonly<Record<string, DetailValue>>,
  createdAt?: Date,
): GraphRow {
  const arnOf = (one: string, name: string) => `arn:${partition}:ec2:${region}:${account}:${one}/${name}`;
  if (!id) return { relations: [] };
  const tags = tagsOf(pairs);
  const arn = arnOf(kind, id);
  const evidence = `ec2:Describe${kind === "subnet" ? "Subnets" : "VpcEndpoints"}, VpcId`;
  return {
    resource: {
      arn,
      type: types[kind],
      name: tags.Name || id,
      region,
      tags,
      ...(createdAt ? { createdAt: createdAt.toISOString() } : {}),
      details: { ...details, id, ...(vpcId ? { vpcId } : {}) },
    },
    relations: vpcId ? [{ from: arn, to: arnOf("vpc", vpcId), kind: "in-vpc", auth: "network", enabled: true, evidence }] : [],
  };
}
