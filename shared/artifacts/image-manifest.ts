/**
 * What an image is made of: its manifest (OCI image specification 1.1; Docker image manifest 2, schema 2), or the list of manifests of which one is
 * for the function's architecture. Pure. What it says was written by whoever pushed it.
 */
import { createHash } from "node:crypto";
import { ArtifactRefusedError } from "./refusal.ts";

export interface LayerPlace {
  /** `sha256:` and 64 digits. */
  readonly digest: string;
  /** Packed. */
  readonly bytes: number;
}

export interface ImageManifest {
  /** The lowest first. */
  readonly layers: readonly LayerPlace[];
}

/** What the registry is asked for; it answers in the form in which the image was pushed. */
export const manifestTypes = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
] as const;

/** Docker makes at most 127 layers, and a few steps of a build make none. */
const mostLayers = 1000;
/** Packed. An image of 10 GB has less, unless all of it is in one layer that does not pack. */
const mostLayerBytes = 3 * 1024 * 1024 * 1024;
const digests = /^sha256:[0-9a-f]{64}$/;

/** The architecture as images name it. */
function platformOf(architecture: string): string {
  return architecture === "x86_64" ? "amd64" : architecture;
}

/** Whether the bytes of a manifest are those that the digest is of. */
export function isOfDigest(manifest: string, digest: string): boolean {
  return `sha256:${createHash("sha256").update(manifest).digest("hex")}` === digest;
}

/**
 * A manifest; or of a list of manifests the digest of the one for `architecture` (as Lambda names it).
 * @throws ArtifactRefusedError
 */
export function readManifest(text: string, architecture: string): ImageManifest | { readonly manifest: string } {
  const json = parsed(text);
  if (Array.isArray(json.manifests)) return { manifest: chosen(json.manifests, platformOf(architecture)) };
  if (!Array.isArray(json.layers) || json.layers.length > mostLayers) throw new ArtifactRefusedError("ManifestUnknown");
  return { layers: json.layers.map(layerOf) };
}

/** Beside the images of platforms there are lists of what went into them, for no platform at all. */
function chosen(manifests: readonly unknown[], wanted: string): string {
  const images = manifests.flatMap((one) => {
    const { digest, platform } = asObject(one);
    const { os, architecture } = asObject(platform);
    return typeof digest === "string" && digests.test(digest) ? [{ digest, os, architecture }] : [];
  });
  const ofPlatform = images.find(({ os, architecture }) => os === "linux" && architecture === wanted);
  // where nothing is said of platforms there is nothing to choose
  const only = images.length === 1 && images[0]?.architecture === undefined ? images[0] : undefined;
  const found = ofPlatform ?? only;
  if (!found) throw new ArtifactRefusedError("ManifestOtherPlatform");
  return found.digest;
}

function layerOf(layer: unknown): LayerPlace {
  const { digest, size } = asObject(layer);
  if (typeof digest !== "string" || !digests.test(digest)) throw new ArtifactRefusedError("ManifestUnknown");
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) throw new ArtifactRefusedError("ManifestUnknown");
  if (size > mostLayerBytes) throw new ArtifactRefusedError("LayerTooLarge");
  return { digest, bytes: size };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(text));
  } catch {
    throw new ArtifactRefusedError("ManifestUnknown");
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
