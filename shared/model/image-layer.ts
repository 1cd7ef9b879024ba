/** A layer that the images of several functions have, as something of its own: what is mended in it is mended once. */
import type { ArtifactLibraries } from "./libraries.ts";

/** CloudFormation has no name for it. */
export const imageLayerType = "AWS::ECR::ImageLayer";

export interface ImageLayer {
  /** AWS has none for it: one of our own making, in the form of a repository's. */
  readonly arn: string;
  /** `sha256:...`. */
  readonly digest: string;
  readonly region: string;
  /** Repositories in which images with it are. */
  readonly repositories: readonly string[];
  /** ARNs of the functions that run such images. */
  readonly users: readonly string[];
  /** What is vulnerable in it. */
  readonly libraries: ArtifactLibraries;
}

/** What is known of layers in images. */
export interface ImageLayers {
  readonly layers: readonly ImageLayer[];
  /** Whether all images of the Region are known: where not, a layer that is not among them may still be in one. */
  isWhole(region: string): boolean;
}
