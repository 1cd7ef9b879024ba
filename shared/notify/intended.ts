/** How a reader says that something is meant to be so. */
import type { Finding } from "../model/finding.ts";
import { imageLayerType } from "../model/image-layer.ts";

/** The resource can bear the tag. A finding about the account as a whole, or about a part of a resource, cannot be answered with one. */
export function canBeTagged({ resource }: Pick<Finding, "resource">): boolean {
  return !untaggable.has(resource.type);
}

/** Types of findings whose resource has no tags in AWS. */
const untaggable = new Set([
  "AWS::::Account",
  "AWS::ApiGateway::Authorizer",
  "AWS::ApiGatewayV2::Authorizer",
  "AWS::Lambda::LayerVersion",
  imageLayerType,
]);

export const intendedNote = "Meant to be so:  tag the resource smalltarget:ignore, with the reason as value";
