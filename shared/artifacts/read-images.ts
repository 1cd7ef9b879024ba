/** Reads container images: their manifests first, then each layer that nobody has read yet, once, until time or bytes are over. */
import type { Clients } from "../aws/clients.ts";
import { operationOf, outOfTime, statusOf } from "../aws/errors.ts";
import { forEachAtMost } from "../aws/paginate.ts";
import { LinkError } from "../aws/ranged-get.ts";
import { askManifest, type ImagePlace, imageLayerLink } from "./image-links.ts";
import { type ImageManifest, type LayerPlace, readManifest } from "./image-manifest.ts";
import { failedImage, refusalIn } from "./image-outcome.ts";
import { inspectLayer } from "./inspect-layer.ts";
import { type ImageLister, imageLayerKey, type KeptArtifact, type KnownLayer, type Refusal } from "./kept-artifact.ts";
import { layerBytes } from "./layer-bytes.ts";
import { type Outcome, refusalsInARow, refusedArtifact, timeIsOver } from "./outcome.ts";
import { ArtifactRefusedError } from "./refusal.ts";
import { tarEntries } from "./tar-entries.ts";
import type { WantedArtifact, WantedImage } from "./wanted-artifacts.ts";

export type ImageArtifact = WantedArtifact & { readonly image: WantedImage };

export interface ImagesContext<Contents, Summary> {
  readonly clients: Clients;
  readonly lister: ImageLister<Contents, Summary>;
  /** The scan's time. */
  readonly now: Date;
  readonly isOutOfTime: () => boolean;
  /** What earlier scans know of layers, asked once for all that are needed. */
  readonly shelf: (digests: ReadonlySet<string>) => Promise<LayerShelf<Contents>>;
  /** Packed bytes of layers that are fetched; the rest is left for the next scan. */
  readonly mostBytes: number;
}

export interface LayerShelf<Contents> {
  get(digest: string): Contents | Refusal | undefined;
  put(digest: string, contents: Contents): void;
  refuse(digest: string, refusal: Refusal): void;
}

/** Told of every layer that was read, and of every image. */
export interface KeepImages<Contents, Summary> {
  layer(outcome: { readonly key: string; readonly kept: KeptArtifact }, contents?: Contents): Promise<void>;
  image(outcome: Outcome, summary?: Summary): Promise<void>;
}

const manifestsAtOnce = 4;
/** Of the layers of one image; the largest that people build have a tenth of it. */
const mostNameCharacters = 48 * 1024 * 1024;

/** An image is read from the bottom up, one layer after the other: of each only a part is in memory. @throws when the credentials have expired */
export async function readImages<Contents extends object, Summary>(
  images: readonly ImageArtifact[],
  context: ImagesContext<Contents, Summary>,
  keep: KeepImages<Contents, Summary>,
): Promise<void> {
  const seenAt = context.now.toISOString();
  const manifests = new Map<string, ImageManifest>();
  const refused = new Map<string, Outcome[]>();
  await forEachAtMost(images, manifestsAtOnce, async (image) => {
    const { key, region } = image;
    const [first, ...more] = refused.get(region) ?? [];
    if (first && "failure" in first && more.length + 1 >= refusalsInARow) return keep.image({ key, failure: first.failure });
    if (context.isOutOfTime()) return keep.image({ key, left: true });
    try {
      manifests.set(key, await manifestOf(image, context.clients));
      refused.delete(region);
    } catch (error) {
      const outcome = failedImage(error, key, seenAt);
      if ("failure" in outcome && statusOf(error) === "denied") refused.set(region, [...(refused.get(region) ?? []), outcome]);
      await keep.image(outcome);
    }
  });
  const digests = new Set([...manifests.values()].flatMap(({ layers }) => layers.map(({ digest }) => digest)));
  const reading = new Reading(context, await context.shelf(digests), keep);
  for (const image of images) {
    const manifest = manifests.get(image.key);
    if (manifest) await reading.read(image, manifest);
  }
}

async function manifestOf(
  { region, image: { repository, digest, architecture } }: ImageArtifact,
  clients: Clients,
): Promise<ImageManifest> {
  const place: ImagePlace = { region, repository };
  const first = readManifest(await askManifest(clients, place, digest), architecture);
  if ("layers" in first) return first;
  const second = readManifest(await askManifest(clients, place, first.manifest), architecture);
  // a list of lists is nothing that Lambda runs
  if (!("layers" in second)) throw new ArtifactRefusedError("ManifestUnknown");
  return second;
}

