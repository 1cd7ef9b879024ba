/** API Gateway: an API with what lies around it, or a custom domain. */
import { describeDomain } from "../api-domain.ts";
import type { ApiDomain, ApiListed, ApiRead } from "../api-reads.ts";
import { describeApi, unreadApi } from "../apis.ts";
import type { Describe, Read } from "./describe-answer.ts";

export type ApiAnswer =
  | {
      readonly api: ApiListed;
      /** Absent where routes, stages and authorizers could not be read. */
      readonly read?: Read<ApiRead>;
      /** Custom domains that lead to it; absent where they could not be read. */
      readonly domains?: readonly ApiDomain[];
      /** Load balancers by VPC link (REST). */
      readonly vpcLinks: Readonly<Record<string, readonly string[]>>;
    }
  | { readonly domain: ApiDomain };

export const describe: Describe<ApiAnswer> = (answer, place) => {
  if ("domain" in answer) return [describeDomain(answer.domain, place)];
  const { api, read, domains, vpcLinks } = answer;
  if (!read) return [unreadApi(api, place)];
  return describeApi(api, read.value, read.readAt, { domains, vpcLinks: new Map(Object.entries(vpcLinks)) }, place);
};
