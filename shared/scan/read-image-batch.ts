/** Reads the images of a batch, and keeps each layer as soon as it is read: killed in between, it goes on with what is not read yet. */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { type ImageLister, imageLayerKey, type Refusal, refusalOf } from "../artifacts/kept-artifact.ts";
import type { Outcome } from "../artifacts/read-artifacts.ts";
import { type ImageArtifact, type ImagesContext, type LayerShelf, readImages } from "../artifacts/read-images.ts";
import type { WantedArtifact } from "../artifacts/wanted-artifacts.ts";
import { type KeptList, keptLayer, keptList } from "../libraries/packages/kept-list.ts";
import type { LayerContents } from "../libraries/packages/layer-contents.ts";
import type { PackageList } from "../model/packages.ts";
import type { Blobs } from "../store/blobs.ts";
import { knownArtifacts } from "./code-blobs.ts";
import { allLists } from "./package-blobs.ts";

/** Packed: at 50 MB a second, what nine minutes can take, and a tenth of what a NAT gateway or another Region makes felt. */
const mostBytes = 4 * 1024 * 1024 * 1024;

export type LayerLister = ImageLister<LayerContents, PackageList>;

type Reading = Pick<ImagesContext<LayerContents, PackageList>, "clients" | "now" | "isOutOfTime">;

export function isImage(artifact: WantedArtifact): artifact is ImageArtifact {
  return artifact.image !== undefined;
}

/** @param keep told of every image and every layer that was read */
export async function readImageBatch(
  images: readonly ImageArtifact[],
  account: string,
  { blobs, lister, reading }: { readonly blobs: Blobs; readonly lister: LayerLister; readonly reading: Reading },
  keep: (outcome: Outcome, list?: KeptList) => Promise<void>,
): Promise<void> {
  const shelf = (digests: ReadonlySet<string>) => openShelf(blobs, account, digests, lister.version);
  await readImages(
    images,
    { ...reading, lister, shelf, mostBytes },
    {
      layer: (outcome, contents) => keep(outcome, contents && keptLayer(outcome.key, lister.version, contents)),
      image: (outcome, summary) => keep(outcome, summary && keptList(outcome.key, lister.version, { summary })),
    },
  );
}

/** What is known of layers, packed: most images need few of them at once. */
async function openShelf(blobs: Blobs, account: string, digests: ReadonlySet<string>, version: number): Promise<LayerShelf<LayerContents>> {
  const wanted = new Map([...digests].map((digest) => [imageLayerKey(digest), digest]));
  const packed = new Map<string, Buffer>();
  const refusals = new Map<string, Refusal>();
  const put = (digest: string, known: LayerContents | Refusal) => packed.set(digest, deflateRawSync(JSON.stringify(known), { level: 1 }));
  for await (const { key, layer, version: listedBy } of allLists(blobs, account)) {
    const digest = wanted.get(key);
    if (digest !== undefined && layer && listedBy === version) put(digest, layer);
  }
  const { kept, batches } = await knownArtifacts(blobs, account);
  for (const artifact of [...kept, ...batches]) {
    const [digest, refusal] = [wanted.get(artifact.key), refusalOf(artifact)];
    if (digest !== undefined && refusal) refusals.set(digest, refusal);
  }
  return {
    get(digest) {
      const known = packed.get(digest);
      if (!known) return refusals.get(digest);
      return JSON.parse(inflateRawSync(known).toString("utf8")) as LayerContents | Refusal;
    },
    put,
  };
}
