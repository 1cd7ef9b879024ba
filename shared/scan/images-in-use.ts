/** Which images of the account's own registries functions run, themselves and behind aliases, and why those of others are not read. Pure. */
import { imageKey } from "../artifacts/kept-artifact.ts";
import type { UnknownArtifact, WantedImage } from "../artifacts/wanted-artifacts.ts";
import type { Coverage } from "../model/coverage.ts";
import { type ImageUse, isByDigest } from "../model/image-use.ts";
import type { PublishedVersion } from "../model/published-version.ts";
import { type FunctionConfiguration, globalRegion, type Snapshot } from "../model/snapshot.ts";
import { publishedVersions } from "../usage/published-versions.ts";

/** An image, or why there is none to read. */
type Placed = { readonly key: string; readonly image: WantedImage } | { readonly why: string };

/** An image function. */
export type ImageFunction = {
  readonly f: FunctionConfiguration;
  readonly use?: ImageUse;
  /** Those behind aliases that run another image, as `7 (live)`. */
  readonly versions: readonly ImageVersion[];
} & Placed;

export type ImageVersion = { readonly version: string } & Placed;

/** Of every image function by its ARN. */
export function imageFunctions({ account, regions }: Pick<Snapshot, "account" | "regions">): ReadonlyMap<string, ImageFunction> {
  const found = new Map<string, ImageFunction>();
  for (const snapshot of regions) {
    const { region, functions, services } = snapshot;
    if (region === globalRegion) continue;
    const versionsOf = publishedVersions(snapshot);
    const uses = new Map((services.ecr?.items ?? []).flatMap(({ imageUse }) => (imageUse ? [[imageUse.functionArn, imageUse]] : [])));
    for (const f of functions.items) {
      if (f.packageType !== "Image") continue;
      const use = uses.get(f.arn);
      const own = placeOf(f, use, account, services.ecr?.coverage);
      const others = versionsOf(f.arn).versions.filter(({ codeSha256 }) => codeSha256 === undefined || codeSha256 !== f.codeSha256);
      const versions = others.map((one) => ({ version: `${one.version} (${one.aliases.join(", ")})`, ...placeOfVersion(f, own, one) }));
      found.set(f.arn, { f, ...(use ? { use } : {}), versions, ...own });
    }
  }
  return found;
}

function placeOf(
  { arn: _, region, architecture }: FunctionConfiguration,
  use: ImageUse | undefined,
  account: string,
  { operation, code, message }: Partial<Coverage> = {},
): Placed {
  if (!use) {
    const why = operation === undefined ? (message ?? "AWS did not say") : `${operation} failed (${code})`;
    return { why: `which image it runs is not known: ${why}` };
  }
  if (use.account !== account) return { why: `it is in the registry of account ${use.account}` };
  if (use.region !== region) return { why: `it is in the registry of ${use.region}` };
  if (!isByDigest(use)) return { why: "AWS did not say by its digest which image it is, and a tag may have been moved since" };
  const image = { repository: use.repository, digest: use.image, architecture };
  return { key: imageKey(use.image, architecture), image };
}

/** Of a version Lambda tells the digest of its image; that the image is in the same repository is taken for likely, and shows when it is asked for. */
function placeOfVersion({ architecture }: FunctionConfiguration, own: Placed, { codeSha256 = "" }: PublishedVersion): Placed {
  if (!("key" in own)) return own;
  if (!/^[0-9a-f]{64}$/.test(codeSha256)) return { why: "which image that version runs is not known" };
  const digest = `sha256:${codeSha256}`;
  return { key: imageKey(digest, architecture), image: { ...own.image, digest } };
}

/** Everything that a function runs: its own image, and those of versions. */
export function imagesOf(one: ImageFunction): readonly (Placed & { readonly version?: string })[] {
  const own: Placed = "key" in one ? { key: one.key, image: one.image } : { why: one.why };
  return [own, ...one.versions];
}

/** Images of which nothing is known yet, each once. @param isUnknown by key */
export function unknownImages(functions: Iterable<ImageFunction>, isUnknown: (key: string) => boolean): UnknownArtifact[] {
  const unknown = new Map<string, UnknownArtifact>();
  for (const one of functions) {
    const { arn, region } = one.f;
    for (const placed of imagesOf(one)) {
      if (!("key" in placed) || !isUnknown(placed.key)) continue;
      const { key, image } = placed;
      const usedBy = [...(unknown.get(key)?.usedBy ?? []), arn];
      unknown.set(key, { key, region, image, questions: [], isListed: true, usedBy });
    }
  }
  return [...unknown.values()];
}
