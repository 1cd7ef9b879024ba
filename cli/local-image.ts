/** The packages in a container image on this machine: what `docker save` wrote, or an OCI image layout as a tar (OCI image specification 1.1). */
import { createReadStream } from "node:fs";
import { type ImageManifest, readManifest } from "../shared/artifacts/image-manifest.ts";
import { inspectLayer } from "../shared/artifacts/inspect-layer.ts";
import { ArtifactRefusedError } from "../shared/artifacts/refusal.ts";
import { contentOf, type TarEntry, tarEntries } from "../shared/artifacts/tar-entries.ts";
import { unpackedLayer } from "../shared/artifacts/unpacked-layer.ts";
import { packagesOfImage } from "../shared/libraries/packages/image-packages.ts";
import { type LayerContents, layerInspector } from "../shared/libraries/packages/layer-contents.ts";
import type { PackageList } from "../shared/model/packages.ts";
import { UsageError } from "./usage-error.ts";

/** Lists and manifests are smaller. */
const largestJson = 1024 * 1024;
const pieceBytes = 256 * 1024;

/** @throws UsageError where it is no image, or one that is refused */
export async function readLocalImage(path: string): Promise<PackageList> {
  try {
    const layers = layersIn(await jsonIn(path));
    if (!layers) throw new UsageError(`${path} is no container image: neither manifest.json of docker save nor index.json of OCI is in it`);
    const contents = await contentsIn(path, new Set(layers));
    const missing = layers.find((name) => !contents.has(name));
    if (missing !== undefined) throw new UsageError(`${path} is not whole: it has no ${missing}`);
    return packagesOfImage(layers.map((name) => ({ digest: digestOf(name), contents: contents.get(name) as LayerContents })));
  } catch (error) {
    if (error instanceof ArtifactRefusedError) throw new UsageError(`${path} cannot be read: ${error.message}`);
    throw error;
  }
}

function entriesOf(path: string): AsyncGenerator<TarEntry> {
  return tarEntries(unpackedLayer(createReadStream(path, { highWaterMark: pieceBytes })));
}

/** Every small file that is JSON, by its name. */
async function jsonIn(path: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const entry of entriesOf(path)) {
    const { name, kind, bytes } = entry;
    if (kind !== "file" || bytes > largestJson || !/^(?:manifest|index)\.json$|^blobs\/sha256\/[0-9a-f]{64}$/.test(name)) continue;
    const text = (await contentOf(entry)).toString("utf8");
    if (/^\s*[{[]/.test(text)) found.set(name, text);
  }
  return found;
}

/** Names of the layers of the first image, the lowest first; undefined where there is none. */
function layersIn(json: ReadonlyMap<string, string>): readonly string[] | undefined {
  const saved = json.get("manifest.json");
  if (saved !== undefined) {
    const [first] = parsed(saved) as { readonly Layers?: readonly unknown[] }[];
    return first?.Layers?.map(String);
  }
  let text = json.get("index.json");
  // an index may list an index: of each the first that is for a machine like Lambda's
  for (let depth = 0; text !== undefined && depth < 3; depth += 1) {
    const manifest: ImageManifest | { readonly manifest: string } = firstOf(text);
    if ("layers" in manifest) return manifest.layers.map(({ digest }) => blobOf(digest));
    text = json.get(blobOf(manifest.manifest));
  }
  return undefined;
}

function firstOf(text: string): ImageManifest | { readonly manifest: string } {
  try {
    return readManifest(text, "x86_64");
  } catch (error) {
    if (!(error instanceof ArtifactRefusedError) || error.name !== "ManifestOtherPlatform") throw error;
    return readManifest(text, "arm64");
  }
}

async function contentsIn(path: string, layers: ReadonlySet<string>): Promise<ReadonlyMap<string, LayerContents>> {
  const found = new Map<string, LayerContents>();
  for await (const entry of entriesOf(path)) {
    if (entry.kind !== "file" || !layers.has(entry.name)) continue;
    found.set(entry.name, await inspectLayer(tarEntries(unpackedLayer(entry.content())), layerInspector()));
  }
  return found;
}

function blobOf(digest: string): string {
  return `blobs/sha256/${digest.slice("sha256:".length)}`;
}

/** Older versions of Docker name a layer by other than its digest. */
function digestOf(name: string): string {
  return name.startsWith("blobs/sha256/") ? `sha256:${name.slice("blobs/sha256/".length)}` : name;
}

function parsed(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
