/** What a key's name says about who holds it. Pure. */
import { parseArn } from "../model/arn.ts";
import type { Resource } from "../model/graph.ts";

type AtRest = NonNullable<Resource["encryption"]>["atRest"];

/**
 * `alias/aws/SERVICE` names the key that AWS manages for a service in the account, any other alias one of the customer's. The id
 * or ARN of a key does not say who manages it: several services answer that for AWS's own keys too.
 */
export function keyKind(keyId: string): AtRest {
  if (/(^|:)alias\/aws\//.test(keyId)) return "aws-managed-key";
  return /(^|:)alias\//.test(keyId) ? "customer-key" : "unknown";
}

/** The key's ARN where its id or ARN is named; an alias may be of another key tomorrow. @param where the resource's ARN, and its Region where that has none */
export function keyDetail(keyId: string | null | undefined, where: { readonly arn: string; readonly region: string }): { keyArn?: string } {
  if (!keyId) return {};
  if (/^arn:[^:]+:kms:[^:]*:\d{12}:key\//.test(keyId)) return { keyArn: keyId };
  const { partition, account } = parseArn(where.arn) ?? {};
  return /^(mrk-)?[0-9a-f-]{32,36}$/.test(keyId) && account
    ? { keyArn: `arn:${partition}:kms:${where.region}:${account}:key/${keyId}` }
    : {};
}
