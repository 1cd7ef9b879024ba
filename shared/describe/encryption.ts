/** What a key's name says about who holds it. Pure. */
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
