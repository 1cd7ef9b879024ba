/** Parameters of Systems Manager: names, kinds and dates. Their values are never asked for, and AWS says of no parameter when it was read. */
import { DescribeParametersCommand, type ParameterMetadata } from "@aws-sdk/client-ssm";
import { pages } from "../../aws/paginate.ts";
import type { ParameterAnswer } from "../../describe/services/parameters.ts";
import { type CollectContext, collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";

export const parametersCollector: ServiceCollector<"parameters"> = {
  name: "parameters",
  scope: "region",
  readerVersion: 1,
  actions: ["ssm:DescribeParameters"],
  reads: "names, kinds, keys and dates of parameters; never their values",
  collect(context) {
    const { clients, region } = context;
    return collectPart<ParameterAnswer>("parameters", region, async (sink) => {
      const list = pages(
        (NextToken) =>
          clients.parameters(region).send(new DescribeParametersCommand({ MaxResults: 50, ...(NextToken ? { NextToken } : {}) })),
        (page) => page.NextToken,
      );
      for await (const page of list) for (const one of page.Parameters ?? []) sink.push(...toAnswer(one, context));
    });
  },
};

function toAnswer(
  { ARN, Name, Type, KeyId, LastModifiedDate, Tier, Version }: ParameterMetadata,
  place: CollectContext,
): ParameterAnswer[] {
  if (!Name) return [];
  const { partition, region, account } = place;
  const arn = ARN ?? `arn:${partition}:ssm:${region}:${account}:parameter${Name.startsWith("/") ? "" : "/"}${Name}`;
  const lastModifiedAt = LastModifiedDate?.toISOString();
  return [{ arn, name: Name, kind: Type, keyId: KeyId, tier: Tier, version: Version, lastModifiedAt }];
}
