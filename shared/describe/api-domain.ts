/** A custom domain of API Gateway as a row of the graph. Pure. */
import type { GraphRow } from "../model/graph.ts";
import { cleanText } from "../model/plain-text.ts";
import type { ApiDomain, Place } from "./api-reads.ts";

export function describeDomain(domain: ApiDomain, place: Place): GraphRow {
  return {
    resource: {
      arn: domain.arn,
      type: "AWS::ApiGatewayV2::DomainName",
      name: cleanText(domain.name),
      region: place.region,
      tags: domain.tags,
      details: { endpointTypes: domain.endpointTypes, mutualTls: domain.mutualTls, apiIds: domain.apiIds },
    },
    relations: [],
  };
}
