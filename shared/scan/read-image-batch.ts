/** Reads the images of a batch, and keeps each layer as soon as it is read: killed in between, it goes on with what is not read yet. */
import { type ImageLister, imageLayerKey, type Refusal, refusalOf } from "../artifacts/kept-artifact.ts";
import type { Outcome } from "../artifacts/outcome.ts";
import { type ImageArtifact, type ImagesContext, type LayerShelf, readImages } from "../artifacts/read-images.ts";
import type { WantedArtifact } from "../artifacts/wanted-artifacts.ts";
import { type KeptLayer, type KeptList, keptList } from "../libraries/packages/kept-list.ts";
import type { LayerContents } from "../libraries/packages/layer-contents.ts";
import type { PackageList } from "../model/packages.ts";
import type { Blobs } from "../store/blobs.ts";
import { knownArtifacts } from "./code-blobs.ts";
import { allLists } from "./package-blobs.ts";
import { PackedLines } from "./packed-lines.ts";

/** Packed: at 50 MB a second, what nine minutes can take, and a tenth of what a NAT gateway or another Region makes felt. */
const mostBytes = 4 * 1024 * 1024 * 1024;

export type LayerLister = ImageLister<LayerContents, PackageList>;

type Reading = Pick<ImagesContext<LayerContents, PackageList>, "clients" | "now" | "isOutOfTime">;

export function isImage(artifact: WantedArtifact): artifact is ImageArtifact {
  return artifact.image !== undefined;
}

export interface ImageBatch {
  readonly blobs: Blobs;
  readonly lister: LayerLister;
  readonly reading: Reading;
  /** Told what is in a layer, before `keep` is told that it was read. */
  readonly noteLayer: (layer: KeptLayer) => void;
}

/** @param keep told of every image and every layer that was read */
export async function readImageBatch(
  images: readonly ImageArtifact[],
  account: string,
  { blobs, lister, reading, noteLayer }: ImageBatch,
  keep: (outcome: Outcome, list?: KeptList) => Promise<void>,
): Promise<void> {
  const shelf = (digests: ReadonlySet<string>) => openShelf(blobs, account, digests, lister.version);
  await readImages(
    images,
    { ...reading, lister, shelf, mostBytes },
    {
      layer: (outcome, contents) => {
        if (contents) noteLayer({ key: outcome.key, version: lister.version, contents });
        return keep(outcome);
      },
      image: (outcome, summary) => keep(outcome, summary && keptList(outcome.key, lister.version, { summary })),
    },
  );
}

/** What is known of layers, packed: most images need few of them at once. */
async function openShelf(blobs: Blobs, account: string, digests: ReadonlySet<string>, version: number): Promise<LayerShelf<LayerContents>> {
  const wanted = new Map([...digests].map((digest) => [imageLayerKey(digest), digest]));
  const packed = new PackedLines<{ readonly key: string; readonly known: LayerContents }>();
  const refusals = new Map<string, Refusal>();
  for await (const { key, contents, version: listedBy } of allLists(blobs, account, "image-layers")) {
    const digest = wanted.get(key);
    if (digest !== undefined && listedBy === version) packed.add({ key: digest, known: contents });
  }
  const { kept, batches } = await knownArtifacts(blobs, account);
  for (const artifact of [...kept, ...batches]) {
    const [digest, refusal] = [wanted.get(artifact.key), refusalOf(artifact)];
    if (digest !== undefined && refusal) refusals.set(digest, refusal);
  }
  return {
    get: (digest) => packed.get(digest)?.known ?? refusals.get(digest),
    put: (digest, known) => packed.add({ key: digest, known }),
    refuse: (digest, refusal) => refusals.set(digest, refusal),
  };
}
