/** The networks that functions sit in: asked for only where some function of the Region has a network of its own. */
import { DescribeSubnetsCommand, DescribeVpcEndpointsCommand, DescribeVpcsCommand } from "@aws-sdk/client-ec2";
import { pages } from "../../aws/paginate.ts";
import type { VpcAnswer } from "../../describe/services/vpc.ts";
import { type CollectContext, collectPart, type Sink } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";
import { tagsOf } from "../contract/tag-pairs.ts";

/** Values of one filter, as the API allows. */
const valuesPerFilter = 200;

export const vpcCollector: ServiceCollector<"vpc"> = {
  name: "vpc",
  scope: "region",
  readerVersion: 1,
  actions: ["ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeVpcEndpoints"],
  reads: "the VPCs that functions sit in, their subnets and endpoints",
  collect(context) {
    return collectPart<VpcAnswer>("vpc", context.region, async (sink) => {
      const ids = [...new Set(context.functions.flatMap(({ vpcId }) => vpcId || []))].sort();
      for (let i = 0; i < ids.length; i += valuesPerFilter) await readVpcs(context, ids.slice(i, i + valuesPerFilter), sink);
    });
  },
};

async function readVpcs(context: CollectContext, ids: readonly string[], sink: Sink<VpcAnswer>): Promise<void> {
  const { clients, region } = context;
  const ec2 = clients.ec2(region);
  const filter = { Filters: [{ Name: "vpc-id", Values: [...ids] }], MaxResults: 200 };
  const next = (NextToken: string | undefined) => ({ ...filter, ...(NextToken ? { NextToken } : {}) });
  const token = (page: { NextToken?: string }) => page.NextToken;
  for await (const { Vpcs = [] } of pages((at) => ec2.send(new DescribeVpcsCommand(next(at))), token)) {
    for (const { VpcId, IsDefault, CidrBlock, Tags } of Vpcs)
      sink.push(...answer("vpc", VpcId, undefined, Tags, { isDefault: IsDefault === true, cidr: CidrBlock ?? null }));
  }
  for await (const { Subnets = [] } of pages((at) => ec2.send(new DescribeSubnetsCommand(next(at))), token)) {
    for (const { SubnetId, VpcId, AvailabilityZone, Tags } of Subnets)
      sink.push(...answer("subnet", SubnetId, VpcId, Tags, { zone: AvailabilityZone ?? null }));
  }
  for await (const { VpcEndpoints = [] } of pages((at) => ec2.send(new DescribeVpcEndpointsCommand(next(at))), token)) {
    for (const { VpcEndpointId, VpcId, ServiceName, VpcEndpointType, State, CreationTimestamp, Tags } of VpcEndpoints) {
      const details = { service: ServiceName ?? null, kind: VpcEndpointType ?? null, state: State ?? null };
      sink.push(...answer("vpc-endpoint", VpcEndpointId, VpcId, Tags, details, CreationTimestamp));
    }
  }
}

function answer(
  kind: VpcAnswer["kind"],
  id: string | undefined,
  vpcId: string | undefined,
  pairs: readonly { readonly Key?: string; readonly Value?: string }[] | undefined,
  details: VpcAnswer["details"],
  createdAt?: Date,
): VpcAnswer[] {
  return id ? [{ kind, id, vpcId, tags: tagsOf(pairs), createdAt: createdAt?.toISOString(), details }] : [];
}
