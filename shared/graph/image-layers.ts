/** Layers of container images as resources, with the functions that run images with them. Pure. */
import type { Relation, Resource } from "../model/graph.ts";
import { type ImageLayer, imageLayerType } from "../model/image-layer.ts";

const shownDigits = 12;

/** As those of zips: so that what is in them has something to hang on, and in no document of their own. */
export function imageLayerResource({ arn, digest, region, repositories }: ImageLayer): Resource {
  const name = digest.slice(0, "sha256:".length + shownDigits);
  return { arn, type: imageLayerType, name, region, details: { digest, repositories } };
}

export function imageLayerUses({ arn, users }: ImageLayer): readonly Relation[] {
  return users.map((from) => ({
    from,
    to: arn,
    kind: "uses-layer",
    auth: "service",
    enabled: true,
    evidence: "ecr:BatchGetImage, layers",
  }));
}