class Reading<Contents extends object, Summary> {
  readonly #context: ImagesContext<Contents, Summary>;
  readonly #shelf: LayerShelf<Contents>;
  readonly #keep: KeepImages<Contents, Summary>;
  #bytesLeft: number;
  #read = 0;

  constructor(context: ImagesContext<Contents, Summary>, shelf: LayerShelf<Contents>, keep: KeepImages<Contents, Summary>) {
    this.#context = context;
    this.#shelf = shelf;
    this.#keep = keep;
    this.#bytesLeft = context.mostBytes;
  }

  async read({ key, region, image: { repository } }: ImageArtifact, manifest: ImageManifest): Promise<void> {
    const seenAt = this.#context.now.toISOString();
    const layers = manifest.layers.map(({ digest }) => imageLayerKey(digest));
    try {
      // to put its layers together takes time, too, where all of them are known
      if (this.#context.isOutOfTime()) throw timeIsOver();
      const known: KnownLayer<Contents>[] = [];
      let characters = 0;
      for (const layer of manifest.layers) {
        const contents = await this.#layer(layer, { region, repository });
        characters += this.#context.lister.charactersIn(contents);
        if (characters > mostNameCharacters) throw new ArtifactRefusedError("TarLongNames");
        known.push({ digest: layer.digest, contents });
      }
      const summary = this.#context.lister.merge(known);
      await this.#keep.image({ key, kept: { key, seenAt, readings: [], layers } }, summary);
    } catch (error) {
      await this.#keep.image(failedImage(error, key, seenAt));
    }
  }

  async #layer(layer: LayerPlace, place: ImagePlace): Promise<Contents> {
    const { digest } = layer;
    const known = this.#shelf.get(digest) ?? (await this.#readLayer(layer, place));
    if (!isRefusal(known)) return known;
    throw new ArtifactRefusedError(known.code as ArtifactRefusedError["name"], `layer ${digest}`);
  }

  /** @throws what may be other another time */
  async #readLayer(layer: LayerPlace, place: ImagePlace): Promise<Contents | Refusal> {
    const { now, lister } = this.#context;
    const key = imageLayerKey(layer.digest);
    const seenAt = now.toISOString();
    const isFirst = this.#read === 0;
    if (this.#context.isOutOfTime() || (layer.bytes > this.#bytesLeft && !isFirst)) throw timeIsOver();
    this.#read += 1;
    this.#bytesLeft -= layer.bytes;
    const known = await inspectLayer(tarEntries(layerBytes(this.#bytes(layer, place), layer)), lister.inspector).catch((error) => {
      const refusal = refusalIn(ofLayer(error, isFirst));
      if (!refusal) throw error;
      return refusal;
    });
    if (isRefusal(known)) {
      this.#shelf.refuse(layer.digest, known);
      await this.#keep.layer({ key, kept: refusedArtifact(key, seenAt, known) });
    } else {
      this.#shelf.put(layer.digest, known);
      await this.#keep.layer({ key, kept: { key, seenAt, readings: [] } }, known);
    }
    return known;
  }

  #bytes({ digest }: LayerPlace, place: ImagePlace) {
    const { clients, isOutOfTime } = this.#context;
    const read = clients.codeBytes.open(imageLayerKey(digest), place.region, imageLayerLink(clients, place, digest));
    return (range: Parameters<typeof read>[0]) => {
      if (isOutOfTime()) throw timeIsOver();
      return read(range);
    };
  }
}

/** What an error means for the layer: what the other side does is no fault of it. @param isFirst the whole time of the scan was its own */
function ofLayer(error: unknown, isFirst: boolean): unknown {
  // another time it would take it again, and from all others
  if (isFirst && error instanceof LinkError && error.name === outOfTime) return new ArtifactRefusedError("LayerTooSlow");
  if (error instanceof LinkError || error instanceof ArtifactRefusedError || operationOf(error) !== undefined) return error;
  return new ArtifactRefusedError("ReaderFailed", error instanceof Error ? error.message : String(error));
}

function isRefusal<Contents extends object>(known: Contents | Refusal): known is Refusal {
  return "unpacker" in known && "why" in known;
}
