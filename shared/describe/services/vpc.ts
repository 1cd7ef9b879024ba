/** EC2: a network that functions sit in, a subnet or an endpoint of one. */
import type { DetailValue } from "../../model/graph.ts";
import type { Describe } from "./describe-answer.ts";

export interface VpcAnswer {
  readonly kind: "vpc" | "subnet" | "vpc-endpoint";
  readonly id: string;
  /** Of a subnet or an endpoint. */
  readonly vpcId?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt?: string;
  readonly details: Readonly<Record<string, DetailValue>>;
}

const types = { vpc: "AWS::EC2::VPC", subnet: "AWS::EC2::Subnet", "vpc-endpoint": "AWS::EC2::VPCEndpoint" } as const;

export const describe: Describe<VpcAnswer> = ({ kind, id, vpcId, tags, createdAt, details }, { partition, region, account }) => {
  const arnOf = (one: string, name: string) => `arn:${partition}:ec2:${region}:${account}:${one}/${name}`;
  const arn = arnOf(kind, id);
  const evidence = `ec2:Describe${kind === "subnet" ? "Subnets" : "VpcEndpoints"}, VpcId`;
  return [
    {
      resource: {
        arn,
        type: types[kind],
        name: tags.Name || id,
        region,
        tags,
        ...(createdAt ? { createdAt } : {}),
        details: { ...details, id, ...(vpcId ? { vpcId } : {}) },
      },
      relations: vpcId ? [{ from: arn, to: arnOf("vpc", vpcId), kind: "in-vpc", auth: "network", enabled: true, evidence }] : [],
    },
  ];
};
