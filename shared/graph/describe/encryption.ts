/** What a key's name says about who holds it. Pure. */
import type { Resource } from "../../model/graph.ts";

type AtRest = NonNullable<Resource["encryption"]>["atRest"];

/** `alias/aws/SERVICE` names the key that AWS manages for a service in the account; any other is the customer's. */
export function keyKind(keyId: string): AtRest {
  return /(^|\/|:)alias\/aws\//.test(keyId) ? "aws-managed-key" : "customer-key";
}
