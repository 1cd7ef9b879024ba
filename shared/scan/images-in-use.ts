/** Which images of the account's own registries functions run, and why those of others are not read. Pure. */
import { imageKey } from "../artifacts/kept-artifact.ts";
import type { UnknownArtifact, WantedImage } from "../artifacts/wanted-artifacts.ts";
import type { Coverage } from "../model/coverage.ts";
import { type ImageUse, isByDigest } from "../model/image-use.ts";
import { type FunctionConfiguration, globalRegion, type Snapshot } from "../model/snapshot.ts";

/** An image function with its image, or why that is none to read. */
export type ImageFunction = { readonly f: FunctionConfiguration; readonly use?: ImageUse } & (
  | { readonly key: string; readonly image: WantedImage }
  | { readonly why: string }
);

/** Of every image function by its ARN. */
export function imageFunctions({ account, regions }: Pick<Snapshot, "account" | "regions">): ReadonlyMap<string, ImageFunction> {
  const found = new Map<string, ImageFunction>();
  for (const { region, functions, services } of regions) {
    if (region === globalRegion) continue;
    const uses = new Map((services.ecr?.items ?? []).flatMap(({ imageUse }) => (imageUse ? [[imageUse.functionArn, imageUse]] : [])));
    for (const f of functions.items) {
      if (f.packageType === "Image") found.set(f.arn, imageFunction(f, uses.get(f.arn), account, services.ecr?.coverage));
    }
  }
  return found;
}

function imageFunction(
  f: FunctionConfiguration,
  use: ImageUse | undefined,
  account: string,
  { operation, code, message }: Partial<Coverage> = {},
): ImageFunction {
  if (!use) {
    const why = operation === undefined ? (message ?? "AWS did not say") : `${operation} failed (${code})`;
    return { f, why: `which image it runs is not known: ${why}` };
  }
  if (use.account !== account) return { f, use, why: `it is in the registry of account ${use.account}` };
  if (use.region !== f.region) return { f, use, why: `it is in the registry of ${use.region}` };
  if (!isByDigest(use)) return { f, use, why: "AWS did not say by its digest which image it is, and a tag may have been moved since" };
  const image = { repository: use.repository, digest: use.image, architecture: f.architecture };
  return { f, use, key: imageKey(use.image, f.architecture), image };
}

/** Images of which nothing is known yet, each once. @param isUnknown by key */
export function unknownImages(functions: Iterable<ImageFunction>, isUnknown: (key: string) => boolean): UnknownArtifact[] {
  const unknown = new Map<string, UnknownArtifact>();
  for (const one of functions) {
    if (!("key" in one) || !isUnknown(one.key)) continue;
    const { f, key, image } = one;
    const usedBy = [...(unknown.get(key)?.usedBy ?? []), f.arn];
    unknown.set(key, { key, region: f.region, image, questions: [], isListed: true, usedBy });
  }
  return [...unknown.values()];
}
