/** Parameters of Systems Manager: names, kinds and dates. Their values are never asked for, and AWS says of no parameter when it was read. */
import { DescribeParametersCommand, type ParameterMetadata } from "@aws-sdk/client-ssm";
import { pages } from "../../aws/paginate.ts";
import { keyKind } from "../../graph/describe/encryption.ts";
import type { GraphRow } from "../../model/graph.ts";
import { type CollectContext, collectPart } from "../collector.ts";
import type { ServiceCollector } from "./service-collector.ts";

export const parametersCollector: ServiceCollector = {
  name: "parameters",
  scope: "region",
  actions: ["ssm:DescribeParameters"],
  reads: "names, kinds, keys and dates of parameters; never their values",
  collect(context) {
    const { clients, region } = context;
    return collectPart("parameters", region, async (sink) => {
      const list = pages(
        (NextToken) =>
          clients.parameters(region).send(new DescribeParametersCommand({ MaxResults: 50, ...(NextToken ? { NextToken } : {}) })),
        (page) => page.NextToken,
      );
      for await (const page of list) for (const one of page.Parameters ?? []) sink.push(...toRows(one, context));
    });
  },
};

function toRows({ ARN, Name, Type, KeyId, LastModifiedDate, Tier, Version }: ParameterMetadata, context: CollectContext): GraphRow[] {
  if (!Name) return [];
  const { partition, region, account } = context;
  const arn = ARN ?? `arn:${partition}:ssm:${region}:${account}:parameter${Name.startsWith("/") ? "" : "/"}${Name}`;
  const secure = Type === "SecureString";
  const key = keyKind(KeyId ?? "alias/aws/ssm");
  return [
    {
      resource: {
        arn,
        type: "AWS::SSM::Parameter",
        name: Name,
        region,
        encryption: { atRest: secure ? key : "none", inTransit: "enforced" },
        details: {
          kind: Type ?? "unknown",
          tier: Tier ?? "Standard",
          version: Version ?? null,
          lastModifiedAt: LastModifiedDate?.toISOString() ?? null,
        },
      },
      relations: [],
    },
  ];
}
