/** Asks a registry for the manifest of an image and where its layers lie. The links leave the program only as requests. */
import { BatchGetImageCommand, GetDownloadUrlForLayerCommand } from "@aws-sdk/client-ecr";
import type { AskLink } from "../aws/byte-ranges.ts";
import type { Clients } from "../aws/clients.ts";
import { LinkError } from "../aws/ranged-get.ts";
import { isOfDigest, manifestTypes } from "./image-manifest.ts";
import { ArtifactRefusedError } from "./refusal.ts";

export interface ImagePlace {
  readonly region: string;
  readonly repository: string;
}

/** @throws ArtifactRefusedError where the registry has no such image (any more), and what AWS answers */
export async function askManifest(clients: Clients, { region, repository }: ImagePlace, digest: string): Promise<string> {
  const { images = [], failures = [] } = await clients
    .ecr(region)
    .send(
      new BatchGetImageCommand({ repositoryName: repository, imageIds: [{ imageDigest: digest }], acceptedMediaTypes: [...manifestTypes] }),
    );
  const manifest = images[0]?.imageManifest;
  if (manifest !== undefined) {
    // the registry serves what was pushed, to a byte: every client that pulls compares it
    if (!isOfDigest(manifest, digest))
      throw new LinkError("OtherManifest", "the registry answered another manifest than the one asked for");
    return manifest;
  }
  const { failureCode = "NoManifest", failureReason = "the registry gave no manifest" } = failures[0] ?? {};
  if (failureCode === "ImageNotFound") throw new ArtifactRefusedError("ImageGone");
  throw new LinkError(failureCode, failureReason);
}

export function imageLayerLink(clients: Clients, { region, repository }: ImagePlace, layerDigest: string): AskLink {
  return async () => {
    const { downloadUrl } = await clients.ecr(region).send(new GetDownloadUrlForLayerCommand({ repositoryName: repository, layerDigest }));
    if (!downloadUrl) throw new LinkError("NoLink", "AWS gave no link to the layer");
    return downloadUrl;
  };
}
